"""An erased article takes every word of it out of saved answers, and nothing else."""

import json
from dataclasses import replace

from made_answers import (
    DEARER,
    FERRY,
    MILL,
    A,
    B,
    C,
    citation,
    differing,
    hit,
    quoted,
    refused,
    sentence,
)
from made_answers import turn as make_turn

from rag.types import Side
from ui import strings
from ui.forgetting import articles_in, forget_articles, forget_words, words_from

BOTH = quoted((FERRY, A), (MILL, B))


def stored(value: object) -> str:
    return json.dumps(value.to_dict(), ensure_ascii=False)


def test_every_article_is_named_of_which_an_answer_has_words() -> None:
    also = replace(citation(), also_in=(C,))
    answer = replace(BOTH, sentences=(sentence(FERRY, also),), hits=(hit(MILL, B),))
    answer = replace(answer, disagreements=(differing(citation(), citation(DEARER, 2, "d" * 16)),))
    assert articles_in(answer) == {A, B, C, "d" * 16}


def test_a_sentence_goes_whole_with_its_quote_its_passage_and_its_title() -> None:
    notices = (f"A newer article on this was not used: “Title of {A[:2]}”, 1 May.", "Stands.")
    left = forget_articles(replace(BOTH, notices=notices), {A})
    assert [one.text for one in left.sentences] == [MILL]
    assert left.notices == ("Stands.", strings.ERASED_SOME)
    assert "3.4 million" not in stored(left)
    assert "Title of aa" not in stored(left)
    assert "3.4 million" not in left.text  # what would be sent on as history


def test_a_sentence_that_cites_another_article_too_goes_as_well() -> None:
    mixed = sentence("The town paid.", citation(), citation(MILL, 2, B), verdict="supported")
    left = forget_articles(replace(BOTH, sentences=(mixed, BOTH.sentences[1])), {A})
    assert left.sentences == (BOTH.sentences[1],)


def test_a_copy_that_is_still_there_stays_without_naming_the_erased_one() -> None:
    copied = replace(citation(), also_in=(B, C))
    answer = replace(BOTH, sentences=(sentence(FERRY, copied),), hits=(hit(FERRY, A),))
    left = forget_articles(answer, {B})
    assert left.sentences[0].citations[0].also_in == (C,)
    assert left.sentences[0].text == FERRY
    assert left.notices == (strings.ERASED_SOME,)


def test_an_answer_of_which_nothing_is_left_says_so() -> None:
    left = forget_articles(quoted((FERRY, A)), {A})
    assert (left.sentences, left.text) == ((), "")
    assert left.notices == (strings.ERASED_ALL,)
    assert not left.refused


def test_one_erased_after_the_other_leaves_one_notice() -> None:
    once = forget_articles(BOTH, {A})
    assert forget_articles(once, {A}) == once
    twice = forget_articles(once, {B})
    assert twice.notices == (strings.ERASED_ALL,)
    late = replace(twice, hits=(hit(DEARER, C),))
    assert forget_articles(late, {C}).notices == (strings.ERASED_ALL,)


def test_a_refusal_loses_the_passage() -> None:
    left = forget_articles(refused((FERRY, A), (MILL, B)), {A})
    assert [one.article.id for one in left.hits] == [B]
    assert left.refused
    assert left.notices == (strings.ERASED_SOME,)


def test_a_disagreement_goes_if_a_side_is_worded_by_it() -> None:
    first, second = citation(), citation(DEARER, 2, C)
    answer = replace(BOTH, disagreements=(differing(first, second),))
    assert forget_articles(answer, {C}).disagreements == ()
    assert "4.1 million" not in stored(forget_articles(answer, {C}))


def test_a_side_that_only_leans_on_it_keeps_its_own_words() -> None:
    ally = citation(MILL, 3, B, published="2025-01-01")
    side = Side(text=FERRY, citations=(citation(), ally), published="2025-01-01")
    given = replace(differing(citation(), citation(DEARER, 2, C)), sides=(side,))
    (left,) = forget_articles(replace(BOTH, disagreements=(given,)), {B}).disagreements
    assert left.sides[0].citations == (citation(),)
    assert left.sides[0].published == "2025-10-28"


def test_an_answer_without_it_is_left_as_it_is() -> None:
    assert forget_articles(BOTH, {C}) is BOTH


def test_what_a_reader_typed_goes_only_where_it_repeats_the_article() -> None:
    runs = words_from(BOTH, {A})
    pasted = make_turn(f"Is it true that “{FERRY.lower()}”?", thumb_note=f"He says {FERRY}")
    left = forget_words(pasted, runs, follows=False)
    assert left.question == left.answer.question == left.answer.asked == strings.ERASED_WORDS
    assert left.thumb_note == strings.ERASED_WORDS
    own = make_turn("Will the repairs of the ferry ramp cost 3.4 million?", thumb_note="No.")
    assert forget_words(own, runs, follows=False) == own


def test_what_was_understood_in_the_words_of_an_erased_answer_is_what_was_typed() -> None:
    answer = replace(quoted((MILL, B), question="And he?"), asked="And the harbour master Wede?")
    later = make_turn("And he?", answer)
    assert forget_words(later, set(), follows=True).answer.asked == "And he?"
    assert forget_words(later, set(), follows=False) == later

"""Windows compete, captions never do, and an answer stays short."""

from dataclasses import replace
from itertools import combinations

import pytest

from index import ArticleInfo, Hit, Passage
from rag.evidence import MOST_BEHIND
from rag.quotes import (
    COVERAGE_WEIGHT,
    MARGIN,
    MOST_QUOTES,
    MOST_WORDS,
    PASSAGE_SHARE,
    PASSAGES_READ,
    SEARCH_WINDOWS,
    SENTENCE_PRICE,
    WINDOWS_APART,
    WINDOWS_AROUND,
    choose_quotes,
    rank_windows,
)
from rag.windows import Window, windows_of

TEXT = (
    "The town council met late on Monday evening. Eleven members voted for the sale. Six voted "
    "against it.\n\nMembers leave the hall after the vote\n\nThe mayor was absent with a cold."
)


def hit(text: str = TEXT, number: int = 0, score: float = 1.0) -> Hit:
    end = 50 + len(text)
    passage = Passage(id=f"p{number}", article_id=f"a{number}", start=50, end=end, text=text)
    return Hit(passage=passage, article=ArticleInfo(id=f"a{number}", key="k"), score=score)


def window(number: int, score: float, words: int = 20) -> Window:
    text = f"word{number} " * (words - 1) + f"word{number}."
    return Window(hit=hit(text, number), sentences=((50, 50 + len(text)),), score=score)


def proposal(best: Window) -> float:
    coverage = sum(word.coverage for word in best.covered) / len(best.covered)
    return COVERAGE_WEIGHT * coverage + PASSAGE_SHARE * best.hit.score


def test_windows_are_runs_of_one_to_three_sentences_without_captions() -> None:
    texts = [found.text for found in windows_of(hit())]
    assert len(texts) == 3 + 2 + 1 + 1
    assert "Eleven members voted for the sale. Six voted against it." in texts
    assert all("leave the hall" not in text for text in texts)


def test_what_answers_alone_is_quoted_without_what_stands_beside_it() -> None:
    text = "The ferry will stop for six weeks. Its repair costs 1.8 million. Buses will run."
    alone, *_ = rank_windows("How long will the ferry stop?", [hit(text)])
    assert alone.text == "The ferry will stop for six weeks."


def test_offsets_are_those_of_the_article() -> None:
    for found in windows_of(hit()):
        assert TEXT[found.start - 50 : found.end - 50] == found.text


def test_the_window_with_the_answer_wins() -> None:
    best = rank_windows("How many members voted for the sale?", [hit()])[0]
    assert "Eleven members voted for the sale." in best.text
    assert best.covered
    assert best.logit is None, "the cross-encoder reads no window of a question"
    beside = SENTENCE_PRICE * (len(best.sentences) - 1)
    assert best.score == pytest.approx(best.answered - beside + proposal(best))


def test_both_models_read_the_windows_of_a_search() -> None:
    best, *others = rank_windows("how many members voted for the sale", [hit()], search=True)
    assert "Eleven members voted for the sale." in best.text
    assert best.logit is not None
    assert best.score == pytest.approx((best.logit + 2 * best.answered) / 3 + proposal(best))
    assert len(others) == SEARCH_WINDOWS - 1


def test_windows_apart_are_read_and_then_those_around_the_best() -> None:
    many = " ".join(f"The ferry brought {n} dozen goats to the island." for n in range(2, 14))
    read = rank_windows("How many goats came?", [hit(many)])
    assert len(read) == WINDOWS_APART + WINDOWS_AROUND
    apart = next(
        chosen
        for chosen in combinations(read, WINDOWS_APART)
        if not any(one.overlaps(two) for one, two in combinations(chosen, 2))
    )
    around = [window for window in read if window not in apart]
    assert any(all(window.overlaps(best) for window in around) for best in apart)


def test_windows_come_from_the_first_passages_that_have_any() -> None:
    captions = [hit("A caption without an end", 90 + number) for number in range(PASSAGES_READ)]
    goats = [f"The ferry brought {n} dozen goats." for n in range(PASSAGES_READ + 1)]
    hits = [*captions, *(hit(text, number) for number, text in enumerate(goats))]
    read = rank_windows("How many goats came?", hits)
    assert {window.hit.passage.id for window in read} == {f"p{n}" for n in range(PASSAGES_READ)}


def test_passages_far_behind_the_best_have_none() -> None:
    hits = [hit(TEXT, n, score=5.0 - n * (MOST_BEHIND - 1.0)) for n in range(3)]
    read = rank_windows("How many members voted for the sale?", hits)
    assert {window.hit.passage.id for window in read} == {"p0", "p1"}


def test_nothing_to_read_gives_no_window() -> None:
    assert rank_windows("Who?", []) == rank_windows("who", [], search=True) == ()
    assert rank_windows("Who?", [hit("A caption without an end")]) == ()


def test_at_most_three_quotes_and_120_words() -> None:
    many = [window(n, score=5.0) for n in range(8)]
    assert len(choose_quotes(many)) == MOST_QUOTES
    long = [window(n, score=5.0, words=70) for n in range(8)]
    assert len(choose_quotes(long)) == 1
    assert sum(w.words for w in choose_quotes(many)) <= MOST_WORDS


def test_a_copy_is_not_quoted_twice_unless_its_numbers_differ() -> None:
    text = "The hospital at Varnholm will close {} of its forty beds in the spring, it said."

    def copy(number: int, beds: int) -> Window:
        sentence = text.format(beds)
        where = ((50, 50 + len(sentence)),)
        return Window(hit=hit(sentence, number), sentences=where, score=5.0 - number / 10)

    first, same, other = copy(1, 12), copy(2, 12), copy(3, 21)
    assert choose_quotes([first, same, other]) == [first, other]


def test_a_further_quote_is_nearly_as_good_and_from_elsewhere() -> None:
    best, near, far = window(1, 5.0), window(2, 5.0 - MARGIN / 2), window(3, 4.9 - MARGIN)
    again = replace(best, score=4.9)
    assert choose_quotes([best, again, near, far]) == [best, near]
    assert choose_quotes([]) == []


def test_two_quotes_of_one_article_stand_in_its_order() -> None:
    late, early, other = window(1, 5.0), window(1, 4.5), window(2, 4.8)
    late = replace(late, sentences=((400, 460),))
    assert choose_quotes([late, other, early]) == [early, late, other]


def test_several_sentences_together_stay_within_the_words() -> None:
    long = " ".join(f"Then {' '.join(['word'] * 48)} end{n}." for n in range(3))
    chosen = choose_quotes(rank_windows("What word comes at the end?", [hit(long)]))
    assert sum(each.words for each in chosen) <= MOST_WORDS


def test_copies_whose_figures_differ_in_words_are_both_shown() -> None:
    told = "{} people were hurt in the fire at the old paper mill on Monday."
    texts = [told.format(count) for count in ("Seven", "Nine", "Seven")]
    windows = [
        Window(hit=hit(text, n), sentences=((50, 50 + len(text)),), score=3.0 - n / 10)
        for n, text in enumerate(texts)
    ]
    assert [each.text.split()[0] for each in choose_quotes(windows)] == ["Seven", "Nine"]


def test_a_sentence_that_stands_in_two_papers_is_quoted_once() -> None:
    shared = "The firm must pay it back."
    texts = [f"One said so. {shared}", f"{shared} The other added that it was late by far."]
    windows = [replace(windows_of(hit(text, n))[-1], score=3.0) for n, text in enumerate(texts)]
    assert len(choose_quotes(windows)) == 1

"""Asking, without the page: conversations grow, break off, are edited; quotes are widened."""

from dataclasses import replace

from index import Index
from rag.types import Answer
from ui import strings
from ui.asking import ask, can_be_widened, fail, stop, widen_quote
from ui.facts import library_facts, writer_facts
from ui.turnstile import Turnstile
from ui.types import Conversation, Limits, Turn
from ui.writer_status import WriterStatus

REPAIRS = "How much will the repairs of the ferry ramp cost?"


def asked(index: Index, *questions: str) -> Conversation:
    conversation = Conversation()
    for question in questions:
        *_, conversation = ask(index, conversation, Turn(question=question), Turnstile())
    return conversation


def test_the_head_tells_how_much_there_is_and_what_writes(town: Index) -> None:
    assert library_facts(town) == "3 articles, newest 20 October 2025"
    assert writer_facts(WriterStatus(writer="quotes")) == strings.IN_QUOTES
    model = WriterStatus(writer="qwen3:4b", host="127.0.0.1:11434", reach="reachable")
    assert "qwen3:4b on 127.0.0.1:11434, checked" in writer_facts(model)
    assert "cannot be reached" in writer_facts(replace(model, reach="unreachable"))


def test_a_refused_question_is_still_what_a_follow_up_means(town: Index) -> None:
    conversation = asked(town, "How many passengers does the airport handle?", "And in 2024?")
    refused, follow_up = conversation.turns
    assert refused.answer is not None
    assert refused.answer.refused
    assert follow_up.answer is not None
    assert follow_up.answer.asked == "How many passengers does the airport handle in 2024?"


def test_a_question_asked_alone_is_taken_as_it_was_typed(town: Index) -> None:
    conversation = asked(town, "How many passengers does the airport handle?")
    *_, alone = ask(town, conversation, Turn(question="And in 2024?", alone=True), Turnstile())
    assert alone.turns[-1].answer is not None
    assert alone.turns[-1].answer.asked == "And in 2024?"


def test_an_edited_question_takes_the_place_of_the_old_one_and_of_all_after_it(
    town: Index,
) -> None:
    conversation = asked(town, REPAIRS, "Who conducts the band?")
    edited = replace(conversation, editing=0)
    first, *_, last = ask(town, edited, Turn(question="Who conducts the band?"), Turnstile())
    assert [turn.question for turn in first.turns] == ["Who conducts the band?"]
    assert last.editing is None


def test_the_limits_of_a_question_hold_and_stay_with_it(town: Index) -> None:
    limits = Limits(outlets=("Varnholm Courier",))
    *_, limited = ask(town, Conversation(), Turn(question=REPAIRS, limits=limits), Turnstile())
    answer = limited.turns[-1].answer
    assert answer is not None
    assert {hit.article.source for hit in answer.hits} <= {"Varnholm Courier"}
    assert limited.turns[-1].limits == limits


def test_what_cannot_be_asked_is_told_in_the_turn(town: Index) -> None:
    limits = Limits(since="the day before")
    *_, conversation = ask(town, Conversation(), Turn(question=REPAIRS, limits=limits), Turnstile())
    assert "the day before" in (conversation.turns[-1].problem or "")


def test_what_breaks_off_an_answer_is_told_and_a_complete_one_is_left_alone() -> None:
    growing = Answer(question="q", asked="q", complete=False)
    turn = Turn(question="q", answer=growing)
    conversation = Conversation(turns=(turn,))
    assert stop(conversation).turns[-1].stopped
    assert fail(conversation).turns[-1].problem == strings.FAULT
    done = Conversation(turns=(replace(turn, answer=replace(growing, complete=True)),))
    assert stop(done) == fail(done) == done
    assert stop(Conversation()) == fail(Conversation()) == Conversation()


def test_a_widened_quote_is_longer_and_still_word_for_word(town: Index) -> None:
    conversation = asked(town, REPAIRS)
    before = conversation.turns[0].answer
    assert before is not None
    assert can_be_widened(before.sentences[0])
    after = widen_quote(town, conversation, 0, 0).turns[0].answer
    assert after is not None
    (citation,) = after.sentences[0].citations
    assert before.sentences[0].text in after.sentences[0].text
    assert len(citation.quote) > len(before.sentences[0].citations[0].quote)
    article = town.article(citation.article_id)
    assert article.text[citation.start : citation.end] == citation.quote == after.sentences[0].text

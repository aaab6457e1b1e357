"""Saved turns come back as they were, whichever version of Footnote wrote them."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_answers import DEARER, FERRY, MILL, citation, differing, quoted, refused, sentence, turn

from rag.types import Answer
from ui import strings
from ui.turns import (
    cited_in,
    footnote_prefix,
    history_of,
    turn_from_dict,
    turn_from_json,
    turn_to_json,
)
from ui.types import Limits, Turn

FULL = turn(
    answer=quoted(
        (FERRY, "a" * 16),
        (MILL, "b" * 16),
        disagreements=(differing(citation(), citation(DEARER, 3, "c" * 16)),),
        period=("2025-10-01", None),
        timings={"search": 0.25},
        usage={"tokens": 7},
        notices=("The newest article used here is of 28 October 2025.",),
        withheld=2,
    ),
    id="x",
    asked_at="2025-10-28T12:00:00+00:00",
    stopped=True,
    thumb="down",
    thumb_reason="wrong",
    thumb_note="no",
    limits=Limits(outlets=("Courier",), articles=("a",)),
)


@pytest.mark.parametrize(
    "given", [FULL, turn(answer=refused((FERRY, "a" * 16))), Turn(question="q", problem="No.")]
)
def test_a_turn_comes_back_as_it_was(given: Turn) -> None:
    assert turn_from_dict(given.to_dict()) == given
    assert turn_from_json(turn_to_json(given)) == given


@given(question=st.text(), quote=st.text(st.characters(exclude_categories=())))
def test_any_text_can_be_stored_and_comes_back(question: str, quote: str) -> None:
    given = turn(question, quoted((quote, "a" * 16), question=question))
    stored = turn_to_json(given).encode("utf-8")
    back = turn_from_json(stored.decode("utf-8"))
    expected = quote.encode("utf-8", "replace").decode()
    assert back.answer is not None
    assert back.answer.citations[0].quote == expected
    assert back.question == question.encode("utf-8", "replace").decode()


def test_an_answer_of_an_older_version_gets_the_defaults_of_newer_fields() -> None:
    fields = FULL.to_dict()
    for name in ("id", "asked_at", "limits", "thumb", "thumb_reason", "thumb_note", "stopped"):
        del fields[name]
    for name in ("disagreements", "notices", "withheld", "usage", "timings", "writer", "complete"):
        del fields["answer"][name]
    for one in fields["answer"]["sentences"]:
        del one["citations"][0]["also_in"]
        del one["citations"][0]["page"]
    read = turn_from_dict(fields)
    assert read.problem is None
    assert read.answer == replace(
        FULL.answer, disagreements=(), notices=(), withheld=0, usage=None, timings=None
    )


def test_fields_that_this_version_does_not_know_are_left_out() -> None:
    fields = json.loads(turn_to_json(FULL)) | {"mood": "sunny"}
    fields["answer"] |= {"confidence_band": [0.1, 0.2]}
    fields["answer"]["sentences"][0]["citations"][0] |= {"paragraph": 3}
    fields["answer"]["hits"][0]["article"] |= {"sections": 4}
    assert turn_from_dict(fields) == FULL


@pytest.mark.parametrize(
    "stored",
    [
        "",
        "{oops",
        "[]",
        "null",
        "[" * 200_000,
        '{"question": 7}',
        '{"answer": {}}',
        '{"question": "Why?", "answer": {"question": "Why?"}}',
        '{"question": "Why?", "answer": {"question": "Why?", "asked": "Why?", "sentences": [3]}}',
    ],
)
def test_what_cannot_be_read_becomes_a_turn_that_says_so(stored: str) -> None:
    read = turn_from_json(stored)
    assert read.problem == strings.UNREADABLE_TURN
    assert read.answer is None
    assert not read.is_open
    assert read.question == ("Why?" if "Why?" in stored else strings.UNREADABLE_QUESTION)


def test_a_verdict_of_a_later_version_is_a_problem_and_no_crash() -> None:
    fields = json.loads(turn_to_json(FULL))
    fields["answer"]["sentences"][0]["support"]["verdict"] = "half-quoted"
    read = turn_from_dict(fields)
    assert (read.problem, read.question, read.id) == (strings.UNREADABLE_TURN, FULL.question, "x")


def test_the_history_has_what_was_answered_and_nothing_that_failed() -> None:
    refusal = turn("Who paid?", refused((FERRY, "a" * 16)))
    failed = Turn(question="And?", problem="No model.")
    assert history_of([turn(), refusal, failed]) == [
        ("What will it cost?", f"{FERRY}[1]"),
        ("Who paid?", ""),
    ]


def test_each_citation_comes_once_by_number_those_of_disagreements_too() -> None:
    assert [c.number for c in cited_in(FULL.answer)] == [1, 2, 3]
    twice = quoted((FERRY, "a" * 16))
    twice = replace(twice, sentences=(*twice.sentences, sentence("So.", citation())))
    assert [c.number for c in cited_in(twice)] == [1]
    assert cited_in(Answer(question="q", asked="q")) == []


def test_footnotes_have_a_prefix_only_among_several_answers() -> None:
    assert (footnote_prefix(1, 1), footnote_prefix(2, 3)) == ("", "2-")

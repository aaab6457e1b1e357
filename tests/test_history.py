"""What a client sends as the conversation so far is bounded, and refused where it is none."""

from typing import Any

import pytest

from index import Index
from rag import AnswerFailure, answer
from rag.errors import BadHistory
from rag.history import LONGEST_ANSWER, LONGEST_QUESTION, MOST_TURNS, checked_history
from rag.prompts import NOTHING_FOUND, REFUSED

TURN = ("Who runs the ferry?", "Ansel Crossings runs it.")


def test_the_newest_turns_are_kept() -> None:
    turns = [(f"Who is number {n}?", "Nobody.") for n in range(1_000)]
    assert checked_history(turns) == tuple(turns[-MOST_TURNS:])


def test_what_lies_beyond_the_limit_is_never_looked_at() -> None:
    assert checked_history([None, *[TURN] * MOST_TURNS]) == (TURN,) * MOST_TURNS  # type: ignore[list-item]


def test_a_long_question_keeps_its_start_and_a_long_answer_its_end() -> None:
    ((question, given),) = checked_history([("w" * 10**6, "a" * 10**6 + "z")])
    assert question == "w" * LONGEST_QUESTION
    assert given == "a" * (LONGEST_ANSWER - 1) + "z"


def test_footnote_numbers_and_blank_turns_go() -> None:
    turns = [(" \n", "x"), ("Who  runs\nit?", "It sank. [1][2] It was raised.[3]")]
    assert checked_history(turns) == (("Who runs it?", "It sank. It was raised."),)


@pytest.mark.parametrize("refusal", [REFUSED, f"{REFUSED} [1]", NOTHING_FOUND])
def test_a_refusal_tells_nothing(refusal: str) -> None:
    assert checked_history([("Who won the cup?", refusal)]) == (("Who won the cup?", ""),)


@pytest.mark.parametrize(
    "history",
    [
        None,
        "Who runs the ferry?",
        b"x",
        7,
        {"question": "answer"},
        ["Who runs the ferry?"],
        ["ab"],
        [("Who?",)],
        [("Who?", "He.", "x")],
        [("Who?", None)],
        [(b"Who?", "He.")],
        [{"role": "user", "content": "Who?"}],
        [("Who is \udcff?", "x")],
        [("Who?", "\ud800")],
    ],
)
def test_what_is_no_history_is_refused_by_name(history: Any) -> None:
    with pytest.raises(BadHistory, match="history"):
        checked_history(history)


def test_control_characters_of_a_quote_go_and_end_no_conversation() -> None:
    assert checked_history([("Who\x00?", "It \x1b[2J sank.")]) == (("Who ?", "It [2J sank."),)


def test_lists_as_json_gives_them_will_do() -> None:
    assert checked_history([list(TURN)]) == (TURN,)  # type: ignore[list-item]


def test_a_bad_history_is_an_answer_failure(town: Index) -> None:
    with pytest.raises(AnswerFailure, match="no pair"):
        answer("Why?", index=town, history=["What did it close?"])  # type: ignore[list-item]

"""A follow-up takes the question before it along; a question of its own does not."""

import pytest

from rag.followup import standalone

HISTORY = [("Who leads the harbour office?", "Jonas Wede leads it."), ("What did it close?", "x")]


@pytest.mark.parametrize("question", ["Why?", "And when?", "What did he say?", "How about Monday?"])
def test_what_refers_back_is_joined_to_the_last_question(question: str) -> None:
    assert standalone(question, HISTORY) == f"What did it close? {question}"
    assert standalone(question, []) == question


@pytest.mark.parametrize("question", ["Who bought the paper mill?", "Where is Sorrel Bridge?"])
def test_what_stands_alone_stays(question: str) -> None:
    assert standalone(question, HISTORY) == question

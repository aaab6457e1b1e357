"""What a model thinks aloud is no part of its answer, however it was cut into chunks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.thoughts import Said, ThoughtFilter


def hear(*chunks: str) -> str:
    """Return what is left of some chunks, as the writer puts it together."""
    thoughts = ThoughtFilter()
    answer = ""
    for said in [*map(thoughts.feed, chunks), thoughts.finish()]:
        answer = said.text if said.afresh else answer + said.text
    return answer


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It closed. [1]", "It closed. [1]"),
        ("<think>Why? [1]</think>It closed. [1]", "It closed. [1]"),
        ("<THINKING>\nWhy?\n</THINKING>\nIt closed.", "\nIt closed."),
        ("It closed. <think>And?</think>It opens.", "It closed. It opens."),
        ("Why? It may be [1].</think>It closed. [1]", "It closed. [1]"),
        ("<think>Why? The ramp", ""),
        ("It closed. <think>And then", "It closed. "),
        ("<think>a<think>b</think>It closed.</think> Done.", "It closed. Done."),
        ("Below 3 < 4 and 5 > 2 <thin", "Below 3 < 4 and 5 > 2 <thin"),
        ("<b>It</b> closed.<", "<b>It</b> closed.<"),
        ("", ""),
    ],
)
def test_only_the_answer_is_left(text: str, expected: str) -> None:
    assert hear(text) == hear(*text) == expected


def test_what_was_said_before_a_lone_closing_tag_is_taken_back_once() -> None:
    thoughts = ThoughtFilter()
    assert thoughts.feed("Hm.").afresh is False
    assert thoughts.feed("</think>It").afresh is True
    assert thoughts.feed(" closed.</think> Yes.") == Said(text=" closed. Yes.")


PIECES = st.sampled_from(
    ["<think>", "</think>", "<", "/", "thi", "nk>", "</reasoning>", "a", " ", "\n", "<b>"]
)


@given(st.lists(PIECES, max_size=30), st.integers(1, 9))
def test_chunks_change_nothing(pieces: list[str], size: int) -> None:
    text = "".join(pieces)
    chunks = [text[i : i + size] for i in range(0, len(text), size)]
    assert hear(*chunks) == hear(text)


@pytest.mark.timeout(10)
def test_a_hundred_thousand_tags_take_no_time() -> None:
    assert hear("<think>a</think>" * 100_000) == ""
    assert len(hear("<" * 100_000)) == 100_000

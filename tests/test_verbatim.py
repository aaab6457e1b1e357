"""What an article says word for word is found, and exactly where."""

import time

import pytest

from index import Article
from rag.verbatim import VerbatimText

TEXT = """\
Ferry ramp closed

The ramp of the ferry at Quay Street in Marrowby was
closed on Monday. “Nobody sails,” said Ingrid Sollis, the harbour master – not even
she. It is not true that the festival is off. He said that it is not true that the
festival is off. The festival is off.
"""
ARTICLE = Article(id="a", key="k", text=TEXT)


@pytest.mark.parametrize(
    ("claim", "quote"),
    [
        (
            "The ramp of the ferry at Quay Street in Marrowby was closed on Monday.",
            "The ramp of the ferry at Quay Street in Marrowby was\nclosed on Monday.",
        ),
        (
            '"Nobody sails," said Ingrid Sollis, the harbour master - not even she.',
            "“Nobody sails,” said Ingrid Sollis, the harbour master – not even\nshe.",
        ),
        ("It is not true that the festival is off.", "It is not true that the festival is off."),
        (
            "He said that it is not true that the festival is off. The festival is off.",
            "He said that it is not true that the\nfestival is off. The festival is off.",
        ),
    ],
)
def test_the_span_is_the_sentence_whatever_its_line_breaks_and_quotes(
    claim: str, quote: str
) -> None:
    span = VerbatimText(ARTICLE).find(claim)
    assert span is not None
    assert TEXT[slice(*span)] == quote


def test_half_a_sentence_is_no_sentence() -> None:
    span = VerbatimText(ARTICLE).find("The festival is off.")
    assert span is not None
    assert TEXT[: span[0]].endswith("He said that it is not true that the\nfestival is off. ")


@pytest.mark.parametrize(
    "claim",
    [
        "The ramp of the ferry",
        "the festival is off.",
        "Ferry ramp closed",
        "Monday.",
        "",
        "  ",
        "The ramp of the ferry at Quay Street in Marrowby was closed on Tuesday.",
    ],
)
def test_other_words_are_not_found(claim: str) -> None:
    assert VerbatimText(ARTICLE).find(claim) is None


def test_hostile_text_takes_no_longer() -> None:
    hostile = VerbatimText(Article(id="a", key="k", text="A a. " * 40_000))
    started = time.perf_counter()
    assert hostile.find("A a. " * 10_000 + "b") is None
    assert hostile.find("a. A " * 10_000) is None
    assert time.perf_counter() - started < 5

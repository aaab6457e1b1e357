"""Passages hold every sentence once, at their exact offsets, in the sizes they promise."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from index import Article
from index.passages import (
    FEWEST_TOKENS,
    MOST_LAST_TOKENS,
    MOST_TOKENS,
    count_tokens,
    cut_passages,
    headed,
)

SENTENCE = "The council of Varnholm met on Tuesday and spoke about the ramp for two hours. "


def make(text: str, **facts: str) -> Article:
    return Article(id="a" * 16, key="k", text=text, **facts)


def test_sizes_are_as_promised() -> None:
    passages = cut_passages(make(SENTENCE * 60))
    *sizes, last = count_tokens([passage.text for passage in passages])
    assert all(FEWEST_TOKENS <= size <= MOST_TOKENS for size in sizes)
    assert last <= MOST_LAST_TOKENS


def test_passages_end_where_sentences_end() -> None:
    for passage in cut_passages(make(SENTENCE * 60)):
        assert passage.text.startswith("The council")
        assert passage.text.endswith("two hours.")


def test_an_endless_sentence_is_cut_between_words() -> None:
    text = "fish " * 3_000
    passages = cut_passages(make(text))
    assert len(passages) > 5
    assert max(count_tokens([passage.text for passage in passages])) < 512
    assert " ".join(passage.text for passage in passages).split() == text.split()


@given(st.text(alphabet="ab .!?\n“”é漢", max_size=2_000))
def test_together_they_hold_every_character_once(text: str) -> None:
    passages = cut_passages(make(text))
    for passage in passages:
        assert text[passage.start : passage.end] == passage.text
    assert all(a.end <= b.start for a, b in pairwise(passages))
    kept = "".join(passage.text for passage in passages)
    assert "".join(kept.split()) == "".join(text.split())


def test_the_heading_names_what_is_known() -> None:
    full = make("x", title="Ramp closed", source="Courier", published="2025-10-28T06:24")
    assert headed(full, "Text.") == "Ramp closed · Courier · 2025-10-28\nText."
    assert headed(make("x"), "Text.") == "Text."

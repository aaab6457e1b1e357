"""Words are compared without what does not change the answer."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.words import find_quote, holds, word_f1, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The U.S. paid $1,300.", ["us", "paid", "1300"]),
        ("3.4% of Ilse's ramp", ["3.4", "percent", "of", "ilse", "ramp"]),
        ("3.4 percent", ["3.4", "percent"]),
        ("at 10:45, ten-ish", ["at", "10:45", "ten", "ish"]),
        ("Nadège’s café", ["nadège", "café"]),
        ("1,2 and 2025,2026", ["1,2", "and", "2025,2026"]),
        ("A", []),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    assert words(text) == expected


def test_holds_wants_the_words_side_by_side() -> None:
    text = words("It will cost 3.4 million crowns.")
    assert holds(text, words("3.4 million"))
    assert not holds(text, words("3 million"))
    assert not holds(text, words("cost million"))


def test_word_f1_counts_each_word_once_a_pair() -> None:
    # shared: ferry, ramp (once); 2 * 2 / (3 + 3)
    assert word_f1(["ferry", "ramp", "ramp"], ["ferry", "ramp", "closed"]) == pytest.approx(2 / 3)
    assert word_f1([], ["ferry"]) == 0.0


def test_a_quote_is_found_whatever_its_white_space() -> None:
    text = "It said:\n\nthe ramp  (east)\nis closed."
    start, end = find_quote(text, "the ramp (east) is closed.")
    assert text[start:end] == "the ramp  (east)\nis closed."
    assert find_quote(text, "the ramp east is closed.") is None
    assert find_quote(text, "  ") is None


@given(st.text(alphabet="ab .\n(*[", min_size=1), st.data())
def test_every_stretch_of_a_text_is_found_in_it(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    found = find_quote(text, text[start:end])
    if text[start:end].strip():
        assert text[found[0] : found[1]].split() == text[start:end].split()
    else:
        assert found is None

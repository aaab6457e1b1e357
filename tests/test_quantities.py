"""Numbers are read with what they count, in figures and in words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.quantities import QUANTITY, Quantity, quantity_of


def quantities_in(text: str) -> list[Quantity]:
    return [quantity_of(match) for match in QUANTITY.finditer(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3.4 percent of voters", [("3.4 percent", 3.4, "percent")]),
        ("up 3.4% and 5 per cent", [("3.4%", 3.4, "percent"), ("5 per cent", 5, "percent")]),
        ("$8.1 million", [("$8.1 million", 8.1e6, "$")]),
        ("€3bn", [("€3bn", 3e9, "€")]),
        ("12,000 crowns", [("12,000 crowns", 12000, "crown")]),
        ("3.4 million crowns", [("3.4 million crowns", 3.4e6, "crown")]),
        ("eleven to six", [("eleven", 11, ""), ("six", 6, "")]),
        ("sixteen members", [("sixteen members", 16, "member")]),
        ("twenty-one boats", [("twenty-one boats", 21, "boat")]),
        ("a 20-year plan", [("20-year", 20, "year")]),
        ("on November 14", [("November 14", 14, "november")]),
        ("on 14 November 2025", [("14 November", 14, "november"), ("2025", 2025, "")]),
        ("a mile, a one-off, section 3a", []),
    ],
)
def test_quantities(text: str, expected: list[tuple[str, float, str]]) -> None:
    found = [(q.text, q.value, q.unit) for q in quantities_in(text)]
    assert [(a, c) for a, _, c in found] == [(a, c) for a, _, c in expected]
    assert [b for _, b, _ in found] == pytest.approx([b for _, b, _ in expected])


@pytest.mark.parametrize(
    ("claim", "source", "agrees"),
    [
        ("3.4 percent", "3.4%", True),
        ("4.3 percent", "3.4 percent", False),
        ("3.4 million", "3,412,000", True),
        ("3.412 million", "3.4 million", False),
        ("six", "6", True),
        ("$3 million", "3 million dollars", True),
        ("11", "6", False),
    ],
)
def test_a_quantity_agrees_with_what_rounds_to_it(claim: str, source: str, agrees: bool) -> None:
    (ours,), (theirs,) = quantities_in(claim), quantities_in(source)
    assert ours.agrees(theirs) == agrees


@given(st.text())
def test_any_text_can_be_read(text: str) -> None:
    for quantity in quantities_in(text):
        assert quantity.text in text
        assert quantity.agrees(quantity)

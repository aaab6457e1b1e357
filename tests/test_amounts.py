"""Amounts are compared across two newsrooms' ways of writing them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.amounts import amounts_in


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("about 1,500 people", "1,512 people"),
        ("nearly half of voters", "48 percent"),
        ("$2.4 million", "2.4m dollars"),
        ("three quarters of the forest", "75 percent"),
        ("a quarter of a million crowns", "248,600 crowns"),
        ("just over 9 kilometres", "9,120 metres"),
        ("a dozen dogs", "12 dogs"),
        ("gusts of about 150 km/h", "42 metres per second"),
        ("half a tonne", "503 kilos"),
        ("about two and a half hours", "148 minutes"),
        ("four out of five flights", "80.4 percent"),
        ("more than 11 million crowns", "11,248,310 crowns"),
        ("a hundred and twenty thousand marks", "120,000 marks"),
        ("at 3.40 p.m.", "at 15.40 on"),
        ("lifted by a fifth.", "lifted by 20 percent."),
        ("a fifth more than planned", "20 percent more than planned"),
        ("half a percentage point", "0.5 percentage points"),
        ("a locksmith aged 34 was", "a 34-year-old locksmith was"),
        ("two weeks", "14 days"),
        ("at least eight years", "more than eight years"),
        ("at least eight homes", "up to ten homes"),
        ("no more than 40 homes", "36 homes"),
        ("no fewer than 40 homes", "44 homes"),
        ("the half-dozen posts", "six posts"),
    ],
)
def test_one_amount_in_two_wordings_agrees(first: str, second: str) -> None:
    (ours,), (theirs,) = amounts_in(first), amounts_in(second)
    assert ours.is_comparable(theirs)
    assert ours.agrees(theirs)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("seven people", "nine people"),
        ("340 million crowns", "430 million crowns"),
        ("magnitude 5.1 on", "magnitude 5.7 on"),
        ("City won 3-1", "City won 2-1"),
        ("It will rise to 3.30 pounds.", "to rise to 3.80 pounds"),
        ("from 2.50 metres", "from 3.10 metres"),
        ("one person died", "two people died"),
        ("the captain, 58, said", "the captain, 85, said"),
        ("no more than 40 homes", "44 homes"),
    ],
)
def test_two_amounts_differ(first: str, second: str) -> None:
    (ours,), (theirs,) = amounts_in(first), amounts_in(second)
    assert ours.is_comparable(theirs)
    assert not ours.agrees(theirs)


@pytest.mark.parametrize(
    ("first", "second", "are_ends"),
    [
        ("at least eight years", "up to eight years", True),
        ("more than 1,200 people", "fewer than 1,200 people", True),
        ("no more than 40 homes", "more than 40 homes", True),
        ("at least a dozen boats", "up to a dozen boats", True),
        ("over half of the boats", "less than half of the boats", True),
        ("at least eight years", "up to ten years", False),
        ("at least eight years", "eight years", False),
        ("must not be over 40 homes", "at most 40 homes", False),
        ("hardly more than 40 homes", "at most 40 homes", False),
        ("over eight years", "up to eight years", False),
        ("twice as many as 40 homes", "at least 40 homes", False),
    ],
)
def test_two_ends_of_a_range_are_told_apart(first: str, second: str, are_ends: bool) -> None:
    (ours,), (theirs,) = amounts_in(first), amounts_in(second)
    assert ours.is_other_end_of(theirs) == theirs.is_other_end_of(ours) == are_ends


@pytest.mark.parametrize(
    "text",
    [
        "in 1932",
        "on 3 December",
        "no one else",
        "at ten to four",
        "It was bought by a third company.",
        "They led by half-time.",
        "They scored in the second half as rain fell.",
        "A third higher bid came.",
    ],
)
def test_what_only_looks_like_an_amount_is_none(text: str) -> None:
    assert amounts_in(text) == []


@given(st.text())
def test_any_text_can_be_read(text: str) -> None:
    for amount in amounts_in(text):
        assert amount.low <= amount.high
        assert 0 <= amount.start < amount.end <= len(text)

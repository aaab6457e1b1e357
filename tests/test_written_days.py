"""Days are compared field by field; what is not written stays unknown."""

import pytest

from rag.written_days import days_in, listed_days


@pytest.mark.parametrize(
    ("first", "second", "agree"),
    [
        ("on 3 December 2021", "on the third of December", True),
        ("Thursday, 12 October", "Tuesday, 10 October", False),
        ("on 14 June", "on 21 June", False),
        ("in October 2023", "on 12 October", True),
        ("in 1998", "in 1989", False),
    ],
)
def test_days_agree_as_far_as_both_tell(first: str, second: str, agree: bool) -> None:
    (ours,), (theirs,) = days_in(first), days_in(second)
    assert ours.is_comparable(theirs)
    assert ours.agrees(theirs) == agree


def test_a_count_of_people_is_no_year() -> None:
    assert days_in("1,998 people came") == []


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("on 12 and 13 October", {12}),
        ("on 10, 12 and 14 October 2024", {10, 12}),
        ("from 12 to 14 October", {12, 13}),
        ("on October 12-14.", {13, 14}),
        ("from the 12th to the 14th of October", {12, 13}),
        ("on October 3 and 5 in Rome", {5}),
        ("on October 12 and 14 people died", set()),
        ("at 8:12 to 14 October", set()),
        ("on 14 October", set()),
    ],
)
def test_days_of_a_list_or_a_range_have_its_month(text: str, numbers: set[int]) -> None:
    listed = listed_days(text)
    assert {day.number for day in listed} == numbers
    assert all(day.month == 10 for day in listed)

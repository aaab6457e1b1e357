"""Days are compared field by field; what is not written stays unknown."""

import pytest

from rag.written_days import days_in


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

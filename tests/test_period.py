"""The days a question is about."""

import pytest

from rag.errors import BadPeriod
from rag.period import read_period


@pytest.mark.parametrize(
    ("given", "period"),
    [
        ((None, None, None), None),
        (("2025-10-01", None, None), ("2025-10-01", None)),
        ((None, "2025-10-31", "2025-10-20"), (None, "2025-10-20")),
        ((None, "2025-10-10", "2025-10-20"), (None, "2025-10-10")),
        (("20251001", "2025-10-01", None), ("2025-10-01", "2025-10-01")),
    ],
)
def test_periods(given: tuple[str | None, ...], period: tuple[str | None, ...] | None) -> None:
    assert read_period(*given) == period


@pytest.mark.parametrize("day", ["yesterday", "2025-02-30", "2025", "10/28/2025"])
def test_what_is_no_day_is_named(day: str) -> None:
    with pytest.raises(BadPeriod, match="2025-10-28"):
        read_period(None, day, None)


def test_a_period_cannot_end_before_it_begins() -> None:
    with pytest.raises(BadPeriod, match="before it begins"):
        read_period("2025-10-02", "2025-10-01", None)

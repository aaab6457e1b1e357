"""The days that a question is about."""

from datetime import date

from rag.errors import BadPeriod

Period = tuple[str | None, str | None]


def read_period(since: str | None, until: str | None, as_of: str | None) -> Period | None:
    """Return the first and last day asked about, ISO 8601; None for any time.

    Args:
        since: First day, "2025-10-01".
        until: Last day.
        as_of: The day on which the reader stands; nothing later is looked at.

    Raises:
        BadPeriod: a day is not one, or the last comes before the first.
    """
    first = _day("since", since)
    ends = [day for day in (_day("until", until), _day("as_of", as_of)) if day]
    last = min(ends, default=None)
    if first and last and last < first:
        raise BadPeriod(f"The period ends on {last}, before it begins on {first}. Swap the days.")
    return (first, last) if first or last else None


def _day(name: str, given: str | None) -> str | None:
    if given is None:
        return None
    try:
        return date.fromisoformat(given).isoformat()
    except ValueError as error:
        raise BadPeriod(f"{name}: {given!r} is no day. Write it as 2025-10-28.") from error

"""Days as a reader says them: "17–23 November 2026"."""

from datetime import date

from rag.mentions import MONTHS
from rag.prompts import FROM_DAY, UP_TO_DAY


def in_words(first: str | None, last: str | None) -> str:
    """Return a span of days, ISO 8601, in words; an end may be open, but not both."""
    if first is None or last is None:
        only = first or last
        return (FROM_DAY if first else UP_TO_DAY).format(day=day_in_words(only)) if only else ""
    if first == last:
        return day_in_words(first)
    start, end = date.fromisoformat(first[:10]), date.fromisoformat(last[:10])
    if start.year != end.year:
        return f"{day_in_words(first)} – {day_in_words(last)}"
    if start.month != end.month:
        return f"{start.day} {MONTHS[start.month - 1]} – {day_in_words(last)}"
    return f"{start.day}–{day_in_words(last)}"


def day_in_words(day: str) -> str:
    """Return a day, ISO 8601, with a time or without, as "28 October 2025"."""
    read = date.fromisoformat(day[:10])
    return f"{read.day} {MONTHS[read.month - 1]} {read.year}"

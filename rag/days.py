"""Spans of days, and the calendar arithmetic that words of time need."""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

from index.types import Value

FIRST_YEAR, LAST_YEAR = 1, 9998
"""What `date` can hold, with a year to spare for sums."""


@dataclass(frozen=True)
class Days(Value):
    """The days from a first to a last one; None is an open end."""

    first: date | None
    last: date | None


def one_day(day: date) -> Days:
    """Return a day alone."""
    return Days(day, day)


def months_of(year: int, month: int, count: int = 1) -> Days:
    """Return whole months, from the one named; they may run into the next year."""
    return Days(date(year, month, 1), add_months(date(year, month, 1), count) - timedelta(days=1))


def years_of(year: int, count: int = 1) -> Days:
    """Return whole years."""
    return Days(date(year, 1, 1), date(year + count - 1, 12, 31))


def week_of(day: date) -> Days:
    """Return the week, Monday to Sunday, that holds a day."""
    monday = day - timedelta(days=day.weekday())
    return Days(monday, monday + timedelta(days=6))


def weekend_of(day: date) -> Days:
    """Return the Saturday and Sunday of the week that holds a day."""
    sunday = week_of(day).last or day
    return Days(sunday - timedelta(days=1), sunday)


def add_months(day: date, count: int) -> date:
    """Return the same day some months on, or the last day of a month that is too short."""
    years, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    year = min(max(years, FIRST_YEAR), LAST_YEAR)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def shift(day: date, count: int, unit: str) -> date:
    """Return a day moved by a number of hours, days, weeks, fortnights, months, quarters, years."""
    months = {"month": 1, "quarter": 3, "year": 12, "decade": 120}
    if unit in months:
        return add_months(day, count * months[unit])
    if unit == "hour":
        return day + timedelta(days=-(-count // 24) if count > 0 else count // 24)
    reach = date(LAST_YEAR, 12, 31) - day if count > 0 else day - date(FIRST_YEAR, 1, 1)
    moved = abs(count) * {"day": 1, "night": 1, "week": 7, "fortnight": 14}[unit]
    step = timedelta(days=min(moved, reach.days))
    return day + step if count > 0 else day - step


def unit_around(day: date, unit: str) -> Days:
    """Return the calendar week, weekend, month, quarter, year or decade that holds a day.

    No calendar has fortnights: one is the two weeks from that day on.
    """
    if unit == "weekend":
        return weekend_of(day)
    if unit == "fortnight":
        return Days(day, day + timedelta(days=13))
    if unit == "month":
        return months_of(day.year, day.month)
    if unit == "quarter":
        return months_of(day.year, day.month - (day.month - 1) % 3, 3)
    if unit == "year":
        return years_of(day.year)
    if unit == "decade":
        return years_of(day.year - day.year % 10, 10)
    return week_of(day)


def part_of(days: Days, number: int, parts: int) -> Days:
    """Return one of the equal parts of closed days, counted from 1.

    Whole months are shared out where their number allows: the first third of a year is January to
    April, of a month its first ten days. A day or two have no parts.
    """
    first, last = days.first, days.last
    if first is None or last is None or (last - first).days < parts:
        return days
    months = _whole_months(first, last)
    if months and months % parts == 0:
        size = months // parts
        start = add_months(first, size * (number - 1))
        return months_of(start.year, start.month, size)
    size = ((last - first).days + 1) // parts
    start = first + timedelta(days=size * (number - 1))
    return Days(start, last if number == parts else start + timedelta(days=size - 1))


def edge_of(days: Days, count: int, unit: str, *, last: bool) -> Days:
    """Return the first or last few days, weeks or months of closed days."""
    if days.first is None or days.last is None:
        return days
    if last:
        after = days.last + timedelta(days=1)
        return Days(max(days.first, shift(after, -count, unit)), days.last)
    return Days(days.first, min(days.last, shift(days.first, count, unit) - timedelta(days=1)))


def _whole_months(first: date, last: date) -> int:
    """Return how many months the days are; 0 if they are not whole ones."""
    after = last + timedelta(days=1)
    if first.day != 1 or after.day != 1:
        return 0
    return (after.year - first.year) * 12 + after.month - first.month

"""Days as newspapers write them, in fields, so that two can be compared as far as both tell.

"Thursday, 12 October" and "12 October 2023" are one day; "the third of December" is 3 December;
"October" alone fits any day of it. What is not written stays unknown.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from index.types import Value
from rag.mentions import MONTHS, WEEKDAYS

SEASONS = {"spring": 1, "summer": 2, "autumn": 3, "winter": 4}
ORDINALS = {
    word: number
    for number, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth "
        "thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth "
        "twenty-first twenty-second twenty-third twenty-fourth twenty-fifth twenty-sixth "
        "twenty-seventh twenty-eighth twenty-ninth thirtieth thirty-first".split(),
        start=1,
    )
}
_MONTH = "|".join(MONTHS)
_NUMBER = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?"
_ORDINAL = "|".join(sorted(ORDINALS, key=len, reverse=True))
_YEAR = r"(?:1\d|20|21)\d\d"
DAY = re.compile(
    rf"\b(?:(?P<weekday>{'|'.join(WEEKDAYS)})\b(?:,? (?=\d|the |{_MONTH}))?)?"
    rf"(?:(?:the )?(?P<number>{_NUMBER}|{_ORDINAL}) (?:of )?(?P<month>{_MONTH})\b"
    rf"(?:,? (?P<year>{_YEAR})\b(?![.,]?\d))?"
    rf"|(?P<us_month>{_MONTH})\b(?: (?P<us_number>{_NUMBER})\b(?!:\d|,\d))?"
    rf"(?:,? (?P<us_year>{_YEAR})\b(?![.,]?\d))?"
    rf"|(?<![\w.,:$€£-])(?P<bare_year>{_YEAR}|(?<=year )\d{{3}})\b(?![.,:-]?\d|\s?%)"
    r"|(?P<season>spring|summer|autumn|winter)\b(?: (?:of )?(?P<season_year>20\d\d|19\d\d)\b)?)?"
)

_JOINED = r"\s*(?P<joint>and|or|to|till|until|through|[,–-])\s*"
LISTED_BEFORE = re.compile(rf"(?<![\w.,:$€£])(?P<number>{_NUMBER}){_JOINED}(?:the )?$")
"""The "12 to" before "14 October"."""
LISTED_AFTER = re.compile(
    rf"{_JOINED}(?P<number>{_NUMBER})\b(?![:,.]\d)(?=\s*(?:[^\w\s%]|$|(?:and|in|at|on)\b))"
)
"""The "-14" after "October 12"; not the 14 people of "on October 12, 14 people"."""
LISTED_WITHIN = 40
"""Characters before a day in which others of its list stand."""
ENUMERATING = frozenset(("and", "or", ","))
"""Between two days; other joints give the days between them too."""


@dataclass(frozen=True, kw_only=True)
class Day(Value):
    """A day, month or year as far as it is written."""

    text: str
    start: int
    end: int
    weekday: int | None = None
    number: int | None = None
    month: int | None = None
    year: int | None = None
    season: int | None = None

    @property
    def fields(self) -> dict[str, int]:
        """What is known of it."""
        names = ("weekday", "number", "month", "year", "season")
        known = {name: getattr(self, name) for name in names}
        return {name: value for name, value in known.items() if value is not None}

    def is_comparable(self, other: "Day") -> bool:
        """Say whether both tell at least one field alike."""
        return bool(self.fields.keys() & other.fields.keys())

    def agrees(self, other: "Day") -> bool:
        """Say whether no field that both tell differs."""
        ours, theirs = self.fields, other.fields
        return all(ours[name] == theirs[name] for name in ours.keys() & theirs.keys())


def days_in(text: str) -> list[Day]:
    """Return the days, months and years of a text, in order."""
    return [_day(match) for match in DAY.finditer(text) if match.group()]


def listed_days(text: str) -> list[Day]:
    """Return the days that a list or a range gives without a month of their own.

    Of "12 to 14 October" and "October 12-14" they are the 12th or 14th, and the 13th.
    """
    found = []
    for day in days_in(text):
        if day.number is None:
            continue
        for listed in (*_listed_before(text, day.start), LISTED_AFTER.match(text, day.end)):
            if listed is None:
                continue
            number = _number(listed["number"])
            between = range(min(number, day.number) + 1, max(number, day.number))
            numbers = [number] if listed["joint"] in ENUMERATING else [number, *between]
            found += [replace(day, number=each, weekday=None) for each in numbers]
    return found


def _listed_before(text: str, end: int) -> Iterator[re.Match[str]]:
    """Yield the numbers that stand before a day, the nearest first."""
    start = max(0, end - LISTED_WITHIN)
    while found := LISTED_BEFORE.search(text, start, end):
        yield found
        end = found.start()


def _day(match: re.Match[str]) -> Day:
    number = match["number"] or match["us_number"]
    month = match["month"] or match["us_month"]
    year = match["year"] or match["us_year"] or match["bare_year"] or match["season_year"]
    return Day(
        text=match.group().strip().rstrip(","),
        start=match.start(),
        end=match.start() + len(match.group().rstrip(" ,")),
        weekday=WEEKDAYS.index(match["weekday"]) if match["weekday"] else None,
        number=_number(number) if number else None,
        month=MONTHS.index(month) + 1 if month else None,
        year=int(year) if year else None,
        season=SEASONS[match["season"]] if match["season"] else None,
    )


def _number(written: str) -> int:
    if written[0].isdigit():
        return int(written.rstrip("stndrh"))
    return ORDINALS[written.lower()]

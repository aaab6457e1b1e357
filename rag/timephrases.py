"""Phrases of time that name days: "28 October 2025", "Oct. 28", "spring 2024", "the 1990s".

Each rule looks at one place of a question and returns the phrase that it finds there, or None.
What has a year is the same days on any clock; what has none is read against the reader's day.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from index.dates import parse_date
from rag import timewords as words
from rag.days import Days, months_of, one_day, years_of
from rag.timewords import Tokens

YEARS_TRIED = 9
"""How far back a date without a year is looked for; 29 February can be eight years away."""


@dataclass(frozen=True, kw_only=True)
class Clock:
    """The day on which the reader stands, and whether the question looks ahead."""

    today: date
    future: bool = False


@dataclass(frozen=True, kw_only=True)
class Named:
    """What of a date stands in the question."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    count: int = 1
    """Months, or years where there is no month."""

    def in_year(self, year: int) -> Days | None:
        """Return the days in a year; None where it has no such day."""
        if self.month is None:
            return years_of(year, self.count)
        if self.day is None:
            return months_of(year, self.month, self.count)
        try:
            return one_day(date(year, self.month, self.day))
        except ValueError:
            return None


@dataclass(frozen=True, kw_only=True)
class Phrase:
    """A phrase of time, and what it stands for on any clock."""

    start: int
    stop: int
    """Places of its first token, and of the one after its last."""
    read: Callable[[Clock], Days | None]
    clocked: bool = False
    """Whether the clock is needed to read it."""
    named: Named | None = None
    """For a date or its parts, which a range may complete."""
    alone: bool = True
    """Whether it tells time without a preposition before it; "2024" does not."""
    moment: Callable[[Clock], Days | None] | None = None
    """What a boundary takes instead: "the end of October" lies between two days, and its last
    day comes before its first."""
    repeated: bool = False
    """Whether an article could use the same words for the same days: "3 May", not "last week"."""


def of_named(start: int, stop: int, named: Named, *, alone: bool = True) -> Phrase:
    """Return the phrase of a date or of its parts."""
    return Phrase(
        start=start,
        stop=stop,
        named=named,
        alone=alone,
        clocked=named.year is None,
        repeated=True,
        read=lambda clock: nearest(named.in_year, clock, named.year),
    )


def nearest(
    in_year: Callable[[int], Days | None], clock: Clock, year: int | None = None
) -> Days | None:
    """Return the days in their year; without one, the last that have begun.

    Where the question looks ahead, the next that have not ended.
    """
    if year is not None:
        return in_year(year)
    here = clock.today.year
    if clock.future:
        coming = filter(None, map(in_year, range(here - 1, here + YEARS_TRIED)))
        return next((d for d in coming if d.last and d.last >= clock.today), None)
    past = filter(None, map(in_year, range(here + 1, here - YEARS_TRIED, -1)))
    return next((d for d in past if d.first and d.first <= clock.today), None)


def read_named(tokens: Tokens, place: int) -> Phrase | None:
    """Read a date, month, quarter, season, year or decade."""
    begun = place
    if tokens.word(place) in words.WEEKDAYS:
        place = tokens.skip(place + 1, ",", "the")
        phrase = _read_day(tokens, tokens.skip(place, "the"))
        return replace(phrase, start=begun) if phrase else None
    for rule in (_read_digits, _read_day, _read_feast, _read_months, _read_years):
        phrase = rule(tokens, tokens.skip(place, "the") if rule is _read_day else place)
        if phrase is not None:
            return _of_last_year(tokens, replace(phrase, start=begun))
    return None


def _of_last_year(tokens: Tokens, phrase: Phrase) -> Phrase:
    """Read on where the year stands as "last year": "in October last year"."""
    place = tokens.skip(phrase.stop, "of")
    years = {"last": -1, "this": 0, "next": 1}.get(tokens.word(place))
    named = phrase.named
    if years is None or tokens.word(place + 1) != "year" or named is None or named.year:
        return phrase
    return replace(
        phrase,
        stop=place + 2,
        named=None,
        alone=True,
        read=lambda clock: named.in_year(clock.today.year + years),
    )


def _read_digits(tokens: Tokens, place: int) -> Phrase | None:
    """Read "2025-10-28" or "10/28/2025", unless it is another day elsewhere."""
    text = tokens[place].text
    if not text[0].isdigit() or tokens.is_glued(place + 1) or not set("-/.") & set(text):
        return None
    found = parse_date(text)
    if found is None:
        return None
    day = date.fromisoformat(found[:10])
    return of_named(place, place + 1, Named(year=day.year, month=day.month, day=day.day))


def _read_day(tokens: Tokens, place: int) -> Phrase | None:
    """Read "28 October 2025", "28th of October", "Oct. 28, 2025"."""
    day = words.day_number_at(tokens, place)
    if day is not None:
        month = words.short_month_at(tokens, tokens.skip(place + 1, "of"))
        if month is None:
            return None
        number, stop = month
    else:
        month = words.short_month_at(tokens, place)
        if month is None:
            return None
        number, stop = month
        stop = tokens.skip(stop, "the")
        day = words.day_number_at(tokens, stop)
        if day is None:
            return None
        stop += 1
    after = tokens.skip(stop, ",")
    year = words.year_at(tokens, after)
    stop = after + 1 if year else stop
    named = Named(year=year, month=number, day=day)
    goes_on = tokens.is_glued(stop) and words.day_number_at(tokens, stop + 1)  # "Oct 3-10"
    plain = tokens.is_followed_plainly(stop) and not tokens.counts(stop)
    is_date = year or plain or goes_on
    return of_named(place, stop, named) if is_date and named.in_year(year or 2024) else None


def _read_feast(tokens: Tokens, place: int) -> Phrase | None:
    """Read "Christmas Eve", "New Year's Day 2025"."""
    if not tokens[place].is_capital:
        return None
    for said, (month, day) in words.FEASTS.items():
        spelt = [tokens[place + n].text.lower().replace("’", "'") for n in range(len(said))]
        stop = place + len(said)
        if spelt == [*said]:
            year = words.year_at(tokens, stop)
            if year is None and not tokens.is_followed_plainly(stop):
                return None
            named = Named(year=year, month=month, day=day)
            return of_named(place, stop + bool(year), named, alone=len(said) > 1)
    return None


def _read_months(tokens: Tokens, place: int) -> Phrase | None:
    """Read a month, season, quarter or half-year, with a year or without."""
    begun = place
    if tokens.word(place) == "the" and tokens.word(place + 1) in words.SEASONS:
        place += 1
    month, count, stop = _months_at(tokens, place)
    if not month:
        return None
    years = words.years_at(tokens, tokens.skip(stop, ",", "of"))
    if years and (years[1] == 1 or count == 3):
        return of_named(begun, years[2], Named(year=years[0], month=month, count=count))
    name = tokens[place]
    if name.word in words.SHORT_MONTHS and name.word not in words.MONTH_NUMBERS:
        return None
    if name.word in words.SEASONS and tokens.word(stop) == "of":
        return None
    glued = tokens.is_glued(place - 1) and tokens.word(place - 2) not in words.THIRDS
    if glued or not tokens.is_followed_plainly(stop):
        return None
    return of_named(begun, stop, Named(month=month, count=count), alone=False)


def _months_at(tokens: Tokens, place: int) -> tuple[int, int, int]:
    """Return the first month, how many there are, and the place after; 0 for none."""
    word = tokens.word(place)
    short = words.short_month_at(tokens, place)
    if short:
        return short[0], 1, short[1]
    if word in words.SEASONS and tokens.is_small(place, place + 1):
        return words.SEASONS[word], 3, place + 1
    if word in {"q1", "q2", "q3", "q4"}:
        return 3 * int(word[1]) - 2, 3, place + 1
    if word in {"h1", "h2"}:
        return 6 * int(word[1]) - 5, 6, place + 1
    return 0, 0, place


def _read_years(tokens: Tokens, place: int) -> Phrase | None:
    """Read "2024", "the 1990s", "the 19th century"; a number of people or metres is no year."""
    begun, place = place, tokens.skip(tokens.skip(place, "the"), "year", "years")
    years = words.years_at(tokens, place)
    if years is None:
        return _read_decade(tokens, begun)
    year, count, stop = years
    glued = tokens.is_glued(stop) and tokens.word(stop + 1).isalpha()
    glued |= tokens.is_glued(place - 1) and tokens.word(place - 2) not in words.THIRDS
    said = tokens.word(place - 1) in {"year", "years"} or place == begun
    if glued or not said or tokens.counts(stop) or tokens[place].is_possessive:
        return None
    return of_named(begun, stop, Named(year=year, count=count), alone=False)


def _read_decade(tokens: Tokens, begun: int) -> Phrase | None:
    place = tokens.skip(tokens.skip(begun, "the"), "'", "’")
    word = tokens.word(place)
    if word[-1] == "s" and words.YEAR.fullmatch(word[:-1]) and word[-2] == "0":
        first = int(word[:-1])
        count = 100 if first % 100 == 0 and first < 2000 else 10  # the 1800s; the 2000s
        return of_named(begun, place + 1, Named(year=first, count=count), alone=False)
    if words.DECADE.fullmatch(word) and place > begun:
        decade = Named(year=1900 + int(word[:-1]), count=10)
        return of_named(begun, place + 1, decade, alone=False)
    digits = words.CENTURY.fullmatch(word)
    number = int(digits.group(1)) if digits else words.ORDINALS.get(word, 0)
    if number > 10 and tokens.word(place + 1) == "century":
        hundred = Named(year=100 * number - 99, count=100)
        return of_named(begun, place + 2, hundred, alone=False)
    return None

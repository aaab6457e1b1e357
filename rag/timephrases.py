"""Phrases of time that stand alone: dates, months, years, weekdays, "last week", "two days ago".

Each rule looks at one place of a question and returns the phrase that it finds there, or None.
What has a year is the same days on any clock; what has none is read against the reader's day.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from index.dates import parse_date
from rag import timewords as words
from rag.days import Days, months_of, one_day, shift, unit_around, years_of
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
        start=start, stop=stop, named=named, alone=alone, clocked=named.year is None,
        repeated=True, read=lambda clock: nearest(named.in_year, clock, named.year),
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


# Dates and their parts


def read_named(tokens: Tokens, place: int) -> Phrase | None:
    """Read a date, month, quarter, season, year or decade."""
    begun = place
    if tokens.word(place) in words.WEEKDAYS:
        place = tokens.skip(place + 1, ",", "the")
        phrase = _read_day(tokens, tokens.skip(place, "the"))
        return replace(phrase, start=begun) if phrase else None
    for rule in (_read_digits, _read_day, _read_months, _read_years):
        phrase = rule(tokens, tokens.skip(place, "the") if rule is _read_day else place)
        if phrase is not None:
            return replace(phrase, start=begun)
    return None


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
    is_date = year or (tokens.is_followed_plainly(stop) and not tokens.counts(stop))
    return of_named(place, stop, named) if is_date and named.in_year(year or 2024) else None


def _read_months(tokens: Tokens, place: int) -> Phrase | None:
    """Read a month, season or quarter, with a year or without."""
    month, count, stop = _months_at(tokens, place)
    if not month:
        return None
    after = tokens.skip(stop, ",", "of")
    year = words.year_at(tokens, after)
    if year:
        return of_named(place, after + 1, Named(year=year, month=month, count=count))
    name = tokens[place]
    if name.word in words.SHORT_MONTHS and name.word not in words.MONTH_NUMBERS:
        return None
    if name.word in words.SEASONS and tokens.word(stop) == "of":
        return None
    glued = tokens.is_glued(place - 1) and tokens.word(place - 2) not in words.THIRDS
    if glued or not tokens.is_followed_plainly(stop):
        return None
    return of_named(place, stop, Named(month=month, count=count), alone=False)


def _months_at(tokens: Tokens, place: int) -> tuple[int, int, int]:
    """Return the first month, how many there are, and the place after; 0 for none."""
    word = tokens.word(place)
    short = words.short_month_at(tokens, place)
    if short:
        return short[0], 1, short[1]
    if word in words.SEASONS and tokens.is_small(place, place + 1):
        return words.SEASONS[word], 3, place + 1
    if len(word) == 2 and word[0] == "q" and word[1] in "1234":
        return 3 * int(word[1]) - 2, 3, place + 1
    ordinal = words.ORDINALS.get("fourth" if word == "last" else word)
    if ordinal and tokens.follows(place + 1, ["quarter"]):
        after = tokens.skip(place + 2, "of", "in")
        if words.year_at(tokens, after):
            return 3 * ordinal - 2, 3, after
    return 0, 0, place


def _read_years(tokens: Tokens, place: int) -> Phrase | None:
    """Read "2024", "the year 2024", "the 1990s"; a number of people or metres is no year."""
    begun, place = place, tokens.skip(tokens.skip(place, "the"), "year")
    year = words.year_at(tokens, place)
    if year is None:
        word = tokens.word(place)
        if word[-1] == "s" and words.YEAR.fullmatch(word[:-1]) and word[-2] == "0":
            decade = Named(year=int(word[:-1]), count=10)
            return of_named(begun, place + 1, decade, alone=False)
        return None
    glued = tokens.is_glued(place + 1) or tokens.is_glued(place - 1)
    said = tokens.word(place - 1) == "year" or place == begun
    if glued or not said or tokens.counts(place + 1) or tokens[place].is_possessive:
        return None
    return of_named(begun, place + 1, Named(year=year), alone=False)


# Days that are counted from the clock


def read_relative(tokens: Tokens, place: int) -> Phrase | None:
    """Read what is counted from the clock: "yesterday", "last week", "past three days"."""
    for rule in (_read_adverb, _read_this_or_last, _read_rolling, _read_ago, read_weekday):
        phrase = rule(tokens, place)
        if phrase is not None:
            return phrase
    return None


def relative(
    tokens: Tokens, place: int, stop: int, read: Callable[[date], Days], *, repeated: bool = False
) -> Phrase | None:
    """Return the phrase, unless it is written as a name, or begins a longer one."""
    named = repeated or tokens.is_small(place, stop)
    if not named or tokens.is_glued(place - 1) or tokens.is_glued(stop):
        return None
    return Phrase(
        start=place, stop=stop, clocked=True, repeated=repeated,
        read=lambda clock: read(clock.today),
    )


def _read_adverb(tokens: Tokens, place: int) -> Phrase | None:
    begun, place = place, tokens.skip(place, "the")
    for said, ahead in ((["before", "yesterday"], -2), (["after", "tomorrow"], 2)):
        if tokens.follows(place, ["day", *said]):
            return relative(tokens, begun, place + 3, _days_on(ahead))
    word, after = tokens.word(place), tokens.word(place + 1)
    of_the_day = after in words.PARTS_OF_DAY
    if word in {"yesterday", "today", "tonight", "tomorrow"} and begun == place:
        ahead = {"yesterday": -1, "tomorrow": 1}.get(word, 0)
        stop = place + 1 + of_the_day
        return relative(tokens, begun, stop, _days_on(ahead))
    if word in {"last", "this"} and of_the_day and begun == place:
        return relative(tokens, begun, place + 2, _days_on(-1 if word == "last" else 0))
    return None


def _days_on(count: int) -> Callable[[date], Days]:
    return lambda today: one_day(shift(today, count, "day"))


def _read_this_or_last(tokens: Tokens, place: int) -> Phrase | None:
    """Read "last week", "this month", "next Friday", "last autumn", "the week before last"."""
    before_last = _read_before_last(tokens, place)
    if before_last:
        return before_last
    begun, place = place, tokens.skip(place, "the")
    which = {"coming": "next", "current": "this"}.get(tokens.word(place), tokens.word(place))
    if which not in {"last", "this", "past", "next"}:
        return None
    if which == "this" and tokens.word(place + 1) in {"past", "coming"}:
        place += 1
        which = {"past": "past", "coming": "next"}[tokens.word(place)]
    noun = tokens.word(place + 1)
    if tokens.word(place + 2) == "of":
        return None  # "the last week of the campaign" is no week of the clock's
    rolls = which == "past" or (which == "last" and tokens.word(begun) == "the")
    if rolls and noun in {"day", "week", "fortnight", "month", "quarter", "year", "decade"}:
        return relative(tokens, begun, place + 2, lambda today: Days(shift(today, -1, noun), today))
    if noun in {"week", "weekend", "fortnight", "month", "quarter", "year", "decade"}:
        read = beside(noun, {"last": -1, "past": -1, "this": 0, "next": 1}[which])
        return relative(tokens, begun, place + 2, read)
    if noun in words.WEEKDAYS:
        return relative(tokens, begun, place + 2, _weekday_beside(noun, which), repeated=True)
    return _read_named_beside(tokens, begun, place, which)


def _read_before_last(tokens: Tokens, place: int) -> Phrase | None:
    begun, place = place, tokens.skip(place, "the")
    noun = tokens.word(place)
    if noun not in {"week", "weekend", "month", "year"}:
        return None
    if not tokens.follows(place + 1, ["before", "last"]) or tokens.word(place + 3) in words.UNITS:
        return None
    return relative(tokens, begun, place + 3, beside(noun, -2))


def beside(unit: str, count: int) -> Callable[[date], Days]:
    """Return the calendar unit that stands some units from the clock's."""
    step = {"weekend": "week", "fortnight": "fortnight"}.get(unit, unit)
    return lambda today: unit_around(shift(today, count, step), unit)


def _weekday_beside(noun: str, which: str) -> Callable[[date], Days]:
    """Return the weekday before or after the clock's day, or that of its week or the next."""

    def read(today: date) -> Days:
        ahead = words.WEEKDAYS.index(noun) - today.weekday()
        if which in {"last", "past"}:
            ahead = ahead if ahead < 0 else ahead - 7
        elif which == "next":
            ahead += 7
        return one_day(shift(today, ahead, "day"))

    return read


def _read_named_beside(tokens: Tokens, begun: int, place: int, which: str) -> Phrase | None:
    """Read "last October", "this summer": the one before, around or after the clock."""
    noun, month = tokens.word(place + 1), words.month_at(tokens, place + 1)
    count = 1
    if noun in words.SEASONS and not tokens[place + 1].is_capital:
        month, count = words.SEASONS[noun], 3
    if month is None or not tokens.is_followed_plainly(place + 2):
        return None
    named = Named(month=month, count=count)

    def read(today: date) -> Days:
        if which == "this":
            return months_of(today.year, named.month or 1, named.count)
        clock = Clock(today=today, future=which == "next")
        days = nearest(named.in_year, clock) or one_day(today)
        around = days.first and days.last and days.first <= today <= days.last
        if around and days.first:
            return months_of(days.first.year + (1 if which == "next" else -1), month, count)
        return days

    return relative(tokens, begun, place + 2, read, repeated=True)


def _read_rolling(tokens: Tokens, place: int) -> Phrase | None:
    """Read "the past three days", "the last 24 hours", "the next two weeks"."""
    begun, place = place, tokens.skip(place, "the", "these", "this")
    which = tokens.word(place)
    if which not in {"last", "past", "next", "coming"}:
        return None
    number = words.number_at(tokens, place + 1)
    if number is None:
        return None
    count, stop = number
    stop = tokens.skip(stop, "calendar")
    unit = words.UNITS.get(tokens.word(stop))
    if unit is None or tokens.word(stop + 1) == "of":
        return None
    if which in {"next", "coming"}:
        return relative(tokens, begun, stop + 1, lambda t: Days(t, shift(t, count, unit)))
    return relative(tokens, begun, stop + 1, lambda t: Days(shift(t, -count, unit), t))


def _read_ago(tokens: Tokens, place: int) -> Phrase | None:
    """Read "three days ago"; "less than a week ago" is all the days since."""
    begun = place
    side = {"more": "before", "over": "before", "less": "since", "under": "since"}.get(
        tokens.word(place), ""
    )
    place = tokens.skip(place + 1, "than") if side else place
    number = words.number_at(tokens, place)
    if number is None:
        return None
    count, stop = number
    unit = words.UNITS.get(tokens.word(stop))
    if unit is None or tokens.word(stop + 1) != "ago":
        return None

    def read(today: date) -> Days:
        day = shift(today, -count, unit)
        if side:
            return Days(day, today) if side == "since" else Days(None, day)
        return unit_around(day, unit) if unit in {"month", "quarter", "year"} else one_day(day)

    return relative(tokens, begun, stop + 2, read)


def read_weekday(tokens: Tokens, place: int) -> Phrase | None:
    """Read a weekday: the last one, the clock's own day counted; ahead, the next."""
    noun, stop = tokens.word(place), place + 1
    if noun not in words.WEEKDAYS or tokens.is_glued(place - 1):
        return None
    stop += tokens.word(stop) in words.PARTS_OF_DAY
    which = tokens.skip(stop, "of")
    if tokens.word(which) in {"last", "this", "next"} and tokens.word(which + 1) == "week":
        weeks = {"last": -7, "this": 0, "next": 7}[tokens.word(which)]

        def in_week(today: date) -> Days:
            return one_day(today + timedelta(words.WEEKDAYS.index(noun) - today.weekday() + weeks))

        return relative(tokens, place, which + 2, in_week, repeated=True)
    before = tokens[place - 1]
    is_name = before.is_capital and not tokens.is_first(place - 1)
    is_any = before.word in "a an every each any the is was called one per".split()
    if is_name or is_any or not tokens.is_followed_plainly(stop):
        return None
    if tokens.word(stop) == "the" and words.day_number_at(tokens, stop + 1):
        return None  # Friday the 13th

    def read(clock: Clock) -> Days:
        ahead = (words.WEEKDAYS.index(noun) - clock.today.weekday()) % 7
        return one_day(shift(clock.today, ahead if clock.future or not ahead else ahead - 7, "day"))

    return Phrase(start=place, stop=stop, read=read, clocked=True, repeated=True)

"""Phrases of time that are counted from the clock: "last week", "on Friday", "two days ago"."""

from collections.abc import Callable
from datetime import date, timedelta

from rag import timewords as words
from rag.days import Days, months_of, one_day, shift, unit_around
from rag.timephrases import Clock, Named, Phrase, nearest
from rag.timewords import Tokens


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
        start=place,
        stop=stop,
        clocked=True,
        repeated=repeated,
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
    if tokens.word(place + 2) == "of" and tokens.word(place - 1) == "the":
        return None  # "the last week of the campaign" is no week of the clock's
    rolls = which == "past" or (which == "last" and tokens.word(begun) == "the")
    if rolls and noun in {"hour", "day", "week", "fortnight", "month", "quarter", "year", "decade"}:
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
            begun = today.month > month + count - 13  # else the winter that began last year
            return months_of(today.year - (not begun), month, count)
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
        # "Three hours ago" is today, while the last three hours may have begun yesterday
        day = shift(today, -(count // 24), "day") if unit == "hour" else shift(today, -count, unit)
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

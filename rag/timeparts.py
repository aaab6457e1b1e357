"""Parts of longer days: "mid-November", "the first half of 2024", "late last month"."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from rag import timewords as words
from rag.days import Days, edge_of, part_of, week_of, weekend_of
from rag.timephrases import Clock, Phrase, nearest, read_named
from rag.timerelative import beside, read_relative, relative
from rag.timewords import Tokens

THIRDS_OF = {"beginning": 1, "start": 1, "middle": 2, "end": 3}
HALVES = {"first": 1, "second": 2, "latter": 2}

Cut = Callable[[Days], Days]


def read_part(tokens: Tokens, place: int) -> Phrase | None:
    """Read a part of a week, month, quarter, season, year or decade."""
    begun, place = place, tokens.skip(place, "the")
    for rule in (
        _read_third,
        _read_third_of,
        _read_half,
        _read_nth_week,
        _read_edge,
        _read_so_far,
        _read_week_of,
    ):
        phrase = rule(tokens, place)
        if phrase is not None:
            return replace(phrase, start=begun)
    return None


def _read_third(tokens: Tokens, place: int) -> Phrase | None:
    """Read "mid-November", "early 2024", "late in the year"."""
    third = words.THIRDS.get(tokens.word(place))
    if third is None:
        return None
    glued = tokens.is_glued(place + 1)
    return _part(
        tokens,
        place + 2 if glued else tokens.skip(place + 1, "in"),
        lambda days: part_of(days, third, 3),
    )


def _read_third_of(tokens: Tokens, place: int) -> Phrase | None:
    """Read "the end of October": as a boundary the moment, else the last third."""
    word = tokens.word(place)
    third = THIRDS_OF.get(word)
    if third is None or tokens.word(place + 1) != "of":
        return None
    phrase = _part(tokens, place + 2, lambda days: part_of(days, third, 3))
    whole = _read_whole(tokens, place + 2)
    if phrase is None or whole is None or word == "middle":
        return phrase
    moment = _end if word == "end" else _start
    return replace(phrase, moment=lambda clock: _cut(whole.read(clock), moment))


def _start(days: Days) -> Days:
    return Days(days.first, days.first - timedelta(days=1) if days.first else None)


def _end(days: Days) -> Days:
    return Days(days.last + timedelta(days=1) if days.last else None, days.last)


def _read_half(tokens: Tokens, place: int) -> Phrase | None:
    """Read "the first half of 2024", "the third quarter of last year"."""
    word, noun = tokens.word(place), tokens.word(place + 1)
    number, parts = HALVES.get(word), 2
    if noun == "quarter":
        number, parts = words.ORDINALS.get("fourth" if word in {"last", "final"} else word), 4
    stop = tokens.skip(place + 2, "of", "in")
    if number is None or number > parts or noun not in {"half", "quarter"}:
        return None
    if stop == place + 2 and not words.year_at(tokens, stop):
        return None
    chosen = number
    return _part(tokens, stop, lambda days: part_of(days, chosen, parts))


def _read_nth_week(tokens: Tokens, place: int) -> Phrase | None:
    """Read "the second week of October": its eighth to fourteenth day."""
    number = words.ORDINALS.get(tokens.word(place))
    if number is None or number > 5 or not tokens.follows(place + 1, ["week", "of"]):
        return None
    chosen = number

    def cut(days: Days) -> Days:
        return edge_of(edge_of(days, chosen, "week", last=False), 1, "week", last=True)

    return _part(tokens, place + 3, cut)


def _read_edge(tokens: Tokens, place: int) -> Phrase | None:
    """Read "the last week of October", "the first three months of 2025"."""
    word = tokens.word(place)
    if word not in {"first", "last", "final"}:
        return None
    count, stop = words.number_at(tokens, place + 1) or (1, place + 1)
    unit = words.UNITS.get(tokens.word(stop))
    if unit is None or unit == "hour" or tokens.word(stop + 1) != "of":
        return None
    kept = unit
    return _part(tokens, stop + 2, lambda days: edge_of(days, count, kept, last=word != "first"))


def _read_so_far(tokens: Tokens, place: int) -> Phrase | None:
    """Read "earlier this week", "later this month": up to the clock's day, or from it."""
    word = tokens.word(place)
    if word not in {"earlier", "later"} or tokens.word(place + 1) not in {"this", "in"}:
        return None
    whole = _read_whole(tokens, tokens.skip(place + 1, "in"))
    if whole is None or whole.repeated:
        return None

    def read(clock: Clock) -> Days | None:
        days = whole.read(clock)
        if days is None or days.first is None:
            return days
        before = Days(days.first, clock.today)
        return before if word == "earlier" else Days(clock.today + timedelta(days=1), days.last)

    return replace(whole, read=read)


def _read_week_of(tokens: Tokens, place: int) -> Phrase | None:
    """Read "the week of 6 October": the week, Monday to Sunday, or weekend that holds the day."""
    around = {"week": week_of, "weekend": weekend_of}.get(tokens.word(place))
    if around is None or tokens.word(place + 1) != "of":
        return None
    phrase = read_named(tokens, place + 2)
    if phrase is None or phrase.named is None or phrase.named.day is None:
        return None
    inner = phrase.read

    def read(clock: Clock) -> Days | None:
        days = inner(clock)
        return around(days.first) if days and days.first else None

    return replace(phrase, read=read, named=None)


def _part(tokens: Tokens, place: int, cut: Cut) -> Phrase | None:
    """Return a part of the days that are named from a place on."""
    whole = _read_whole(tokens, place)
    if whole is None:
        return None
    named = whole.named

    def read(clock: Clock) -> Days | None:
        if named and named.year is None:
            return nearest(lambda year: _cut(named.in_year(year), cut), clock)
        return _cut(whole.read(clock), cut)

    return replace(whole, read=read, alone=True, named=None)


def _cut(days: Days | None, cut: Cut) -> Days | None:
    return cut(days) if days else None


def _read_whole(tokens: Tokens, place: int) -> Phrase | None:
    """Read what has parts: a week, month, season or year; "the year" is the clock's."""
    noun = tokens.word(place + 1)
    if tokens.word(place) == "the" and noun in {"week", "month", "quarter", "year"}:
        after = tokens.word(place + 2)
        if tokens.is_followed_plainly(place + 2) and after not in {"of", "in"}:
            return relative(tokens, place, place + 2, beside(noun, 0))
    phrase = read_named(tokens, tokens.skip(place, "the")) or read_relative(tokens, place)
    if phrase and phrase.named and phrase.named.day:
        return None
    return phrase

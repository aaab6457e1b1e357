"""Time as a question limits it: "since Monday", "between 3 and 10 October", "in 2024"."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from rag import timewords as words
from rag.days import Days, one_day, weekend_of
from rag.timeparts import read_part
from rag.timephrases import Clock, Named, Phrase, nearest, of_named, read_named
from rag.timerelative import read_relative
from rag.timewords import Tokens

DAY = timedelta(days=1)

GOVERNORS = frozenset("in on at during over throughout through around for from of within".split())
"""Prepositions that belong to the phrase after them."""
BEFORE_YEARS = GOVERNORS - {"at", "for", "of", "on"}
"""Those after which four digits are a year: "a total of 1974" is none."""

BOUNDS: dict[str, Callable[[Days], Days]] = {
    "since": lambda days: Days(days.first, None),
    "after": lambda days: Days(days.last + DAY if days.last else None, None),
    "before": lambda days: Days(None, days.first - DAY if days.first else None),
    "until": lambda days: Days(None, days.last),
}
BOUND_WORDS = {
    ("since",): "since",
    ("ever", "since"): "since",
    ("after",): "after",
    ("before",): "before",
    ("prior", "to"): "before",
    ("until",): "until",
    ("till",): "until",
    ("by",): "until",
    ("following",): "after",
    ("ahead", "of"): "before",
    ("up", "to"): "until",
    ("up", "until"): "until",
    ("as", "of"): "until",
}

LONGEST_EVENT = 7
"""Words of an event between the bound and its date: "since the election for mayor on 3 May"."""
OPENERS = frozenset("the a an its their his her this that it they he she".split())
NO_EVENT = frozenset("who what which when where why how did do does will has have".split())
"""Begin another clause, so the date behind them is not the bound's."""
FORUMS = frozenset(
    "court judge jury tribunal committee council board parliament house senate congress inquiry "
    "commission panel assembly magistrates audience crowd police press".split()
)
"""One speaks before them, in the other sense of the word."""
JOINTS = frozenset(("to", "until", "till", "through", "-", "–", "—"))


def read_time(tokens: Tokens, place: int) -> Phrase | None:
    """Read what limits time at a place, the preposition counted."""
    for rule in (_read_range, _read_bound, _read_governed, read_unit):
        phrase = rule(tokens, place)
        if phrase is not None and (phrase.alone or rule is not read_unit):
            return phrase
    return None


def read_unit(tokens: Tokens, place: int) -> Phrase | None:
    """Read a phrase of time without its preposition."""
    for rule in (read_part, read_named, read_relative, _read_weekend):
        phrase = rule(tokens, place)
        if phrase is not None:
            return phrase
    return None


def _read_weekend(tokens: Tokens, place: int) -> Phrase | None:
    """Read "the weekend": the last that has begun."""
    if not tokens.follows(place, ["the", "weekend"]) or not tokens.is_followed_plainly(place + 2):
        return None

    def read(clock: Clock) -> Days:
        this = weekend_of(clock.today)
        begun = this.first is None or this.first <= clock.today or clock.future
        return this if begun else weekend_of(clock.today - 7 * DAY)

    return Phrase(start=place, stop=place + 2, read=read, clocked=True, alone=False)


def _read_governed(tokens: Tokens, place: int) -> Phrase | None:
    """Read a phrase with the preposition before it."""
    word = tokens.word(place)
    if word not in GOVERNORS:
        return None
    phrase = read_unit(tokens, place + 1)
    if phrase is None:
        return None
    named = phrase.named
    if not phrase.alone and named and named.month is None and word not in BEFORE_YEARS:
        return None
    if not phrase.alone and word in {"on", "at", "of"} and named:
        return None
    if word == "through" and ((named and named.day) or phrase.moment):
        return replace(_bounded(phrase, BOUNDS["until"]), start=place)
    onwards = tokens.word(phrase.stop) in {"on", "onward", "onwards"} and word == "from"
    if onwards:
        return replace(_bounded(phrase, BOUNDS["since"]), start=place, stop=phrase.stop + 1)
    return replace(phrase, start=place, alone=True)


def _read_bound(tokens: Tokens, place: int) -> Phrase | None:
    """Read "since Monday", "before 20 October", "since the election on 3 May"."""
    said = next((said for said in BOUND_WORDS if tokens.follows(place, said)), None)
    if said is None:
        return None
    bound, after = BOUNDS[BOUND_WORDS[said]], place + len(said)
    phrase = read_unit(tokens, after)
    if phrase is None and said != ("by",):
        phrase = _read_event(tokens, after, said)
    if phrase is None or _is_person(tokens, phrase, said):
        return None
    return replace(_bounded(phrase, bound), start=place)


def _is_person(tokens: Tokens, phrase: Phrase, said: tuple[str, ...]) -> bool:
    """Say whether a month may be someone's name: "since May took office", "written by June"."""
    is_name = tokens.word(phrase.stop - 1) in words.NAME_MONTHS and phrase.named is not None
    if not is_name or phrase.named is None or phrase.named.day:
        return False
    return said == ("by",) or not tokens.is_followed_plainly(phrase.stop, verbs=False)


def _read_event(tokens: Tokens, place: int, said: tuple[str, ...]) -> Phrase | None:
    """Read the date of an event that is named first."""
    if tokens.word(place) not in OPENERS:
        return None
    for here in range(place + 1, place + LONGEST_EVENT):
        word = tokens.word(here)
        if not tokens[here].is_word or word in NO_EVENT:
            return None
        if said == ("before",) and word in FORUMS:
            return None
        phrase = _read_governed(tokens, here) or read_relative(tokens, here)
        if phrase is not None:
            return phrase
    return None


def _bounded(phrase: Phrase, bound: Callable[[Days], Days]) -> Phrase:
    days = phrase.moment or phrase.read

    def read(clock: Clock) -> Days | None:
        found = days(clock)
        return bound(found) if found else None

    return replace(phrase, read=read, alone=True, named=None, moment=None, repeated=False)


# Ranges


def _read_range(tokens: Tokens, place: int) -> Phrase | None:
    """Read "between A and B", "from A to B", "3–10 October 2025"."""
    opener = tokens.word(place)
    opened = opener in {"between", "from", *BEFORE_YEARS, "on"}
    begun, place = place, place + opened
    first = _read_day_number(tokens, place) or read_unit(tokens, place)
    if first is None:
        return None
    joints = {"and", "&"} if opener == "between" else JOINTS
    if opener in {"in", "on", "during"} and first.named:
        joints = JOINTS | {"and", "or", "&"}
    if tokens.word(first.stop) not in joints:
        return None
    after = tokens.skip(first.stop + 1, "the")
    last = read_unit(tokens, after) or _read_day_number(tokens, after) or _read_now(tokens, after)
    if last is None or not (opened or (first.alone and last.alone) or _is_dated(first, last)):
        return None
    phrase = _join(tokens, first, last)
    return replace(phrase, start=begun) if phrase else None


def _is_dated(first: Phrase, last: Phrase) -> bool:
    """Say whether an end is a month or a day, so that the other is one too."""
    return any(end.named is not None and end.named.month is not None for end in (first, last))


def _read_now(tokens: Tokens, place: int) -> Phrase | None:
    """Read "now" as the end of a range."""
    if tokens.word(place) not in {"now", "present"}:
        return None
    return Phrase(
        start=place, stop=place + 1, clocked=True, read=lambda clock: one_day(clock.today)
    )


def _read_day_number(tokens: Tokens, place: int) -> Phrase | None:
    """Read a day whose month stands with the other end of a range."""
    place = tokens.skip(place, "the")
    day = words.day_number_at(tokens, place)
    if day is None or words.short_month_at(tokens, tokens.skip(place + 1, "of")):
        return None
    return of_named(place, place + 1, Named(day=day), alone=False)


def _join(tokens: Tokens, first: Phrase, last: Phrase) -> Phrase | None:
    """Return the range from one phrase to another; what one end lacks, the other gives."""
    if first.named is None or last.named is None:
        return _join_read(first, last)
    start, end, stop = first.named, last.named, last.stop
    if end.month is None and end.day is not None:
        if start.day is None or start.month is None or not tokens.is_followed_plainly(stop):
            return None
        after = tokens.skip(stop, ",")
        year = words.year_at(tokens, after)
        stop = after + 1 if year else stop
        end = replace(end, month=start.month, year=year)
    if start.day is not None and start.month is None:
        if end.day is None:
            return None
        start = replace(start, month=end.month)
    if (start.month is None) != (end.month is None):
        return None
    named = end.year is not None
    if start.year is None:
        start = replace(start, year=end.year)
    elif not named:
        end = replace(end, year=start.year)
    return Phrase(
        start=first.start,
        stop=stop,
        read=_range_reader(start, end),
        clocked=start.year is None,
        repeated=True,
    )


def _range_reader(start: Named, end: Named) -> Callable[[Clock], Days | None]:
    def in_year(year: int) -> Days | None:
        """Return the range that ends in a year; "from November to January" begins before it."""
        last = end.in_year(end.year or year)
        first = start.in_year(start.year or year)
        if first and last and first.first and last.last and first.first > last.last:
            first = start.in_year((start.year or year) - 1)
        if not (first and last and first.first and last.last):
            return None
        return Days(first.first, last.last) if first.first <= last.last else None

    return lambda clock: nearest(in_year, clock, end.year)


def _join_read(first: Phrase, last: Phrase) -> Phrase | None:
    """Join what the clock gives: "from Monday to Wednesday", "between last Friday and today"."""

    def read(clock: Clock) -> Days | None:
        start, end = first.read(clock), last.read(clock)
        if not (start and end and start.first and end.last):
            return None
        begins: date = start.first
        if begins > end.last:
            begins -= 7 * DAY
        return Days(begins, end.last) if begins <= end.last else None

    clocked = first.clocked or last.clocked
    return Phrase(start=first.start, stop=last.stop, read=read, clocked=clocked)

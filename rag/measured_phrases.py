"""Phrases that measure: amounts, days, and words of time, each from a given word on."""

import re
from dataclasses import dataclass
from typing import Literal

from index.types import Value
from rag.measures import CURRENCIES, MEASURES
from rag.mentions import MONTHS, WEEKDAYS
from rag.phrases import FUNCTION_WORDS, is_plural, noun_end
from rag.quantities import QUANTITY
from rag.sentence_words import Line
from rag.verb_forms import has_shape, is_noun_too, shapes_of
from rag.written_days import DAY

APPROXIMATELY = re.compile(
    r"(?:(?:about|around|roughly|nearly|almost|some|approximately|an estimated|close to|just over|"
    r"just under|more than|over|at least|up to|less than|fewer than|under|at most|a total of|"
    r"an average of|as many as|as much as|only|well over) )?(?=[\d$€£¥A-Za-z])",
    re.IGNORECASE,
)
MOST_HANGING = 4
"""Words that hang on a noun that is counted by "of"."""
KEPT_TOGETHER = {("in", "prison"), ("in", "jail"), ("in", "custody"), ("behind", "bars")}
"""After "ten years"."""
RANGE = re.compile(r"\s?(?:to|or|and|[-–—])\s?[$€£¥]?\d|-\w")
"""After a number: "30 to 40", "16-year-old"."""
WEEKDAY = "|".join(WEEKDAYS)
UNIT = r"(?:week|month|year|day|weekend|quarter|season|spring|summer|autumn|fall|winter|decade)s?"
TIME = re.compile(
    rf"(?:(?:early|late|later|earlier|shortly|only) )?(?:(?:on|by|until|since|before|after|from) )?"
    rf"(?:(?:this|last|next|early|late|the (?:same|following|previous|next)) )?"
    rf"(?:{WEEKDAY})(?: (?:morning|afternoon|evening|night))?\b(?!,? \d| \w+ \d{{4}})"
    rf"|(?:(?:early|late|later|earlier|since|until|from|by|in|during|over|for|at) )?(?:the )?"
    rf"(?:this|last|next|past|coming|following|same|recent|previous) (?:few |two |three )?{UNIT}\b"
    rf"|(?:(?:\w+|a few|a couple of) {UNIT}) (?:ago|earlier|later|before)\b"
    r"|(?:yesterday|today|tomorrow|tonight|recently|now|currently|again today|so far|earlier|later"
    r"|afterwards|shortly|immediately|overnight)\b"
    r"|(?:at|by|until|before|after|from|shortly (?:before|after)) "
    r"(?:about |around )?(?:noon|midnight|\d{1,2}(?:[.:]\d\d)?\s?(?:a\.?m|p\.?m)\b\.?|"
    r"\d{1,2}[.:]\d\d)(?: (?:on|in the) \w+(?: morning| afternoon| evening| night)?)?"
    r"|in the (?:morning|afternoon|evening|night|meantime|past|future)\b|at (?:night|the moment)\b"
    r"|for the (?:first|second|last) time\b|for now\b|at (?:first|last)\b",
    re.IGNORECASE,
)
"""Words of time that name no day by themselves, or only the hour."""
EVERY = frozenset(
    "hour day morning afternoon evening night week weekend month year season summer winter monday "
    "tuesday wednesday thursday friday saturday sunday".split()
)
"""What comes after "a" in "three evenings a week"."""
DATE_LEAD = re.compile(
    r"(?P<lead>on|in|since|until|by|during|at|from|around|before|after)\s"
    r"(?:about\s)?(?:(?:the\s)?(?:early|late|mid|end|beginning|start|middle|spring|summer|autumn|"
    r"fall|winter|night|evening|morning|afternoon|first half|second half|first quarter|"
    r"second quarter|third quarter|fourth quarter|day|month)(?:\sof)?\s(?:the\s)?|mid-|the\s)?",
    re.IGNORECASE,
)
NAMED_AFTER = re.compile(
    r"\s(?!and\b|or\b|to\b|until\b|at\b|in\b|with\b|by\b|when\b|after\b|for\b)"
    r"[a-z]+"
)
DECADE = re.compile(r"(?:1\d|20)\d0s\b")
MoneyOrCount = Literal["money", "percent", "measure", "count"]


@dataclass(frozen=True)
class AmountPhrase(Value):
    """An amount that a sentence gives: its number, and the noun that it counts."""

    kind: MoneyOrCount
    start: int
    end: int
    noun: str
    """As written: "people", "hectares"; nothing for money and shares."""
    dimension: str = ""


@dataclass(frozen=True)
class DatePhrase(Value):
    """A day, month or year with the preposition before it."""

    lead: str
    start: int
    end: int
    has_year: bool


def amount_at(line: Line, start: int) -> AmountPhrase | None:
    """Return the amount that starts here, with or without an "about"."""
    if start >= len(line):
        return None
    lead = APPROXIMATELY.match(line.text, line[start].start)
    offset = lead.end() if lead else line[start].start
    match = QUANTITY.match(line.text, offset)
    if match is None or RANGE.match(line.text, match.end("number")) or match.start() != offset:
        return None
    after = max(match.end(name) for name in ("number", "short", "scale", "percent"))
    end = line.place_at(after)
    unit = line[end].lower
    if match["percent"]:
        return AmountPhrase("percent", start, end, "")
    if match["currency"]:
        return AmountPhrase("money", start, end, "")
    if unit.removesuffix("s") in CURRENCIES or unit in CURRENCIES:
        return AmountPhrase("money", start, end + 1, "")
    for word in (unit, unit.removesuffix("s")):
        if word in MEASURES and not line[end + 1].lower == "old":
            last = _with_of(line, end + 1)
            if (line[last].lower, line[last + 1].lower) in KEPT_TOGETHER:
                last += 2
            noun = line.slice(end, last)
            return AmountPhrase("measure", start, last, noun, MEASURES[word][0])
    return _count(line, start, end)


def date_at(line: Line, start: int) -> DatePhrase | None:
    """Return the day, month or year that starts here with its preposition."""
    lead = DATE_LEAD.match(line.text, line[start].start) if start < len(line) else None
    if lead is None:
        return None
    decade = DECADE.match(line.text, lead.end())
    day = DAY.match(line.text, lead.end())
    end = decade.end() if decade else lead.end() + len(day.group().rstrip(" ,")) if day else 0
    if not decade and (day is None or end <= lead.end()):
        return None
    known = day.groupdict() if day else {}
    year = any(known.get(name) for name in ("year", "us_year", "bare_year", "season_year"))
    month = known.get("month") or known.get("us_month")
    ranges = re.match(r" ?[-–—] ?\w", line.text[end : end + 4])
    named = _is_named(line.text, "" if decade else lead.group(), end)
    if not (decade or year or month) or ranges or named:
        return None
    return DatePhrase(lead["lead"].lower(), start, line.place_at(end), bool(year or decade))


def time_end(line: Line, start: int) -> int:
    """Return the place after words of time that name no day; `start` where there are none."""
    match = TIME.match(line.text, line[start].start) if start < len(line) else None
    return line.place_at(match.end()) if match else start


def _count(line: Line, start: int, first: int) -> AmountPhrase | None:
    """Return a number of things: "2,300 people", "two wooden bridges"."""
    end = first
    while end - first < 4 and _is_counted(line, end):
        end += 1
    if end == first or not is_plural(line, end - 1) or line[end - 1].is_capital:
        return None
    last = _with_of(line, end)
    return AmountPhrase("count", start, last, line.slice(first, last), "count")


def _with_of(line: Line, end: int) -> int:
    """Return the place after "of cocaine" in "250 kilograms of cocaine"."""
    after = noun_end(line, end + 1) if line[end].lower == "of" else end
    if not end + 1 < after <= end + 1 + MOST_HANGING or line[end + 1].is_number:
        return end
    return after


def _is_counted(line: Line, place: int) -> bool:
    word = line[place]
    if not word.is_word or word.lower in FUNCTION_WORDS or word.is_number or word.lower in MONTHS:
        return False
    if is_plural(line, place - 1) and not line[place - 1].is_number:
        return False
    shapes = shapes_of(word.lower)
    return not shapes & {"past", "participle"} and (not shapes or is_noun_too(word.lower))


def rate_end(line: Line, start: int) -> int:
    """Return the place after "a year" or "per day"; `start` where there is none."""
    word, unit = line[start].lower, line[start + 1].lower
    counted = word in {"a", "per"} and unit in EVERY and not line[start + 1].is_capital
    return start + 2 if counted or (word in {"each", "every"} and unit in EVERY) else start


def _is_named(text: str, lead: str, end: int) -> bool:
    """Say whether a noun follows that the date only describes: "in the May 2026 elections"."""
    if lead.lower().endswith("the ") and text[end : end + 2].strip()[:1].isupper():
        return True  # "at the 2015 Song Contest", but not "In 2015 Holm won"
    after = NAMED_AFTER.match(text, end)
    if after is None:
        return False
    word = after.group().strip().lower()
    return word not in FUNCTION_WORDS and not has_shape(word, "past", "s", "participle")

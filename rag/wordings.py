"""Amounts that are more than a number before a noun: fractions, dozens, times of day, results."""

import re

from rag.measures import CURRENCIES, MEASURES, Amount, ends, spread
from rag.mentions import NUMBER_WORDS, form
from rag.quantities import number_in

IN_WORDS = 0.04
"""Share by which a fraction in words may be off: 46 minutes are three quarters of an hour."""

MOST_PARTS = 10
"""In a fraction; "37 out of 94" were counted, and are no fraction that a writer rounds to."""

PARTS = {"half": 2, "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10}
SMALL = "|".join(word for word, digits in NUMBER_WORDS.items() if digits != "0")
TENS = "|".join(word for word, digits in NUMBER_WORDS.items() if digits[-1] == "0")
UNITS = "|".join(word for word, digits in NUMBER_WORDS.items() if len(digits) == 1)
SHARE = re.compile(
    rf"\b(?:(?P<top>{SMALL}|\d{{1,3}})\s(?:out of|in)\s(?:every\s)?(?P<bottom>{SMALL}|\d{{1,3}})\b"
    rf"|(?P<by>by\s)?(?:(?P<count>an?|{SMALL})[\s-])?(?P<part>{'|'.join(PARTS)})s?\b"
    r"(?!\sa dozen\b)(?:(?=\s(?:of|the|its|an?|full|empty)\b)|(?=\sas (?:much|many|big|large)\b)"
    r"|(?(by)(?=[.,;]|$|\s(?:to|from|in|since|compared|on|over|between|and)\b)|(?!))"
    r"|(?(count)(?=\s(?:more|less|fewer|higher|lower|larger|smaller) than\b)|(?!))))",
    re.IGNORECASE,
)
"""What may follow depends on what stands before: "by a fifth." is a share, "a fifth." a rank."""
OF_MEASURE = re.compile(
    rf"\s(?:of\s)?(?:an?|the)\s(?P<unit>million|billion|percentage point|{'|'.join(MEASURES)})\b",
    re.IGNORECASE,
)
ONE_OF = {"million": 1e6, "billion": 1e9, "percentage point": 1.0}
AND_A_HALF = re.compile(rf"\b(?P<whole>{SMALL}|\d{{1,9}}) and a half (?P<unit>\w+)", re.IGNORECASE)
DOZEN = re.compile(
    r"\b(?:(?:(?P<half>half )?a|(?P<count>two|three|four|five)) |(?P<joined>half-))dozen\b"
    r"(?:\s(?P<unit>[^\W\d_]+))?",
    re.IGNORECASE,
)
ONE = re.compile(
    r"(?<!-)\b(?:one|a single) (?!(?:of|in|or|by|and|to|day|thing|another|who|that|way|side|hand|"
    r"hundred|thousand|million|billion|dozen|half|third|quarter)\b)"
    r"(?P<unit>[a-z]+)\b",
    re.IGNORECASE,
)
HUNDREDS = re.compile(
    rf"\b(?P<hundreds>an?|{SMALL})"
    rf"(?: hundred(?: and (?P<rest>(?:{TENS})(?:-(?:{UNITS}))?|{SMALL})\b)?"
    r"| (?P<lone>thousand|million))\b(?: (?P<scale>thousand|million)\b)?(?: (?P<unit>[^\W\d_]+))?",
    re.IGNORECASE,
)
NO_COUNT = re.compile(r"\b(?:no|any|every|each|the|this|that|some|last) \Z", re.IGNORECASE)

MEASURED = "|".join(("percent", "million", "billion", "points", *CURRENCIES, *MEASURES))
CLOCK = re.compile(
    r"(?<![\w.,:$€£])(?P<hour>[01]?\d|2[0-4])"
    rf"(?:[.:](?P<minute>[0-5]\d)(?![\d%]|[.,]\d|[ -](?:{MEASURED})(?:e?s)?\b)"
    r"|(?=\s?[ap]\.?m\b|\s(?:o[’']clock|hrs)\b))"
    r"(?P<half>\s?[ap]\.?m\b|\s(?:o[’']clock|hrs)\b)?"
    rf"|\b(?:(?P<past>half|quarter) (?P<direction>past|to) )?(?P<word>{SMALL})\b"
    r"(?(past)|(?= o[’']clock\b))",
    re.IGNORECASE,
)
CLOCK_BEFORE = re.compile(
    r"\b(?:at|until|from|after|before|by|since|till|around|about|to|and)\s\Z", re.IGNORECASE
)
PAST = {"half": 30, "quarter": 15}
TO_THE_HOUR = re.compile(rf"\bat (?P<minute>five|ten|twenty) (?:past|to) (?P<word>{SMALL})\b")
HALF_A_DAY = 12 * 60

SCORE = re.compile(r"(?<![\w.,:–-])(?P<ours>\d{1,3})[-–:](?P<theirs>\d{1,3})(?![\w:–-]|[.,]\d)")
SCORE_WEIGHT = 1_000


def worded_amounts(text: str) -> list[Amount]:
    """Return the fractions, dozens, times of day and results of a text.

    Where two overlap, the first counts.
    """
    return [
        *_shares(text),
        *_clocks(text),
        *_scores(text),
        *_halves(text),
        *_hundreds(text),
        *_counts(text),
    ]


def _shares(text: str) -> list[Amount]:
    """Return fractions in words: shares of a whole, or parts of a measure ("half a tonne")."""
    found = []
    for match in SHARE.finditer(text):
        share = _share(match)
        if not 0 < share <= 1:
            continue
        dimension, worth, end = "share", 1.0, match.end()
        start = match.start() + len(match["by"] or "")
        measure = OF_MEASURE.match(text, match.end())
        if measure:
            unit, end = measure["unit"].lower(), measure.end()
            dimension, worth = MEASURES.get(unit) or ("", ONE_OF[unit])
        low, high = spread(text, start, share, 0.01)
        if not _is_counted(match):
            low, high = min(low, share * (1 - IN_WORDS)), max(high, share * (1 + IN_WORDS))
        least, most = ends(text, start, share * worth, dimension)
        found.append(
            Amount(
                text=text[start:end],
                start=start,
                end=end,
                dimension=dimension,
                noun="",
                low=low * worth,
                high=high * worth,
                least=least,
                most=most,
            )
        )
    return found


def _is_counted(match: re.Match[str]) -> bool:
    """Say whether a share is of things that were counted: "37 out of 94"."""
    return bool(match["top"]) and number_in(match["bottom"]) > MOST_PARTS


def _share(match: re.Match[str]) -> float:
    """Return what a fraction is worth; 0 for what only looks like one: "the third of May"."""
    if match["top"]:
        bottom = number_in(match["bottom"])
        return number_in(match["top"]) / bottom if bottom else 0.0
    count, part = (match["count"] or "").lower(), match["part"].lower()
    if not count and part != "half":
        return 0.0
    return (1 if count in {"", "a", "an"} else number_in(count)) / PARTS[part]


def _halves(text: str) -> list[Amount]:
    return [
        _counted(text, match, number_in(match["whole"]) + 0.5, match["unit"])
        for match in AND_A_HALF.finditer(text)
    ]


def _counts(text: str) -> list[Amount]:
    dozens = [
        _counted(
            text,
            match,
            (6 if match["half"] or match["joined"] else 12) * number_in(match["count"] or "one"),
            match["unit"] or "",
        )
        for match in DOZEN.finditer(text)
    ]
    ones = [
        _counted(text, match, 1.0, match["unit"])
        for match in ONE.finditer(text)
        if not NO_COUNT.search(text[max(0, match.start() - 8) : match.start()])
    ]
    return dozens + ones


def _hundreds(text: str) -> list[Amount]:
    """Return "a hundred and twenty thousand marks", and "a million" as well."""
    found = []
    for match in HUNDREDS.finditer(text):
        first = match["hundreds"].lower()
        if match["rest"] is None and first not in {"a", "an"}:
            continue  # a plain number reads it
        value = (1.0 if first in {"a", "an"} else number_in(first)) * (1 if match["lone"] else 100)
        value += number_in(match["rest"]) if match["rest"] else 0.0
        value *= {"thousand": 1e3, "million": 1e6}.get(match["lone"] or match["scale"] or "", 1.0)
        found.append(_counted(text, match, value, match["unit"] or ""))
    return found


def _counted(text: str, match: re.Match[str], value: float, unit: str) -> Amount:
    singular = unit.lower().removesuffix("s")
    dimension, worth = MEASURES.get(singular, ("count", 1.0))
    if singular in CURRENCIES:
        dimension = f"money {singular}"
    low, high = spread(text, match.start(), value, 0.1 if value % 1 else 1.0)
    least, most = ends(text, match.start(), value * worth, dimension)
    return Amount(
        text=match.group(),
        start=match.start(),
        end=match.end(),
        dimension=dimension,
        noun=form(unit) if unit else "",
        low=low * worth,
        high=high * worth,
        least=least,
        most=most,
    )


def _clocks(text: str) -> list[Amount]:
    """Return times of day, as minutes of half a day: newsrooms write 15.40 and 3.40 p.m."""
    found = []
    for match in CLOCK.finditer(text):
        before = text[max(0, match.start() - 10) : match.start()]
        if not match["half"] and not match["word"] and not CLOCK_BEFORE.search(before):
            continue
        hour = int(number_in(match["word"] or match["hour"]))
        past = PAST.get((match["past"] or "").lower(), 0)
        if (match["direction"] or "").lower() == "to":
            past = -past
        minutes = float((60 * hour + int(match["minute"] or 0) + past) % HALF_A_DAY)
        about = 15.0 if spread(text, match.start(), 100, 1)[1] > 101 else 0.0
        found.append(
            Amount(
                text=match.group().strip(),
                start=match.start(),
                end=match.end(),
                dimension="clock",
                noun="",
                low=minutes - about,
                high=minutes + about,
            )
        )
    return found


def _scores(text: str) -> list[Amount]:
    """Return results such as 3-1, whichever side is named first."""
    found = []
    for match in SCORE.finditer(text):
        least, most = sorted((int(match["ours"]), int(match["theirs"])))
        value = float(most * SCORE_WEIGHT + least)
        found.append(
            Amount(
                text=match.group(),
                start=match.start(),
                end=match.end(),
                dimension="score",
                noun="",
                low=value,
                high=value,
            )
        )
    return found

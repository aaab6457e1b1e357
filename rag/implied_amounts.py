"""Amounts that follow from a sentence which does not write them: differences, and "a decade".

"19 votes to 16" and "won 19-16" give a margin of three, "from 58 to 66 percent" eight points, "a
year ago" twelve months.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import combinations

from rag.measures import MEASURES, Amount
from rag.mentions import form

DURATION = "|".join(word for word, (dimension, _) in MEASURES.items() if dimension == "duration")
A_TIME = re.compile(
    rf"\bthe (?:past|last|next|coming|previous) (?P<passing>{DURATION})\b"
    r"|\b(?:in|within|for|after|over|under|than|least|about|almost|nearly)"
    rf" an? (?P<lasting>{DURATION})\b(?! and a half)"
    rf"|\ban? (?P<gone>{DURATION}) (?:ago|later|earlier|before)\b",
    re.IGNORECASE,
)
"""A rate ("40 pounds a week") and a part ("half an hour") are none."""
ROUGHLY = 0.01
"""Share by which twelve months are not a year."""

ERROR = 1e-9
"""Share by which a difference of floating numbers may be off."""

POINTS = 100
"""Of a share that rises or falls."""
POINT = form("points")
WIDEST = 0.02
"""Share of an amount within which it must be known, so that differences are: "about 60" is not."""

RESULT = re.compile(
    r"(?<![\w.,:–-])(?P<ours>\d{1,4})(?:[-–]| (?:votes )?(?:to|against) )(?P<theirs>\d{1,4})\b"
    r"(?![:–-]|[.,]\d| (?:percent|per|million|billion))"
)
NO_RESULT_BEFORE = re.compile(r"\b(?:age|ages|aged|between|from|open) \Z", re.IGNORECASE)
LOOK_BACK = 10


def implied_amounts(text: str, given: Sequence[Amount]) -> list[Amount]:
    """Return what follows from a sentence's amounts and times.

    Args:
        text: The sentence.
        given: The amounts that it writes.
    """
    return [*_times(text), *_margins(text), *_differences(given)]


def _times(text: str) -> Iterator[Amount]:
    for match in A_TIME.finditer(text):
        dimension, worth = MEASURES[match[match.lastgroup or ""].lower()]
        yield _implied(match.group(), dimension, "", worth, ROUGHLY * worth)


def _margins(text: str) -> Iterator[Amount]:
    for match in RESULT.finditer(text):
        if not NO_RESULT_BEFORE.search(text[max(0, match.start() - LOOK_BACK) : match.start()]):
            margin = abs(float(match["ours"]) - float(match["theirs"]))
            yield _implied(match.group(), "count", "", margin)


def _differences(given: Sequence[Amount]) -> Iterator[Amount]:
    for one, other in combinations(filter(_is_exact, given), 2):
        dimension = one.dimension or other.dimension
        nouns = {one.noun, other.noun} - {""}
        if not dimension or not one.is_comparable(other):
            continue
        if dimension == "count" and len(nouns) > 1:
            continue
        text, noun = f"{one.text}, {other.text}", next(iter(nouns), "")
        difference = abs(one.middle - other.middle)
        slack = (one.high - one.low + other.high - other.low) / 2
        yield _implied(text, dimension, noun, difference, slack)
        if dimension == "share":
            yield _implied(text, "count", POINT, POINTS * difference, POINTS * slack)


def _is_exact(amount: Amount) -> bool:
    """Say whether an amount is known so well that a difference follows from it."""
    subtracted = amount.dimension not in {"score", "clock", "age"}
    return subtracted and amount.high - amount.low <= WIDEST * amount.middle


def _implied(text: str, dimension: str, noun: str, value: float, slack: float = 0.0) -> Amount:
    return Amount(
        text=text,
        start=0,
        end=len(text),
        dimension=dimension,
        noun=noun,
        low=value - slack - ERROR * value,
        high=value + slack + ERROR * value,
    )

"""Amounts that follow from a sentence which does not write them: differences, and "a decade".

"19 votes to 16" gives a margin of three, "from 58 to 66 percent" eight points, "a year ago" twelve
months.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import combinations

from rag.measures import MEASURES, Amount
from rag.wordings import SCORE

A_TIME = re.compile(
    r"\b(?:an?|the (?:past|last|next|coming|previous)) (?P<unit>"
    rf"{'|'.join(word for word, (dimension, _) in MEASURES.items() if dimension == 'duration')})\b",
    re.IGNORECASE,
)
ROUGHLY = 0.01
"""Share by which what follows may be off: twelve months are not quite a year."""
PERCENT = 100


def implied_amounts(text: str, given: Sequence[Amount]) -> list[Amount]:
    """Return what follows from a sentence's amounts and times.

    Args:
        text: The sentence.
        given: The amounts that it writes.
    """
    return [*_times(text), *_margins(text), *_differences(given)]


def _times(text: str) -> Iterator[Amount]:
    for match in A_TIME.finditer(text):
        dimension, worth = MEASURES[match["unit"].lower()]
        yield _implied(match.group(), dimension, worth)


def _margins(text: str) -> Iterator[Amount]:
    for match in SCORE.finditer(text):
        yield _implied(match.group(), "", float(abs(int(match["ours"]) - int(match["theirs"]))))


def _differences(given: Sequence[Amount]) -> Iterator[Amount]:
    for one, other in combinations(given, 2):
        difference = abs(one.middle - other.middle)
        if one.dimension in {"score", "clock"} or not one.is_comparable(other) or not difference:
            continue
        text, dimension = f"{one.text}, {other.text}", one.dimension or other.dimension
        yield _implied(text, dimension, difference)
        if dimension == "share":  # "eight points"
            yield _implied(text, "", PERCENT * difference)


def _implied(text: str, dimension: str, value: float) -> Amount:
    return Amount(
        text=text,
        start=0,
        end=len(text),
        dimension=dimension,
        noun="",
        low=value * (1 - ROUGHLY),
        high=value * (1 + ROUGHLY),
    )

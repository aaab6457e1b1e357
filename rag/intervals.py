"""How often something happens, as the time between: "three times an hour", "every 20 minutes"."""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

from rag.measures import MEASURES, TIMES
from rag.mentions import NUMBER_WORDS
from rag.quantities import number_in

NUMBER = rf"\d{{1,3}}|{'|'.join(NUMBER_WORDS)}"
INTERVAL = re.compile(
    rf"\b(?P<number>{NUMBER}) times (?:an?|per|every|each) (?P<within>{TIMES})\b(?!['’])"
    rf"|\bevery (?P<after>{NUMBER}) (?P<unit>{TIMES})s\b(?!['’])",
    re.IGNORECASE,
)
ROUGH_BEFORE = re.compile(r"\b(?:than|least|most|about|over|under|nearly|almost|to)\s\Z")
"""Before a number that is not meant as it stands: "more than ten times a year"."""
LOOK_BACK = 10
ROUGHLY = 0.02
"""Share by which two intervals may differ: a month has no fixed number of days."""


@dataclass(frozen=True)
class Interval:
    """The time between two times, and how it is written."""

    text: str
    start: int
    seconds: float

    def is_same(self, other: "Interval") -> bool:
        """Say whether both are one."""
        return math.isclose(self.seconds, other.seconds, rel_tol=ROUGHLY)


def with_intervals_of(evidence: str, claim: str) -> str:
    """Return a claim with its intervals as a sentence of evidence writes the same ones."""
    given = [*intervals_in(evidence)]
    for ours in reversed([*intervals_in(claim)]):
        same = [theirs for theirs in given if ours.is_same(theirs)]
        if same and ours.text.lower() not in {theirs.text.lower() for theirs in same}:
            claim = claim[: ours.start] + same[0].text + claim[ours.start + len(ours.text) :]
    return claim


def intervals_in(text: str) -> Iterator[Interval]:
    """Yield the intervals of a text in order, those that are meant as they stand."""
    for match in INTERVAL.finditer(text):
        before = text[max(0, match.start() - LOOK_BACK) : match.start()]
        seconds = _seconds(match)
        if seconds and not ROUGH_BEFORE.search(before):
            yield Interval(match.group(), match.start(), seconds)


def _seconds(match: re.Match[str]) -> float:
    """Return the seconds between two times; 0 where there is no second."""
    if match["after"]:
        return number_in(match["after"]) * MEASURES[match["unit"].lower()][1]
    times = number_in(match["number"])
    return MEASURES[match["within"].lower()][1] / times if times else 0.0

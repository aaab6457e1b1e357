"""The amounts of a claim that its evidence must give: those that count or measure something."""

import re
from collections.abc import Sequence

from rag.amounts import amounts_in
from rag.measures import Amount

ONE = re.compile(r"(?:one|a single)\b", re.IGNORECASE)
""""One" seldom counts: "from one portal to the other"."""

TIME_OF_DAY_BEFORE = re.compile(r"(?:\b(?:half|quarter) (?:past|to)|\bat) \Z", re.IGNORECASE)
TIME_OF_DAY_AFTER = re.compile(
    r" (?:o[’']clock|in the (?:morning|afternoon|evening)|at night)\b", re.IGNORECASE
)
"""Hours are written in too many ways to say that one is not given ("6.15", "quarter past six")."""

RANK_BEFORE = re.compile(r"\bnumber \Z", re.IGNORECASE)
""""The number two grocer" is the second-largest."""

KNOWN_BEFORE = re.compile(
    r"\b(?:the|these|those|all|both|other|its|his|her|their)(?: other)? \Z", re.IGNORECASE
)
MOST_KNOWN = 10.0
"""Up to which a writer counts what the source names one by one: "the two companies"."""

LOOK_BACK = 14
NUMBER = re.compile(r"\d+")


def stated_amounts(text: str) -> list[Amount]:
    """Return the amounts of a claim, without "one" and without times of day."""
    return [
        amount
        for amount in amounts_in(text)
        if amount.dimension != "clock"
        and not ONE.match(amount.text)
        and not _is_hour(text, amount)
        and not _is_rank(text, amount)
    ]


def missing_amounts(claim: str, given: Sequence[Amount]) -> tuple[Amount, ...]:
    """Return the amounts of a claim that are not among those given."""
    return tuple(
        amount
        for amount in stated_amounts(claim)
        if not _is_given(amount, given) and not _is_known(claim, amount, given)
    )


def _is_given(amount: Amount, given: Sequence[Amount]) -> bool:
    """Say whether an amount agrees with one given, or with numbers that stand without a unit."""
    if any(amount.is_comparable(other) and amount.agrees(other) for other in given):
        return True
    if amount.dimension == "score":  # "19-14" of "19 to 14"
        bare = {other.low for other in given if not other.dimension}
        return {float(number) for number in NUMBER.findall(amount.text)} <= bare
    return any(_have_one_number(amount, other) for other in given)


def _have_one_number(one: Amount, other: Amount) -> bool:
    """Say whether one of two is a mere number, and that of the other: "from 9 metres to 13"."""
    return one.has_number_of(other) or (not one.noun and other.has_number_of(one))


def _is_known(claim: str, amount: Amount, given: Sequence[Amount]) -> bool:
    """Say whether a small number counts what was named, and nobody gives another number of it."""
    before = claim[max(0, amount.start - LOOK_BACK) : amount.start]
    return (
        amount.dimension in {"", "count"}
        and amount.high <= MOST_KNOWN
        and bool(KNOWN_BEFORE.search(before))
        and not any(other.noun == amount.noun for other in given)
    )


def _is_rank(text: str, amount: Amount) -> bool:
    before = text[max(0, amount.start - LOOK_BACK) : amount.start]
    return amount.text[0].isalpha() and bool(RANK_BEFORE.search(before))


def _is_hour(text: str, amount: Amount) -> bool:
    if amount.dimension not in {"", "count"}:
        return False
    before = text[max(0, amount.start - LOOK_BACK) : amount.start]
    bare = not amount.noun
    return bool(
        (bare and TIME_OF_DAY_BEFORE.search(before)) or TIME_OF_DAY_AFTER.match(text, amount.end)
    )

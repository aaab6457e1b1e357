"""The amounts of a claim that its evidence must give: those that count or measure something."""

import re
from collections.abc import Sequence

from rag.amounts import amounts_in
from rag.implied_amounts import is_margin_of
from rag.measures import Amount
from rag.mentions import forms_in
from rag.quantities import CURRENCIES

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

COMPARED_BEFORE = re.compile(
    r"\b(?:by|up|down|(?:margin|majority|gap|difference|lead|rise|fall|drop|increase|decrease) of|"
    r"rose|risen|fell|fallen|dropped|grew|gained|lost|cut)(?: (?:about|some|only|just|almost))? \Z",
    re.IGNORECASE,
)
COMPARED_AFTER = re.compile(
    r"(?:[ -]\w+){0,2}[ -](?:more|fewer|less|cheaper|dearer|higher|lower|ahead|behind|clear|apart|"
    r"points?)\b"
    r"| of (?:the|its|their|all)\b",
    re.IGNORECASE,
)
"""Beside an amount that a claim puts as a difference, or as a rest ("54 of the 63")."""

LOOK_BACK = 24
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


def missing_amounts(
    claim: str,
    given: Sequence[Amount],
    *,
    restated: Sequence[Amount] = (),
    differences: Sequence[Amount] = (),
) -> tuple[Amount, ...]:
    """Return the amounts of a claim that are not among those given.

    Args:
        claim: What is held against evidence.
        given: The amounts that the evidence writes.
        restated: What it gives in other terms; that speaks for a claim, never against it.
        differences: Between the amounts given; they stand for what a claim puts as one.
    """
    return tuple(
        amount
        for amount in stated_amounts(claim)
        if not _is_given(amount, given)
        and not any(_is_restated(claim, amount, each) for each in restated)
        and not (_is_compared(claim, amount) and any(_follows(amount, d) for d in differences))
        and not _is_known(claim, amount, given)
    )


def _is_given(amount: Amount, given: Sequence[Amount]) -> bool:
    """Say whether an amount agrees with one given, or with numbers that stand without a unit."""
    comparable = [other for other in given if amount.is_comparable(other)]
    if any(amount.agrees(other) and not amount.is_other_end_of(other) for other in comparable):
        return True
    if amount.dimension == "score":  # "19-14" of "19 to 14"
        bare = {other.low for other in given if not other.dimension}
        return {float(number) for number in NUMBER.findall(amount.text)} <= bare
    if any(amount.has_number_of(other) for other in given):  # "22 weeks" of "from 31 weeks to 22"
        return True
    # "To 13" of "to 13 metres"; but not where the evidence counts what the claim may count.
    bare_alone = not amount.noun and not comparable
    return bare_alone and any(other.has_number_of(amount) for other in given)


def _is_restated(claim: str, amount: Amount, restated: Amount) -> bool:
    """Say whether an amount is what evidence gives in other terms: a share, of the same things."""
    same = amount.is_comparable(restated) and amount.agrees(restated)
    return same and (not restated.noun or restated.noun in forms_in(claim))


def _is_compared(claim: str, amount: Amount) -> bool:
    """Say whether a claim puts an amount as a difference."""
    before = claim[max(0, amount.start - LOOK_BACK) : amount.start].rstrip(CURRENCIES)
    return bool(COMPARED_BEFORE.search(before) or COMPARED_AFTER.match(claim, amount.end))


def _follows(amount: Amount, difference: Amount) -> bool:
    """Say whether an amount is a difference in the evidence, of the same things."""
    same = amount.is_comparable(difference) and amount.agrees(difference)
    return same and is_margin_of(amount, difference)


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

"""The amounts of a claim that its evidence must give: those that count or measure something."""

import re

from rag.amounts import amounts_in
from rag.measures import Amount

ONE = re.compile(r"(?:one|a single)\b", re.IGNORECASE)
""""One" seldom counts: "from one portal to the other"."""

TIME_OF_DAY_BEFORE = re.compile(r"(?:\b(?:half|quarter) (?:past|to)|\bat) \Z", re.IGNORECASE)
TIME_OF_DAY_AFTER = re.compile(
    r" (?:o[’']clock|in the (?:morning|afternoon|evening)|at night)\b", re.IGNORECASE
)
"""Hours are written in too many ways to say that one is not given ("6.15", "quarter past six")."""

LOOK_BACK = 14


def stated_amounts(text: str) -> list[Amount]:
    """Return the amounts of a claim, without "one" and without times of day."""
    return [
        amount
        for amount in amounts_in(text)
        if amount.dimension != "clock" and not ONE.match(amount.text) and not _is_hour(text, amount)
    ]


def _is_hour(text: str, amount: Amount) -> bool:
    if amount.dimension not in {"", "count"}:
        return False
    before = text[max(0, amount.start - LOOK_BACK) : amount.start]
    bare = not amount.noun
    return bool(
        (bare and TIME_OF_DAY_BEFORE.search(before)) or TIME_OF_DAY_AFTER.match(text, amount.end)
    )

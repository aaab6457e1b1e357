"""Put a claim's amounts and initials in the words of its evidence.

Models that compare words take "80 percent" and "four fifths" for two things, and "AI" and
"artificial intelligence". Rules know that they are one. Only what is the same is put otherwise, and
what the claim calls "nearly" so: what merely may be, as "400" beside "up to 500", is left to the
models.
"""

import math
import re
from collections.abc import Sequence

from rag.measures import APPROXIMATE, LOOK_BACK, Amount
from rag.mentions import COMMON_INITIALS, form
from rag.premises import Premises
from rag.stated import stated_amounts

EXACT = 0.02
"""Share of an amount within which evidence must give it, to stand for the claim's "nearly"."""

BELOW = re.compile(
    r"\b(?:nearly|almost|just under|just below|close to)\s+(?:\w+\s)?\Z", re.IGNORECASE
)
ABOVE = re.compile(r"\b(?:just over|just above|well over)\s+(?:\w+\s)?\Z", re.IGNORECASE)
"""Words for "about" that tell on which side the exact amount lies."""

LAST_WORD = re.compile(r"\s[^\W\d_]+\Z")
ARTICLE = re.compile(r"an?\s", re.IGNORECASE)
ARTICLE_BEFORE = re.compile(r"\b(?:an?|the)\s\Z", re.IGNORECASE)

JOINED = re.compile(r"\d-\w")
WRITTEN_ALONE = frozenset(("clock", "score", "age", "speed"))
"""Dimensions of which the words beside the number belong to it."""

STOPPED = {"".join(f"{letter}." for letter in each): each for each in COMMON_INITIALS}
""""U.S." for "US"."""
INITIALS = re.compile(
    rf"(?<![\w.])(?:{'|'.join(map(re.escape, (*STOPPED, *COMMON_INITIALS)))})(?!\w)"
)
IN_FULL = re.compile(rf"\b(?:{'|'.join(COMMON_INITIALS.values())})\b", re.IGNORECASE)
INITIALS_OF = {words.lower(): initials for initials, words in COMMON_INITIALS.items()}


def in_words_of(evidence: Premises, claim: str) -> str:
    """Return a claim that writes amounts and initials as its evidence writes the same ones."""
    claim = _with_amounts_of(evidence.all_amounts, claim)
    return _with_initials_of(" ".join(evidence.sentences), claim)


def _with_amounts_of(given: Sequence[Amount], claim: str) -> str:
    written = {form(_number(amount)) for amount in given}
    for amount in reversed(stated_amounts(claim)):
        ours = _number(amount)
        if form(ours) in written or not _can_be_replaced(claim, amount):
            continue  # "three" and "3" are one to the models, too
        same = [each for each in given if _is_same(claim, amount, each)]
        if same:
            nearest = min(same, key=lambda each: abs(each.middle - amount.middle))
            theirs = _fitting(claim, amount, _number(nearest))
            claim = claim[: amount.start] + theirs + claim[amount.start + len(ours) :]
    return claim


def _can_be_replaced(claim: str, amount: Amount) -> bool:
    """Say whether an amount stands by itself, as neither "£5" nor "12-strong" does."""
    ours = _number(amount)
    whole = claim.startswith(ours, amount.start)
    joined = JOINED.search(claim, amount.start, amount.start + len(ours) + 2)
    return whole and not joined and not _is_elided(amount) and not _is_written_alone(amount)


def _is_elided(amount: Amount) -> bool:
    """Say whether an amount leaves its unit to another: the 75 of "from 75 to 80 million"."""
    return not amount.dimension and amount.worth != 1.0


def _is_written_alone(amount: Amount) -> bool:
    return amount.dimension in WRITTEN_ALONE


def _is_count(amount: Amount) -> bool:
    return amount.dimension in {"", "count"}


def _is_same(claim: str, amount: Amount, other: Amount) -> bool:
    """Say whether two amounts are one, or the claim's is a rough word for the other."""
    if _is_elided(other) or _is_written_alone(other):
        return False
    if amount.dimension != other.dimension and not (_is_count(amount) and _is_count(other)):
        return False
    ends = (amount.least, amount.most, other.least, other.most)
    if any(end is not None for end in ends):
        return False
    if math.isclose(amount.middle, other.middle):
        return True
    exact = other.high - other.low <= EXACT * other.middle
    return exact and amount.low <= other.middle <= amount.high and _is_rough(claim, amount, other)


def _is_rough(claim: str, amount: Amount, other: Amount) -> bool:
    """Say whether a claim calls an amount "about" as much as another is, or "just over" it."""
    before = claim[max(0, amount.start - LOOK_BACK) : amount.start]
    if not APPROXIMATE.search(before):
        return False
    if BELOW.search(before):
        return other.middle <= amount.middle
    return other.middle >= amount.middle or not ABOVE.search(before)


def _number(amount: Amount) -> str:
    """Return an amount as written, of a count without what it counts."""
    if amount.noun and _is_count(amount):
        return LAST_WORD.sub("", amount.text)
    return amount.text


def _fitting(claim: str, amount: Amount, theirs: str) -> str:
    """Return what takes an amount's place, without an article where one stands before it."""
    if ARTICLE_BEFORE.search(claim[: amount.start]):
        return ARTICLE.sub("", theirs, count=1)
    return theirs


def _with_initials_of(evidence: str, claim: str) -> str:
    """Return a claim with initials for what the evidence calls by them, and the reverse."""
    short, full = _initials_in(evidence), _in_full(evidence)
    if any(f"({written})" in evidence for written in short.values()):
        return claim  # it says itself what they stand for, and that may be something else

    def written_out(match: re.Match[str]) -> str:
        initials = STOPPED.get(match.group(), match.group())
        return match.group() if initials in short else full.get(initials, match.group())

    def shortened(match: re.Match[str]) -> str:
        initials = INITIALS_OF[match.group().lower()]
        return match.group() if initials in full else short.get(initials, match.group())

    return IN_FULL.sub(shortened, INITIALS.sub(written_out, claim))


def _initials_in(text: str) -> dict[str, str]:
    """Return common initials of a text, each as it is written there."""
    found = INITIALS.findall(text)
    return {STOPPED.get(written, written): written for written in found}


def _in_full(text: str) -> dict[str, str]:
    """Return what common initials stand for in a text, as it is written there."""
    return {INITIALS_OF[match.group().lower()]: match.group() for match in IN_FULL.finditer(text)}

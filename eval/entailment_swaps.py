"""False twins of true claims, made by rule: every fact stands in the passage, at another place.

What the entailment model tells worst are claims all of whose words a passage has. Names and numbers
of a claim change places, or give way to others of its passage.
"""

import calendar
import random
import re
from collections.abc import Iterator

from eval.entailment_groups import PassageGroup

NAME = re.compile(
    r"[A-Z](?:[\w-]|['’](?!s\b))+(?: (?:(?:of|the|de|von|van|al) )?[A-Z](?:[\w-]|['’](?!s\b))+)*"
)
NUMBER = re.compile(
    r"(?<![\w.,-])(?:[$€£]?\d+(?:[.,]\d+)*(?: (?:million|billion|percent|per cent))?"
    r"|(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve))(?![\w-])"
)
YEAR = re.compile(r"(?:19|20)\d\d$")
PART_BEFORE = re.compile(r"\b[A-Z]\w+ $")
PART_AFTER = re.compile(r" [A-Z]|[ -](?:thirds|quarters|fifths|tenths|year-old|years old)\b")
"""What makes a number a part of more: "1 May", "the Carrington 400", "two thirds"."""
DAYS, MONTHS = frozenset(calendar.day_name), frozenset(calendar.month_name)
WHERE = re.compile(r"\b(?:in|at|near|from) $")
"""What stands before a name that is more likely a place's than a person's."""
ALIKE = re.compile(r" *(?:,|and|or|nor|with|,? as well as|to the)? *")
"""What stands between two names or numbers of which both orders may be true."""


def false_twin(claim: str, group: PassageGroup, rng: random.Random) -> str | None:
    """Return a claim with two of its names or numbers exchanged, or one for another of its passage.

    A few twins are still true, as where two met each other.

    Args:
        claim: What a passage supports.
        group: The passage, and what is said of it.
        rng: Draws one of the twins.

    Returns:
        The twin, or none where nothing can be exchanged.
    """
    passage = " ".join(group.sentences)
    true = {claim, *(each.text for each in group.statements if each.sign == "+")}
    inside = [twin for twin in _changed_places(claim, passage) if twin not in true]
    others = [twin for twin in _replaced(claim, passage) if twin not in true]
    # Those with both facts in the claim are the fewer and the harder ones.
    choices = inside if inside and (not others or rng.random() < 0.5) else others
    return rng.choice(choices) if choices else None


def _changed_places(claim: str, passage: str) -> Iterator[str]:
    facts = _facts(claim, passage)
    for place, first in enumerate(facts):
        for second in facts[place + 1 :]:
            between = claim[first.end() : second.start()]
            if _shape(first[0]) == _shape(second[0]) and not ALIKE.fullmatch(between):
                before, after = claim[: first.start()], claim[second.end() :]
                yield f"{before}{second[0]}{between}{first[0]}{after}"


def _replaced(claim: str, passage: str) -> Iterator[str]:
    others = {(other[0], _kind(other, passage)) for other in _facts(passage, passage)}
    for fact in _facts(claim, passage):
        for other, kind in sorted(others):
            if other not in claim and kind == _kind(fact, claim) and not _share(fact[0], other):
                yield claim[: fact.start()] + other + claim[fact.end() :]


def _facts(text: str, passage: str) -> list[re.Match[str]]:
    """Return names and numbers, without parts of dates, of fractions and of names.

    A sentence's first word is a name only if it is one elsewhere.
    """
    names = [
        found
        for found in NAME.finditer(text)
        if re.search(rf"(?<=[a-z,;] ){re.escape(found[0])}\b", passage)
    ]
    numbers = [
        found
        for found in NUMBER.finditer(text)
        if not PART_BEFORE.search(text[: found.start()]) and not PART_AFTER.match(text, found.end())
    ]
    return sorted([*names, *numbers], key=re.Match.start)


def _kind(fact: re.Match[str], text: str) -> str:
    """Return what two facts must have in common so that one may give way to the other."""
    is_place = WHERE.search(text[: fact.start()]) is not None
    return f"{_shape(fact[0])}{', place' if is_place and fact[0][0].isupper() else ''}"


def _shape(fact: str) -> str:
    """Return what two facts must have in common to change places."""
    if fact in DAYS:
        return "day"
    if fact in MONTHS:
        return "month"
    if fact[0].isupper():
        return f"name of {min(2, len(fact.split()))}"
    if YEAR.match(fact):
        return "year"
    if fact.isalpha():
        return "number in words"
    return f"{fact[0] if fact[0] in '$€£' else ''}{' '.join(fact.split()[1:])}, number"


def _share(one: str, other: str) -> bool:
    """Whether two names may be of one person or place."""
    return bool({*one.split()} & {*other.split()})

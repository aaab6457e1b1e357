"""Whether a claim denies what its evidence says, or says the opposite.

Told by words alone: models of likeness put "rose" beside "fell", and "not" beside nothing.
"""

import re
from collections.abc import Sequence

from rag.mentions import form, telling_words

NEGATOR = re.compile(
    r"\b(?:no(?! one\b)|not|never|neither|nor|without|cannot)\b|n[’']t\b", re.IGNORECASE
)
DENIED_WITHIN = 60
"""Characters after a "not" in which the word that it denies is looked for."""

VOTED = re.compile(r"\bvot\w+(?:\W+\w+){0,3}?\W+(for|against)\b", re.IGNORECASE)

OPPOSITES = [
    (frozenset(first.split()), frozenset(second.split()))
    for first, second in (
        ("rose risen rise rises rising grew grown grow grows growing increased increase increases "
         "climbed gained jumped soared",
         "fell fallen fall falls falling dropped drop drops declined decline declines decreased "
         "decrease decreases shrank sank plunged slumped"),
        ("more higher above", "less fewer lower below"),
        ("best", "worst"),
        ("won win wins winning", "lost lose loses losing"),
        ("guilty", "innocent"),
        ("accepted accepts approved approves backed backs supported supports welcomed welcomes",
         "rejected rejects opposed opposes refused refuses criticised criticises criticized "
         "criticizes condemned condemns"),
        ("opened opens open reopened reopens reopen", "closed closes close shut"),
        ("strengthened stronger", "weakened weaker"),
        ("largest biggest", "smallest"),
        ("first", "last"),
        ("alive survived", "dead died killed"),
        ("hired", "fired sacked dismissed"),
        ("legal lawful", "illegal unlawful"),
        ("possible", "impossible"),
        ("before", "after"),
        ("all every", "none"),
    )
]
"""Words that news uses for opposite things; each side holds what means the same here."""

WORD = re.compile(r"\w+")


def denies(claim: str, evidence: Sequence[str]) -> bool:
    """Say whether one of the two denies what the other states, or says the opposite.

    Args:
        claim: One sentence.
        evidence: The sentences that cover most of it, the best first.
    """
    ours, theirs = denied_words(claim), set().union(*map(denied_words, evidence))
    stated = set().union(*map(stated_words, evidence))
    if (ours & stated) - theirs or (denied_words(evidence[0]) & stated_words(claim)) - ours:
        return True
    return _is_opposite(claim, evidence)


def _is_opposite(claim: str, evidence: Sequence[str]) -> bool:
    """Say whether the claim has one of two opposites where all the evidence has the other."""
    votes = set(VOTED.findall(claim.lower()))
    cast = set(VOTED.findall(evidence[0].lower()))
    if votes and cast and not votes & cast:
        return True
    ours = set(WORD.findall(claim.lower()))
    best = set(WORD.findall(evidence[0].lower()))
    anywhere = set(WORD.findall(" ".join(evidence).lower()))
    sides = [*OPPOSITES, *((second, first) for first, second in OPPOSITES)]
    return any(
        ours & mine and not ours & other and best & other and not anywhere & mine
        for mine, other in sides
    )


def denied_words(text: str) -> set[str]:
    """Return the stem of the word that each "not" is about: the first telling one after it."""
    words = (
        telling_words(text[match.end() : match.end() + DENIED_WITHIN])[:1]
        for match in NEGATOR.finditer(text)
    )
    return {_stem(word) for found in words for word in found}


def stated_words(text: str) -> set[str]:
    """Return the stems of the words that say something."""
    return set(map(_stem, telling_words(text)))


def _stem(word: str) -> str:
    """Return a word's form without a last "e": "vote" and "voted" are one."""
    return form(word).removesuffix("e")

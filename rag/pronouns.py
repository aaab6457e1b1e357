"""Whether what a pronoun stands for comes before it in the same question.

"He" is the king in "Where did the king stay when he came?", but nobody in "Where did he stay?".
Rules of binding: a possessive can mean anything named before it, another pronoun only what is named
in an earlier clause.
"""

import re
from collections.abc import Sequence

from index.stopwords import STOPWORDS
from rag.grammar import (
    ANYBODY,
    AUXILIARIES,
    BOUNDARIES,
    DETERMINERS,
    HE_OR_SHE,
    INTERROGATIVES,
    IT,
    PREPOSITIONS,
    PRONOUNS,
    THEY,
    Token,
    is_person,
    word_at,
)

LONGEST_PHRASE = 4
"""Words after a "the" that are looked at for the noun."""

POSSESSIVES = frozenset("his its their".split())

DUMMY_IT = re.compile(
    r"\bit\s(?:takes?|took|costs?|seems?)\s(?:\w+\s)?(?:to|that)\s\w"
    r"|\b(?:is|was)\sit\s(?:true|likely|possible|legal|safe|allowed|known|clear|certain|necessary|"
    r"hard|easy|normal|common|usual)\s(?:to|that)\s\w"
    r"|\b(?:how far|what time|how late)\s(?:is|was)\sit\b",
    re.IGNORECASE,
)
"""In "How long does it take to repair a hinge?" the "it" stands for nothing."""


def is_bound(tokens: Sequence[Token], i: int) -> bool:
    """Say whether what a pronoun stands for comes before it in the same question."""
    word, before, after = tokens[i].lower, word_at(tokens, i - 1), word_at(tokens, i + 1)
    if word.endswith(("self", "selves")):
        return True
    possessive = word in POSSESSIVES or (
        word == "her" and bool(after) and after not in STOPWORDS | PREPOSITIONS
    )
    is_subject = bool(after) and (
        word in {"he", "she", "they"} or (word == "it" and before not in PREPOSITIONS)
    )
    told = is_subject and before not in AUXILIARIES | PREPOSITIONS | BOUNDARIES
    for end, kinds in _antecedents(tokens[:i]):
        if not kinds & _kinds_of(word):
            continue
        clause = any(t.lower in BOUNDARIES or t.text in ",;:" for t in tokens[end:i])
        if possessive or clause or told:
            return True
    # "Who sold the mill and what did he get?", but not "Who opposes his plan?"
    who = any(token.lower == "who" for token in tokens[:i])
    clause = any(token.lower in BOUNDARIES for token in tokens[1:i])
    return who and clause and not possessive and word in THEY | HE_OR_SHE


def _kinds_of(pronoun: str) -> set[str]:
    if pronoun in HE_OR_SHE:
        return {"person", "name"}
    return {"thing", "name"} if pronoun in IT else {"person", "thing", "name", "many"}


def _antecedents(tokens: Sequence[Token]) -> list[tuple[int, set[str]]]:
    """Return what the words before a pronoun name: where each phrase ends, and its kind."""
    found: list[tuple[int, set[str]]] = []
    for i, token in enumerate(tokens):
        if token.lower in ANYBODY:
            found.append((i + 1, {"person", "many"}))
        elif token.lower in DETERMINERS:
            phrase = _phrase(tokens, i + 1)
            if phrase:
                person = any(map(is_person, phrase))
                found.append((i + 1 + len(phrase), {"person" if person else "thing"}))
        elif i and token.is_name:
            found.append((i + 1, {"name"}))
        elif i and token.lower.endswith("s") and token.lower not in STOPWORDS | AUXILIARIES:
            found.append((i + 1, {"many"}))
    return found


def _phrase(tokens: Sequence[Token], start: int) -> list[str]:
    """Return the words after a determiner, up to a word that no noun phrase holds."""
    phrase: list[str] = []
    for token in tokens[start : start + LONGEST_PHRASE]:
        ends = AUXILIARIES | PREPOSITIONS | BOUNDARIES | PRONOUNS | INTERROGATIVES
        if not token.is_word or token.lower in ends:
            break
        phrase.append(token.lower.removesuffix("'s").removesuffix("’s"))
    return phrase

"""Whether a question means something that was said before it, or stands alone.

Rules for English. A pronoun refers back unless what it stands for comes earlier in the same
question: "the king" in "Where did the king stay when he came?".
"""

import re
from collections.abc import Sequence

from rag.grammar import (
    AUXILIARIES,
    BEING,
    DETERMINERS,
    HE_OR_SHE,
    INTERROGATIVES,
    PREPOSITIONS,
    PRONOUNS,
    Token,
    tokens_of,
    word_at,
)
from rag.mentions import CALENDAR, names_in, telling_words
from rag.pronouns import DUMMY_IT, LONGEST_PHRASE, is_bound
from rag.quantities import SCALES

FEWEST_TELLING_WORDS = 2
"""A question with fewer ("Since when?", "Who paid?") says too little to stand alone."""
MOST_UNMARKED = 3
"""Telling words of a question that names nothing and might still lean on the one before."""
LONGEST_FRAGMENT = 5
"""Words of a "For no more than a year?", in which nobody does anything."""
LEAD_IN = re.compile(
    r"^\W*(?:(?:and|but|so|or|also|then)\b[\s,]*)*(?:(?:what|how)\s+about\b\s*)?",
    re.IGNORECASE,
)
"""What opens a follow-up, and can be taken away from it."""
MARKS = re.compile(r"\A\W+")
"""Before the first word: a quotation mark leads nothing in."""

MOST_TOKENS = 60
"""Words and marks; a longer question says enough, and the rules for pronouns take cubic time."""

TIMES = CALENDAR | frozenset(
    "year years month months week weeks weekend weekends day days morning afternoon evening night "
    "spring summer autumn fall winter season decade century time term quarter".split()
)


def stands_alone(question: str) -> bool:
    """Say whether a question can be understood without what was said before it."""
    rest = without_lead_in(question)
    led_in = len(rest) < len(MARKS.sub("", question, count=1))
    tokens = tokens_of(question)
    if len(tokens) > MOST_TOKENS:
        return True
    if any(_refers_back(tokens, i, question) for i in range(len(tokens))):
        return False
    telling = telling_words(rest)
    names = [token for token in tokens_of(rest)[1:] if token.is_name] or names_in(rest)
    has_verb = any(token.lower in AUXILIARIES for token in tokens) and not led_in
    if len(telling) < FEWEST_TELLING_WORDS:
        return bool(names) and has_verb
    if is_fragment(rest):
        return False
    if not led_in:
        return True
    asks = any(token.lower in AUXILIARIES | INTERROGATIVES for token in tokens_of(rest))
    return asks and bool(names)


def may_refer_back(question: str) -> bool:
    """Say whether a question could mean something said before, though no word of it shows that.

    "What stands in the way?" is such a question; only who reads both can tell.
    """
    named = any(token.is_name for token in tokens_of(question)[1:])
    short = len(telling_words(question)) <= MOST_UNMARKED
    return not stands_alone(question) or (short and not named)


def without_lead_in(question: str) -> str:
    """Return a question without its "And" or "What about"."""
    return question.lstrip()[LEAD_IN.match(question.lstrip()).end() :]  # type: ignore[union-attr]


def is_fragment(question: str) -> bool:
    """Say whether it is a piece of a question: "In 2024?", "The ferry?"."""
    words = [token.lower for token in tokens_of(question) if token.is_word]
    if not words:
        return True
    if len(words) > LONGEST_FRAGMENT or AUXILIARIES & {*words}:
        return False
    return words[0] in PREPOSITIONS or (words[0] in DETERMINERS and words[0] != "which")


def names_somebody(question: str) -> bool:
    """Say whether a "he" or "she" is meant: whom it stands for, no rule can know."""
    return any(token.lower in HE_OR_SHE for token in tokens_of(question))


def _refers_back(tokens: Sequence[Token], i: int, question: str) -> bool:
    if tokens[i].lower in PRONOUNS:
        if tokens[i].lower == "it" and DUMMY_IT.search(question):
            return False
        return not is_bound(tokens, i)
    return _is_demonstrative(tokens, i)


def _is_demonstrative(tokens: Sequence[Token], i: int) -> bool:
    """Say whether a word points at what was said: "that", "there", "the others", "a new one"."""
    word, before, after = tokens[i].lower, word_at(tokens, i - 1), word_at(tokens, i + 1)
    if word == "that":
        if not after or before in AUXILIARIES | PREPOSITIONS or i == 0:
            return True
        return not _starts_a_clause(tokens, i)
    if word in {"this", "these", "those"}:
        return after not in TIMES | {"who", "which", "that"}
    if word == "there":
        existential = BEING & {before, after} or before in {"will", "has", "have"}
        return not after or not existential
    if word in {"then", "else", "instead", "otherwise"}:
        if word == "then" and "if" in {token.lower for token in tokens[:i]}:
            return False
        return before != "or" and (word, after) != ("instead", "of")
    if word == "so":
        return not after and i > 0
    if word in {"same", "latter", "others"}:
        return before in {"the", "any", "did"} and after != "time"
    if word == "more":  # "Tell me more", "More about the crack"
        return not after or i == 0
    return word in {"one", "ones"} and _stands_for_a_noun(tokens, i)


def _stands_for_a_noun(tokens: Sequence[Token], i: int) -> bool:
    """Say whether a "one" means a thing named before: "a new one", not "no one", "one hundred"."""
    before, after = word_at(tokens, i - 1), word_at(tokens, i + 1)
    if before == "no" or after == "of" or after in SCALES:
        return False
    counted = {before, word_at(tokens, i - 2)} & DETERMINERS
    return bool(counted) or (not after and before not in PREPOSITIONS)


def _starts_a_clause(tokens: Sequence[Token], i: int) -> bool:
    """Say whether a "that" opens a clause ("said that the boat", "the boat that sank")."""
    after = word_at(tokens, i + 1)
    if after in DETERMINERS | PRONOUNS | AUXILIARIES | {"there", "this"}:
        return True
    if tokens[i + 1].is_name:
        return True
    near = [token.lower for token in tokens[max(0, i - LONGEST_PHRASE) : i]]
    cut = max((n + 1 for n, w in enumerate(near) if w in AUXILIARIES | PREPOSITIONS), default=0)
    return bool(DETERMINERS & {*near[cut:]})

"""Cut a draft into lines, and tell those that state something from headings, greetings and such.

Together the lines hold every visible character of the draft once, so that it can be shown whole.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from index.sentences import block_spans, is_sentence, sentence_spans
from index.types import Value
from rag.mentions import telling_words
from rag.prompts import GREETING, NO_STATEMENT, QUESTION, TOO_SHORT

FEWEST_TELLING_WORDS = 2
"""A line with fewer says too little to be looked for."""

LONGEST_GREETING = 12
"""Words; a longer line that begins like a greeting also tells something."""

LIST_MARK = re.compile(r"(?:[-*•·–▪●]|\(?\d{1,2}[.)])\s+")
GREETS = re.compile(
    r"(?:dear|hello|hi|hey|good (?:morning|afternoon|evening)|thank you|thanks for|welcome to|"
    r"(?:kind|best|warm) (?:regards|wishes)|yours (?:sincerely|faithfully|truly)|sincerely)\b",
    re.IGNORECASE,
)
FULL_STOPS = (".", "!", "…")
ASKS = re.compile(r"[?？؟][\"'”’»)\]]*\Z")
PRONOUN = re.compile(
    r"\W*(?:\w+\W+){0,2}?\b"
    r"(he|she|it|they|his|her|its|their|him|them|this|these|that|those|both)\b",
    re.IGNORECASE,
)
"""A pronoun among the first three words is taken for the subject."""
STANDS_FOR = re.compile(r"\W*(he|she|they|his|her|their|its)\b", re.IGNORECASE)
"""A first word that stands for somebody; "it" is left out, since "it rains" means nobody."""


@dataclass(frozen=True, kw_only=True)
class DraftLine(Value):
    """A sentence of a draft, or another line of it: `draft[start:start + len(text)] == text`."""

    text: str
    start: int
    claim: str
    """The text without a list mark, in one line."""
    context: str = ""
    """The last sentence with a subject of its own, where this one's is a pronoun."""
    pronoun: str | None = None
    """The pronoun with which the claim begins, if its meaning depends on that sentence."""
    unchecked: str | None = None
    """Why it is not checked; None where it is."""

    @property
    def of_someone(self) -> str:
        """The claim with "Someone" for a leading "he" or "she", if whom it means is told before.

        Whether the evidence names that person is looked at apart; beside a name that it does not
        know for a man's or a woman's, the entailment model took the pronoun for another person.
        """
        if self.pronoun and self.pronoun.lower() in {"he", "she"}:
            return self.claim.replace(self.pronoun, "Someone", 1)
        return self.claim


def read_lines(draft: str) -> Iterator[DraftLine]:
    """Yield the lines of a draft in order."""
    alone = len(block_spans(draft)) == 1
    antecedent = ""
    for start, end in sentence_spans(draft):
        text = draft[start:end]
        mark = LIST_MARK.match(text)
        claim = " ".join(text[mark.end() if mark else 0 :].split())
        unchecked = _unchecked(claim, listed=alone or mark is not None)
        context = antecedent if PRONOUN.match(claim) else ""
        if unchecked is None and not context:
            antecedent = claim
        pronoun = STANDS_FOR.match(claim)
        yield DraftLine(
            text=text,
            start=start,
            claim=claim,
            context=context,
            unchecked=unchecked,
            pronoun=pronoun.group(1) if pronoun and context else None,
        )


def _unchecked(claim: str, *, listed: bool) -> str | None:
    """Say why a line is not checked, or None.

    Args:
        claim: The line.
        listed: Whether it may do without a full stop: an item of a list, or the whole draft.
    """
    if ASKS.search(claim):
        return QUESTION
    if GREETS.match(claim) and len(claim.split()) <= LONGEST_GREETING:
        return GREETING
    if not is_sentence(claim) and not (listed and is_sentence(claim + ".")):
        return TOO_SHORT if claim.endswith(FULL_STOPS) else NO_STATEMENT
    return None if len(telling_words(claim)) >= FEWEST_TELLING_WORDS else TOO_SHORT

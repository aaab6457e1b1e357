"""What a language model is told: the rules, numbered passages as data, and the question."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from index import Hit
from index.passages import headed
from rag.prompts import ASKED, INSTRUCTIONS, PASSAGE_BEGINS, PASSAGE_ENDS

MOST_AN_ARTICLE = 2
"""Passages of one article, so that no single one fills what the model reads."""

DELIMITERS = re.compile(r"<{2,}|>{2,}")
LOOKALIKES = {"<": "‹", ">": "›"}

Message = tuple[str, str]
"""A role, "system" or "user", and what is said in it."""


def choose_passages(evidence: Sequence[Hit]) -> tuple[Hit, ...]:
    """Return the passages to be read, best first, at most two an article."""
    chosen: list[Hit] = []
    counts: Counter[str] = Counter()
    for hit in evidence:
        counts[hit.article.id] += 1
        if counts[hit.article.id] <= MOST_AN_ARTICLE:
            chosen.append(hit)
    return tuple(chosen)


def write_briefing(question: str, passages: Sequence[Hit]) -> list[Message]:
    """Return the messages that ask a model to answer from passages, numbered from 1."""
    shown = show_passages(enumerate(passages, start=1))
    asked = ASKED.format(passages=shown, question=defused(question))
    return [("system", INSTRUCTIONS), ("user", asked)]


def show_passages(numbered: Iterable[tuple[int, Hit]]) -> str:
    """Return passages as a model reads them: each under its heading, between its delimiters."""
    return "\n\n".join(
        f"{PASSAGE_BEGINS.format(number=number)}\n"
        f"{defused(headed(hit.article, hit.passage.text))}\n"
        f"{PASSAGE_ENDS.format(number=number)}"
        for number, hit in numbered
    )


def defused(text: str) -> str:
    """Return text that cannot pass for a delimiter: runs of angle brackets become others."""
    return DELIMITERS.sub(lambda match: LOOKALIKES[match.group()[0]] * len(match.group()), text)

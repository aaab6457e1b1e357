"""Exchange one fact of a question for another, so that the articles answer it no longer.

What is shared by the questions that the refusal is fitted on and by the twins of drafted cases.
"""

import hashlib
import re
from collections.abc import Iterable


def exchange(question: str, fact: str, other: str) -> str:
    """Return the question with another fact wherever the fact stands as whole words."""
    return re.sub(rf"(?<!\w){re.escape(fact)}(?!\w)", lambda _: other, question)


def drawn(words: Iterable[str], seed: str) -> list[str]:
    """Return words in an order by chance, always the same one for a seed, each once."""
    return sorted({*words}, key=lambda word: hashlib.sha256(f"{seed} {word}".encode()).digest())

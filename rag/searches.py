"""Searches: what people type into a search box, "ferry repair cost" or "who owns the mill"."""

import re

from index.stopwords import STOPWORDS

OPENING = re.compile(r"[^\w$£€#]*")
"""Marks before the first word: quotation marks, a dash."""
QUESTION_MARKS = frozenset("?？؟")


def is_search(question: str) -> bool:
    """Say whether a question is put as to a search box: no capital at its start, no "?" in it.

    "EU steel tariffs" starts with capitals that it has anywhere, and is a search too.
    """
    words = OPENING.sub("", question, count=1)
    if not words or QUESTION_MARKS & {*question}:
        return False
    return not words[0].isupper() or _starts_with_initials(words)


def _starts_with_initials(words: str) -> bool:
    """Say whether text starts with a name in capitals, and is neither a sentence nor all so."""
    first = words.split()[0]
    name = len(first) > 1 and first.isupper() and first.lower() not in STOPWORDS
    return name and not words.isupper() and not words.rstrip().endswith(".")

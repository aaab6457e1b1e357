"""Searches: what people type into a search box, "ferry repair cost" or "who owns the mill"."""

import re

OPENING = re.compile(r"[^\w$£€#]*")
"""Marks before the first word: quotation marks, a dash."""
QUESTION_MARKS = frozenset("?？؟")


def is_search(question: str) -> bool:
    """Say whether a question is put as to a search box: no capital at its start, no "?" in it."""
    words = OPENING.sub("", question, count=1)
    return bool(words) and not words[0].isupper() and not QUESTION_MARKS & {*question}

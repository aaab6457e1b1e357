"""Searches: what people type into a search box, "ferry repair cost" or "who owns the mill"."""

OPENING = " \t\"'“”‘’«([{"
"""What may stand before the first word."""


def is_search(question: str) -> bool:
    """Say whether a question is put as to a search box: no capital at its start, no "?" in it."""
    words = question.lstrip(OPENING)
    return bool(words) and not words[0].isupper() and not {"?", "？"} & {*question}

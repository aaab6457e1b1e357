"""Searches: what people type into a search box, "ferry repair cost" or "who owns the mill"."""


def is_search(question: str) -> bool:
    """Say whether a question is put as to a search box: no capital at its start, no "?" in it."""
    first = question[:1]
    return (first.islower() or first.isdigit()) and "?" not in question

"""Words as the scorers compare them: without case, punctuation, articles or digit grouping."""

import re
from collections import Counter
from collections.abc import Sequence

WORD = re.compile(r"\d+(?:[.,:]\d+)*|[^\W\d_]+|%")
DOTTED = re.compile(r"\b(?:[^\W\d_]\.){2,}")
POSSESSIVE = re.compile(r"(?<=\w)['’]s\b")
GROUPED_DIGITS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
SKIPPED = frozenset({"a", "an", "the"})
SAME = {"%": "percent"}


def words(text: str) -> list[str]:
    """Return a text's words: "The U.S. paid $1,300" gives ["us", "paid", "1300"]."""
    plain = DOTTED.sub(lambda match: match[0].replace(".", "") + " ", POSSESSIVE.sub("", text))
    found = (word.casefold() for word in WORD.findall(plain))
    return [SAME.get(word, _ungroup(word)) for word in found if word not in SKIPPED]


def holds(text: Sequence[str], phrase: Sequence[str]) -> bool:
    """Say whether a phrase's words stand in a text side by side, in order."""
    n = len(phrase)
    return any(list(text[i : i + n]) == list(phrase) for i in range(len(text) - n + 1))


def word_f1(first: Sequence[str], second: Sequence[str]) -> float:
    """Return the F1 of two bags of words: 1 for the same words, 0 for none in common."""
    shared = shared_words(first, second)
    return 2 * shared / (len(first) + len(second)) if shared else 0.0


def shared_words(first: Sequence[str], second: Sequence[str]) -> int:
    """Return how many words two bags share, each occurrence counted once."""
    return (Counter(first) & Counter(second)).total()


def find_quote(text: str, quote: str) -> tuple[int, int] | None:
    """Return the first (start, end) at which a quote stands in a text, whatever its white space."""
    pieces = quote.split()
    if not pieces:
        return None
    match = re.search(r"\s+".join(re.escape(piece) for piece in pieces), text)
    return match.span() if match else None


def _ungroup(word: str) -> str:
    return word.replace(",", "") if GROUPED_DIGITS.fullmatch(word) else word

"""Clauses: the parts of a sentence that each say one thing, so that like is compared with like.

"A used kiln could be bought abroad, but a new one takes ten months": the "could" belongs to the
first half alone.
"""

import re
from itertools import pairwise

from index.sentences import Span
from index.stopwords import STOPWORDS
from rag.late_interaction import WORD
from rag.quantities import CURRENCIES

CUT = re.compile(
    rf"(?<!\d)[,:–]|[,:–](?![\d{CURRENCIES}])|[;()—]|\s-\s"
    r"|\b(?:and|but|while|whereas|although|though|because|which|who|whose|when|if|so|yet|then)\b",
    re.IGNORECASE,
)
"""Where a clause may begin; "2,000" and "2019–20" stay whole."""
FEWEST_WORDS = 3
"""Telling words of a clause; a shorter piece ("he said") stays with its neighbour."""


def clause_spans(text: str) -> list[Span]:
    """Return the clauses of a sentence, one after the other; together they are the whole of it."""
    cuts = [0, *(match.start() for match in CUT.finditer(text)), len(text)]
    spans: list[Span] = []
    words = 0
    for start, end in pairwise(cuts):
        more = _count(text, start, end)
        if spans and min(words, more) < FEWEST_WORDS:
            spans[-1] = (spans[-1][0], end)
            words += more
        else:
            spans.append((start, end))
            words = more
    return spans


def _count(text: str, start: int, end: int) -> int:
    words = WORD.finditer(text, start, end)
    return sum(match.group().lower() not in STOPWORDS for match in words)

"""Make a follow-up question stand alone."""

import re
from collections.abc import Sequence

from index.stopwords import STOPWORDS

Turn = tuple[str, str]
"""An earlier question, and the text of its answer."""

REFERS_BACK = re.compile(
    r"\b(he|she|it|they|him|her|them|his|hers|its|their|theirs|former|latter|same)\b"
    r"|^\s*(and|but|so|or|what about|how about)\b"
    r"|^\W*(\w+\W+){0,2}(this|that|these|those|there|then)\b",
    re.IGNORECASE,
)

FEWEST_TELLING_WORDS = 2
"""A question with fewer ("Why?", "Since when?") says too little to stand alone."""

WORD = re.compile(r"\w+")


def standalone(question: str, history: Sequence[Turn]) -> str:
    """Return the question with the one before it, where it refers back; else as it is.

    No name is put in for a "he": the earlier question only joins the search.
    """
    if not history:
        return question
    telling = [word for word in WORD.findall(question.lower()) if word not in STOPWORDS]
    if len(telling) < FEWEST_TELLING_WORDS or REFERS_BACK.search(question):
        return f"{history[-1][0].strip()} {question}"
    return question

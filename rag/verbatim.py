"""Find sentences in an article word for word, whatever the line breaks and the kind of quotes."""

import re
from bisect import bisect_left

from index import Article
from index.sentences import is_sentence, sentence_spans

WORD = re.compile(r"\S+")
PLAIN_MARKS = str.maketrans("‘’‚“”„‐‑–—", "'''\"\"\"----")
"""Marks that are often changed when text is copied; each stands for one other."""

Span = tuple[int, int]


class VerbatimText:
    """An article's text in one line, with the way back to its characters."""

    def __init__(self, article: Article) -> None:
        """Read an article."""
        words = [*WORD.finditer(article.text)]
        self._line = f" {flat(article.text)} "
        self._starts = [match.start() for match in words]
        self._ends = [match.end() for match in words]
        self._places: list[int] = []
        place = 1
        for match in words:
            self._places.append(place)
            place += match.end() - match.start() + 1
        spans = [span for span in sentence_spans(article.text)
                 if is_sentence(article.text[slice(*span)])]
        self._sentence_starts = {start for start, _ in spans}
        self._sentence_ends = {end for _, end in spans}

    def find(self, claim: str) -> Span | None:
        """Return the span that says a claim word for word, or None.

        The span is made of whole sentences: half of one may say the opposite of the whole.
        """
        wanted = f" {flat(claim)} "
        place = self._line.find(wanted)
        while place >= 0:
            first = bisect_left(self._places, place + 1)
            last = bisect_left(self._places, place + len(wanted)) - 1
            start, end = self._starts[first], self._ends[last]
            if start in self._sentence_starts and end in self._sentence_ends:
                return start, end
            place = self._line.find(wanted, place + 1)
        return None


def flat(text: str) -> str:
    """Return text in one line, with plain quotes and dashes; no word changes its length."""
    return " ".join(text.split()).translate(PLAIN_MARKS)

"""Find sentences in an article word for word, whatever the line breaks and the kind of quotes."""

from index import Article
from index.sentences import is_sentence, sentence_spans

PLAIN_MARKS = str.maketrans("‘’‚“”„‐‑–—", "'''\"\"\"----")
"""Marks that are often changed when text is copied; each stands for one other."""

Span = tuple[int, int]


class VerbatimText:
    """An article's text in one line, with the way back from its sentences to their characters."""

    def __init__(self, article: Article) -> None:
        """Read an article; captions and headings are passed over."""
        pieces: list[str] = []
        length = 0
        self._starts: dict[int, int] = {}
        self._ends: dict[int, int] = {}
        for start, end in sentence_spans(article.text):
            piece = flat(article.text[start:end])
            if is_sentence(piece):
                self._starts[length] = start
                self._ends[length + len(piece)] = end
            pieces.append(piece)
            length += len(piece) + 1
        self._line = " ".join(pieces)

    def find(self, claim: str) -> Span | None:
        """Return the span that says a claim word for word, or None.

        The span is made of whole sentences: half of one may say the opposite of the whole.
        """
        wanted = flat(claim)
        for place, start in self._starts.items():
            end = self._ends.get(place + len(wanted))
            if end is not None and self._line.startswith(wanted, place):
                return start, end
        return None


def flat(text: str) -> str:
    """Return text in one line, with plain quotes and dashes."""
    return " ".join(text.split()).translate(PLAIN_MARKS)

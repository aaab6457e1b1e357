"""What reports say that may answer a question: amounts, days and names, each with its bearing.

How far a fact bears on the question is told by late interaction: the vectors of its own tokens,
which know their context, beside the question's; and by how well its sentence covers the question.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from index import Article, Hit
from index.models import Vectors, load_reranker
from rag.entailment import Reading, load_entailment
from rag.late_interaction import TokenVectors, load_token_encoder, telling, word_coverage
from rag.mentions import forms_in
from rag.orders import overlaps_order
from rag.windows import Window, windows_of

NEAREST = 4
"""Question tokens that a fact's tokens are compared with: the nearest ones."""

IN_QUESTION = 0.1
"""Cosine that a fact gains where the question names what it counts."""

SENTENCE_SHARE = 1.0
"""What the sentence's coverage of the question counts beside the fact's own nearness."""


@dataclass(frozen=True)
class Report:
    """The passages of one article that are evidence."""

    article: Article
    hits: tuple[Hit, ...]
    has_all_names: bool = True
    """Whether the article has every name of the question."""

    @property
    def sentences(self) -> Iterator[Window]:
        """The quotable sentences of its passages, in order, each a window of one."""
        for hit in sorted(self.hits, key=lambda hit: hit.passage.start):
            yield from (
                window
                for window in windows_of(hit, 1)
                if not overlaps_order(self.article.text, window.start, window.end)
            )

    @property
    def text(self) -> str:
        """The title and the passages."""
        parts = [self.article.title or "", *(hit.passage.text for hit in self.hits)]
        return "\n".join(parts)


@dataclass(frozen=True)
class Place:
    """A span of a sentence, and how far it bears on the question."""

    sentence: Window
    start: int
    end: int
    bearing: float
    meaning: NDArray[np.float32]
    """The mean of its token vectors, of length 1."""

    def nearness(self, other: "Place") -> float:
        """Return the cosine of two spans in their contexts."""
        return float(self.meaning @ other.meaning)


_Pair = tuple[str, str]
_Read = TypeVar("_Read")


class Reader:
    """Reads reports for one question; each passage is encoded once."""

    def __init__(self, question: str) -> None:
        """Encode the question."""
        self.question = question
        self.forms = forms_in(question)
        self._asked = load_token_encoder().encode([question])[0]
        self._tokens: dict[str, TokenVectors] = {}
        self._logits: dict[_Pair, float] = {}
        self._readings: dict[_Pair, Reading] = {}

    def encode(self, reports: Sequence[Report]) -> None:
        """Encode the passages of reports, all at once."""
        hits = {hit.passage.id: hit.passage.text for report in reports for hit in report.hits}
        fresh = [key for key in hits if key not in self._tokens]
        encoded = load_token_encoder().encode([hits[key] for key in fresh])
        self._tokens |= zip(fresh, encoded, strict=True)

    def place(self, sentence: Window, start: int, end: int, noun: str = "") -> Place | None:
        """Return how a span of a sentence bears on the question; None beyond what is encoded.

        Args:
            sentence: A window of one sentence.
            start: Where the span starts in the sentence's text.
            end: Where it ends.
            noun: The form of what the span counts.
        """
        vectors = self.vectors(sentence, start, end)
        if not len(vectors):
            return None
        nearest = np.sort((self._asked.vectors @ vectors.T).max(axis=1))[-NEAREST:]
        bearing = float(nearest.mean()) + SENTENCE_SHARE * self.coverage(sentence)
        if noun and noun in self.forms:
            bearing += IN_QUESTION
        mean = vectors.mean(axis=0)
        return Place(sentence, start, end, bearing, mean / np.linalg.norm(mean))

    def vectors(self, sentence: Window, start: int = 0, end: int | None = None) -> Vectors:
        """Return the token vectors of a sentence, or of a span of it."""
        tokens = self._tokens[sentence.hit.passage.id]
        offset = sentence.start - sentence.hit.passage.start
        last = len(sentence.text) if end is None else end
        return tokens.within(offset + start, offset + last)

    def coverage(self, sentence: Window) -> float:
        """Return how well a sentence covers the question's telling words: mean cosine."""
        words = telling(word_coverage(self._asked, self.vectors(sentence)))
        return float(np.mean([word.coverage for word in words]))

    def claim_logits(self, pairs: Sequence[_Pair]) -> list[float]:
        """Return the cross-encoder's logit of each claim beside a text; each is read once."""
        return _read_once(
            pairs, self._logits, lambda fresh: load_reranker().predict(fresh).tolist()
        )

    def readings(self, pairs: Sequence[_Pair]) -> list[Reading]:
        """Return what the entailment model says of each text beside another; each is read once."""
        return _read_once(pairs, self._readings, lambda fresh: load_entailment().read(fresh))

    def likeness(self, first: Report, second: Report) -> float:
        """Return how well two reports cover each other's telling words, the lower of both ways."""
        return min(self._covers(first, second), self._covers(second, first))

    def _covers(self, first: Report, second: Report) -> float:
        """Return the mean cosine by which the second covers the first's telling words."""
        theirs = np.concatenate([self._tokens[hit.passage.id].vectors for hit in second.hits])
        covered = [
            word.coverage
            for hit in first.hits
            for word in telling(word_coverage(self._tokens[hit.passage.id], theirs))
        ]
        return float(np.mean(covered))


def _read_once(
    pairs: Sequence[_Pair], known: dict[_Pair, _Read], read: Callable[[list[_Pair]], list[_Read]]
) -> list[_Read]:
    """Return what is read of each pair, and note it; what is known is not read again."""
    fresh = [pair for pair in dict.fromkeys(pairs) if pair not in known]
    if fresh:
        known |= zip(fresh, read(fresh), strict=True)
    return [known[pair] for pair in pairs]

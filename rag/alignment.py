"""A claim laid beside its evidence: which sentence and clause cover each of its clauses best.

Whatever else the evidence speaks of elsewhere, a clause's numbers, names and "not" are held against
the sentence that speaks of the same thing.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from index.models import Vectors
from index.sentences import Span
from index.stopwords import STOPWORDS
from rag.clauses import clause_spans
from rag.late_interaction import WORD, CoveredWord, TokenVectors
from rag.premises import Clause, Premises

NEARLY = 0.1
"""Cosine by which a sentence may cover a clause less than the best and still speak of it. An amount
then seemed misplaced in 5 of 600 sound sentences about reports and in 110 of 600 with an error;
held against the best alone in 11 and 112."""


@dataclass(frozen=True)
class Matched:
    """A clause of a claim, and what of the evidence speaks of the same."""

    text: str
    clause: str
    """The evidence's clause that covers it best."""
    coverage: float
    """Mean cosine by which that clause covers the telling words."""
    sentence: int
    """Which evidence sentence covers it best."""
    near: tuple[int, ...]
    """Which cover it nearly as well, that one among them."""
    worst_word: float
    """The cosine of the telling word that this sentence covers least."""


@dataclass(frozen=True)
class Alignment:
    """What covers a claim: word by word, sentence by sentence, clause by clause."""

    words: tuple[CoveredWord, ...]
    """The telling words, and how well all evidence covers each."""
    by_sentence: tuple[float, ...]
    """How well each evidence sentence covers them: mean cosine."""
    clauses: tuple[Matched, ...]

    @property
    def order(self) -> list[int]:
        """The evidence sentences, the one that covers most of the claim first."""
        return sorted(range(len(self.by_sentence)), key=lambda i: -self.by_sentence[i])


def align(claim: TokenVectors, premises: Premises) -> Alignment:
    """Lay a claim beside evidence; at least one sentence of it."""
    similarity = claim.vectors @ premises.all_vectors.T
    words = _telling_words(claim)
    by_sentence = _word_coverage(similarity, words, premises.sentence_starts)
    clauses = premises.clauses
    by_clause = _word_coverage(similarity, words, [clause.first_token for clause in clauses])
    return Alignment(
        words=tuple(
            CoveredWord(claim.text[start:end], float(row.max()))
            for (start, end, _), row in zip(words, by_sentence, strict=True)
        ),
        by_sentence=tuple(by_sentence.mean(axis=0).tolist()),
        clauses=tuple(_match(claim.text, words, by_sentence, by_clause, clauses)),
    )


Word = tuple[int, int, list[int]]
"""Start and end in the claim, and the word's tokens."""


def _telling_words(claim: TokenVectors) -> list[Word]:
    """Return the words that say something; all where none does."""
    words: list[Word] = []
    for match in WORD.finditer(claim.text):
        tokens = [
            i
            for i, (start, end) in enumerate(claim.spans)
            if start < match.end() and end > match.start()
        ]
        if tokens:
            words.append((match.start(), match.end(), tokens))
    telling = [word for word in words if claim.text[word[0] : word[1]].lower() not in STOPWORDS]
    return telling or words


def _word_coverage(similarity: Vectors, words: Sequence[Word], starts: Sequence[int]) -> Vectors:
    """Return the cosine by which each piece of evidence covers each word, (words, pieces)."""
    by_token = np.maximum.reduceat(similarity, starts, axis=1)
    rows: Vectors = np.stack([by_token[tokens].mean(axis=0) for _, _, tokens in words])
    return rows


def _match(
    text: str,
    words: Sequence[Word],
    by_sentence: Vectors,
    by_clause: Vectors,
    evidence: Sequence[Clause],
) -> list[Matched]:
    matched = []
    for start, end in clause_spans(text):
        rows = _within(words, (start, end))
        if not rows:
            continue
        sentences, clauses = by_sentence[rows].mean(axis=0), by_clause[rows].mean(axis=0)
        sentence, clause = int(sentences.argmax()), int(clauses.argmax())
        matched.append(
            Matched(
                text=text[start:end],
                clause=evidence[clause].text,
                coverage=float(clauses[clause]),
                sentence=sentence,
                near=tuple(np.flatnonzero(sentences >= sentences[sentence] - NEARLY).tolist()),
                worst_word=float(by_sentence[rows, sentence].min()),
            )
        )
    return matched


def _within(words: Sequence[Word], span: Span) -> list[int]:
    return [i for i, (start, _, _) in enumerate(words) if span[0] <= start < span[1]]

"""From passages that were found to evidence: reranked, and few enough to read."""

from collections.abc import Sequence
from dataclasses import replace

from index import Hit
from index.models import load_reranker
from index.passages import headed

RERANKED = 10
"""Passages that the cross-encoder reads; on two cores each costs some 17 ms."""

MOST_PASSAGES = 8
"""Passages that a writer sees."""


def as_found(hits: Sequence[Hit]) -> tuple[Hit, ...]:
    """Return the first hits as they were found, without a score of the cross-encoder's."""
    return tuple(replace(hit, score=0.0) for hit in hits[:MOST_PASSAGES])


def rerank(question: str, hits: Sequence[Hit]) -> tuple[Hit, ...]:
    """Return the best hits in the cross-encoder's order, each with its logit as the score.

    Args:
        question: What is asked, standalone.
        hits: What the index found, best first; those beyond `RERANKED` are left out.
    """
    read = hits[:RERANKED]
    logits = load_reranker().predict(
        [(question, headed(hit.article, hit.passage.text)) for hit in read]
    )
    order = sorted(range(len(read)), key=lambda i: (-logits[i], i))
    return tuple(
        replace(read[i], score=float(logits[i]), ranks=read[i].ranks | {"reranked": rank})
        for rank, i in enumerate(order[:MOST_PASSAGES], start=1)
    )

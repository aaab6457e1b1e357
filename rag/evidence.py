"""From passages that were found to evidence: reranked, and few enough to read."""

from collections.abc import Sequence
from dataclasses import replace

from index import Hit
from index.models import load_reranker
from index.passages import headed

RERANKED = 4
"""Passages that the cross-encoder reads, the dearest part of an answer: some 40 ms of a core each.
With 2, 3, 4, 5 and 6 the refusal's AUROC was .899, .902, .903, .903 and .903 on ClapNQ's 240
searches outside the report part, cross-fitted, and the right article led for .985, .990, .995, .995
and .995 of 200 that are answered."""

MOST_PASSAGES = 8
"""Passages that a writer sees."""


def as_found(hits: Sequence[Hit]) -> tuple[Hit, ...]:
    """Return the first hits as they were found, without a score of the cross-encoder's."""
    return tuple(replace(hit, score=0.0) for hit in hits[:MOST_PASSAGES])


def rerank(question: str, hits: Sequence[Hit], most: int = RERANKED) -> tuple[Hit, ...]:
    """Return the best hits in the cross-encoder's order, each with its logit as the score.

    Those that it does not read follow as they were found, with the lowest score of those it read.

    Args:
        question: What is asked, standalone.
        hits: What the index found, best first.
        most: Passages that the cross-encoder reads.
    """
    logits = load_reranker().predict(
        [(question, headed(hit.article, hit.passage.text)) for hit in hits[:most]]
    )
    order = sorted(range(len(logits)), key=lambda i: (-logits[i], i))
    ranked = [
        replace(hits[i], score=float(logits[i]), ranks=hits[i].ranks | {"reranked": rank})
        for rank, i in enumerate(order, start=1)
    ]
    unread = [replace(hit, score=ranked[-1].score) for hit in hits[most:]]
    return (*ranked, *unread)[:MOST_PASSAGES]

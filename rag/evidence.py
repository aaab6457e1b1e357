"""From passages that were found to evidence: reranked, and few enough to read."""

from collections.abc import Sequence
from dataclasses import replace

from index import Hit
from index.models import load_reranker
from index.passages import headed

RERANKED = 4
"""Passages that the cross-encoder reads, the dearest part of an answer: some 40 ms of a core each.
With 2, 3, 4, 5 and 6 the refusal's AUROC was .917, .920, .919, .920 and .919 on ClapNQ's 240
searches outside the report part, and .864, .878, .882, .882 and .882 on 480 questions about news
articles, cross-fitted."""

READ_FIRST = 2
PLAINLY_NEAR = 6.0
"""The cross-encoder first reads so many; where one has this logit, it reads no more. Of 1,040
questions a third end there: of 640 about news articles, and of ClapNQ's searches, the refusal's
AUROC stays .907 and .919, and the best window holds the answer to 298 of 320, before to 299. At a
logit of 5 to 296, at 4 to 294."""

RERANKED_RANK = "reranked"
"""Under which a hit has its rank in the cross-encoder's order."""

MOST_PASSAGES = 8
"""Passages that a writer sees."""

COMPARED = 6
"""Passages that it has read where reports are compared; then nobody waits for a first sentence."""


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
    return _in_order(hits, _read(question, hits[:most]))


def rerank_until_near(question: str, hits: Sequence[Hit], most: int = RERANKED) -> tuple[Hit, ...]:
    """Return what `rerank` does, but read no more than the first if one of them is plainly near."""
    first = min(READ_FIRST, most)
    logits = _read(question, hits[:first])
    if max(logits, default=PLAINLY_NEAR) < PLAINLY_NEAR:
        logits += _read(question, hits[first:most])
    return _in_order(hits, logits)


def _read(question: str, hits: Sequence[Hit]) -> list[float]:
    pairs = [(question, headed(hit.article, hit.passage.text)) for hit in hits]
    return list(map(float, load_reranker().predict(pairs)))


def _in_order(hits: Sequence[Hit], logits: Sequence[float]) -> tuple[Hit, ...]:
    """Return hits, of which the first were read, as `rerank` does."""
    order = sorted(range(len(logits)), key=lambda i: (-logits[i], i))
    ranked = [
        replace(hits[i], score=logits[i], ranks=hits[i].ranks | {RERANKED_RANK: rank})
        for rank, i in enumerate(order, start=1)
    ]
    unread = [replace(hit, score=ranked[-1].score) for hit in hits[len(ranked) :]]
    return (*ranked, *unread)[:MOST_PASSAGES]


def read_on(question: str, evidence: Sequence[Hit], most: int = COMPARED) -> tuple[Hit, ...]:
    """Return reranked evidence of which the cross-encoder has read more.

    Those that it had read stay in front as they are; of the others each now has a logit of its own,
    and those beyond `most` the lowest of these.

    Args:
        question: What it was reranked for.
        evidence: As `rerank` or `as_found` gave it; the latter is returned unread.
        most: Passages that the cross-encoder is to have read.
    """
    read = [hit for hit in evidence if RERANKED_RANK in hit.ranks]
    unread = [hit for hit in evidence if RERANKED_RANK not in hit.ranks]
    if not read or not unread or len(read) >= most:
        return tuple(evidence)
    return (*read, *rerank(question, unread, most - len(read)))

"""From passages that were found to evidence: reranked, and few enough to read."""

from collections.abc import Callable, Sequence
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
"""The cross-encoder first reads so many; where one has this logit of the bundled model, it reads no
more. Of 1,040 questions a third end there: the AUROC stayed .907 for those about news articles and
.919 for ClapNQ's, and the best window held the answer to 298 of 320, with all four read to 299. At
a logit of 5 to 296, at 4 to 294."""

MOST_BEHIND = 6.0
"""Logits by which a passage may fall behind the best and still have windows. Of 640 questions about
news articles 2.3 passages of four then have, at an AUROC of .911 as with all; with 2 logits it is
.911 too, but like reports may lie as far apart. Of ClapNQ's searches it is .919, with all .920."""

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
    logits = _read(question, hits[:most])
    return _in_order(hits, logits, min(logits, default=0.0))


def rerank_until_near(
    question: str,
    hits: Sequence[Hit],
    most: int = RERANKED,
    competes: Callable[[Hit, Hit], bool] = lambda one, other: False,
) -> tuple[Hit, ...]:
    """Return what `rerank` does, but read no more than the first if one of them is plainly near.

    What it then leaves unread counts as too far behind the best to have windows.

    Args:
        question: What is asked, standalone.
        hits: What the index found, best first.
        most: Passages that the cross-encoder reads at most.
        competes: Whether a passage must be read beside another, however near that is.
    """
    first = min(READ_FIRST, most)
    read, unread = hits[:first], hits[first:most]
    logits = _read(question, read)
    best = max(logits, default=PLAINLY_NEAR)
    if best < PLAINLY_NEAR or any(competes(one, other) for one in unread for other in read):
        logits, unread = logits + _read(question, unread), []
    lowest = min(logits, default=0.0)
    return _in_order(hits, logits, min(lowest, best - MOST_BEHIND) if unread else lowest)


def _read(question: str, hits: Sequence[Hit]) -> list[float]:
    pairs = [(question, headed(hit.article, hit.passage.text)) for hit in hits]
    return list(map(float, load_reranker().predict(pairs)))


def _in_order(hits: Sequence[Hit], logits: Sequence[float], of_unread: float) -> tuple[Hit, ...]:
    """Return hits, of which the first were read, as `rerank` does; the others get one score."""
    order = sorted(range(len(logits)), key=lambda i: (-logits[i], i))
    ranked = [
        replace(hits[i], score=logits[i], ranks=hits[i].ranks | {RERANKED_RANK: rank})
        for rank, i in enumerate(order, start=1)
    ]
    unread = [replace(hit, score=of_unread) for hit in hits[len(ranked) :]]
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

"""Ranking by passage: whether the passages that the writer saw hold the gold quotes, and how high.

A hit counts by the gold quotes that it brings and that no earlier hit held, so that a report
printed by three papers is found once it is found in one. With one gold passage these are the
usual recall@k, MRR and nDCG@k.
"""

import math
from collections.abc import Sequence

from eval.trial import Trial
from eval.types import Score
from index import Index

RECALL_DEPTHS = (1, 5, 8)
NDCG_DEPTH = 8

METRICS = (*(f"recall@{k}" for k in RECALL_DEPTHS), "MRR", f"nDCG@{NDCG_DEPTH}")


def score_retrieval(trial: Trial, index: Index) -> list[Score]:
    """Score the order of `answer.hits` against the gold; undefined without gold quotes."""
    gold, hits = trial.gold, trial.answer.hits
    if not gold.numbers:
        return trial.unscored("no gold quote", *METRICS)
    found = [
        gold.touched(hit.passage.article_id, hit.passage.start, hit.passage.end, hit.passage.text)
        for hit in hits
    ]
    new = _without_repeats(found)
    recalls = [
        trial.score(f"recall@{k}", sum(map(len, new[:k])) / len(gold.numbers))
        for k in RECALL_DEPTHS
    ]
    return [
        *recalls,
        trial.score("MRR", reciprocal_rank([bool(numbers) for numbers in found])),
        trial.score(f"nDCG@{NDCG_DEPTH}", ndcg([bool(n) for n in new], gold.passages, NDCG_DEPTH)),
    ]


def reciprocal_rank(relevant: Sequence[bool]) -> float:
    """Return one over the rank, counted from 1, of the first relevant hit; 0 without one."""
    return next((1 / rank for rank, hit in enumerate(relevant, start=1) if hit), 0.0)


def ndcg(relevant: Sequence[bool], passages: int, k: int) -> float:
    """Return nDCG@k of a ranking when `passages` relevant ones exist; at most 1.

    A copy that is cut otherwise can bring one quote at a time where the gold passage holds two,
    hence the bound.
    """
    gained = sum(1 / math.log2(rank + 1) for rank, hit in enumerate(relevant[:k], 1) if hit)
    ideal = sum(1 / math.log2(rank + 1) for rank in range(1, min(k, passages) + 1))
    return min(1.0, gained / ideal)


def _without_repeats(found: Sequence[frozenset[int]]) -> list[frozenset[int]]:
    seen: frozenset[int] = frozenset()
    new = []
    for numbers in found:
        new.append(numbers - seen)
        seen |= numbers
    return new

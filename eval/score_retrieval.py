"""Ranking by passage: whether the passages that the writer saw touch the gold quotes, and how high.

A hit counts by the gold quotes that it brings and that no earlier hit brought, so that a report
printed by three papers is found once it is found in one. With one gold passage these are the
usual recall@k, MRR and nDCG@k; with several quotes nDCG is α-nDCG with α = 1 (Clarke and others
2008). One touching character counts: where a quote is cut in two, either half brings it.
"""

import math
from collections.abc import Collection, Hashable, Sequence

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
    new = count_new(found)
    recalls = [trial.score(f"recall@{k}", sum(new[:k]) / len(gold.numbers)) for k in RECALL_DEPTHS]
    return [
        *recalls,
        trial.score("MRR", reciprocal_rank([bool(numbers) for numbers in found])),
        trial.score(f"nDCG@{NDCG_DEPTH}", ndcg(new, best_gains(gold.passages), NDCG_DEPTH)),
    ]


def reciprocal_rank(relevant: Sequence[bool]) -> float:
    """Return one over the rank, counted from 1, of the first relevant hit; 0 without one."""
    return next((1 / rank for rank, hit in enumerate(relevant, start=1) if hit), 0.0)


def ndcg(gains: Sequence[float], best: Sequence[float], k: int) -> float:
    """Return nDCG@k of a ranking from its gains and those of the best order; at most 1.

    A copy that is cut otherwise can bring more quotes at once than any gold passage does, hence
    the bound.
    """
    return min(1.0, discounted(gains[:k]) / discounted(best[:k]))


def discount(rank: int) -> float:
    """Return what a gain is worth at a rank, counted from 1."""
    return 1 / math.log2(rank + 1)


def discounted(gains: Sequence[float]) -> float:
    """Return the sum of gains, each worth what its rank is worth."""
    return sum(gain * discount(rank) for rank, gain in enumerate(gains, start=1))


def count_new(found: Sequence[frozenset[int]]) -> list[int]:
    """Return how many quotes each hit brings that no earlier one brought."""
    seen: frozenset[int] = frozenset()
    new = []
    for numbers in found:
        new.append(len(numbers - seen))
        seen |= numbers
    return new


def best_gains(passages: Collection[frozenset[Hashable]]) -> list[int]:
    """Return how many new quotes each passage brings in the best order.

    The next is always one that brings most, as is usual for α-nDCG: the very best order of many
    passages cannot be found in reasonable time.
    """
    left, seen, gains = [*passages], frozenset[Hashable](), list[int]()
    while left:
        most = max(left, key=lambda numbers: len(numbers - seen))
        left.remove(most)
        gains.append(len(most - seen))
        seen |= most
    return gains

"""Floors of ranking: what passages and articles in random order reach.

The order is drawn from what each case is asked over: the whole library, or the articles that the
case names.
"""

from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from statistics import fmean

from eval.gold import Gold
from eval.score_articles import ARTICLE_DEPTH, report_of
from eval.score_retrieval import NDCG_DEPTH, RECALL_DEPTHS, best_gains, discount, discounted
from eval.trial import Scored
from eval.types import Floor
from index import Index

RANDOM_PASSAGE = "passages in random order"
RANDOM_ARTICLE = "an article at random"

Held = Collection[frozenset[Hashable]]
"""What each thing that holds gold holds: its gold quotes, or the report that it is a copy of."""


@dataclass(frozen=True)
class Pool:
    """How much a question is asked over, and which of it holds gold."""

    size: int
    held: Held

    @property
    def share(self) -> float:
        """The chance that one drawn at random holds gold."""
        return min(1.0, len(self.held) / self.size)

    def recall(self, depth: int) -> float:
        """Return the expected share of all gold among the first `depth`."""
        found = self._worth(depth, lambda rank: 1.0)
        return found / len(frozenset[Hashable]().union(*self.held))

    def reciprocal_rank(self, depth: int) -> float:
        """Return the expected reciprocal rank of the first of `depth` that holds gold."""
        return _random_first(self.size, len(self.held), depth, lambda rank: 1 / rank)

    def ndcg(self, depth: int) -> float:
        """Return the expected nDCG of the first `depth`."""
        return self._worth(depth, discount) / discounted(best_gains(self.held)[:depth])

    def _worth(self, depth: int, worth: Callable[[int], float]) -> float:
        """Return what all gold is worth, each piece by the first that holds it."""
        holding = Counter(piece for pieces in self.held for piece in pieces)
        return sum(_random_first(self.size, n, depth, worth) for n in holding.values())


BY_PASSAGE: Mapping[str, Callable[[Pool], float]] = {
    **{f"recall@{k}": partial(Pool.recall, depth=k) for k in RECALL_DEPTHS},
    "MRR": lambda pool: pool.reciprocal_rank(NDCG_DEPTH),
    f"nDCG@{NDCG_DEPTH}": lambda pool: pool.ndcg(NDCG_DEPTH),
    "gold span cited": lambda pool: pool.share,
    "citations in gold": lambda pool: pool.share,
}
BY_ARTICLE: Mapping[str, Callable[[Pool], float]] = {
    "article@1": lambda pool: pool.share,
    f"article recall@{ARTICLE_DEPTH}": lambda pool: pool.recall(ARTICLE_DEPTH),
    "article MRR": lambda pool: pool.reciprocal_rank(ARTICLE_DEPTH),
    f"article nDCG@{ARTICLE_DEPTH}": lambda pool: pool.ndcg(ARTICLE_DEPTH),
    "gold article cited": lambda pool: pool.share,
}
"""What a random order reaches of each figure on one case."""


def ranking_floors(scored: Scored, index: Index) -> Iterable[Floor]:
    """Yield the floor of every figure of ranking, over the cases that define the figure."""
    sizes = {info.id: len(index.passages(info.id)) for info in index.articles()}

    def passages(gold: Gold) -> Pool:
        return Pool(sum(sizes[each] for each in gold.among or sizes), gold.passages)

    def articles(gold: Gold) -> Pool:
        held = [frozenset({report_of(each, gold)}) for each in gold.article_ids]
        return Pool(len(gold.among or sizes), held)

    for figures, pool_of, method in (
        (BY_PASSAGE, passages, RANDOM_PASSAGE),
        (BY_ARTICLE, articles, RANDOM_ARTICLE),
    ):
        for metric, expect in figures.items():
            if reached := [expect(pool_of(trial.gold)) for trial in scored.of(metric)]:
                yield Floor(metric=metric, value=fmean(reached), method=method)


def _random_first(size: int, relevant: int, depth: int, worth: Callable[[int], float]) -> float:
    """Return what the first relevant one in random order is worth on average.

    Args:
        size: How many there are.
        relevant: How many of them are relevant.
        depth: How many are looked at.
        worth: What the first relevant one is worth at a rank, counted from 1.
    """
    expected, none_so_far = 0.0, 1.0
    for rank in range(1, min(depth, size) + 1):
        left = size - rank + 1
        expected += none_so_far * min(1.0, relevant / left) * worth(rank)
        none_so_far *= max(0.0, 1 - relevant / left)
    return expected

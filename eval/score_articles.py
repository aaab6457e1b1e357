"""Ranking by article: whether the articles that people named come first, and how many are there.

An article counts once, at the rank of its first passage. Articles with the same gold quotes are
copies of one report, and whichever comes first counts for all; so does another article that
repeats a part of them.
"""

from collections.abc import Collection, Hashable

from eval.gold import Gold
from eval.score_retrieval import ndcg, reciprocal_rank
from eval.trial import Trial
from eval.types import Score
from index import Hit, Index

ARTICLE_DEPTH = 8

METRICS = (
    "article@1",
    f"article recall@{ARTICLE_DEPTH}",
    "article MRR",
    f"article nDCG@{ARTICLE_DEPTH}",
)


def score_articles(trial: Trial, index: Index) -> list[Score]:
    """Score the order of the articles of `answer.hits`; undefined without a gold article."""
    gold = trial.gold
    if not gold.article_ids:
        return trial.unscored("no gold article", *METRICS)
    reports = {report_of(article_id, gold) for article_id in gold.article_ids}
    found: dict[str, Hashable] = {}
    for hit in trial.answer.hits:
        found[hit.article.id] = found.get(hit.article.id) or _brought(hit, gold, reports)
    ranked = [*found.values()]
    new = [bool(report) and report not in ranked[:rank] for rank, report in enumerate(ranked)]
    return [
        trial.score(METRICS[0], float(any(new[:1]))),
        trial.score(METRICS[1], sum(new[:ARTICLE_DEPTH]) / len(reports)),
        trial.score(METRICS[2], reciprocal_rank(new)),
        trial.score(METRICS[3], ndcg(new, [1] * len(reports), ARTICLE_DEPTH)),
    ]


def report_of(article_id: str, gold: Gold) -> Hashable:
    """Return what copies of one report share: their gold quotes, or without any the article."""
    held = frozenset(span.number for span in gold.spans if span.article_id == article_id)
    return held or article_id


def _brought(hit: Hit, gold: Gold, reports: Collection[Hashable]) -> Hashable:
    """Return the gold report that a hit belongs to; None if it belongs to none.

    A copy belongs to the report that shares most of the quotes it shows, of two such reports to
    the one with fewer others.
    """
    if hit.article.id in gold.article_ids:
        return report_of(hit.article.id, gold)
    place = hit.passage
    touched = gold.touched(place.article_id, place.start, place.end, place.text)
    quoted = sorted((each for each in reports if isinstance(each, frozenset)), key=sorted)
    return max(
        (each for each in quoted if each & touched),
        key=lambda each: (len(each & touched), -len(each)),
        default=None,
    )

"""Trivial floors: what a method that understands nothing reaches on the same cases.

A figure means little beside 0; it means something beside these. Question words alone, for one,
tell SQuAD 2's answerable questions from the others with an AUROC of .75, and ClapNQ's with .64.
"""

import math
from collections.abc import Iterable, Sequence
from statistics import fmean

import numpy as np

from eval.curves import auroc, brier, calibration_error, refused_at
from eval.measures import MOST_FALSE_REFUSALS
from eval.score_articles import ARTICLE_DEPTH
from eval.score_correct import compare
from eval.score_nuggets import tell_shares
from eval.score_retrieval import NDCG_DEPTH, RECALL_DEPTHS
from eval.trial import Trial
from eval.types import Case, Floor
from eval.words import word_f1, words
from index import Index

FOLDS = 10
SEED = 20260101
REGULARISATION = 0.1
"""The best of two tried; words and pairs of words beat single words, characters and TF-IDF."""

RANDOM_PASSAGE = "passages in random order"
RANDOM_ARTICLE = "an article at random"
QUESTION_ECHOED = "the question repeated"
QUESTION_WORDS = "a regression on the question's words, cross-validated by article"
AS_OFTEN = "refusing as often, at random"
ALWAYS_REFUSE = "always refusing"
ALWAYS_DIFFER = "always showing a difference"
DIFFER_AS_OFTEN = "showing one as often, at random"
ANY_ORDER = "answering in random order"
BASE_RATE = "the share of answerable questions as the score"


def compute_floors(trials: Sequence[Trial], index: Index) -> tuple[Floor, ...]:
    """Return the floors of every figure that has one and is defined on these trials."""
    articles = [info.id for info in index.articles()]
    passages = sum(len(index.passages(article_id)) for article_id in articles)
    return (
        *_retrieval_floors(trials, passages, len(articles)),
        *_echo_floors(trials),
        *_refusal_floors(trials),
        *_difference_floors(trials),
        *_score_floors([trial.case for trial in trials]),
    )


def question_word_chances(cases: Sequence[Case]) -> list[float] | None:
    """Return each case's chance of being answerable, told from its question's words alone.

    Each chance comes from a regression fitted on other articles' questions. None where there are
    too few cases of either kind, or too few articles, to fit one.
    """
    from sklearn.feature_extraction.text import (  # type: ignore[import-untyped]
        CountVectorizer,
    )
    from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]
    from sklearn.model_selection import (  # type: ignore[import-untyped]
        StratifiedGroupKFold,
        cross_val_predict,
    )
    from sklearn.pipeline import make_pipeline  # type: ignore[import-untyped]

    kinds = [case.answerable for case in cases]
    groups = [case.paths[0] if case.paths else case.id for case in cases]
    articles_by_kind = {True: set[str](), False: set[str]()}
    for kind, group in zip(kinds, groups, strict=True):
        articles_by_kind[kind].add(group)
    if min(map(len, articles_by_kind.values())) < FOLDS:
        return None
    folds = StratifiedGroupKFold(n_splits=FOLDS, shuffle=True, random_state=SEED)
    model = make_pipeline(
        CountVectorizer(binary=True, ngram_range=(1, 2), tokenizer=words, token_pattern=None),
        LogisticRegression(C=REGULARISATION, max_iter=1000),
    )
    chances = cross_val_predict(
        model,
        [case.question for case in cases],
        kinds,
        groups=groups,
        cv=folds,
        method="predict_proba",
    )
    return [float(chance) for chance in chances[:, 1]]


def random_reciprocal_rank(passages: int, relevant: int, depth: int) -> float:
    """Return the expected reciprocal rank of the first relevant of `depth` passages at random."""
    expected, none_so_far = 0.0, 1.0
    for rank in range(1, min(depth, passages) + 1):
        left = passages - rank + 1
        expected += none_so_far * min(1.0, relevant / left) / rank
        none_so_far *= max(0.0, 1 - relevant / left)
    return expected


def random_ndcg(passages: int, relevant: int, depth: int) -> float:
    """Return the expected nDCG of `depth` passages in random order."""
    gains = [1 / math.log2(rank + 1) for rank in range(1, min(depth, passages) + 1)]
    return relevant / passages * sum(gains) / sum(gains[:relevant])


def _retrieval_floors(trials: Sequence[Trial], passages: int, articles: int) -> Iterable[Floor]:
    quoted = [trial.gold for trial in trials if trial.gold.passages]
    named = [len(trial.gold.article_ids) for trial in trials if trial.gold.article_ids]
    if quoted:
        depth = NDCG_DEPTH
        share = fmean(min(1.0, gold.passages / passages) for gold in quoted)
        for k in RECALL_DEPTHS:
            yield _floor(f"recall@{k}", min(1.0, k / passages), RANDOM_PASSAGE)
        ranks = (random_reciprocal_rank(passages, gold.passages, depth) for gold in quoted)
        yield _floor("MRR", fmean(ranks), RANDOM_PASSAGE)
        gains = (random_ndcg(passages, gold.passages, depth) for gold in quoted)
        yield _floor(f"nDCG@{depth}", fmean(gains), RANDOM_PASSAGE)
        yield _floor("gold span cited", share, RANDOM_PASSAGE)
        yield _floor("citations in gold", share, RANDOM_PASSAGE)
    if named:
        share = fmean(min(1.0, count / articles) for count in named)
        depth = min(articles, ARTICLE_DEPTH)
        ranks = (random_reciprocal_rank(articles, count, depth) for count in named)
        gains = (random_ndcg(articles, count, depth) for count in named)
        yield _floor("article@1", share, RANDOM_ARTICLE)
        yield _floor(f"article recall@{ARTICLE_DEPTH}", depth / articles, RANDOM_ARTICLE)
        yield _floor("article MRR", fmean(ranks), RANDOM_ARTICLE)
        yield _floor(f"article nDCG@{ARTICLE_DEPTH}", fmean(gains), RANDOM_ARTICLE)
        yield _floor("gold article cited", share, RANDOM_ARTICLE)


def _echo_floors(trials: Sequence[Trial]) -> Iterable[Floor]:
    """Yield what is reached by answering with the question itself."""
    answerable = [trial for trial in trials if trial.case.answerable]
    found = [compare(trial.case.question, trial.case.reference) for trial in answerable]
    compared = [scores for scores in found if scores]
    short = [contains for contains, _, _ in compared if contains is not None]
    if short:
        yield _floor("contains reference", fmean(short), QUESTION_ECHOED)
        yield _floor("exact match", 0.0, QUESTION_ECHOED)
    if compared:
        yield _floor("reference recall", fmean(r for _, r, _ in compared), QUESTION_ECHOED)
        yield _floor("answer F1", fmean(f1 for _, _, f1 in compared), QUESTION_ECHOED)
    for metric, told in _echoed_nuggets(answerable):
        yield _floor(metric, told, QUESTION_ECHOED)
    quoted = [trial for trial in answerable if trial.gold.spans]
    if quoted:
        yield _floor("cited span F1", fmean(map(_echo_f1, quoted)), QUESTION_ECHOED)


def _echoed_nuggets(trials: Sequence[Trial]) -> Iterable[tuple[str, float]]:
    """Yield the mean of each figure of nuggets when the question itself is the answer."""
    shares: dict[str, list[float]] = {}
    for trial in trials:
        for metric, share in tell_shares(trial.case.nuggets, [trial.case.question]).items():
            if share is not None:
                shares.setdefault(metric, []).append(share)
    return [(metric, fmean(found)) for metric, found in shares.items()]


def _echo_f1(trial: Trial) -> float:
    question = words(trial.case.question)
    return max(word_f1(question, words(span.quote)) for span in trial.gold.spans)


def _refusal_floors(trials: Sequence[Trial]) -> Iterable[Floor]:
    """Yield what refusing reaches that does not look at the question."""
    unanswerable = sum(not trial.case.answerable for trial in trials)
    if not trials or not unanswerable:
        return
    refused = fmean(trial.answer.refused for trial in trials)
    share = unanswerable / len(trials)
    yield _floor("false answer", 1 - refused, AS_OFTEN)
    yield _floor("false refusal", refused, AS_OFTEN)
    yield _floor("refusal recall", refused, AS_OFTEN)
    yield _floor("refusal precision", share, ALWAYS_REFUSE)
    yield _floor("refusal F1", 2 * share / (1 + share), ALWAYS_REFUSE)


def _difference_floors(trials: Sequence[Trial]) -> Iterable[Floor]:
    """Yield what showing differences reaches that does not read the articles."""
    looked = [trial for trial in trials if trial.case.disputed is not None]
    if any(trial.case.disputed for trial in looked):
        disputed = fmean(bool(trial.case.disputed) for trial in looked)
        shown = fmean(bool(trial.answer.disagreements) for trial in looked)
        yield _floor("disagreement precision", disputed, ALWAYS_DIFFER)
        yield _floor("disagreement recall", shown, DIFFER_AS_OFTEN)


def _score_floors(cases: Sequence[Case]) -> Iterable[Floor]:
    answerable = np.array([case.answerable for case in cases], dtype=bool)
    if answerable.all() or not answerable.any():
        return
    rates = np.full(len(cases), answerable.mean())
    yield from _defined("Brier", brier(rates, answerable), BASE_RATE)
    yield from _defined("ECE", calibration_error(rates, answerable), BASE_RATE)
    yield _floor("AURC", float(1 - answerable.mean()), ANY_ORDER)
    chances = question_word_chances(cases)
    if chances is None:
        return
    scores = np.array(chances)
    yield from _defined("AUROC", auroc(scores, answerable), QUESTION_WORDS)
    at_threshold = refused_at(scores, answerable, MOST_FALSE_REFUSALS)
    yield from _defined("refused at 10 %", at_threshold, QUESTION_WORDS)


def _defined(metric: str, value: float | None, method: str) -> Iterable[Floor]:
    if value is not None:
        yield _floor(metric, value, method)


def _floor(metric: str, value: float, method: str) -> Floor:
    return Floor(metric=metric, value=value, method=method)

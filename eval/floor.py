"""Trivial floors: what a method that understands nothing reaches on the same cases.

A figure means little beside 0; it means something beside these. Question words alone, for one,
tell SQuAD 2's answerable questions from the others with an AUROC of .75, and ClapNQ's with .64.
"""

from collections.abc import Iterable, Sequence
from statistics import fmean

import numpy as np

from eval import score_correct, score_nuggets
from eval.curves import auroc, brier, calibration_error, refused_at
from eval.floor_ranking import ranking_floors
from eval.measures import MOST_FALSE_REFUSALS
from eval.score_correct import compare, match_exactly
from eval.score_nuggets import tell_shares
from eval.trial import Scored, Trial
from eval.types import Case, Floor, Score
from eval.words import word_f1, words
from index import Index

FOLDS = 10
SEED = 20260101
REGULARISATION = 0.1
"""The best of two tried; words and pairs of words beat single words, characters and TF-IDF."""

ECHOED = (*score_correct.METRICS, "cited span F1", *score_nuggets.METRICS)
QUESTION_ECHOED = "the question repeated"
QUESTION_WORDS = "a regression on the question's words, cross-validated by article"
AS_OFTEN = "refusing as often, at random"
ALWAYS_REFUSE = "always refusing"
ALWAYS_DIFFER = "always showing a difference"
DIFFER_AS_OFTEN = "showing one as often, at random"
ANY_ORDER = "answering in random order"
BASE_RATE = "the share of answerable questions as the score"


def compute_floors(
    trials: Sequence[Trial], scores: Iterable[Score], index: Index
) -> tuple[Floor, ...]:
    """Return the floors of every figure that has one and is defined on these trials.

    Args:
        trials: What was asked, and what came back.
        scores: What scorers said of it: a floor is over the cases that its figure is over.
        index: Where the answers were looked for.
    """
    scored = Scored(trials, scores)
    return (
        *ranking_floors(scored, index),
        *_echo_floors(scored),
        *_refusal_floors(trials),
        *_difference_floors(trials),
        *_score_floors([trial.case for trial in scored.of("answer score")]),
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
    groups = [case.group for case in cases]
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


def _echo_floors(scored: Scored) -> Iterable[Floor]:
    """Yield what is reached by answering with the question itself."""
    echoed = {trial.case.id: _echo(trial) for trial in scored.trials}
    for metric in ECHOED:
        reached = [echoed[trial.case.id][metric] for trial in scored.of(metric)]
        told = [value for value in reached if value is not None]
        if told:
            yield _floor(metric, fmean(told), QUESTION_ECHOED)


def _echo(trial: Trial) -> dict[str, float | None]:
    """Return, by metric, what the question itself reaches as the answer to a case."""
    question, golds = trial.case.question, trial.case.golds
    contains, recall, f1 = compare(question, *golds) or (None, None, None)
    spans = [word_f1(words(question), words(span.quote)) for span in trial.gold.spans]
    values = (contains, match_exactly(question, *golds), recall, f1, max(spans, default=None))
    return {
        **dict(zip(ECHOED, values, strict=False)),
        **tell_shares(trial.case.nuggets, [question]),
    }


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

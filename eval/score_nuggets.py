"""Nuggets: which of the facts that a good answer tells, as people listed them, the answer tells.

After TREC RAG 2024's AutoNuggetizer, with its strict reading: a nugget told in part is not told.
Whether one is told is read from words, not judged by a model: all of its words must stand in one
sentence of the answer. So a paraphrase counts as not told, and the figures are lower bounds.
"""

from collections import Counter
from collections.abc import Sequence

from eval.trial import Trial
from eval.types import Nugget, Score
from eval.words import words
from index import Index

METRICS = ("vital nuggets", "nuggets")

OKAY_WEIGHT = 0.5
"""What a nugget that is not vital counts for, as at TREC."""


def score_nuggets(trial: Trial, index: Index) -> list[Score]:
    """Score the nuggets told: the share of the vital ones, and the weighted share of all."""
    nuggets = trial.case.nuggets
    if not nuggets:
        return trial.unscored("no nuggets", *METRICS)
    if trial.answer.refused:
        return trial.unscored("refused", *METRICS)
    texts = [sentence.text for sentence in trial.answer.sentences]
    missing = [nugget.text for nugget in nuggets if not is_told(nugget, texts)]
    reason = f"not told: {missing}" if missing else None
    return [
        trial.score(metric, share, "none is vital" if share is None else reason)
        for metric, share in tell_shares(nuggets, texts).items()
    ]


def tell_shares(nuggets: Sequence[Nugget], sentences: Sequence[str]) -> dict[str, float | None]:
    """Return, by metric, the share of nuggets that sentences tell; None where none counts."""
    weights = {
        METRICS[0]: [float(nugget.vital) for nugget in nuggets],
        METRICS[1]: [1.0 if nugget.vital else OKAY_WEIGHT for nugget in nuggets],
    }
    told = [is_told(nugget, sentences) for nugget in nuggets]
    return {
        metric: sum(w for w, is_there in zip(each, told, strict=True) if is_there) / sum(each)
        if any(each)
        else None
        for metric, each in weights.items()
    }


def is_told(nugget: Nugget, sentences: Sequence[str]) -> bool:
    """Say whether one of the sentences holds every word of a nugget."""
    wanted = Counter(words(nugget.text))
    return any(wanted <= Counter(words(sentence)) for sentence in sentences)

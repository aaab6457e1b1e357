"""Latency: how long a reader waits, in seconds, models warm."""

from eval.trial import Trial
from eval.types import Score
from index import Index


def score_latency(trial: Trial, index: Index) -> list[Score]:
    """Score the time to the first sentence (or the refusal) and to the whole answer."""
    return [
        trial.score("first sentence", trial.outcome.first_sentence),
        trial.score("whole answer", trial.outcome.whole_answer),
    ]

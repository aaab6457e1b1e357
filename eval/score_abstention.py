"""Refusing: whether what the articles answer is answered, and the rest refused.

The figures over all cases (F1 of refusing, AUROC, refused at 10 %, Brier) are made from these
scores; see `eval/measures.py`.
"""

from eval.trial import Trial
from eval.types import Score
from index import Index


def score_abstention(trial: Trial, index: Index) -> list[Score]:
    """Score whether the right thing was refused; each figure is defined on one kind of case."""
    answerable, refused = trial.case.answerable, trial.answer.refused

    def share(metric: str, counts: bool, value: bool, otherwise: str) -> Score:
        return trial.score(metric, float(value) if counts else None, None if counts else otherwise)

    return [
        trial.score("answerable", float(answerable)),
        trial.score("refused", float(refused)),
        trial.score("answer score", trial.answer.score),
        share("false answer", not answerable, not refused, "answerable"),
        share("false refusal", answerable, refused, "unanswerable"),
        share("refusal precision", refused, not answerable, "not refused"),
        share("refusal recall", not answerable, refused, "answerable"),
    ]

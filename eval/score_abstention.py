"""Refusing: whether what the articles answer is answered, and the rest refused.

The figures over all cases (precision and recall of refusing, AUROC, refused at 10 %, Brier) are
made from these scores; see `eval/measures.py`.
"""

from eval.trial import Trial
from eval.types import Score
from index import Index


def score_abstention(trial: Trial, index: Index) -> list[Score]:
    """Score whether the right thing was refused; each error is defined on one kind of case."""
    answerable, refused = trial.case.answerable, trial.answer.refused
    false_answer = None if answerable else float(not refused)
    false_refusal = float(refused) if answerable else None
    return [
        trial.score("answerable", float(answerable)),
        trial.score("refused", float(refused)),
        trial.score("answer score", trial.answer.score),
        trial.score("false answer", false_answer, "answerable" if answerable else None),
        trial.score("false refusal", false_refusal, None if answerable else "unanswerable"),
    ]

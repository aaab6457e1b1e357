"""Disagreement: whether an answer shows that the articles differ, exactly where they do.

Defined on cases of which a person has said whether the articles give different answers.
"""

from eval.trial import Trial
from eval.types import Score
from index import Index

METRICS = ("disagreement precision", "disagreement recall")


def score_disagreement(trial: Trial, index: Index) -> list[Score]:
    """Score a shown difference by whether there is one, and one that is there by being shown.

    A refused question shows none.
    """
    disputed = trial.case.disputed
    if disputed is None:
        return trial.unscored("nobody looked whether the articles differ", *METRICS)
    differing = trial.answer.disagreements
    about = "; ".join(each.about for each in differing) or "no difference is shown"
    return [
        trial.score(METRICS[0], float(disputed) if differing else None, about),
        trial.score(METRICS[1], float(bool(differing)) if disputed else None, about),
    ]

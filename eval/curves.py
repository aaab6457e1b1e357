"""Figures of a score that should tell two groups apart, over all cases at once.

`positive` and `refused` are arrays of truth values, `scores` of numbers; all have shape (cases,).
A figure is None where it is undefined, such as an AUROC with one group empty.
"""

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Truths = NDArray[np.bool_]

CALIBRATION_BINS = 10


def auroc(scores: Numbers, positive: Truths) -> float | None:
    """Return the chance that a positive case scores above a negative one; a tie counts half."""
    high, low = scores[positive], np.sort(scores[~positive])
    if not len(high) or not len(low):
        return None
    below = np.searchsorted(low, high, side="left")
    not_above = np.searchsorted(low, high, side="right")
    return float((below + not_above).sum() / (2 * len(high) * len(low)))


def refused_at(scores: Numbers, answerable: Truths, false_refusals: float) -> float | None:
    """Return the share of unanswerable cases refused when few answerable ones may be.

    The threshold is the highest that refuses at most the share `false_refusals` (< 1) of the
    answerable; a case is refused when its score lies below it. It is chosen on the cases that it
    is measured on, so it shows how well the score separates, not how a fixed threshold does.
    """
    kept, others = np.sort(scores[answerable]), scores[~answerable]
    if not len(kept) or not len(others):
        return None
    threshold = kept[int(np.floor(false_refusals * len(kept) + 1e-9))]
    return float((others < threshold).mean())


def precision_recall_f1(
    predicted: Truths, actual: Truths
) -> tuple[float | None, float | None, float | None]:
    """Return precision, recall and F1 of a prediction; each None where it divides by zero."""
    both = float((predicted & actual).sum())
    precision = both / predicted.sum() if predicted.any() else None
    recall = both / actual.sum() if actual.any() else None
    either = float(predicted.sum() + actual.sum())
    return precision, recall, 2 * both / either if either else None


def balanced_accuracy(predicted: Truths, actual: Truths) -> float | None:
    """Return the mean share found of either group, None where one is empty; 0.5 is a coin's."""
    if actual.all() or not actual.any():
        return None
    return float((predicted[actual].mean() + (~predicted[~actual]).mean()) / 2)


def brier(chances: Numbers, happened: Truths) -> float | None:
    """Return the mean squared difference between a chance and what happened; 0 is best."""
    return float(((chances - happened) ** 2).mean()) if len(chances) else None


def tenths(chances: Numbers) -> list[Truths]:
    """Return which chances lie in each filled tenth of the scale, lowest first."""
    bins = np.minimum((chances * CALIBRATION_BINS).astype(int), CALIBRATION_BINS - 1)
    return [chosen for b in range(CALIBRATION_BINS) if (chosen := bins == b).any()]


def reliability(chances: Numbers, happened: Truths) -> list[tuple[float, float, int]]:
    """Return (mean chance, share that happened, cases) for each filled tenth of the scale."""
    return [
        (float(chances[chosen].mean()), float(happened[chosen].mean()), int(chosen.sum()))
        for chosen in tenths(chances)
    ]


def calibration_error(chances: Numbers, happened: Truths) -> float | None:
    """Return ECE: the gap between chance and share that happened, averaged over cases."""
    if not len(chances):
        return None
    gaps = sum(abs(mean - share) * n for mean, share, n in reliability(chances, happened))
    return gaps / len(chances)


def risk_coverage(scores: Numbers, wrong: Truths) -> list[tuple[float, float]]:
    """Return (coverage, risk) when the best-scored cases are answered first.

    Coverage is the share of cases answered, risk the share of those that are wrong. Cases of one
    score are answered together.
    """
    order = np.argsort(-scores, kind="stable")
    counted = np.arange(1, len(scores) + 1)
    risks = np.cumsum(wrong[order]) / counted
    ranked = scores[order]
    last = [i for i in range(len(scores)) if i + 1 == len(scores) or ranked[i + 1] != ranked[i]]
    return [(float(counted[i] / len(scores)), float(risks[i])) for i in last]


def risk_line(scores: Numbers, wrong: Truths) -> list[tuple[float, float]]:
    """Return the corners of the line over all coverages from 0 to 1, below which AURC lies."""
    corners: list[tuple[float, float]] = []
    reached = 0.0
    for coverage, risk in risk_coverage(scores, wrong):
        corners += [(reached, risk), (coverage, risk)]
        reached = coverage
    return corners


def risk_area(scores: Numbers, wrong: Truths) -> float | None:
    """Return AURC: the risk averaged over every coverage; 0 is best (Geifman et al. 2019)."""
    points = risk_coverage(scores, wrong)
    steps = np.diff([0.0, *(coverage for coverage, _ in points)])
    return float(sum(steps * [risk for _, risk in points])) if points else None

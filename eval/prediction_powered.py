"""Prediction-powered estimate of a mean: few labels, and a prediction for every item.

After Angelopoulos et al., "Prediction-Powered Inference" (Science 2023) and "PPI++: Efficient
Prediction-Powered Inference" (2023). The labels alone give an honest mean. Where the predictions of
labelled items run higher or lower than those of the other items, the labelled ones are easier or
harder than most, and the mean is moved by that difference, times a factor that is tuned so that the
variance is least: useless predictions get a factor near 0 and change nothing.

The items must be labelled at random, the predictions may be anything. Items come by case, since
sentences of one answer are not independent, and variance is reckoned over groups of cases.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from eval.intervals import Rows, wilson
from index.types import Value

Numbers = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Estimate(Value):
    """A mean with its 95 % interval."""

    value: float
    low: float
    high: float
    factor: float
    """How far the predictions are used: 0 not at all; PPI++'s lambda."""


def estimate(
    rows: Rows, groups: Sequence[str] | None = None, *, factor: float | None = None
) -> Estimate | None:
    """Return the mean label over all items; None where none is labelled.

    Args:
        rows: One row a case, five columns: how many of its items are labelled, the sum of their
            labels, the sum of their predictions; how many others it has, the sum of their
            predictions. Labels and predictions lie between 0 and 1.
        groups: The group of each case; None where each is its own.
        factor: How far the predictions are used; tuned if not given. 0 gives the mean of the labels
            alone with its interval.
    """
    labelled, label_sums, predicted, others, others_predicted = rows.T
    n, others_n = labelled.sum(), others.sum()
    if not n:
        return None
    mean = label_sums.sum() / n
    gap = np.zeros(len(rows))
    shift = 0.0
    if others_n:
        means = predicted.sum() / n, others_predicted.sum() / others_n
        gap = (others_predicted - means[1] * others) / others_n - (
            predicted - means[0] * labelled
        ) / n
        shift = means[1] - means[0]
    excess = (label_sums - mean * labelled) / n
    if factor is None:
        factor = _tuned(excess, gap)
    value = float(np.clip(mean + factor * shift, 0, 1))
    variance, count = _variance(excess + factor * gap, labelled, groups)
    effective = _effective(value, variance, count)
    low, high = wilson(value * effective, effective)
    return Estimate(value=value, low=low, high=high, factor=factor)


def _tuned(excess: Numbers, gap: Numbers) -> float:
    """Return the factor that makes the variance of `excess + factor * gap` least."""
    spread = float(gap @ gap)
    return -float(excess @ gap) / spread if spread else 0.0


def _variance(
    influence: Numbers, labelled: Numbers, groups: Sequence[str] | None
) -> tuple[float, int]:
    """Return the variance of the mean, and the number of groups with a label.

    Args:
        influence: How far each case moves the mean.
        labelled: The number of labelled items of each case.
        groups: The group of each case.
    """
    names = list(groups or map(str, range(len(influence))))
    _, place = np.unique(names, return_inverse=True)
    sums = np.bincount(place, weights=influence)
    with_labels = int((np.bincount(place, weights=labelled) > 0).sum())
    correction = with_labels / (with_labels - 1) if with_labels > 1 else 1.0
    return float(sums @ sums) * correction, with_labels


def _effective(value: float, variance: float, groups: int) -> float:
    """Return how many independent labels of 0 and 1 would vary as much.

    An interval of Wilson's form over that many is the normal one in the middle, and stays within 0
    and 1 near the ends. Labels that are all alike say nothing of variance; then groups count.
    """
    if variance <= 0 or value in (0.0, 1.0):
        return float(groups)
    return value * (1 - value) / variance

"""Fit small logistic models, and write them in the form that `rag/logistic.py` reads."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from eval.intervals import wilson

REGULARISATION = 0.03
"""The inverse strength; from .03 to 3 the cross-validated AUROC moved by less than .005."""

RANGE_PERCENT = (1.0, 99.0)
"""Signals are held within what was seen here."""

Numbers = NDArray[np.float64]
Truths = NDArray[np.bool_]
Folds = NDArray[np.int_]
Bounds = tuple[Numbers, Numbers]


@dataclass(frozen=True)
class Sample:
    """Labelled rows of one set: signals, shape (n, signals), and labels, shape (n,)."""

    signals: Numbers
    positive: Truths

    @classmethod
    def of(cls, rows: Sequence[tuple[dict[str, float], bool]]) -> "Sample":
        """Build a sample from named signals and labels."""
        signals = [list(signals.values()) for signals, _ in rows]
        return cls(np.array(signals, dtype=np.float64), np.array([p for _, p in rows], dtype=bool))


@dataclass(frozen=True)
class Fitted:
    """Weights in the signals' own units, and the range in which each signal is held."""

    names: tuple[str, ...]
    weights: Numbers
    bias: float
    low: Numbers
    high: Numbers

    def odds(self, sample: Sample) -> Numbers:
        """Return the log odds of each row, shape (n,)."""
        odds: Numbers = np.clip(sample.signals, self.low, self.high) @ self.weights + self.bias
        return odds

    def chances(self, sample: Sample) -> Numbers:
        """Return the chance of each row, shape (n,)."""
        chances: Numbers = 1 / (1 + np.exp(-self.odds(sample)))
        return chances

    def to_dict(self, threshold: float) -> dict[str, Any]:
        """Return what `rag/logistic.py` reads."""
        held = zip(self.low.tolist(), self.high.tolist(), strict=True)
        return {
            "threshold": threshold,
            "weights": dict(zip(self.names, self.weights.tolist(), strict=True)),
            "bias": self.bias,
            "range": dict(zip(self.names, held, strict=True)),
        }


def fit(names: Sequence[str], samples: Sequence[Sample], bounds: Bounds | None = None) -> Fitted:
    """Fit weights; samples count alike, and in each sample both labels do.

    Args:
        names: Of the signals.
        samples: Labelled rows.
        bounds: The lowest and highest value at which each signal is held; those of
            `RANGE_PERCENT` by default.
    """
    from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]

    signals, positive, shares = _pooled(samples)
    low, high = bounds or np.percentile(signals, RANGE_PERCENT, axis=0)
    held = np.clip(signals, low, high)
    mean, spread = held.mean(axis=0), held.std(axis=0)
    spread = np.where(spread > 0, spread, np.inf)  # what never moves weighs nothing
    model = LogisticRegression(C=REGULARISATION, max_iter=1_000)
    model.fit((held - mean) / spread, positive, sample_weight=shares)
    weights = model.coef_[0] / spread
    return Fitted(tuple(names), weights, float(model.intercept_[0] - weights @ mean), low, high)


def cross_fit(
    names: Sequence[str],
    samples: Sequence[Sample],
    folds: Sequence[Folds],
    bounds: Bounds | None = None,
) -> list[Numbers]:
    """Return each sample's log odds, every row's by weights fitted without its fold.

    Args:
        names: Of the signals.
        samples: As `fit` takes them.
        folds: Of each sample the fold of each row, shape (n,); an article's rows share one.
        bounds: As `fit` takes them.
    """
    odds = [np.zeros(len(sample.positive)) for sample in samples]
    for fold in np.unique(np.concatenate(folds)):
        rest = [
            replace(
                sample,
                signals=sample.signals[inside != fold],
                positive=sample.positive[inside != fold],
            )
            for sample, inside in zip(samples, folds, strict=True)
        ]
        fitted = fit(names, rest, bounds)
        for row_odds, sample, inside in zip(odds, samples, folds, strict=True):
            row_odds[inside == fold] = fitted.odds(sample)[inside == fold]
    return odds


def calibrate(
    fitted: Fitted, odds: Sequence[Numbers], positive: Sequence[Truths]
) -> tuple[Fitted, Callable[[Numbers], Numbers]]:
    """Scale weights so that the log odds of rows that they have not seen are true (Platt 1999).

    Returns:
        The weights scaled, and what turns such log odds into chances.
    """
    from sklearn.linear_model import LogisticRegression

    shares = np.concatenate([_balanced(truths) for truths in positive])
    shares *= len(shares) / shares.sum()
    model = LogisticRegression(C=1e6, max_iter=1_000)
    model.fit(np.concatenate(odds)[:, None], np.concatenate(positive), sample_weight=shares)
    slope, shift = float(model.coef_[0, 0]), float(model.intercept_[0])
    scaled = replace(fitted, weights=fitted.weights * slope, bias=fitted.bias * slope + shift)
    return scaled, lambda rows: 1 / (1 + np.exp(-(rows * slope + shift)))


def fit_calibrated(
    names: Sequence[str],
    samples: Sequence[Sample],
    folds: Sequence[Folds],
    bounds: Bounds | None = None,
) -> tuple[Fitted, Numbers]:
    """Fit weights whose chances are true of the rows of the first sample.

    Args:
        names: Of the signals.
        samples: As `fit` takes them.
        folds: As `cross_fit` takes them.
        bounds: As `fit` takes them.

    Returns:
        The weights, and the log odds of the first sample's rows, each by weights fitted without its
        fold, shape (n,).
    """
    odds, *_ = cross_fit(names, samples, folds, bounds)
    fitted, to_chances = calibrate(fit(names, samples, bounds), [odds], [samples[0].positive])
    chances = to_chances(odds)
    return fitted, np.log(chances / (1 - chances))


def share(chosen: Truths) -> dict[str, Any]:
    """Return a share with its 95 % interval and n."""
    low, high = wilson(float(chosen.sum()), len(chosen))
    mean = float(chosen.mean()) if len(chosen) else None
    return {"share": mean, "interval": [low, high], "n": len(chosen)}


def _pooled(samples: Sequence[Sample]) -> tuple[Numbers, Truths, Numbers]:
    """Return all rows, with weights that sum to their number."""
    signals = np.concatenate([sample.signals for sample in samples])
    positive = np.concatenate([sample.positive for sample in samples])
    weights = np.concatenate([_balanced(sample.positive) for sample in samples])
    return signals, positive, weights * len(weights) / weights.sum()


def _balanced(positive: Truths) -> Numbers:
    rate = positive.mean()
    weights: Numbers = np.where(positive, 0.5 / rate, 0.5 / (1 - rate)) / len(positive)
    return weights

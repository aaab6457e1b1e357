"""How far two raters agree: the share alike, Cohen's kappa, and Krippendorff's alpha."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from eval.intervals import Rows, bootstrap, wilson_of_groups
from eval.labels import Label, marks_of, raters_of
from eval.weights import DEGREES
from index.types import Value
from rag.shown import shown

Interval = tuple[float | None, float | None]

UNDEFINED = "–"


@dataclass(frozen=True, kw_only=True)
class Agreement(Value):
    """How two raters agree on what both labelled, with 95 % intervals."""

    raters: tuple[str, str]
    n: int
    """Items that both labelled."""
    differences: int
    alike: float
    alike_interval: Interval
    kappa: float | None
    """Cohen's, unweighted; None where both gave one and the same label throughout."""
    kappa_interval: Interval
    alpha: float | None
    """Krippendorff's for ordered labels: "full" against "none" weighs more than "partly"."""
    alpha_interval: Interval


def compare_raters(labels: Sequence[Label], first: str, second: str) -> Agreement | None:
    """Return how two raters agree, None where no item was labelled by both.

    Intervals draw questions, not items: sentences of one answer stand or fall together.
    """
    questions = {label.key: label.question for label in labels}
    pairs: list[tuple[float, float]] = []
    groups: list[str] = []
    for key, raters in marks_of(labels).items():
        values = [DEGREES.get(raters[name]) for name in (first, second) if name in raters]
        if len(values) == 2 and values[0] is not None and values[1] is not None:
            pairs.append((values[0], values[1]))
            groups.append(questions[key])
    if not pairs:
        return None
    return measure_pairs(np.array(pairs), groups, raters=(first, second))


def measure_pairs(rows: Rows, groups: Sequence[str], *, raters: tuple[str, str]) -> Agreement:
    """Return how two columns of labels agree.

    Args:
        rows: One row an item, one column a rater; shape (items, 2).
        groups: The group of each row, which intervals draw.
        raters: What the columns are called.
    """
    same = (rows[:, :1] == rows[:, 1:]).astype(float)
    alike = int(same.sum())
    return Agreement(
        raters=raters,
        n=len(rows),
        differences=len(rows) - alike,
        alike=alike / len(rows),
        alike_interval=wilson_of_groups(same, groups),
        kappa=cohen_kappa(rows),
        kappa_interval=bootstrap(rows, cohen_kappa, groups),
        alpha=krippendorff_alpha(rows),
        alpha_interval=bootstrap(rows, krippendorff_alpha, groups),
    )


def cohen_kappa(rows: Rows) -> float | None:
    """Return Cohen's kappa of two columns; None where both hold one label alone.

    scikit-learn's takes some fifty times as long, which a thousand resamples feel; a test holds
    the two equal.
    """
    labels = np.unique(rows)
    if len(labels) < 2:
        return None
    alike = float((rows[:, 0] == rows[:, 1]).mean())
    first, second = (rows[:, :, None] == labels).mean(axis=0)
    by_chance = float(first @ second)
    return (alike - by_chance) / (1 - by_chance)


def krippendorff_alpha(rows: Rows) -> float | None:
    """Return Krippendorff's alpha for ordered labels; None where all labels are one.

    After Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011): the labels that can be
    paired within an item make a table of coincidences; two labels are as far apart as there are
    labels between them.

    Args:
        rows: One row an item, one column a rater; NaN where a rater gave no label.
    """
    rows = rows[(~np.isnan(rows)).sum(axis=1) >= 2]
    labels = np.unique(rows[~np.isnan(rows)])
    if len(labels) < 2:
        return None
    counts = np.stack([(rows == label).sum(axis=1) for label in labels], axis=1).astype(float)
    paired = counts / (counts.sum(axis=1, keepdims=True) - 1)
    coincidences = counts.T @ paired - np.diag(paired.sum(axis=0))
    totals = coincidences.sum(axis=1)
    apart = _ordinal_distances(totals)
    chance = np.outer(totals, totals) - np.diag(totals)
    expected = float((chance * apart).sum()) / (totals.sum() - 1)
    observed = float((coincidences * apart).sum())
    return float(1 - observed / expected)


def agreement_to_text(labels: Sequence[Label]) -> str:
    """Return how far each two raters of a file agree, by kind of label."""
    lines: list[str] = []
    for kind in dict.fromkeys(label.kind for label in labels):
        chosen = [label for label in labels if label.kind == kind]
        for first, second in combinations(raters_of(chosen), 2):
            agreement = compare_raters(chosen, first, second)
            lines += [f"{kind}: {_named(first)} and {_named(second)}", *_lines(agreement), ""]
    return "\n".join(lines) if lines else "Only one rater so far, so there is nothing to compare.\n"


def _named(rater: str) -> str:
    """Return a rater's name as it is shown: a file of labels may come from a stranger."""
    return " ".join(shown(rater).split())


def _lines(agreement: Agreement | None) -> list[str]:
    if agreement is None:
        return ["  no item labelled by both"]
    return [
        f"  labelled by both      {agreement.n:,}",
        f"  differences           {agreement.differences:,} (there the mean of the two counts)",
        f"  alike                 {_figure(agreement.alike, agreement.alike_interval)}",
        f"  Cohen's kappa         {_figure(agreement.kappa, agreement.kappa_interval)}",
        f"  Krippendorff's alpha  {_figure(agreement.alpha, agreement.alpha_interval)}, ordinal",
    ]


def _figure(value: float | None, interval: Interval) -> str:
    low, high = interval
    if value is None or low is None or high is None:
        return f"{UNDEFINED} (all labels are the same)"
    return f"{value:.2f} ({low:.2f} to {high:.2f})"


def _ordinal_distances(totals: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the squared distance of each two labels: how many labels lie from one to the other."""
    upto = np.cumsum(totals)
    middle = upto - totals / 2
    distances: NDArray[np.float64] = (middle[:, None] - middle[None, :]) ** 2
    return distances

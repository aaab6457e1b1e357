"""95 % intervals: how far a figure would move if other cases had been drawn.

Cases of one group (questions about one article, sentences of one claim) stand or fall together, so
groups are drawn, not cases: an interval that counts each case for itself is too narrow. Few groups
say little of how much groups differ, which Student's t makes up for; one group says nothing of it,
so it has no interval but Wilson's of a single trial.
"""

import math
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.float64]
"""One row a case, one column a score: shape (cases, columns)."""

Statistic = Callable[[Rows], float | None]

RESAMPLES = 1000
SEED = 20260101
"""Fixed, so that two runs over the same scores print the same interval."""

FEWEST_GROUPS = 2
"""With one, nothing is known of how groups differ."""

NORMAL_95 = 1.959963984540054


def wilson(successes: float, n: float) -> tuple[float, float]:
    """Return Wilson's interval of a proportion; unlike the bootstrap's it is right near 0 and 1."""
    if n == 0:
        return 0.0, 1.0
    share, squared = successes / n, NORMAL_95**2
    centre = (share + squared / (2 * n)) / (1 + squared / n)
    spread = math.sqrt(share * (1 - share) / n + squared / (4 * n * n))
    half = NORMAL_95 * spread / (1 + squared / n)
    return max(0.0, centre - half), min(1.0, centre + half)


def share_in_words(chosen: Sequence[bool], *, digits: int, n: bool = False) -> str:
    """Return a share with its interval, and on demand its n: "0.70 (0.52 to 0.83, n 30)"."""
    if not chosen:
        return "–"
    low, high = wilson(sum(chosen), len(chosen))
    count = f", n {len(chosen)}" if n else ""
    share = sum(chosen) / len(chosen)
    return f"{share:.{digits}f} ({low:.{digits}f} to {high:.{digits}f}{count})"


def wilson_of_groups(shares: Rows, groups: Sequence[str]) -> tuple[float, float]:
    """Return Wilson's interval of a proportion whose cases fall into groups.

    Args:
        shares: 0 or 1 for each case, shape (cases, 1).
        groups: The group of each case.

    The cases count for as many as would vary as much if they were independent (Kish's effective
    sample size), and for fewer where there are few groups to tell it from (Korn and Graubard 1998);
    where all cases are alike, for as many as there are groups.
    """
    n, count = len(shares), len(set(groups))
    share = float(shares.mean())
    if count == n:
        return wilson(share * n, n)
    excess: dict[str, float] = {}
    for value, group in zip(shares[:, 0], groups, strict=True):
        excess[group] = excess.get(group, 0.0) + float(value) - share
    if share in (0.0, 1.0) or count == 1:
        effective = float(count)
    else:
        variance = sum(each**2 for each in excess.values()) / n**2 * count / (count - 1)
        independent = min(n, share * (1 - share) / variance) if variance else n
        effective = independent * (NORMAL_95 / _student(count)) ** 2
    return wilson(share * effective, effective)


def bootstrap(
    rows: Rows, statistic: Statistic, groups: Sequence[str] | None = None
) -> tuple[float | None, float | None]:
    """Return the expanded percentile interval of a statistic over groups drawn with replacement.

    Args:
        rows: The cases' scores, shape (cases, columns).
        statistic: What is made of them.
        groups: The group of each row; None where each row is its own.

    The percentiles lie farther out the fewer groups there are (Hesterberg 2015). Draws for which
    the statistic is undefined are left out; (None, None) if it always is, or with a single group.
    """
    count = len(set(groups)) if groups is not None else len(rows)
    if count < FEWEST_GROUPS:
        return None, None
    drawn = [statistic(rows[sample]) for sample in _samples(len(rows), groups)]
    values = [value for value in drawn if value is not None]
    if not values:
        return None, None
    tail = NormalDist().cdf(-math.sqrt(count / (count - 1)) * _student(count))
    low, high = np.percentile(values, [100 * tail, 100 * (1 - tail)])
    return float(low), float(high)


def paired_bootstrap(
    before: Rows, after: Rows, statistic: Statistic, groups: Sequence[str] | None = None
) -> tuple[float | None, float | None]:
    """Return the interval of `statistic(after) - statistic(before)`; row i of both is one case."""

    def difference(rows: Rows) -> float | None:
        old, new = statistic(rows[:, :width]), statistic(rows[:, width:])
        return None if old is None or new is None else new - old

    width = before.shape[1]
    return bootstrap(np.hstack([before, after]), difference, groups)


@cache
def _student(groups: int) -> float:
    """Return the two-sided 95 % quantile of Student's t for so many groups."""
    from scipy.stats import t  # type: ignore[import-untyped]

    return float(t.ppf(0.975, groups - 1))


def _samples(n: int, groups: Sequence[str] | None) -> Iterator[NDArray[np.int64]]:
    """Yield `RESAMPLES` draws of row numbers, always the same ones for the same groups."""
    if n == 0:
        return
    members: dict[str, list[int]] = {}
    for row, group in enumerate(groups or map(str, range(n))):
        members.setdefault(group, []).append(row)
    rows = [np.array(each, dtype=np.int64) for each in members.values()]
    for drawn in np.random.default_rng(SEED).integers(0, len(rows), size=(RESAMPLES, len(rows))):
        yield np.concatenate([rows[group] for group in drawn])

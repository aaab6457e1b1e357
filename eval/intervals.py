"""95 % intervals: how far a figure would move if other cases had been drawn."""

import math
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.float64]
"""One row a case, one column a score: shape (cases, columns)."""

Statistic = Callable[[Rows], float | None]

RESAMPLES = 1000
SEED = 20260101
"""Fixed, so that two runs over the same scores print the same interval."""

LOW_PERCENT, HIGH_PERCENT = 2.5, 97.5
NORMAL_95 = 1.959963984540054


def wilson(successes: float, n: int) -> tuple[float, float]:
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


def bootstrap(rows: Rows, statistic: Statistic) -> tuple[float | None, float | None]:
    """Return the percentile interval of a statistic over cases drawn with replacement.

    Draws for which the statistic is undefined are left out; (None, None) if it always is.
    """
    drawn = [statistic(rows[sample]) for sample in _samples(len(rows))]
    values = [value for value in drawn if value is not None]
    if not values:
        return None, None
    low, high = np.percentile(values, [LOW_PERCENT, HIGH_PERCENT])
    return float(low), float(high)


def paired_bootstrap(
    before: Rows, after: Rows, statistic: Statistic
) -> tuple[float | None, float | None]:
    """Return the interval of `statistic(after) - statistic(before)`; row i of both is one case."""

    def difference(rows: Rows) -> float | None:
        old, new = statistic(rows[:, :width]), statistic(rows[:, width:])
        return None if old is None or new is None else new - old

    width = before.shape[1]
    return bootstrap(np.hstack([before, after]), difference)


def _samples(n: int) -> NDArray[np.int64]:
    """Return `RESAMPLES` draws of n row numbers, always the same for the same n."""
    if n == 0:
        return np.zeros((0, 0), dtype=np.int64)
    return np.random.default_rng(SEED).integers(0, n, size=(RESAMPLES, n))

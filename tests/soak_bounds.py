"""What a server may hold after ten thousand questions: see `soak_questions.py`, which asks them.

The slope of its memory is that of a line through the readings after the warm-up.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from scipy import stats

WARM_UP = 0.3
"""The share of the questions before the line begins: models, caches and pools fill once."""

MOST_GROWN = 1.0
"""Megabytes that may be given out more after a thousand questions, and the most that ± 95 % may be.
What is resident goes up and down by some megabytes with how the free parts lie; what is given out
does not, and would grow with anything that is held."""

ROOM = {"files": 8, "threads": 4, "temporary": 15}
"""By how much the most of the later half may be above that of the earlier."""


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What the server held after so many questions."""

    questions: int
    memory: float
    """Megabytes that are its own, without the files that it maps."""
    files: int
    threads: int
    temporary: int
    """Files and folders in its temporary folder."""
    objects: dict[str, float]
    """How many of each kind, and `in_use`: the megabytes that its C library has given out."""


def warmed_up(readings: Sequence[Reading]) -> list[Reading]:
    """Return the readings after the warm-up."""
    return [each for each in readings if each.questions >= WARM_UP * readings[-1].questions]


def in_use(reading: Reading) -> float:
    """Return the megabytes that a server's C library has given out."""
    return reading.objects["in_use"]


def slope(
    readings: Sequence[Reading], what: Callable[[Reading], float] = lambda each: each.memory
) -> tuple[float, float]:
    """Return the megabytes by which memory grows in a thousand questions, ± 95 %."""
    after = warmed_up(readings)
    line = stats.linregress(
        [each.questions / 1000 for each in after], [what(each) for each in after]
    )
    spread = stats.t.ppf(0.975, len(after) - 2) * line.stderr
    return float(line.slope), float(spread)


def broken_bounds(readings: Sequence[Reading], errors: int) -> list[str]:
    """Return in words which of the bounds a run broke."""
    broken = []
    if errors:
        broken.append(f"{errors} errors, and none may be")
    grown, spread = slope(readings, in_use)
    # written so that a slope that cannot be told, from too few readings, is above the bound
    if not grown <= MOST_GROWN:
        broken.append(f"memory in use grows by {grown:.2f} MB per 1,000, above {MOST_GROWN}")
    if not spread <= MOST_GROWN:
        broken.append(f"growth of memory is uncertain by ± {spread:.2f} MB, above {MOST_GROWN}")
    after = warmed_up(readings)
    half = len(after) // 2
    for name, room in ROOM.items():
        first = max(getattr(each, name) for each in after[:half])
        last = max(getattr(each, name) for each in after[half:])
        if last > first + room:
            broken.append(f"{name}: {first} → {last}, above {room} more")
    return broken

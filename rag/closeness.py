"""How near an article's day of publication comes to the days that a question asks about."""

from collections.abc import Sequence
from datetime import date

from rag.timeframe import TimeFrame

GRACE = 2
"""Days after a time in which it is still reported as news; the paper comes out a day later, and
not on every day."""

SHORTEST_HALF_LIFE = 3
"""Days beyond the frame after which an article counts half as close; longer frames, for which a
reader cares less about days, have their own length."""


def closeness(published: str | None, frames: Sequence[TimeFrame]) -> float:
    """Return how near a day of publication comes to frames, 0 to 1; without a day it is 0."""
    if not published:
        return 0.0
    day = date.fromisoformat(published[:10])
    return max((0.5 ** _half_lives(day, frame) for frame in frames), default=0.0)


def _half_lives(day: date, frame: TimeFrame) -> float:
    first = date.fromisoformat(frame.first) if frame.first else None
    last = date.fromisoformat(frame.last) if frame.last else None
    length = (last - first).days + 1 if first and last else 0
    before = (first - day).days if first else 0
    after = (day - last).days - GRACE if last else 0
    return max(before, after, 0) / max(length, SHORTEST_HALF_LIFE)

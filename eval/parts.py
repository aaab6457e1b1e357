"""Split a set by article: in three parts that never overlap, or in folds for cross-fitting.

The part follows from the article's title alone, so that it is the same on every machine and all
questions about one article fall into one part.
"""

import hashlib
from typing import Literal

Part = Literal["fit", "calibrate", "report"]

FIT_PERCENT = 40
CALIBRATE_PERCENT = 20

FOLDS = 8
"""Of cross-fitting: each part of the data is scored by weights fitted on the rest."""


def part_of(key: str) -> Part:
    """Return the part that a key (an article's title) belongs to, always the same one."""
    percent = _number(key) % 100
    if percent < FIT_PERCENT:
        return "fit"
    return "calibrate" if percent < FIT_PERCENT + CALIBRATE_PERCENT else "report"


def fold_of(key: str) -> int:
    """Return the fold, 0 to FOLDS - 1, that a key belongs to, always the same one."""
    return _number(f"fold {key}") % FOLDS


def _number(key: str) -> int:
    return int.from_bytes(hashlib.sha256(key.encode()).digest()[:8])

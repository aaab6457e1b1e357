"""Split a set in three: what is fitted, what is calibrated and what is reported never overlap.

The part follows from the article's title alone, so that it is the same on every machine and all
questions about one article fall into one part.
"""

import hashlib
from typing import Literal

Part = Literal["fit", "calibrate", "report"]

FIT_PERCENT = 40
CALIBRATE_PERCENT = 20


def part_of(key: str) -> Part:
    """Return the part that a key (an article's title) belongs to, always the same one."""
    percent = int.from_bytes(hashlib.sha256(key.encode()).digest()[:8]) % 100
    if percent < FIT_PERCENT:
        return "fit"
    return "calibrate" if percent < FIT_PERCENT + CALIBRATE_PERCENT else "report"

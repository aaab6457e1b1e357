"""How long a rule takes: of the processor's time, since another process may hold up this one."""

import time
import timeit
from collections.abc import Callable
from typing import Any


def seconds(rule: Callable[[str], Any], text: str) -> float:
    """Return what a rule takes for a text, without a collection of the whole process's garbage."""
    return timeit.timeit(lambda: rule(text), timer=time.process_time, number=1)


def seconds_for(rule: Callable[[str], Any], piece: str, size: int) -> float:
    """Return what a rule takes for a piece that is repeated to some size, in characters."""
    return seconds(rule, piece * (size // len(piece)))

"""Imports large packages without the garbage collector in their way."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import RLock

_resting = RLock()
"""Held while the collector rests: of two threads, the second would find it off and leave it so."""


@contextmanager
def collecting_later() -> Iterator[None]:
    """Hold the garbage collector back while a large package is imported.

    An import makes hundreds of thousands of objects that stay for good, and the collector goes over
    all of them again and again: a sixth of the time that the largest take.
    """
    with _resting:
        was_enabled = gc.isenabled()
        gc.disable()
        try:
            yield
        finally:
            if was_enabled:
                gc.enable()

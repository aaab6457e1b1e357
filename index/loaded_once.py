"""Models that are loaded once, though several threads ask for them at the same time."""

from collections.abc import Callable, Hashable
from functools import cache, wraps
from threading import Lock
from typing import TypeVar

Loaded = TypeVar("Loaded")


def loaded_once(load: Callable[..., Loaded]) -> Callable[..., Loaded]:
    """Return a loader that keeps what it loaded, for each of its arguments.

    `functools.cache` alone lets two threads load the same weights, and keeps both. Here the second
    waits, while others load with other arguments; a load that failed is tried again.
    """
    keep = cache(load)
    loading: dict[tuple[Hashable, ...], Lock] = {}

    @wraps(load)
    def once(*args: Hashable) -> Loaded:
        with loading.setdefault(args, Lock()):
            return keep(*args)

    return once

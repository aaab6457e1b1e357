"""A circuit breaker: a server that keeps failing is left alone, so that it costs nobody any time.

It opens after some failures in a row. From then on one question begins a try every half minute, and
all others are answered without the server; the first try that succeeds closes it.
"""

import threading
import time
from collections.abc import Callable
from functools import cache

FAILURES_TO_OPEN = 5
"""In a row; fewer would take a server that is busy for one that is gone."""

REST = 30.0
"""Seconds between two tries. A try begins at the latest this long after the server is back, and
takes an answer's time, so that a minute after that the breaker is closed."""


class Breaker:
    """Whether one server is asked, going by how it did before; safe to share between threads."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        """Start closed; `now` tells the time in seconds."""
        self._now = now
        self._lock = threading.Lock()
        self._failures = 0
        self._next_try = 0.0

    @property
    def is_open(self) -> bool:
        """Whether the server has failed too often to be asked by everybody."""
        with self._lock:
            return self._failures >= FAILURES_TO_OPEN

    def admit(self) -> bool:
        """Say whether to ask the server now; while open, yes once in each rest.

        Whoever is told yes and never reports back, since a reader left, does no harm: after the
        next rest somebody else tries.
        """
        with self._lock:
            if self._failures < FAILURES_TO_OPEN:
                return True
            now = self._now()
            if now < self._next_try:
                return False
            self._next_try = now + REST
            return True

    def failed(self) -> None:
        """Note that the server gave no answer."""
        with self._lock:
            self._failures += 1
            if self._failures == FAILURES_TO_OPEN:
                self._next_try = self._now() + REST

    def succeeded(self) -> None:
        """Note that the server answered, and close."""
        with self._lock:
            self._failures = 0


@cache
def breaker_of(address: str) -> Breaker:
    """Return the breaker of the server at an address: what one question learns serves the next."""
    return Breaker()

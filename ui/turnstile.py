"""Being busy: how many answers are worked on at once, who waits, and who is told to come back."""

import math
import threading
import time
from collections import Counter, deque
from collections.abc import Iterator
from contextlib import contextmanager

from ui import strings
from ui.errors import Busy, Left

AT_ONCE_IN_QUOTES = 2
"""Answers worked on at the same time where quotes are all. On two cores, 25 chats of
`tests/load_chats.py` waited for a first sentence, at the 95th percentile, 6.7 s with one at once,
3.4 s with two and 12 s with three."""

AT_ONCE_BY_MODEL = 8
"""The same with a language model, whose server does most of the work while this machine waits."""

MOST_WAITING = 16
"""Visitors who wait, each in a thread; Gradio and the API share 40, and reading needs some too."""

MOST_OF_ONE = 4
"""Places, inside and waiting, of one user: who asks in more tabs at once, or by a script, leaves
the others theirs. Where nobody has a name, nobody is told from anybody."""

LONGEST_WAIT = 6.0
"""Seconds that a visitor is made to wait, or as long as one answer takes if that is longer; where
more are expected, it is told."""

FIRST_GUESS = 1.0
"""Seconds that an answer is taken to need before one was measured."""

NEWEST_WEIGHT = 0.2
"""How far the newest answer moves the mean."""

LOOK_AROUND = 0.25
"""Seconds between two looks whether a visitor who waits has left."""


class Turnstile:
    """Lets a few answers through at once, first come first served; shared by page and API."""

    def __init__(self, at_once: int = AT_ONCE_IN_QUOTES, most_waiting: int = MOST_WAITING) -> None:
        """Nobody is inside yet."""
        self.at_once = at_once
        self.most_waiting = most_waiting
        self._lock = threading.Lock()
        self._inside = 0
        self._places: Counter[str] = Counter()
        self._waiting: deque[threading.Event] = deque()
        self._mean = FIRST_GUESS
        self._closed = threading.Event()

    @contextmanager
    def admit(self, gone: threading.Event | None = None, *, user: str = "") -> Iterator[None]:
        """Hold a place while the block runs, after a wait for it if need be.

        Args:
            gone: Set by the caller when the visitor leaves; the wait then ends.
            user: Who asks; "" where nobody has a name.

        Raises:
            Busy: the wait would be too long, the user has as many places as one may, or the server
                is about to stop.
            Left: the visitor left.
        """
        with self._place_of(user):
            self._enter(gone)
            began = time.monotonic()
            try:
                yield
            finally:
                self._leave(time.monotonic() - began)

    @property
    def expected_wait(self) -> float:
        """Seconds that whoever comes now has to wait, going by the answers before."""
        with self._lock:
            return self._expected_wait()

    @property
    def is_empty(self) -> bool:
        """Whether nobody is inside and nobody waits."""
        with self._lock:
            return not self._inside and not self._waiting

    def close(self) -> None:
        """Let nobody in any more; those who wait are told at once."""
        self._closed.set()
        with self._lock:
            for place in self._waiting:
                place.set()

    @contextmanager
    def _place_of(self, user: str) -> Iterator[None]:
        """Count a place as the user's while the block runs."""
        with self._lock:
            if user and self._places[user] >= MOST_OF_ONE:
                raise Busy(max(1, math.ceil(self._expected_wait())), strings.BUSY_YOURSELF)
            self._places[user] += 1
        try:
            yield
        finally:
            with self._lock:
                self._places[user] -= 1
                if not self._places[user]:
                    del self._places[user]

    def _enter(self, gone: threading.Event | None) -> None:
        with self._lock:
            wait = self._expected_wait()
            too_long = wait > max(LONGEST_WAIT, self._mean)
            is_full = len(self._waiting) >= self.most_waiting or too_long
            if self._closed.is_set() or (is_full and not self._has_room()):
                raise Busy(max(1, math.ceil(wait)))
            if self._has_room():
                self._inside += 1
                return
            place = threading.Event()
            self._waiting.append(place)
        while not place.wait(LOOK_AROUND):
            if gone is not None and gone.is_set():
                break
        with self._lock:
            if place not in self._waiting:  # a place was given
                return
            self._waiting.remove(place)
        if self._closed.is_set():
            raise Busy(1)
        raise Left("The visitor has left.")

    def _leave(self, seconds: float) -> None:
        with self._lock:
            self._mean += NEWEST_WEIGHT * (seconds - self._mean)
            if self._waiting and not self._closed.is_set():
                self._waiting.popleft().set()  # the place is handed on
            else:
                self._inside -= 1

    def _has_room(self) -> bool:
        return self._inside < self.at_once and not self._waiting

    def _expected_wait(self) -> float:
        if self._has_room():
            return 0.0
        return (len(self._waiting) + 1) * self._mean / self.at_once

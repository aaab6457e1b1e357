"""Open tabs, and what the server remembers of those that were closed: little, and for a while.

Gradio keeps what every tab held that ever called, under whatever name, ten thousand of them, and
what was sent to it and never fetched. Nothing of it is needed once the tab is gone: a conversation
is saved, and is found again by the page's address.
"""

import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import gradio as gr

KEPT_FOR = 600.0
"""Seconds for which a closed tab is remembered: a connection that broke is back by then."""

MOST_CLOSED = 50
"""Closed tabs that are remembered; one takes some 100 kB, and as much again for each answer."""


class Tabs:
    """Knows which tabs of a page are open, and forgets the others; used from one event loop."""

    def __init__(self, page: gr.Blocks, clock: Callable[[], float] = time.monotonic) -> None:
        """No tab is open yet."""
        self._page = page
        self._clock = clock
        self._open: Counter[str] = Counter()
        self._closed: dict[str, float] = {}

    @contextmanager
    def opened(self, name: str) -> Iterator[None]:
        """Remember a tab for as long as the block runs, and for a while afterwards.

        Args:
            name: The tab's, as Gradio knows it.
        """
        self._open[name] += 1
        self._closed.pop(name, None)
        held = self._page.state_holder.session_data.get(name)
        if held is not None:  # Gradio would let it expire, though it is open again
            held.is_closed = False
        try:
            yield
        finally:
            self._open[name] -= 1
            if not self._open[name]:
                del self._open[name]
                self._closed[name] = self._clock()
            self._sweep()

    def _sweep(self) -> None:
        """Forget tabs that were closed long ago, or are too many; none that is at work."""
        at_work = {event.session_hash for event in self._page._queue.event_ids_to_events.values()}
        too_many = len(self._closed) - MOST_CLOSED
        for place, (name, since) in enumerate([*self._closed.items()]):
            if place >= too_many and self._clock() - since < KEPT_FOR:
                return
            if name not in at_work:
                self._forget(name)

    def _forget(self, name: str) -> None:
        del self._closed[name]
        states, queue = self._page.state_holder, self._page._queue
        for held in (
            states.session_data,
            states.time_last_used,
            queue.pending_messages_per_session,
            queue.pending_event_ids_session,
        ):
            held.pop(name, None)

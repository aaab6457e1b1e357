"""Keep the clients of a server from logging: its address or its words may hold a key or password.

They log each request's address at level info, and what the server sends at level debug.
"""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager

CLIENTS = frozenset({"httpx", "httpcore", "openai", "llama_index"})
"""The packages whose loggers are meant, with all beneath them."""


class _Silence(logging.Filter, threading.local):
    """Lets nothing through in a thread in which it is held."""

    held = 0

    def filter(self, record: logging.LogRecord) -> bool:
        return not self.held


_SILENCE = _Silence()


@contextmanager
def quiet() -> Iterator[None]:
    """Drop what the clients log in this thread while the block runs; other threads log on."""
    for name in list(logging.root.manager.loggerDict):
        if name.partition(".")[0] in CLIENTS:
            logging.getLogger(name).addFilter(_SILENCE)  # a second time changes nothing
    _SILENCE.held += 1
    try:
        yield
    finally:
        _SILENCE.held -= 1

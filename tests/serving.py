"""The real server on the loopback, for as long as a test needs it."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import gradio as gr

from index import Index
from ui.address import address_of, listen
from ui.app import Server, build_app, build_turnstile
from ui.health import Readiness
from ui.page import build_page
from ui.settings import UiSettings
from ui.shelf import Shelf
from ui.turnstile import Turnstile


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(
    index: Index, *, page: gr.Blocks | None = None, turnstile: Turnstile | None = None,
    readiness: Readiness | None = None, **given: object,
) -> Iterator[str]:
    """Serve a library as `python -m ui` does, and yield the address."""
    settings = UiSettings(port=free_port(), **given)
    turnstile = turnstile or build_turnstile(settings)
    shelf = Shelf(index)
    page = page or build_page(shelf, turnstile)
    app = build_app(
        page, shelf, settings, turnstile=turnstile,
        readiness=readiness or Readiness(),
    )
    with listen(settings) as taken:
        server = Server(app, page, turnstile)
        thread = threading.Thread(target=server.run, args=([taken],))
        thread.start()
        while not server.started and thread.is_alive():
            time.sleep(0.01)
        yield address_of(settings)
        server.should_exit = True
        thread.join(timeout=10)
        assert not thread.is_alive()
    shelf.close()

"""The real application, and the real server on the loopback, for as long as a test needs them."""

import asyncio
import socket
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import gradio as gr
from fastapi import FastAPI

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


def application(
    index: Index,
    settings: UiSettings | None = None,
    *,
    shelf: Shelf | None = None,
    turnstile: Turnstile | None = None,
    readiness: Readiness | None = None,
    make_page: Callable[..., gr.Blocks] = build_page,
) -> tuple[FastAPI, gr.Blocks]:
    """Build the application over a library, and return it with its page."""

    async def build() -> tuple[FastAPI, gr.Blocks]:
        chosen, served = settings or UiSettings(), shelf or Shelf(index)
        shared = turnstile or build_turnstile(chosen)
        page = make_page(served, shared)
        app = build_app(page, served, chosen, turnstile=shared, readiness=readiness)
        return app, page

    # Outside a loop, Gradio makes several of its own and closes none; and Playwright has one here.
    with ThreadPoolExecutor(1) as elsewhere:
        return elsewhere.submit(asyncio.run, build()).result()


@contextmanager
def serving(
    index: Index,
    *,
    turnstile: Turnstile | None = None,
    readiness: Readiness | None = None,
    **given: Any,
) -> Iterator[str]:
    """Serve a library as `python -m ui` does, and yield the address."""
    settings = UiSettings(port=free_port(), **given)
    turnstile = turnstile or build_turnstile(settings)
    shelf = Shelf(index)
    app, page = application(index, settings, shelf=shelf, turnstile=turnstile, readiness=readiness)
    with shelf, listen(settings) as taken:
        server = Server(app, page, turnstile)
        thread = threading.Thread(target=server.run, args=([taken],))
        thread.start()
        while not server.started and thread.is_alive():
            time.sleep(0.01)
        try:
            yield address_of(settings)
        finally:
            server.should_exit = True
            thread.join(timeout=10)
        assert not thread.is_alive()


def hold(turnstile: Turnstile, release: threading.Event) -> threading.Thread:
    """Take a place of the turnstile, and keep it until the event is set."""
    entered = threading.Event()

    def stay() -> None:
        with turnstile.admit():
            entered.set()
            release.wait(30)

    thread = threading.Thread(target=stay)
    thread.start()
    assert entered.wait(5)
    return thread


@contextmanager
def held(turnstile: Turnstile) -> Iterator[None]:
    """Keep a place of the turnstile taken."""
    release = threading.Event()
    thread = hold(turnstile, release)
    yield
    release.set()
    thread.join()

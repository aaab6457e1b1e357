"""The application: the page, the API and the rest behind one gate, and the server that runs it."""

import logging
import socket
from collections.abc import Callable
from pathlib import Path
from typing import cast

import gradio as gr
import uvicorn
from fastapi import FastAPI, HTTPException, Request
from gradio.utils import get_upload_folder

from rag.settings import rag_settings
from ui import strings
from ui.address import allowed_hosts
from ui.api import build_api
from ui.docs import add_docs
from ui.errors import CannotServe
from ui.events import Events
from ui.gate import Gate
from ui.health import Readiness, build_health
from ui.keeping_routes import keeping_router
from ui.originals import build_originals
from ui.problems import tell_problems
from ui.settings import UiSettings
from ui.shelf import Shelf
from ui.temporary import KEPT_FOR, SWEPT_EVERY
from ui.tools import add_tools
from ui.turnstile import AT_ONCE_BY_MODEL, AT_ONCE_IN_QUOTES, Turnstile
from ui.writer_status import WriterWatch

STYLE = Path(__file__).parent / "style.css"

GRACE = 0.5
"""Seconds that open answers have to end when the server stops."""

CUT_OFF = "timeout graceful shutdown exceeded"
"""What uvicorn says of answers that it cuts off."""

LARGEST_FILE = "10mb"
"""Of one upload, as Gradio counts it."""


def build_app(
    page: gr.Blocks,
    shelf: Shelf,
    settings: UiSettings,
    *,
    turnstile: Turnstile | None = None,
    readiness: Readiness | None = None,
    writer: WriterWatch | None = None,
) -> FastAPI:
    """Put page, API, original files and health behind one gate.

    Args:
        page: The page, shown at "/".
        shelf: What is asked and shown.
        settings: Where it is served, and to whom.
        turnstile: Shared with the page, so that both count as one; by default one of its own.
        readiness: Told by whoever loads the models; "loading" by default.
        writer: Shared with the page; by default one of its own.

    Raises:
        CannotServe: MCP is asked for, and cannot be had.
    """
    turnstile = turnstile or build_turnstile(settings)
    if settings.mcp:
        add_tools(page, shelf, turnstile)
    app = FastAPI(
        title=strings.TITLE, description=strings.API_DESCRIPTION, docs_url=None, redoc_url=None
    )
    tell_problems(app)
    app.include_router(build_health(shelf, readiness or Readiness()))
    app.include_router(build_api(shelf, turnstile, writer or WriterWatch(rag_settings())))
    app.include_router(build_originals(shelf))
    app.include_router(keeping_router(shelf, _visitor))
    add_docs(app)
    _close_rest(app)
    app.add_middleware(Events, page=page)
    app.add_middleware(  # what is added last stands in front
        Gate,
        users=settings.users,
        hosts=allowed_hosts(settings),
        mcp=settings.mcp,
        pages=[f"/{name}" for name, *_ in page.pages if name],
        temporary=Path(get_upload_folder()),
    )
    _mount(app, page, settings)
    if page.mcp_error:
        raise CannotServe(page.mcp_error)
    return app


def build_turnstile(settings: UiSettings) -> Turnstile:
    """Return the turnstile that fits what writes the answers."""
    usual = AT_ONCE_BY_MODEL if rag_settings().llm_model else AT_ONCE_IN_QUOTES
    return Turnstile(settings.answers_at_once or usual)


class Server(uvicorn.Server):
    """Runs the application until it is stopped, by Ctrl-C, SIGTERM or `should_exit`."""

    def __init__(
        self,
        app: FastAPI,
        page: gr.Blocks,
        turnstile: Turnstile,
        on_ready: Callable[[], object] = lambda: None,
    ) -> None:
        """Serve nothing yet; `on_ready` is called once it does."""
        super().__init__(
            uvicorn.Config(
                app,
                log_level="warning",
                access_log=False,
                server_header=False,
                ws="none",
                timeout_graceful_shutdown=cast(
                    int, GRACE
                ),  # asyncio, which gets it, takes parts too
            )
        )
        logging.getLogger("uvicorn.error").addFilter(_is_news)
        self._page = page
        self._turnstile = turnstile
        self._on_ready = on_ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to serve."""
        await super().startup(sockets)
        if self.started:
            self._on_ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Let nobody in any more, end what never ends by itself, and wait a moment for the rest."""
        self._turnstile.close()
        self._page.close(verbose=False)
        await super().shutdown(sockets)


def _is_news(record: logging.LogRecord) -> bool:
    """Leave out of the log that open streams are cut off at the end: they are meant to be."""
    error = record.exc_info[1] if record.exc_info else None
    told = f"{record.getMessage()} {error}"
    return CUT_OFF not in told


def _close_rest(app: FastAPI) -> None:
    """Let nothing beneath our own addresses fall through to Gradio's."""

    def tell_that_nothing_is_there(rest: str) -> None:
        raise HTTPException(404, strings.NO_SUCH_ADDRESS)

    for ours in ("answers", "api", "chats", "originals"):
        app.add_api_route(
            f"/{ours}/{{rest:path}}",
            tell_that_nothing_is_there,
            include_in_schema=False,
            methods=["GET", "HEAD", "POST"],
        )


def _mount(app: FastAPI, page: gr.Blocks, settings: UiSettings) -> None:
    page.delete_cache = (SWEPT_EVERY, KEPT_FOR)
    # Gradio checks the paths that come with events only where it launched the page itself.
    page.has_launched = True
    gr.mount_gradio_app(
        app,
        page,
        "/",
        server_name=settings.host,
        server_port=settings.port,
        auth_dependency=_visitor,
        head=_head(),
        theme=_theme(),
        ssr_mode=False,
        max_file_size=LARGEST_FILE,
        allowed_paths=[],
        enable_monitoring=False,
        pwa=False,
        footer_links=[],
        mcp_server=settings.mcp,
        show_error=False,
        run_history=False,
    )


def _visitor(request: Request) -> str:
    """Return whom the gate let in, "" where it asks nobody: `gr.Request.username` for the page."""
    name: str = request.scope["user"]
    return name


def _head() -> str:
    """Return the page's styles, inline: nothing is drawn before they are there."""
    return f"<style>{STYLE.read_text(encoding='utf-8')}</style>"


def _theme() -> gr.themes.Base:
    """Return a plain theme whose fonts are on every machine, so that none is fetched."""
    return gr.themes.Base(font=["system-ui", "sans-serif"], font_mono=["ui-monospace", "monospace"])

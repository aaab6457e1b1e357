"""Serve the page: Gradio's settings, and a guard in front of it."""

from pathlib import Path

import gradio as gr
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.settings import UiSettings

HERE = Path(__file__).parent

HEADERS = {
    # Gradio needs inline scripts and `Function`; attributes such as onerror are never its own.
    "Content-Security-Policy": (
        "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; "
        "script-src-attr 'none'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
        "font-src 'self' data:; connect-src 'self'; object-src 'none'; base-uri 'self'; "
        "form-action 'self'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}

CLOSED_ROUTES = ("/file=", "/file/", "/proxy=", "/stream/", "/monitoring")
"""Routes of Gradio that the page never uses: with them, files could be stored and read."""


def serve(page: gr.Blocks, settings: UiSettings) -> str:
    """Start serving in the background and return the address; `page.close()` ends it.

    Raises:
        OSError: the address cannot be served on.
    """
    local_names = [settings.host, "localhost", "127.0.0.1"] if settings.is_local else ["*"]
    middleware = [
        # Another site that points its name at this machine must not read the library.
        Middleware(TrustedHostMiddleware, allowed_hosts=local_names, www_redirect=False),
        Middleware(Guard),
    ]
    _, address, _ = page.launch(
        server_name=settings.host, server_port=settings.port, auth=settings.credentials,
        app_kwargs={"middleware": middleware}, head=_head(), theme=_theme(),
        prevent_thread_lock=True, quiet=True, share=False, ssr_mode=False, strict_cors=True,
        max_file_size="10mb", allowed_paths=[], enable_monitoring=False, mcp_server=False,
        pwa=False, footer_links=[],
    )
    return str(address).rstrip("/")


class Guard:
    """Closes the routes that the page does not use, and adds headers to every answer."""

    def __init__(self, app: ASGIApp) -> None:
        """Stand in front of an application."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                added = [(k.lower().encode(), v.encode()) for k, v in HEADERS.items()]
                message["headers"] = [*message["headers"], *added]
            await send(message)

        path = scope["path"].removeprefix("/gradio_api")
        closed = PlainTextResponse("This page has no such address.", status_code=404)
        app = closed if path.startswith(CLOSED_ROUTES) else self.app
        await app(scope, receive, send_with_headers)


def _head() -> str:
    """Return the page's styles and its script, inline: nothing is drawn before they are there."""
    style = (HERE / "style.css").read_text(encoding="utf-8")
    script = (HERE / "page.js").read_text(encoding="utf-8")
    return f"<style>{style}</style><script>{script}</script>"


def _theme() -> gr.themes.Base:
    """Return a plain theme whose fonts are on every machine, so that none is fetched."""
    return gr.themes.Base(font=["system-ui", "sans-serif"], font_mono=["ui-monospace", "monospace"])

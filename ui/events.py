"""What the page's events bring from the browser, looked at before Gradio reads it.

Gradio answers what no page sends by a fault and a traceback; here it is refused in a word. And
Gradio knows a tab by the name that its browser makes up, so that whoever knows the name may read
along: here each user has tabs of their own, whatever they are called.
"""

import hashlib
import json
from contextlib import nullcontext
from typing import Any
from urllib.parse import parse_qsl, urlencode

import gradio as gr
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui import strings
from ui.problems import problem
from ui.tabs import Tabs

LONGEST_NAME = 100
"""Characters of a tab's name; a browser's have some 11."""

CALLS = frozenset({"/gradio_api/queue/join", "/gradio_api/run/predict"})
CANCEL = "/gradio_api/cancel"
RESET = "/gradio_api/reset"
STREAM = "/gradio_api/queue/data"
HEARTBEAT = "/gradio_api/heartbeat/"
QUERIES = {
    STREAM: "session_hash",
    "/gradio_api/upload": "upload_id",
    "/gradio_api/upload_progress": "upload_id",
}
"""Addresses that are called with the name of a tab, or of an upload."""


class Events:
    """Stands between the gate, which names the user, and Gradio."""

    def __init__(self, app: ASGIApp, *, page: gr.Blocks) -> None:
        """Look at the events of a page.

        Args:
            app: The application.
            page: Its page.
        """
        self._app = app
        self._page = page
        self._tabs = Tabs(page)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse a request that no page sends, or pass it on under the user's own name."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        path: str = scope["path"]
        tab: str | None = None
        try:
            if scope["method"] == "POST" and path in {*CALLS, CANCEL, RESET}:
                scope, receive, tab = await self._read(scope, receive)
            elif path in QUERIES:
                scope, tab = self._query_of(scope, QUERIES[path])
            elif path.startswith(HEARTBEAT):
                tab = _own(scope["user"], path.removeprefix(HEARTBEAT))
                own = HEARTBEAT + tab
                scope = {**scope, "path": own, "raw_path": own.encode()}
        except HTTPException as error:
            await problem(error.status_code, error.detail)(scope, receive, send)
            return
        with self._tabs.opened(tab) if tab else nullcontext():
            await self._app(scope, receive, send)

    async def _read(self, scope: Scope, receive: Receive) -> tuple[Scope, Receive, str | None]:
        """Return the request as it is passed on, with its body looked at, and its tab."""
        body = b""
        more = True
        while more:
            part = await receive()
            body += part.get("body", b"")
            more = part["type"] == "http.request" and part.get("more_body", False)
        try:
            fields = json.loads(body)
        except (ValueError, RecursionError) as error:
            raise _refused() from error
        if not isinstance(fields, dict):
            raise _refused()
        if scope["path"] in CALLS and not self._is_call(fields):
            raise _refused()
        tab: str | None = None
        if scope["path"] != RESET:  # which names no tab, but an event that nobody can guess
            tab = fields["session_hash"] = _own(scope["user"], fields.get("session_hash"))
            body = json.dumps(fields).encode()
        headers = MutableHeaders(raw=list(scope["headers"]))
        headers["content-length"] = str(len(body))
        return {**scope, "headers": headers.raw}, _replayed(body, receive), tab

    def _is_call(self, fields: dict[str, Any]) -> bool:
        """Say whether an event is one of the page's, with a value for each of its boxes."""
        number, data, target = (fields.get(each) for each in ("fn_index", "data", "trigger_id"))
        if not _is_number(number) or not isinstance(data, list):
            return False
        called = self._page.fns.get(number)
        is_whole = called is not None and len(data) == len(called.inputs)
        return is_whole and (target is None or _is_number(target))

    def _query_of(self, scope: Scope, name: str) -> tuple[Scope, str | None]:
        """Return a request whose query names the user's own tab, or upload; and the tab."""
        query = dict(parse_qsl(scope["query_string"].decode("latin-1")))
        if name not in query:
            return scope, None
        query[name] = _own(scope["user"], query[name])
        # Gradio would begin to answer, and break off with a traceback.
        if scope["path"] == STREAM and query[name] not in self._waiting():
            raise HTTPException(404, strings.NO_SUCH_TAB)
        tab = query[name] if scope["path"] == STREAM else None
        return {**scope, "query_string": urlencode(query).encode()}, tab

    def _waiting(self) -> dict[str, Any]:
        """Return the tabs that something was sent for, by name."""
        waiting: dict[str, Any] = self._page._queue.pending_messages_per_session
        return waiting


def _own(user: str, name: object) -> str:
    """Return the name of a user's tab, which no name that another user sends can become."""
    if not isinstance(name, str) or not 0 < len(name) <= LONGEST_NAME or not name.isprintable():
        raise _refused()
    return f"{hashlib.sha256(user.encode()).hexdigest()}-{name}" if user else name


def _is_number(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _refused() -> HTTPException:
    return HTTPException(422, strings.NOT_OF_THE_PAGE)


def _replayed(body: bytes, receive: Receive) -> Receive:
    """Return a `receive` that gives a body that was read, then what comes after it."""
    given = False

    async def receive_again() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return receive_again

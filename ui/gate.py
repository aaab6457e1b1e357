"""The gate in front of everything: who may come in, from where, to what, with how much.

Closed by default: what is not listed here does not exist, and whatever comes in is named.
"""

from collections.abc import Sequence
from pathlib import Path

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocketClose

from ui import strings
from ui.errors import NotAdmitted
from ui.headers import HEADERS, KEPT_FOR_EVER
from ui.login import Login
from ui.nonce import with_nonce
from ui.passwords import Users
from ui.problems import problem
from ui.upload_room import UploadRoom

OPEN_TO_ALL = ("/healthz", "/readyz")
"""They tell nothing but that the server lives."""

READ = frozenset({"GET", "HEAD"})
SENT = frozenset({"POST"})

UPLOAD_ROUTE = "/gradio_api/upload"

OPEN_ROUTES = {
    "/": READ,
    "/config": READ,
    "/favicon.ico": READ,
    "/manifest.json": READ,
    "/theme.css": READ,
    "/openapi.json": READ,
    "/docs": READ,
    "/gradio_api/app_id": READ,  # whether the server was started anew
    "/gradio_api/cancel": SENT,
    "/gradio_api/queue/data": READ,
    "/gradio_api/queue/join": SENT,
    "/gradio_api/reset": SENT,
    "/gradio_api/run/predict": SENT,
    UPLOAD_ROUTE: SENT,
    "/gradio_api/upload_progress": READ,
}
"""Addresses, and by what they may be called. Not among them: what gives out files (`/file=`), asks
other servers (`/proxy=`), sends media (`/stream/`), or tells about visitors (`/monitoring`)."""

LONGEST_PATH, LONGEST_NAME = 2_000, 255
"""Characters of an address, and bytes between two of its slashes, as file systems take them."""

OPEN_BENEATH = {
    "/answers/": READ,
    "/api/": READ | SENT,
    "/assets/": READ,
    "/chats/": READ,
    "/docs/": READ,
    "/gradio_api/heartbeat/": READ,
    "/originals/": READ,
    "/static/": READ,
}
"""The same for all that lies beneath an address."""

MCP_ROUTE = "/gradio_api/mcp"
MCP_METHODS = frozenset({"GET", "POST", "DELETE"})

MEGABYTE = 1_000_000
LARGEST_BODY = 20 * MEGABYTE
"""Bytes of what is sent at once: a pasted text of two million characters fits in."""
LARGEST_UPLOAD = 110 * MEGABYTE
"""Bytes of the files that are sent at once: ten of the largest size, and their envelope."""
LARGEST_STORE = 500 * MEGABYTE
"""Bytes of all the uploads that wait in Gradio's temporary folder, or are on their way there."""


class Gate:
    """Looks at every request before the application does, and at every answer after it."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        users: Users | None,
        hosts: Sequence[str],
        temporary: Path,
        pages: Sequence[str] = (),
        mcp: bool = False,
    ) -> None:
        """Stand in front of an application.

        Args:
            app: The application.
            users: Who may come in; None for anyone.
            hosts: The names by which the server may be called; another site that points its name
                at this machine must not read the library.
            temporary: Where uploads wait.
            pages: Further pages of the Gradio application.
            mcp: Whether programs may call by MCP.
        """
        self._app = app
        self._guarded = TrustedHostMiddleware(
            self._admit, allowed_hosts=list(hosts), www_redirect=False
        )
        self._login = Login(users) if users else None
        self._room = UploadRoom(temporary)
        self._pages = {"/", *pages}
        self._routes = OPEN_ROUTES | {page: READ for page in pages}
        if mcp:
            self._routes |= {MCP_ROUTE: MCP_METHODS, f"{MCP_ROUTE}/": MCP_METHODS}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or pass it on."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
        elif scope["type"] == "http":
            await self._guarded(scope, receive, _with_headers(scope, send))
        else:  # a websocket: there is nothing here that speaks by it
            await WebSocketClose(code=1008)(scope, receive, send)

    async def _admit(self, scope: Scope, receive: Receive, send: Send) -> None:
        path, method, headers = scope["path"], scope["method"], Headers(scope=scope)
        scope["user"] = ""
        if path in OPEN_TO_ALL:
            await self._app(scope, receive, send)
            return
        refusal = await self._refusal(scope, headers)
        if refusal is None and method in self._methods(path) and _can_be(path):
            if path in self._pages:
                await with_nonce(self._app, scope, receive, send)
                return
            if path == UPLOAD_ROUTE:
                await self._take_upload(scope, receive, send)
            else:
                await _within_limit(self._app, LARGEST_BODY, scope, receive, send)
            return
        answer = refusal or _refuse(headers, 404, strings.NO_SUCH_ADDRESS)
        await answer(scope, receive, send)

    async def _refusal(self, scope: Scope, headers: Headers) -> Response | None:
        """Return why a request is not let in, or None; names the visitor in `scope["user"]`."""
        if _is_foreign(scope["method"], headers):
            return _refuse(headers, 403, strings.FOREIGN_ORIGIN)
        if self._login is not None:
            client = scope.get("client")
            try:
                scope["user"] = await self._login.name_of(
                    headers.get("authorization"), client[0] if client else ""
                )
            except NotAdmitted as error:
                return _login_again(headers, error)
        return None

    async def _take_upload(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass an upload on if there is room for what it announces, or else for the largest."""
        headers = Headers(scope=scope)
        announced = headers.get("content-length", "")
        size = LARGEST_UPLOAD
        if announced.isdecimal() and "transfer-encoding" not in headers:
            size = min(size, int(announced[:20]))
        async with self._room.reserved(size, LARGEST_STORE) as fits:
            if fits:
                await _within_limit(self._app, LARGEST_UPLOAD, scope, receive, send)
            else:
                await _refuse(headers, 507, strings.UPLOADS_FULL)(scope, receive, send)

    def _methods(self, path: str) -> frozenset[str]:
        if path in self._routes:
            return self._routes[path]
        for beginning, methods in OPEN_BENEATH.items():
            if path.startswith(beginning):
                return methods
        return frozenset()


def _can_be(path: str) -> bool:
    """Say whether an address is short enough to name anything; Gradio looks for files by it."""
    parts = path.encode("utf-8", "surrogatepass").split(b"/")
    return len(path) <= LONGEST_PATH and max(map(len, parts)) <= LONGEST_NAME


def _is_foreign(method: str, headers: Headers) -> bool:
    """Say whether another website makes the browser send a request.

    Browsers tell by Sec-Fetch-Site, to trustworthy addresses at least, and else by Origin. What
    sends neither is no browser, and acts for nobody but its user. Following a link here is fine.
    """
    site = headers.get("sec-fetch-site")
    if site is not None:
        is_link = method in READ and headers.get("sec-fetch-mode") == "navigate"
        is_framed = headers.get("sec-fetch-dest") not in {None, "document"}
        return site not in {"same-origin", "none"} and (not is_link or is_framed)
    origin = headers.get("origin")
    if origin is None:
        return False
    return origin.partition("://")[2].lower() != headers.get("host", "").lower()


def _login_again(headers: Headers, error: NotAdmitted) -> Response:
    if error.retry_after is not None:
        refusal = _refuse(headers, 429, str(error))
        refusal.headers["Retry-After"] = str(error.retry_after)
        return refusal
    refusal = _refuse(headers, 401, str(error))
    refusal.headers["WWW-Authenticate"] = 'Basic realm="Footnote", charset="UTF-8"'
    return refusal


def _refuse(headers: Headers, status: int, message: str) -> Response:
    """Return a refusal: in words to a person, as JSON to a program."""
    if "text/html" in headers.get("accept", ""):
        return PlainTextResponse(message, status_code=status)
    return problem(status, message)


def _with_headers(scope: Scope, send: Send) -> Send:
    """Return a `send` that adds our headers, and takes away what would open the answer to others.

    Gradio lets any origin read, password and all, wherever it is not called localhost.
    """

    async def send_with_headers(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name in [name for name in headers if name.startswith("access-control-")]:
                del headers[name]
            if scope["path"].startswith("/assets/") and message["status"] == 200:
                headers["Cache-Control"] = KEPT_FOR_EVER
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
        await send(message)

    return send_with_headers


async def _within_limit(
    app: ASGIApp, limit: int, scope: Scope, receive: Receive, send: Send
) -> None:
    """Pass a request on as long as its body stays within a limit of bytes."""
    headers = Headers(scope=scope)
    message = strings.TOO_MUCH_SENT.format(most=limit // MEGABYTE)
    announced = headers.get("content-length", "0")
    if not announced.isdecimal() or int(announced[:20]) > limit:
        await _refuse(headers, 413, message)(scope, receive, send)
        return
    received = 0

    async def receive_counted() -> Message:
        nonlocal received
        part = await receive()
        received += len(part.get("body", b""))
        if received > limit:
            raise HTTPException(413, message)  # whoever reads the body passes it on as an answer
        return part

    await app(scope, receive_counted, send)

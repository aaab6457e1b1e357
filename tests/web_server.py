"""A web server on the loopback that says what a test wrote down, and a network that leads to it."""

import socketserver
import threading
from collections.abc import Callable, Iterable
from ipaddress import ip_address
from typing import Any

import httpcore

from index.addresses import IPAddress

PUBLIC = "93.184.216.34"
"""An address that is public; the tests' network leads it to the loopback."""

Script = Callable[[bytes, threading.Event], Iterable[bytes]]
"""Given a request and the server's end, returns what is sent back, piece by piece."""


def reply(body: bytes = b"", status: str = "200 OK", **headers: str) -> bytes:
    """Return a whole response; `content_type="text/html"` becomes a header."""
    fields = {"content_type": "text/html", "content_length": str(len(body))} | headers
    lines = [f"{name.replace('_', '-')}: {value}" for name, value in fields.items()]
    return "\r\n".join([f"HTTP/1.1 {status}", *lines, "", ""]).encode() + body


def always(*pieces: bytes) -> Script:
    """Send the same to every request."""
    return lambda request, closing: pieces


class WebServer(socketserver.ThreadingTCPServer):
    """Answers by a script, and keeps every request; a connection that says nothing is kept, too."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, script: Script | None = None) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.script = script or always(reply(b"<p>Found.</p>"))
        self.asked: list[bytes] = []
        self.closing = threading.Event()
        self._thread = threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.02})

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    def __enter__(self) -> "WebServer":
        self._thread.start()
        return self

    def __exit__(self, *details: object) -> None:
        self.closing.set()
        self.shutdown()
        self.server_close()
        self._thread.join()

    def handle_error(self, *details: object) -> None:
        """Keep quiet: clients hang up, as the tests mean them to."""


class _Handler(socketserver.BaseRequestHandler):
    server: WebServer

    def handle(self) -> None:
        self.server.asked.append(b"")
        place = len(self.server.asked) - 1
        request = b""
        while b"\r\n\r\n" not in request and (piece := self.request.recv(65536)):
            request += piece
        self.server.asked[place] = request
        for piece in self.server.script(request, self.server.closing):
            self.request.sendall(piece)


class Network(httpcore.SyncBackend):
    """Notes every address that is connected to, and connects to a server on the loopback."""

    def __init__(self, server: WebServer | None = None) -> None:
        self.server = server
        self.asked: list[tuple[str, int]] = []

    def connect_tcp(
        self, host: str, port: int, *limits: Any, **more: Any
    ) -> httpcore.NetworkStream:
        self.asked.append((host, port))
        if self.server is None:
            raise httpcore.ConnectError("nobody is there")
        return super().connect_tcp("127.0.0.1", self.server.port, *limits, **more)


class Names:
    """A resolver that knows a few names, and gives the answers of each in turn."""

    def __init__(self, **names: list[list[str]]) -> None:
        self.names = {name.replace("_", "."): answers for name, answers in names.items()}
        self.asked: list[str] = []

    def __call__(self, host: str, seconds: float) -> list[IPAddress]:
        answers = self.names.get(host, [[PUBLIC]])
        answer = answers[min(self.asked.count(host), len(answers) - 1)]
        self.asked.append(host)
        return [ip_address(address) for address in answer]

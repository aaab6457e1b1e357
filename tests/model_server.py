"""A language-model server on the loopback, which says what a test wrote down for it."""

import json
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

USAGE = {"prompt_tokens": 412, "completion_tokens": 23, "total_tokens": 435}


@dataclass(frozen=True, kw_only=True)
class Reply:
    """One answer, in the streaming format of OpenAI's chat completions."""

    text: str = ""
    thoughts: str = ""
    """Sent before the text, apart from it, as some servers do."""
    chunk: int = 7
    """Characters sent at once."""
    status: int = 200
    error: str = "no"
    """What an answer with another status than 200 says."""
    pause_before: float = 0.0
    """Seconds before the first token."""
    pause_between: float = 0.0
    held: bool = False
    """Whether nothing comes after the first chunk before the server is told to go on."""
    cut_after: int | None = None
    """Chunks after which the connection is closed."""
    finish: str = "stop"
    raw: str | bytes | None = None
    """Sent as it is, instead of chunks."""
    headers: tuple[tuple[str, str], ...] = ()
    """Sent besides the usual ones."""
    usage: Mapping[str, int] = field(default_factory=lambda: USAGE)
    pings: bool = False
    """Whether only signs of life come, for ever."""


class ModelServer(ThreadingHTTPServer):
    """Gives each request the next reply, and the last one again and again; keeps what was asked."""

    daemon_threads = True

    def __init__(self, *replies: Reply) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.replies = list(replies)
        self.asked: list[dict[str, Any]] = []
        self.keys: list[str | None] = []
        self.headers: list[dict[str, str]] = []
        self.closing = threading.Event()
        self.go_on = threading.Event()
        self._thread = threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.02})

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/v1"

    def reply_to(self, number: int, request: dict[str, Any]) -> Reply:
        """Return what is answered to the request with this number, counted from 0."""
        return self.replies[min(number, len(self.replies) - 1)]

    def __enter__(self) -> "ModelServer":
        self._thread.start()
        return self

    def __exit__(self, *details: object) -> None:
        self.closing.set()
        self.go_on.set()
        self.shutdown()
        self.server_close()
        self._thread.join()


class _Handler(BaseHTTPRequestHandler):
    server: ModelServer

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        assert self.path == "/v1/chat/completions"
        number = len(self.server.asked)
        self.server.asked.append(json.loads(body))
        self.server.keys.append(self.headers.get("Authorization"))
        self.server.headers.append(dict(self.headers.items()))
        reply = self.server.reply_to(number, self.server.asked[-1])
        try:
            self._send(reply)
        except ConnectionError:
            self.close_connection = True  # the client hung up, as some tests mean it to

    def _send(self, reply: Reply) -> None:
        if reply.status != 200:
            body = json.dumps({"error": {"message": reply.error}}).encode()
            self.send_response(reply.status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            for header in reply.headers:
                self.send_header(*header)
            self.end_headers()
            self.wfile.write(body)
            return
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        for header in reply.headers:
            self.send_header(*header)
        self.end_headers()
        self.server.closing.wait(reply.pause_before)
        while reply.pings and not self.server.closing.wait(0.05):
            self.wfile.write(b": ping\n\n")
        if reply.raw is not None:
            self.wfile.write(reply.raw if isinstance(reply.raw, bytes) else reply.raw.encode())
            return
        for start in range(0, len(reply.thoughts), reply.chunk):
            thought = reply.thoughts[start : start + reply.chunk]
            self._event(choice({"content": "", "reasoning_content": thought}))
            self.server.closing.wait(reply.pause_between)
        for number, start in enumerate(range(0, len(reply.text), reply.chunk)):
            if number == reply.cut_after:
                return
            self._event(choice({"content": reply.text[start : start + reply.chunk]}))
            self.server.closing.wait(reply.pause_between)
            if reply.held:
                self.server.go_on.wait(60)
        self._event(choice({}, reply.finish))
        self._event({"choices": [], "usage": reply.usage})
        self.wfile.write(b"data: [DONE]\n\n")

    def _event(self, event: dict[str, Any]) -> None:
        event = {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "m"} | event
        self.wfile.write(f"data: {json.dumps(event)}\n\n".encode())
        self.wfile.flush()

    def log_message(self, *details: object) -> None:
        """Keep quiet."""


def choice(delta: dict[str, str], finish: str | None = None) -> dict[str, Any]:
    return {"choices": [{"index": 0, "delta": delta, "finish_reason": finish}]}

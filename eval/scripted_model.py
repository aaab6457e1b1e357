"""A language-model server on the loopback that says what a script tells it to.

It speaks the streaming format of OpenAI's chat completions, so that the writer is measured through
the same client, parser and limits as with a real model.
"""

import json
import os
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from rag.settings import rag_settings

Script = Callable[[Sequence[Mapping[str, str]]], str]
"""Given the messages of a request, says what the model answers."""

CHUNK = 7
"""Characters sent at once."""

MODEL = "scripted"


class ScriptedModel(ThreadingHTTPServer):
    """Answers each request by the script of the moment, which may be changed between requests."""

    daemon_threads = True

    def __init__(self) -> None:
        """Take a free port; nothing is served before the `with` block."""
        super().__init__(("127.0.0.1", 0), _Handler)
        self.script: Script = lambda messages: ""
        self._thread = threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.02})

    def __enter__(self) -> "ScriptedModel":
        """Start to serve."""
        self._thread.start()
        return self

    def __exit__(self, *details: object) -> None:
        """Stop, and free the port."""
        self.shutdown()
        self.server_close()
        self._thread.join()


@contextmanager
def answering_with(server: ScriptedModel) -> Iterator[None]:
    """Let this server write all answers within the block, whatever the settings say."""
    names = ("FOOTNOTE_LLM_BASE_URL", "FOOTNOTE_LLM_MODEL", "FOOTNOTE_LLM_API_KEY")
    before = {name: os.environ.get(name) for name in names}
    url = f"http://127.0.0.1:{server.server_port}/v1"
    os.environ.update(zip(names, (url, MODEL, ""), strict=True))
    rag_settings.cache_clear()
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name)
            if value is not None:
                os.environ[name] = value
        rag_settings.cache_clear()


def choice(delta: Mapping[str, str], finish: str | None = None) -> dict[str, Any]:
    """Return what one chunk of a stream says."""
    return {"choices": [{"index": 0, "delta": dict(delta), "finish_reason": finish}]}


def event(said: Mapping[str, Any]) -> bytes:
    """Return one chunk as it goes over the wire."""
    head = {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": MODEL}
    return f"data: {json.dumps({**head, **said})}\n\n".encode()


class _Handler(BaseHTTPRequestHandler):
    server: ScriptedModel

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        text = self.server.script(body["messages"])
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()
        for start in range(0, len(text), CHUNK):
            self.wfile.write(event(choice({"content": text[start : start + CHUNK]})))
        self.wfile.write(event(choice({}, "stop")))
        self.wfile.write(b"data: [DONE]\n\n")

    def log_message(self, *details: object) -> None:
        """Keep quiet."""

"""What writes the answers is told, whether it is reachable too, and its key never."""

import socket
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from rag.settings import RagSettings
from ui import writer_status
from ui.writer_status import WriterStatus, WriterWatch

KEY = "sk-very-secret"


class Server(ThreadingHTTPServer):
    """Answers every request with one status, or not at all."""

    daemon_threads = True

    def __init__(self, status: int, pause: float = 0.0) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.status, self.pause = status, pause
        self.asked: list[tuple[str, str | None]] = []
        self.closing = threading.Event()
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/v1"


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        self.server.asked.append((self.path, self.headers.get("Authorization")))
        self.server.closing.wait(self.server.pause)
        self.send_response(self.server.status)
        self.send_header("Location", "http://127.0.0.1:9/stolen")
        self.end_headers()

    def log_message(self, *details: object) -> None:
        """Keep quiet."""


def settings(url: str) -> RagSettings:
    return RagSettings(llm_base_url=url, llm_model="qwen3:4b", llm_api_key=KEY)


@pytest.mark.parametrize(
    ("status", "reach"),
    [
        (200, "reachable"),
        (404, "reachable"),
        (500, "reachable"),
        (302, "reachable"),
        (401, "refused"),
        (403, "refused"),
    ],
)
def test_a_server_that_answers_is_there(status: int, reach: str) -> None:
    server = Server(status)
    watch = WriterWatch(settings(server.url))
    assert watch.status().reach == "unknown"
    assert watch.look() == WriterStatus(
        writer="qwen3:4b", host=f"127.0.0.1:{server.server_port}", reach=reach
    )
    assert server.asked[-1] == ("/v1/models", f"Bearer {KEY}")
    assert KEY not in repr(watch.status().to_dict())
    server.shutdown()
    server.server_close()


def test_a_server_that_is_not_there_or_says_nothing_is_unreachable(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    assert WriterWatch(settings(f"http://127.0.0.1:{port}/v1")).look().reach == "unreachable"
    monkeypatch.setattr(writer_status, "PROBE_SECONDS", 0.2)
    server = Server(200, pause=5)
    began = time.monotonic()
    assert WriterWatch(settings(server.url)).look().reach == "unreachable"
    assert time.monotonic() - began < 1
    server.closing.set()
    server.shutdown()
    server.server_close()


def test_nobody_waits_and_one_look_is_enough_for_a_while() -> None:
    server = Server(200, pause=0.3)
    watch = WriterWatch(settings(server.url))
    began = time.monotonic()
    for _ in range(50):
        watch.status()
    assert time.monotonic() - began < 0.2
    end = time.monotonic() + 5
    while watch.status().reach == "unknown" and time.monotonic() < end:
        time.sleep(0.01)
    for _ in range(50):
        assert watch.status().reach == "reachable"
    assert len(server.asked) == 1
    server.shutdown()
    server.server_close()


def test_quotes_are_always_reachable_and_ask_nobody() -> None:
    watch = WriterWatch(RagSettings())
    assert watch.status() == WriterStatus(writer="quotes", host=None, reach="reachable")


def test_a_password_in_the_address_is_not_shown() -> None:
    watch = WriterWatch(settings("https://user:hush@models.example/v1"))
    assert watch.status().host == "models.example"
    assert "hush" not in repr(watch.status())

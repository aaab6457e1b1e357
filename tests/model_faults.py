"""The ways in which a language model's server fails, each as a reply or as an address."""

import gzip
import json
import socket
from collections.abc import Iterator
from contextlib import contextmanager

from model_server import ModelServer, Reply, choice

TEN_MEGABYTES = 10_000_000
NO_SUCH_NAME = "http://models.invalid/v1"


def event(text: str) -> str:
    """Return a text as one event of a stream."""
    return f"data: {json.dumps({'id': '1', 'model': 'm'} | choice({'content': text}))}\n\n"


def stream_of(*texts: str) -> str:
    """Return texts as a whole stream, each an event."""
    end = f"data: {json.dumps({'id': '1', 'model': 'm'} | choice({}, 'stop'))}\n\n"
    return "".join(map(event, texts)) + end + "data: [DONE]\n\n"


def events(size: int) -> str:
    """Return events of short sentences, of about so many bytes."""
    one = event("It rained in Oslo. [1]\n")
    return one * (size // len(one))


SLOW = {
    "silent": Reply(pause_before=120),
    "dripping": Reply(
        text="It rained in Oslo all day long. [1]\n" * 40, chunk=1, pause_between=0.3
    ),
    "pinging": Reply(pings=True),
    "429 for 50 seconds": Reply(status=429, headers=(("Retry-After", "50"),)),
}
"""What only ends because a limit of time does it."""

QUICK = {
    "401": Reply(status=401),
    "403": Reply(status=403),
    "404": Reply(status=404),
    "429": Reply(status=429),
    "500": Reply(status=500),
    "503": Reply(status=503),
    "redirect": Reply(status=302, headers=(("Location", "http://127.0.0.1:9/stolen"),)),
    "bad JSON": Reply(raw='data: {"choices": \n\n'),
    "bad JSON after a sentence": Reply(raw=event("It rained in Oslo. [1]\n") + "data: {{{\n\n"),
    "HTML": Reply(raw="<html>hello</html>"),
    "another JSON": Reply(raw='data: {"choices": 7}\n\n'),
    "null": Reply(raw='data: {"choices": null}\n\n'),
    "a list": Reply(raw='data: [{"choices": []}]\n\n'),
    "a text": Reply(raw='data: "no"\n\n'),
    "an error in the stream": Reply(raw='data: {"error": {"message": "no memory"}}\n\n'),
    "deep JSON": Reply(raw=f"data: {'[' * 100_000}\n\n"),
    "not UTF-8": Reply(raw=b"data: \xff\xfe\xff\n\n"),
    "half a UTF-16 pair": Reply(raw=stream_of("It rained \ud800 in Oslo. [1]\n")),
    "NUL and codes": Reply(raw=stream_of("It \x00 rained \x1b[31m in Oslo. [1]\n")),
    "no body": Reply(raw=""),
    "no text": Reply(text=""),
    "blanks": Reply(text=" \n" * 200),
    "done at once": Reply(raw="data: [DONE]\n\n"),
    "cut": Reply(text="It rained in Oslo. [1]\nIt was wet. [1]", chunk=4, cut_after=7),
    "cut for its length": Reply(text="It rained in Oslo. [1]", finish="length"),
    "10 MB in a line": Reply(raw="x" * TEN_MEGABYTES),
    "10 MB in an event": Reply(raw=stream_of("x" * TEN_MEGABYTES)),
    "3 MB in an event": Reply(raw=stream_of("x" * 3_000_000)),
    "10 MB of events": Reply(raw=events(TEN_MEGABYTES)),
    "10 MB of an error": Reply(status=500, error="x" * TEN_MEGABYTES),
    "10 MB packed": Reply(
        raw=gzip.compress(b" " * TEN_MEGABYTES), headers=(("Content-Encoding", "gzip"),)
    ),
    "one endless sentence": Reply(raw=stream_of("rain " * 7_000 + "[1]")),
    "a thousand sentences": Reply(
        raw=stream_of("".join(f"It rained {n} times. [1]\n" for n in range(1_000)))
    ),
}


@contextmanager
def served(reply: Reply | None) -> Iterator[str]:
    """Serve a reply, and give the address; for None, one at which nothing listens."""
    if reply is None:
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))  # and never listens
            yield f"http://127.0.0.1:{taken.getsockname()[1]}/v1"
        return
    with ModelServer(reply) as server:
        yield server.url

"""The process that reads files for `index/reading.py`: one request a line, articles as JSON lines.

Its limits are set here, by itself, before it reads anything: the system ends it where it takes more
processor time, gives it no more memory, and lets it write no file.
"""

import json
import os
import resource
import select
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from index.errors import UnreadableArticle
from index.read import language_of, read_articles

PROCESSOR_SECONDS = 8
"""For a file, or for one article of a .jsonl file; 2 MB of ordinary HTML take 1 second."""

DATA_BYTES = 420_000_000
"""Of memory that it writes to; with its code it stays below 512 MB. Idle, it holds 150 MB."""

WORN_BYTES = 300_000_000
"""Of memory once held, after which it ends: what is left of it may lie in pieces, and lack to the
next file."""

IDLE_SECONDS = 300
"""After which it ends; the next file has another one started."""

STATUS = Path("/proc/self/status")
"""Where the system tells what this process has held."""

REMEDY = "save its text as .txt"
TOO_MUCH_MEMORY = f"takes more memory to read than a file may: {REMEDY}"


def limit() -> None:
    """Bound what this process may take, for good."""
    for kind, most in (
        (resource.RLIMIT_DATA, DATA_BYTES),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        hard = resource.getrlimit(kind)[1]
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(kind, (most, most))


def allow_seconds() -> None:
    """Start the clock anew: the system ends this process once it runs out."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    soft = int(used.ru_utime + used.ru_stime) + 1 + PROCESSOR_SECONDS
    if hard == resource.RLIM_INFINITY or soft < hard:
        resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))


def replies_to(path: str, key: str | None) -> Iterator[dict[str, Any]]:
    """Yield each article of a file, and last why it is refused, or that it is read."""
    try:
        allow_seconds()
        for article in read_articles(Path(path), key=key):
            yield {"article": article.to_dict()}
            allow_seconds()
    except UnreadableArticle as error:
        yield {"refused": error.reason, "is_final": error.is_final}
    except MemoryError:
        yield {"refused": TOO_MUCH_MEMORY, "is_final": True}
    except Exception as error:  # noqa: BLE001 - whatever a malformed file makes a parser raise
        yield {"refused": f"cannot be read ({type(error).__name__}): {REMEDY}", "is_final": True}
    else:
        yield {"read": True}


def is_worn() -> bool:
    """Say whether this process has held more memory than it should go on with."""
    try:
        status = STATUS.read_text(encoding="ascii", errors="replace")
    except OSError:
        return False  # another system, on which it goes on for as many files as it is given
    peaks = (line.split()[1] for line in status.splitlines() if line.startswith("VmHWM:"))
    most = next(peaks, None)  # some systems, such as sandboxes, imitate the file without it
    return most is not None and int(most) * 1024 > WORN_BYTES  # getrusage counts what started it


def serve(requests: BinaryIO, replies: BinaryIO) -> None:
    """Answer requests until there are no more, none comes for a while, or this process is worn."""
    waiting = select.poll()
    waiting.register(requests, select.POLLIN)
    while not is_worn() and waiting.poll(IDLE_SECONDS * 1_000) and (line := requests.readline()):
        request = json.loads(line)
        for reply in replies_to(request["path"], request["key"]):
            replies.write(json.dumps(reply).encode("ascii") + b"\n")
            replies.flush()


def main() -> None:
    """Serve on the standard streams; what a parser prints goes nowhere."""
    replies = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    language_of("")  # its model is unpacked into a file, which the limits forbid
    limit()
    replies.write(b"{}\n")
    replies.flush()
    serve(os.fdopen(os.dup(sys.stdin.fileno()), "rb", buffering=0), replies)


if __name__ == "__main__":
    main()

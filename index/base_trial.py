"""Have another process try search bases: a bad one can crash whoever opens it.

The process stays for the next base, since Chroma takes two seconds to import, and ends when none
has come for a while. One that found something wrong is not asked again.
"""

import atexit
from collections.abc import Sequence
from pathlib import Path
from threading import Lock

from index.worker_process import WorkerFailed, WorkerProcess

SECONDS = 600.0
"""On the clock, to open a base and search it: a damaged graph can lead a search in circles."""

LARGEST_REPLY = 256_000_000
"""Bytes; the ids of a million rows that are not found are below it."""

MOST_BASES = 200
"""That one process tries, so that what Chroma leaves behind does not add up."""

_Request = dict[str, str | int | None]

_idle: list[WorkerProcess] = []
_taking = Lock()


def try_base(folder: Path, size: int, rows: Path | None = None) -> tuple[str | None, Sequence[str]]:
    """Return what is wrong with a base, and the passages that it does not find.

    Args:
        folder: Where it is.
        size: How many passages it should hold.
        rows: A file of their ids and vectors, to search by each; without, it is only searched once.
    """
    request: _Request = {"folder": str(folder), "size": size, "rows": str(rows) if rows else None}
    process = _taken()
    try:
        return _asked(process, request)
    except WorkerFailed as failure:
        if not failure.is_no_fault:
            return _words(failure), ()
    try:
        return _asked(WorkerProcess("index.base_check"), request)
    except WorkerFailed as failure:
        return _words(failure), ()


def _asked(process: WorkerProcess, request: _Request) -> tuple[str | None, Sequence[str]]:
    is_sound = False
    try:
        process.ask(request)
        reply = process.reply(SECONDS, LARGEST_REPLY)
        is_sound = "problem" not in reply
        return (None, tuple(reply["lost"])) if is_sound else (str(reply["problem"]), ())
    finally:
        if is_sound and process.asked < MOST_BASES:
            _put_back(process)
        else:
            process.end()


def _taken() -> WorkerProcess:
    with _taking:
        return _idle.pop() if _idle else WorkerProcess("index.base_check")


def _put_back(process: WorkerProcess) -> None:
    with _taking:
        if _idle:
            process.end()  # two bases were tried at once, which is rare: one process is enough
        else:
            _idle.append(process)


@atexit.register
def _end_idle() -> None:
    with _taking:
        while _idle:
            _idle.pop().end()


def _words(failure: WorkerFailed) -> str:
    if failure.how == "ended":
        return f"the reading process ended with {failure.code}"
    return f"the reading process came to no end in {SECONDS:.0f} seconds"

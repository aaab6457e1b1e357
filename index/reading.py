"""Read files in a process of its own, so that no file can crash, stop or fill up this one.

Parsers of PDF, Word and HTML meet what strangers made. One process reads file after file, and is
replaced where it dies, so that an ordinary file costs no start of a process.
"""

import atexit
import os
import signal
import threading
from functools import lru_cache
from pathlib import Path
from typing import Any

from index.errors import BrokenReader, UnreadableArticle
from index.read import id_of
from index.read_worker import PROCESSOR_SECONDS, REMEDY
from index.types import Article, Cut
from index.worker_process import WorkerFailed, WorkerProcess

SECONDS = 60.0
"""For one reply on the clock, however little the process worked: a disk may never answer."""

SECONDS_TO_START = 60.0
"""On a machine that is busy; half a second is usual."""

MOST_FILES = 1_000
"""That one process reads, so that what parsers leave behind does not add up."""

LARGEST_REPLY = 256_000_000
"""Bytes of one article as JSON; what a 20 MB file can come to is below it."""

PASSED_ON = ("PATH", "HOME", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "LD_LIBRARY_PATH")
"""Of the environment: a parser that is taken over finds no key in it."""

TOO_LONG = f"takes longer to read than a file may ({PROCESSOR_SECONDS} seconds): {REMEDY}"
NONSENSE = f"made the process that read it give an answer without sense: {REMEDY}"
TOO_LARGE = f"is too large: an article of it comes to more than {LARGEST_REPLY:,} bytes: {REMEDY}"
HUNG = f"kept the process that read it from answering: {REMEDY}"
NO_ANSWER = f"could not be read within {SECONDS:.0f} seconds: {REMEDY}"


def read_safely(path: Path, *, key: str | None = None) -> list[Article]:
    """Return the articles in a file, as `index.read.read_file` does, within bounds.

    Raises:
        UnreadableArticle: it holds no article, or takes too long, or too much memory.
        BrokenReader: no process can be started to read it.
    """
    return _reader().read(path, key)


@lru_cache(maxsize=1)
def _reader() -> "Reader":
    reader = Reader()
    atexit.register(reader.close)
    return reader


class Reader:
    """Reads files in another process, one at a time; safe from many threads."""

    def __init__(self) -> None:
        """Start nothing yet."""
        self._lock = threading.Lock()
        self._process: WorkerProcess | None = None

    def read(self, path: Path, key: str | None = None) -> list[Article]:
        """Return the articles in a file; see `read_safely`."""
        with self._lock:
            try:
                return self._ask(path, key)
            except _Died as death:
                if not death.is_no_fault:
                    raise _refused(path, death) from death
            try:
                return self._ask(path, key)
            except _Died as death:
                raise _refused(path, death) from death

    def close(self) -> None:
        """End the process, if there is one."""
        process, self._process = self._process, None
        if process:
            process.end()

    def _ask(self, path: Path, key: str | None) -> list[Article]:
        if self._process is None:
            self._process = _started()
        process = self._process
        articles: list[Article] = []
        keep = False
        try:
            process.ask({"path": os.fspath(path), "key": key})
            while "article" in (reply := process.reply(SECONDS, LARGEST_REPLY)):
                articles.append(_article(reply["article"], path))
            keep = process.asked < MOST_FILES
            if "refused" in reply:
                raise UnreadableArticle(
                    path, str(reply["refused"]), is_final=reply.get("is_final", True)
                )
            return articles
        except WorkerFailed as failure:
            raise _death(failure) from failure
        finally:
            if not keep:
                self.close()


class _Died(Exception):
    """The process ended, or is of no more use, while it read a file."""

    def __init__(self, reason: str, *, is_no_fault: bool = False, is_final: bool = True) -> None:
        super().__init__(reason)
        self.reason = reason
        self.is_no_fault = is_no_fault
        """Whether the file is not to blame, so that another process may well read it."""
        self.is_final = is_final and not is_no_fault
        """Whether it would be the same another day."""


def _refused(path: Path, death: _Died) -> UnreadableArticle:
    return UnreadableArticle(path, death.reason, is_final=death.is_final)


def _started() -> WorkerProcess:
    """Start a process that reads.

    Raises:
        BrokenReader: it does not start.
    """
    try:
        process = WorkerProcess("index.read_worker", flags=("-P", "-B"), environment=_environment())
    except OSError as error:
        raise BrokenReader(_not_started(error.strerror or str(error))) from error
    try:
        process.reply(SECONDS_TO_START, LARGEST_REPLY)
    except WorkerFailed as failure:
        process.end()
        raise BrokenReader(_not_started(_death(failure).reason)) from failure
    except BaseException:
        process.end()
        raise
    return process


def _death(failure: WorkerFailed) -> _Died:
    """Return how a process ended, in words about the file that it read."""
    if failure.how == "late":
        return _Died(NO_ANSWER, is_final=False)
    if failure.how == "large":
        return _Died(TOO_LARGE)
    if failure.how == "hung":
        return _Died(HUNG)
    if failure.code == -signal.SIGXCPU:
        return _Died(TOO_LONG)
    return _Died(
        f"ended the process that read it ({_named(failure.code)}): {REMEDY}",
        is_no_fault=failure.is_no_fault,
    )


def _environment() -> dict[str, str]:
    passed = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    # one pool and one thread: each would take address space for its own
    return {**passed, "MALLOC_ARENA_MAX": "1", "OPENBLAS_NUM_THREADS": "1"}


def _named(code: int) -> str:
    try:
        return signal.Signals(-code).name if code < 0 else f"status {code}"
    except ValueError:
        return f"signal {-code}"


def _not_started(reason: str) -> str:
    return (
        f"The process that reads files did not start ({reason}). Nothing was read; free some "
        "memory, or end other programs, and try again."
    )


def _article(fields: dict[str, Any], path: Path) -> Article:
    """Return an article from its JSON, with the id of its text and the path that was asked for.

    A parser that was taken over by its file could claim those of another article.

    Raises:
        _Died: these are not the fields of an article, so the process is of no more use.
    """
    try:
        cut = tuple(Cut(**piece) for piece in fields["cut"])
        own = {"id": id_of(fields["text"]), "path": path.as_posix()}
        return Article(**{**fields, **own, "cut": cut, "pages": tuple(fields["pages"])})
    except (AttributeError, KeyError, TypeError) as error:
        raise _Died(NONSENSE) from error

"""How the commands of index, rag and eval are run, and end where they cannot print."""

import codecs
import gc
import io
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import NoReturn, cast

UNPRINTED = "The output could not be written: {reason}. Send it elsewhere, or make room.\n"


class OutputFailure(OSError):
    """What a program prints cannot be written."""


def run_program(main: Callable[[], int]) -> NoReturn:
    r"""Run a program, and leave with its exit code; with 2 where its output cannot be written.

    A character that the output's encoding lacks is written as JSON would: "\u00f3".
    """
    if isinstance(sys.stdout, io.TextIOWrapper):  # a program may be started without one
        codecs.register_error("as in JSON", _as_in_json)
        sys.stdout.reconfigure(errors="as in JSON")
        sys.stdout = cast(io.TextIOWrapper, _Output(sys.stdout))
    if isinstance(sys.stderr, io.TextIOWrapper):
        sys.stderr = cast(io.TextIOWrapper, _Words(sys.stderr))
    try:
        code = main()
        if sys.stdout:
            sys.stdout.flush()
    except OutputFailure as failure:
        code = 2
        devnull = os.open(os.devnull, os.O_WRONLY)
        os.dup2(devnull, 1)  # or Python tries once more at the end, and tells of it
        if sys.stderr:
            sys.stderr.write(UNPRINTED.format(reason=failure.strerror))
    gc.freeze()  # or Python, as it ends, goes over all that was imported: a second, with torch
    sys.exit(code)


class _Output:
    """Standard output, whose failures can be told from those of other files."""

    def __init__(self, stream: io.TextIOWrapper) -> None:
        self._stream = stream

    def __getattr__(self, name: str) -> object:
        return getattr(self._stream, name)

    def write(self, text: str) -> int:
        with _output_failures():
            return self._stream.write(text)

    def flush(self) -> None:
        with _output_failures():
            self._stream.flush()


class _Words(_Output):
    """Standard error, where a failure has nowhere left to be told, and leaves the exit code."""

    def write(self, text: str) -> int:
        with suppress(OSError):
            return super().write(text)
        return len(text)

    def flush(self) -> None:
        with suppress(OSError):
            super().flush()


@contextmanager
def _output_failures() -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        raise  # whoever read has seen enough, which Rich and Python deal with
    except OSError as error:
        raise OutputFailure(error.errno, error.strerror) from error


def _as_in_json(error: UnicodeError) -> tuple[str, int]:
    """Return the characters that cannot be encoded, each as one or two escapes of UTF-16."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    lacking = error.object[error.start : error.end].encode("utf-16-be", "surrogatepass")
    units = [lacking[place : place + 2].hex() for place in range(0, len(lacking), 2)]
    return "".join(rf"\u{unit}" for unit in units), error.end

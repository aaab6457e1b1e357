"""How the project's commands are run: what they cannot print ends them in words, too."""

import io
import os
import sys
from collections.abc import Callable
from typing import NoReturn

UNPRINTED = "The output could not be written: {reason}. Send it elsewhere, or make room."


def run_program(main: Callable[[], int]) -> NoReturn:
    r"""Run a program, and leave with its exit code; with 2 where its output cannot be written.

    A character that the output's encoding lacks is written as its escape: "\xf3".
    """
    for output in (sys.stdout, sys.stderr):
        if isinstance(output, io.TextIOWrapper):
            output.reconfigure(errors="backslashreplace")
    try:
        code = _code_of(main)
        sys.stdout.flush()
    except OSError as error:
        if _can_print():
            raise
        sys.stderr.write(UNPRINTED.format(reason=error.strerror) + "\n")
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # or Python tries once more, and tells of it
        code = 2
    sys.exit(code)


def _code_of(main: Callable[[], int]) -> int:
    """Return a program's exit code, that of `--help` and of wrong usage included."""
    try:
        return main()
    except SystemExit as stopped:  # by argparse, whose codes are numbers
        return int(stopped.code or 0)


def _can_print() -> bool:
    """Say whether the output takes one more line; if so, the error came from somewhere else."""
    try:
        print(flush=True)  # noqa: T201
    except OSError:
        return False
    return True

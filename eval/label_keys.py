"""Key presses: one key without Enter on a terminal, the first letter of a line elsewhere."""

import os
import sys
from typing import TextIO

try:
    import termios
    import tty
except ImportError:  # Windows has neither; a line does there as well
    termios = None  # type: ignore[assignment]

LONGEST_BURST = 64
"""Bytes; an arrow key sends three or more at once, which mean nothing here."""

ESCAPE = "\x1b"
END_OF_INPUT = "\x04"


def read_key(source: TextIO | None = None) -> str | None:
    """Return the next key in small letters, None at the end of the input.

    What was typed before is dropped on a terminal, so that a key held down labels one sentence and
    not the next ones unread. A line that is empty gives "".

    Args:
        source: Where keys come from; standard input if not given.
    """
    source = source or sys.stdin
    if termios is None or not source.isatty():
        line = source.readline()
        return line.strip()[:1].casefold() if line else None
    typed = _burst(source.fileno())
    if typed == "" or typed.startswith(END_OF_INPUT):
        return None
    return "" if typed.startswith(ESCAPE) else typed[0].casefold()


def takes_keys(source: TextIO | None = None) -> bool:
    """Say whether a key is read without Enter."""
    return termios is not None and (source or sys.stdin).isatty()


def _burst(descriptor: int) -> str:
    """Return what one press sends; the terminal is left as it was found, Ctrl-C works."""
    before = termios.tcgetattr(descriptor)
    try:
        tty.setcbreak(descriptor, termios.TCSAFLUSH)
        return os.read(descriptor, LONGEST_BURST).decode(errors="replace")
    finally:
        termios.tcsetattr(descriptor, termios.TCSADRAIN, before)

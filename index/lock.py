"""One writer at a time. The operating system holds the lock, so a killed writer blocks nobody."""

import errno
import fcntl
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO, TypeVar

from index.errors import BrokenLibrary, LibraryBusy

LOOKS = 5
"""Looks for the name of whoever holds a lock."""

Result = TypeVar("Result")

READERS_FILE = "readers.lock"

PAUSE = 0.05
"""Seconds between two looks at a lock that somebody else holds."""


@contextmanager
def writer_lock(folder: Path) -> Iterator[None]:
    """Hold a library for writing.

    Raises:
        LibraryBusy: another process, which the message names, is writing.
        BrokenLibrary: the folder is read-only.
    """
    with _open(folder / "writer.lock") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise LibraryBusy(
                f"{folder} is being written by {_signature(file)}; nothing was changed. "
                "Try again when it is done."
            ) from None
        _sign(file)
        yield


@contextmanager
def waiting_lock(file: Path, seconds: float) -> Iterator[None]:
    """Hold a file's lock, and wait for whoever holds it, be it another thread.

    Raises:
        LibraryBusy: it was not free within so many seconds.
        BrokenLibrary: its folder is read-only.
    """
    deadline = time.monotonic() + seconds
    with _open(file) as opened:
        while True:
            try:
                fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > deadline:
                    raise LibraryBusy(
                        f"{file.parent} is being changed by {_signature(opened)}; nothing was "
                        "changed. Try again when it is done."
                    ) from None
                time.sleep(PAUSE)
        _sign(opened)
        yield


def patiently(change: Callable[[], Result], seconds: float) -> Result:
    """Return what a change returns, tried again while somebody else writes to the library.

    Args:
        change: What leaves nothing half done when it cannot be made.
        seconds: How long it is tried.

    Raises:
        LibraryBusy: the other is still at work.
    """
    deadline = time.monotonic() + seconds
    while True:
        try:
            return change()
        except LibraryBusy:
            if time.monotonic() > deadline:
                raise
            time.sleep(PAUSE)


@contextmanager
def shared_lock(folder: Path) -> Iterator[None]:
    """Show that somebody reads a folder.

    Raises:
        FileNotFoundError: it is not there, or went while we waited for whoever deleted it.
    """
    path = folder / READERS_FILE
    with path.open("a") as file:
        fcntl.flock(file, fcntl.LOCK_SH)
        if not os.path.samestat(os.fstat(file.fileno()), path.stat()):
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(path))
        yield


@contextmanager
def unread(folder: Path) -> Iterator[bool]:
    """Say whether nobody reads a folder, and keep readers out while the block runs if so."""
    with (folder / READERS_FILE).open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True


def _sign(file: TextIO) -> None:
    """Say in a lock's file who holds it; a full disk has no room for the kindness."""
    with suppress(OSError):
        os.ftruncate(file.fileno(), 0)
        os.write(file.fileno(), f"process {os.getpid()}".encode())


def _signature(file: TextIO) -> str:
    """Return who holds a lock, and wait a moment for who has only just taken it to say so."""
    for _ in range(LOOKS):
        file.seek(0)
        if holder := file.read().strip():
            return holder
        time.sleep(PAUSE)
    return "another process"


def _open(file: Path) -> TextIO:
    """Open a lock's file, made if missing."""
    try:
        return file.open("a+")
    except OSError as error:
        raise BrokenLibrary(
            f"{file.parent} cannot be written ({error.strerror}), so nothing can be added to it. "
            "Use a folder of your own with --library or FOOTNOTE_HOME."
        ) from error

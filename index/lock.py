"""One writer at a time. The operating system holds the lock, so a killed writer blocks nobody."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from index.errors import BrokenLibrary, LibraryBusy


@contextmanager
def writer_lock(folder: Path) -> Iterator[None]:
    """Hold a library for writing.

    Raises:
        LibraryBusy: another process, which the message names, is writing.
        BrokenLibrary: the folder is read-only.
    """
    try:
        lock = (folder / "writer.lock").open("a+")
    except OSError as error:
        raise BrokenLibrary(
            f"{folder} cannot be written ({error.strerror}), so nothing can be added to it. Use a "
            "folder of your own with --library or FOOTNOTE_HOME."
        ) from error
    with lock as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            holder = file.read().strip() or "another process"
            raise LibraryBusy(
                f"{folder} is being written by {holder}; nothing was changed. "
                "Try again when it is done."
            ) from None
        file.truncate(0)
        file.write(f"process {os.getpid()}")
        file.flush()
        yield


@contextmanager
def shared_lock(folder: Path) -> Iterator[None]:
    """Show that somebody reads a folder."""
    with (folder / "readers.lock").open("a") as file:
        fcntl.flock(file, fcntl.LOCK_SH)
        yield


def is_free(folder: Path) -> bool:
    """Say whether nobody reads a folder."""
    with (folder / "readers.lock").open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
    return True

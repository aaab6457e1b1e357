"""Scratch folders: each belongs to one process, and goes with it, or when the next one comes.

A process that is killed with -9 takes nothing away. Its folder is locked for as long as it lives,
by the operating system, so that another can tell: its number alone may be another's by now, or
belong to another container.
"""

import fcntl
import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

PREFIX = "footnote-"
LOCK = "in-use.lock"


@contextmanager
def scratch_folder(purpose: str) -> Iterator[Path]:
    """Give an empty folder for as long as the block runs; first sweep what dead processes left.

    Args:
        purpose: A word for its name, which also holds the number of the process.
    """
    sweep_scratch()
    prefix = f"{PREFIX}{purpose}-{os.getpid()}-"
    with (
        tempfile.TemporaryDirectory(prefix=prefix, ignore_cleanup_errors=True) as name,
        _held(Path(name)),
    ):
        folder = Path(name) / purpose
        folder.mkdir()
        yield folder


def sweep_scratch() -> None:
    """Take away the scratch folders of this user whose processes have ended."""
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        with suppress(OSError):  # it is somebody else's, or gone by now
            known = folder.lstat()
            if stat.S_ISDIR(known.st_mode) and known.st_uid == os.getuid():
                _sweep(folder)


def _sweep(folder: Path) -> None:
    with (folder / LOCK).open() as lock:  # what has none is no folder of ours, or not yet
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _held(folder: Path) -> Iterator[None]:
    """Keep a folder from being swept; it is locked by the time that its lock has its name."""
    made = folder / f"{LOCK}.new"
    with made.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        made.rename(folder / LOCK)
        yield

"""The library's two folders of its own files, and how changes to them wait for each other."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from index.folder import Folder
from index.library import Index
from index.lock import patiently, waiting_lock
from index.walk import IGNORE_FILE

UPLOADS = "uploads"
REMOVED = "removed"
LOCK_FILE = "uploads.lock"

PATIENCE = 60.0
"""Seconds for which a change waits until whoever else writes to the library is done."""

Result = TypeVar("Result")


class UploadFolders:
    """Where uploads lie, and where they lie once they are discarded."""

    def __init__(self, index: Index, patience: float) -> None:
        """Name the folders beneath a library; none is made yet."""
        self.index = index
        self.uploads = index.folder / UPLOADS
        self.removed = index.folder / REMOVED
        self._patience = patience

    @contextmanager
    def held(self) -> Iterator[None]:
        """Keep every other change to the folders waiting.

        Raises:
            LibraryBusy: another takes too long.
        """
        with waiting_lock(self.index.folder / LOCK_FILE, self._patience):
            yield

    @contextmanager
    def opened(self) -> Iterator[tuple[Folder, Folder]]:
        """Open both folders; a sync of a folder above them passes over what was removed."""
        with Folder.open(self.uploads) as uploads, Folder.open(self.removed) as removed:
            if not removed.holds(IGNORE_FILE):
                part, _ = removed.write_part([b"*\n"])
                removed.move(part, removed, IGNORE_FILE)
            yield uploads, removed

    def patiently(self, change: Callable[[], Result]) -> Result:
        """Try a change to the library until nobody else writes to it.

        Raises:
            LibraryBusy: somebody does so for too long.
        """
        return patiently(change, self._patience)

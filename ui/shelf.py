"""The libraries of one installation: the main one, and those that stand beneath it."""

import re
import threading
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from index import Index
from index.errors import LibraryBusy
from index.uploads import Uploads
from ui import strings
from ui.chats import Chats
from ui.errors import LibraryFailure, UnknownLibrary
from ui.feedback import Feedback

BENEATH = "libraries"
"""The folder in the main library that holds the others, so that one folder is all to back up."""

NAME = re.compile(r"[^\W_](?:[\w .&-]{0,58}[\w)])?")
"""What a library may be called: it is a folder's name, so nothing that leads elsewhere."""


class Shelf:
    """Opens libraries by name and keeps them open; safe to share between visitors."""

    def __init__(self, main: Index) -> None:
        """Put up a shelf around the main library, which stays the caller's to close."""
        self._main = _recovered(main)
        self._opened: dict[str, Index] = {self.main_name: main}
        self._chats: dict[str, Chats] = {}
        self._lock = threading.RLock()

    @property
    def main_name(self) -> str:
        """The name of the main library: that of its folder."""
        return self._main.folder.name or strings.MAIN_LIBRARY

    def names(self) -> list[str]:
        """Return the names of all libraries, the main one first."""
        folder = self._main.folder / BENEATH
        names = [path.name for path in folder.iterdir()] if folder.is_dir() else []
        others = sorted(filter(self._is_there, names), key=str.casefold)
        return [self.main_name, *others]

    def open(self, name: str | None = None) -> Index:
        """Return a library, the main one by default.

        Raises:
            UnknownLibrary: there is none of this name.
        """
        with self._lock:
            name = name or self.main_name
            if name not in self._opened:
                if not self._is_there(name):
                    known = ", ".join(self.names())
                    raise UnknownLibrary(strings.NO_SUCH_LIBRARY.format(name=name, known=known))
                self._opened[name] = _recovered(Index.open(self._folder(name), create=False))
            return self._opened[name]

    def chats(self, name: str | None = None) -> Chats:
        """Return the saved conversations of a library, the main one by default.

        What was erased from the library since they were last opened is erased from them, too.

        Raises:
            UnknownLibrary: there is no library of this name.
            CannotSave: what was erased could not be taken out of them.
        """
        with self._lock:
            name = name or self.main_name
            if name not in self._chats:
                index = self.open(name)
                chats = Chats(index.folder)
                Feedback(chats, index)
                chats.sweep(index)
                self._chats[name] = chats
            return self._chats[name]

    def make(self, name: str) -> Index:
        """Make a library and return it.

        Raises:
            LibraryFailure: the name is taken, or cannot be a folder's.
        """
        name = " ".join(name.split())
        if not NAME.fullmatch(name):
            raise LibraryFailure(strings.BAD_LIBRARY_NAME.format(name=name))
        with self._lock:
            if name.casefold() in map(str.casefold, self.names()):
                raise LibraryFailure(strings.LIBRARY_EXISTS.format(name=name))
            self._opened[name] = Index.open(self._folder(name))
            return self._opened[name]

    def close(self) -> None:
        """Close the libraries that the shelf opened."""
        with self._lock:
            for chats in self._chats.values():
                chats.close()
            for name in self._opened.keys() - {self.main_name}:
                self._opened.pop(name).close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _folder(self, name: str) -> Path:
        return self._main.folder / BENEATH / name

    def _is_there(self, name: str) -> bool:
        """Say whether a name is a library's; it may come from a browser, so it may be anything."""
        if not NAME.fullmatch(name) or name == self.main_name:
            return False
        folder = self._folder(name)
        return folder.is_dir() and not folder.is_symlink()


def _recovered(index: Index) -> Index:
    """Finish what a kill broke off, and read what was uploaded right before it."""
    # Whoever holds the library does so when it is opened there; the next start does it here.
    with suppress(LibraryBusy):
        Uploads(index, patience=0).recover()
    return index

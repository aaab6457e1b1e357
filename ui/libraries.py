"""The libraries that are served, as the API and the original files see them."""

from typing import Protocol

from index import Index
from ui import strings
from ui.errors import UnknownLibrary


class Libraries(Protocol):
    """Several libraries by name, the main one first."""

    def names(self) -> list[str]:
        """Return the names."""

    def open(self, name: str) -> Index:
        """Return a library, opened once and shared; nobody but the shelf closes it."""


class OneLibrary:
    """A single library, named like its folder."""

    def __init__(self, index: Index) -> None:
        """Serve a library that is open."""
        self._index = index

    def names(self) -> list[str]:
        """Return its name."""
        return [self._index.folder.name]

    def open(self, name: str) -> Index:
        """Return it."""
        return self._index


def open_library(libraries: Libraries, name: str | None = None) -> Index:
    """Return a library by its name, the main one by default.

    Raises:
        UnknownLibrary: there is none of this name.
        IndexFailure: it cannot be opened.
    """
    names = libraries.names()
    if name is None:
        return libraries.open(names[0])
    if name not in names:
        raise UnknownLibrary(strings.UNKNOWN_LIBRARY.format(name=name, names=", ".join(names)))
    return libraries.open(name)

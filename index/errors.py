"""Everything that can go wrong in the index, as a small tree of errors.

Each message names the thing, the cause and the remedy, and is fit to show to a user as it stands.
"""

from pathlib import Path


class IndexFailure(Exception):
    """Anything that the index cannot do; the base of its errors."""


class UnreadableArticle(IndexFailure):
    """A file that holds no article that can be read."""

    def __init__(self, path: str | Path, reason: str, *, is_final: bool = True) -> None:
        """Keep the path and the reason apart, since a sync reports them as a pair.

        Args:
            path: The file.
            reason: Why it cannot be read.
            is_final: Whether it stays so until the file changes; a disk that gave no answer, or a
                process that somebody ended, says nothing of the file.
        """
        super().__init__(f"{path}: {reason}")
        self.path = str(path)
        self.reason = reason
        self.is_final = is_final


class BrokenReader(IndexFailure):
    """The process that reads files cannot be started."""


class MissingPath(IndexFailure):
    """A file or folder that was named but is not there."""


class MissingLibrary(IndexFailure):
    """A library that was asked for but was never made."""


class BrokenLibrary(IndexFailure):
    """A library whose files cannot be read."""


class DiskFailure(IndexFailure):
    """A disk that is full, or that fails to read or write; nothing is half done."""


class LibraryBusy(IndexFailure):
    """Another process is writing to the library."""


class ModelMismatch(IndexFailure):
    """The library was embedded by another model, or cut by other passage rules."""


class BrokenModel(IndexFailure):
    """A model that is missing, damaged, or not the one that was expected."""


class FetchFailure(IndexFailure):
    """A web page that cannot or may not be fetched."""


class UnknownArticle(IndexFailure):
    """No article has this id."""


class BadValue(IndexFailure):
    """A setting, a date or a name that cannot be used as it stands."""

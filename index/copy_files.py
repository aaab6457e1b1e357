"""The copies of the catalogue as files: what they are called, which there are, how they go.

Only names that we give count. What else lies in a library's folder is its owner's, whatever it is
called: a folder `damaged-photos` is no catalogue that was moved aside.
"""

import re
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

NAME = re.compile(r"last-good-([0-9]{1,18})-([0-9a-f]{64})\.sqlite")
PATTERN = "last-good-*.sqlite"

PART_NAME = re.compile(r"\.[0-9a-f]{32}\.copy(-journal)?")
"""Of a copy that is being written."""

ASIDE = "damaged-"
"""Begins the name of a folder to which a restore moves the catalogue that it replaces."""

ASIDE_NAME = re.compile(rf"{ASIDE}[0-9]{{8}}-[0-9]{{6}}-[0-9a-f]{{4}}")


@dataclass(frozen=True, kw_only=True)
class Copy:
    """A copy of a catalogue, going by its name."""

    path: Path
    change: int
    digest: str

    @property
    def made(self) -> str:
        """When it was made, to the minute, in UTC."""
        stamp = datetime.fromtimestamp(self.path.stat().st_mtime, tz=UTC)
        return stamp.isoformat(" ", "minutes").removesuffix("+00:00") + " UTC"

    def __str__(self) -> str:
        """Tell of its return."""
        return f"its last good copy, of {self.made}, was put in its place"


def copies_in(folder: Path) -> list[Copy]:
    """Return a library's copies, the newest first; a kill may have left two."""
    copies = [
        Copy(path=path, change=int(match[1]), digest=match[2])
        for path in folder.glob(PATTERN)
        if (match := NAME.fullmatch(path.name)) and path.is_file()
    ]
    return sorted(copies, key=lambda copy: copy.change, reverse=True)


def newest_copy(folder: Path) -> Copy | None:
    """Return a library's newest copy; None if there is none."""
    return next(iter(copies_in(folder)), None)


def drop_copies(folder: Path) -> None:
    """Delete every copy, and what a restore moved aside: they may hold what is to be erased."""
    drop_parts(folder)
    for path in folder.glob(PATTERN):
        if not path.is_dir():
            path.unlink(missing_ok=True)
    for path in folder.glob(f"{ASIDE}*"):
        if ASIDE_NAME.fullmatch(path.name) and path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)


def drop_parts(folder: Path) -> None:
    """Delete the copies that a kill left half written."""
    for path in folder.glob(".*.copy*"):
        if PART_NAME.fullmatch(path.name):
            path.unlink(missing_ok=True)

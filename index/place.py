"""Where a library lies: which folder is one, and who may write to it."""

import os
from pathlib import Path

from index.copy_files import newest_copy
from index.errors import BadValue, BrokenLibrary, MissingLibrary
from index.settings import index_settings
from index.walk import is_text

CATALOGUE_FILE = "catalogue.sqlite"
VECTORS_FILE = "vectors.sqlite"


def folder_of(folder: str | Path | None) -> Path:
    """Return a library's folder: the one that is named, or the one of the settings.

    Raises:
        BadValue: Chroma could not open a folder of that name.
    """
    path = os.path.abspath(folder or index_settings().home)  # noqa: PTH100
    if not is_text(path):
        raise BadValue(f"The library's folder {path!a} is not in UTF-8. Name another.")
    return Path(path)


def missing(folder: Path) -> MissingLibrary:
    """Return what to tell where a folder holds no library."""
    return MissingLibrary(
        f"There is no library at {folder}. Make one from a folder of articles: "
        "`python -m index add FOLDER`."
    )


def is_library(folder: Path) -> bool:
    """Say whether a folder is a library's, be its catalogue lost.

    Raises:
        BrokenLibrary: this user may not look into it.
    """
    try:
        return (
            (folder / CATALOGUE_FILE).is_file()
            or (folder / VECTORS_FILE).is_file()
            or newest_copy(folder) is not None
        )
    except PermissionError as error:
        raise BrokenLibrary(
            f"{folder} may not be read by this user. Change its rights, or name another folder "
            "with --library or FOOTNOTE_HOME."
        ) from error


def make_folder(folder: Path) -> None:
    """Make a folder for a new library.

    Raises:
        MissingLibrary: none can be made there, or this user may not write to it.
    """
    reason = "" if not folder.is_dir() or os.access(folder, os.W_OK) else "it may not be written to"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = str(error.strerror)
    if reason:
        raise MissingLibrary(
            f"No library can be made at {folder} ({reason}). Name another folder with --library "
            "or FOOTNOTE_HOME."
        )


def is_read_only(folder: Path) -> bool:
    """Say whether this user may read a library but not write to it."""
    files = [folder, folder / CATALOGUE_FILE, folder / VECTORS_FILE]
    return any(file.exists() and not os.access(file, os.W_OK) for file in files)

"""Which files a sync reads: those beneath the folders that were named, and nothing outside them."""

import errno
import hashlib
import os
import re
from collections.abc import Iterable
from fnmatch import translate
from pathlib import Path

from index.errors import MissingPath
from index.read import SUFFIXES, largest
from index.regular import open_regular

IGNORE_FILE = ".footnoteignore"
"""Names, one a line (`*` and `?` allowed), of files in its folder that are no articles."""

LONGEST_IGNORE_FILE = 100_000
"""Bytes."""

MOST_PATTERNS = 1_000
"""In it: each is tried on each name of its folder."""

MOST_DEPTH = 100
"""Folders within folders that are looked into; deeper ones are a trap or a mistake."""

OUTSIDE = "is a link that leads out of the folder: add what it leads to by its own path"
FOLDER_LINK = "is a link to a folder, which is not followed: add that folder by its own path"
NOT_TEXT = "has a name that is not in UTF-8: rename it"
TOO_DEEP = f"lies more than {MOST_DEPTH} folders deep: move it up"


def look_for_files(
    paths: Iterable[str | Path], known: Iterable[str]
) -> tuple[list[str], list[str], list[tuple[str, str]]]:
    """Return the files beneath the paths, the known ones that are gone, and what is unreadable.

    Nothing is known of what lies beneath a folder that cannot be opened, so nothing there is gone.

    Raises:
        MissingPath: a path is neither there nor a file that the library knows.
    """
    found: set[str] = set()
    gone: set[str] = set()
    unreadable: dict[str, str] = {}
    for given in paths:
        path = os.path.abspath(given)  # noqa: PTH100 - resolve() would follow links
        beneath = {k for k in known if is_within(k, path)}
        if reason := _closed(path):
            unreadable[_shown(path)] = reason
        elif Path(path).is_dir():
            here = _files_in(path, unreadable)
            found |= here
            gone |= {
                file
                for file in beneath - here
                if not any(is_within(file, folder) for folder in unreadable)
            }
        elif Path(path).exists():
            found.add(path)
        elif path in beneath:
            gone.add(path)
        else:
            raise MissingPath(
                f"{given} is not there. Name a folder or file that exists; to take out what was "
                "added from it, run `python -m index remove`."
            )
    return sorted(found), sorted(gone - found), sorted(unreadable.items())


def files_beneath(folder: str | Path) -> tuple[list[str], list[tuple[str, str]]]:
    """Return the files that a sync would read, in order, and (path, reason) of what it cannot.

    Raises:
        MissingPath: there is no such folder or file.
    """
    found, _, unreadable = look_for_files([folder], ())
    return found, unreadable


def is_within(path: str, folder: str) -> bool:
    """Say whether an absolute path is a folder (or file) or lies beneath it."""
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)


def digest_of(path: str) -> str:
    """Return the SHA-256 of a file; of one that is too large to be read, that of its size.

    Raises:
        OSError: it cannot be opened, or is no regular file.
    """
    with open_regular(path) as file:
        size = os.fstat(file.fileno()).st_size
        if size > largest(path):
            return hashlib.sha256(f"{size} bytes are too many".encode()).hexdigest()
        return hashlib.file_digest(file, "sha256").hexdigest()


def _files_in(folder: str, unreadable: dict[str, str]) -> set[str]:
    """Return the readable kinds of files beneath a folder, hidden ones left out.

    `unreadable` gains the folders that cannot be opened, links that are not followed, and files
    whose name is no text, each with the reason.
    """

    def note(error: OSError) -> None:
        unreadable[str(error.filename)] = f"cannot be opened ({error.strerror})"

    files = set()
    root = os.path.realpath(folder)
    depth_of_root = folder.rstrip(os.sep).count(os.sep)
    for parent, folders, names in os.walk(folder, onerror=note):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in folders:
            if (link := Path(parent, name)).is_symlink():
                unreadable[_shown(str(link))] = FOLDER_LINK
        if parent.count(os.sep) - depth_of_root >= MOST_DEPTH:
            unreadable.update({_shown(str(Path(parent, name))): TOO_DEEP for name in folders})
            folders.clear()
        try:
            ignored = _ignored_in(parent) if IGNORE_FILE in names else []
        except OSError as error:
            unreadable[_shown(parent)] = f"its {IGNORE_FILE} cannot be read ({error.strerror})"
            continue  # what it names is to stay out, so nothing beside it is read
        for name in names:
            if _is_article(name, ignored):
                file = str(Path(parent, name))
                if reason := _refusal(file, root):
                    unreadable[_shown(file)] = reason
                else:
                    files.add(file)
    return files


def _is_article(name: str, ignored: list[re.Pattern[str]]) -> bool:
    return (
        not name.startswith(".")
        and Path(name).suffix.lower() in SUFFIXES
        and not any(pattern.match(name) for pattern in ignored)
    )


def _closed(path: str) -> str | None:
    """Return why nothing can be told of a path that was named."""
    if not is_text(path):
        return NOT_TEXT
    try:
        Path(path).stat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:  # it lies in a folder that may not be entered, or its name is too long
        return f"cannot be opened ({error.strerror})"
    return None


def _refusal(file: str, root: str) -> str | None:
    """Return why a file is not read; `root` is the folder that was named, without links."""
    if not is_text(file):
        return NOT_TEXT
    if Path(file).is_symlink() and not is_within(os.path.realpath(file), root):
        return OUTSIDE
    return None


def is_text(name: str) -> bool:
    """Say whether a name's bytes, as Python takes them from the system, are UTF-8."""
    return _shown(name) == name


def _shown(name: str) -> str:
    """Return a file's name with bytes that are no text as escapes."""
    return name.encode("utf-8", "backslashreplace").decode("utf-8")


def _ignored_in(folder: str) -> list[re.Pattern[str]]:
    """Return the patterns of the names in a folder that are no articles.

    Raises:
        OSError: they cannot be read, or are too many.
    """
    path = Path(folder, IGNORE_FILE)
    if path.is_symlink():
        raise OSError(errno.ELOOP, "it is a link")
    with open_regular(path) as file:
        content = file.read(LONGEST_IGNORE_FILE + 1)
    lines = content.decode("utf-8", "replace").splitlines()
    patterns = [line.strip() for line in lines if line.strip() and not line.startswith("#")]
    if len(content) > LONGEST_IGNORE_FILE or len(patterns) > MOST_PATTERNS:
        raise OSError(errno.EFBIG, f"it holds more than {MOST_PATTERNS:,} names: use a folder")
    return [re.compile(translate(pattern)) for pattern in patterns]

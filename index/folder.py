"""A folder of a library into which files of strangers are written: no link is followed there."""

import errno
import hashlib
import os
import stat
import time
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Self

from index.errors import BrokenLibrary

PART = ".part"
"""Ends the hidden name of a file that is still being written."""

CHUNK = 1 << 20
"""Bytes read at once."""

_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC


class Folder:
    """An open folder; its files are named relative to it, whatever its path comes to mean."""

    def __init__(self, path: Path, descriptor: int) -> None:
        """Use an open folder; see `Folder.open`."""
        self.path = path
        self._descriptor = descriptor

    @classmethod
    @contextmanager
    def open(cls, path: Path) -> Iterator[Self]:
        """Open a folder, made if missing.

        Raises:
            BrokenLibrary: it is a link or a file, or cannot be written.
        """
        try:
            with suppress(FileExistsError):
                path.mkdir()
            descriptor = os.open(path, _FOLDER)
        except OSError as error:
            if error.errno in {errno.ELOOP, errno.ENOTDIR, errno.EMLINK}:
                raise BrokenLibrary(
                    f"{path} is a link or a file, but must be a folder of the library's own. Move "
                    "it away, and a folder is made in its place."
                ) from error
            raise BrokenLibrary(
                f"{path} cannot be opened ({error.strerror}), so no file can be kept there. Use a "
                "library that you may write to."
            ) from error
        try:
            yield cls(path, descriptor)
        finally:
            os.close(descriptor)

    def names(self) -> list[str]:
        """Return the names of the regular files, hidden ones left out."""
        with os.scandir(self._descriptor) as entries:
            return sorted(
                entry.name
                for entry in entries
                if not entry.name.startswith(".") and entry.is_file(follow_symlinks=False)
            )

    def holds(self, name: str) -> bool:
        """Say whether anything has this name, be it a link that leads nowhere.

        What can be no name here is none: the folder itself, the one above, what is too long.
        """
        if name in {"", ".", ".."} or "/" in name or "\0" in name:
            return False
        try:
            os.stat(name, dir_fd=self._descriptor, follow_symlinks=False)
        except OSError as error:
            if error.errno in {errno.ENOENT, errno.ENAMETOOLONG}:
                return False
            raise
        return True

    def digest(self, name: str) -> str | None:
        """Return the SHA-256 of a regular file as the catalogue has it, or None."""
        try:
            file = os.open(name, _FILE, dir_fd=self._descriptor)
        except OSError:
            return None
        if not stat.S_ISREG(os.fstat(file).st_mode):
            os.close(file)
            return None
        with os.fdopen(file, "rb") as opened:
            return hashlib.file_digest(opened, "sha256").hexdigest()

    def write_part(self, chunks: Iterable[bytes]) -> tuple[str, str]:
        """Write a new file under a hidden name, through to the disk; return name and SHA-256."""
        name = f".{uuid.uuid4().hex}{PART}"
        digest = hashlib.sha256()
        descriptor = os.open(name, _NEW, 0o666, dir_fd=self._descriptor)
        try:
            with os.fdopen(descriptor, "wb") as file:
                for chunk in chunks:
                    digest.update(chunk)
                    file.write(chunk)
                file.flush()
                os.fsync(file.fileno())
        except BaseException:
            self.remove(name)
            raise
        return name, digest.hexdigest()

    def move(self, name: str, target: "Folder", new_name: str) -> None:
        """Move a file, be it a link, and let both folders reach the disk."""
        os.rename(name, new_name, src_dir_fd=self._descriptor, dst_dir_fd=target._descriptor)
        os.fsync(target._descriptor)
        os.fsync(self._descriptor)

    def remove(self, name: str) -> None:
        """Delete a file, or the link that stands in its place; none there is no failure."""
        with suppress(FileNotFoundError):
            os.unlink(name, dir_fd=self._descriptor)
        os.fsync(self._descriptor)

    def sweep_parts(self, age: float) -> None:
        """Delete what was not written to its end and is older than so many seconds.

        What a clock since set back calls as much later than now is none that is being written.
        """
        with os.scandir(self._descriptor) as entries:
            parts = [e.name for e in entries if e.name.startswith(".") and e.name.endswith(PART)]
        for name in parts:
            with suppress(FileNotFoundError):
                found = os.stat(name, dir_fd=self._descriptor, follow_symlinks=False)
                if abs(time.time() - found.st_mtime) > age:
                    self.remove(name)

"""A SQLite file: one connection a living thread, write-ahead log, whole transactions."""

import errno
import os
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from index.errors import BrokenLibrary, DiskFailure, IndexFailure, LibraryBusy

DISK_ERRORS = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EROFS}
"""What an operating system says of a disk that takes no more."""

MOVE_ASIDE = "Move the library aside and add the articles again: `python -m index add FOLDER`."

PAUSE = 0.02
"""Seconds between two attempts to make a file that somebody else is just making."""

WAIT_SECONDS = 30.0
"""How long a reader waits for the moment in which a writer commits."""

FEWEST_EMPTY_PAGES = 64
"""A quarter of a megabyte; less is not worth rewriting a file for."""

MOST_EMPTY = 0.2
"""Share of a file's pages that may stay empty for what comes next."""

LONGEST_LOG = 4_000_000
"""Bytes to which SQLite cuts the log once what it holds is in the file."""


def address(path: Path, *, read_only: bool) -> str:
    """Return a SQLite file's address, with how it is opened.

    A file that nobody may write to is immutable, unless a log lies beside it: that of a writer who
    is at work, or was killed. What the log holds was committed and must be read, too.
    """
    log = path.with_name(f"{path.name}-wal")
    is_logged = read_only and log.exists() and log.stat().st_size > 0
    mode = "ro" if is_logged else "ro&immutable=1" if read_only else "rwc"
    return f"{path.absolute().as_uri()}?mode={mode}"


def explain(path: Path, error: sqlite3.DatabaseError, remedy: str) -> IndexFailure:
    """Return what to tell of SQLite's error, whose own text would not say what to do.

    Args:
        path: The file.
        error: What SQLite raised.
        remedy: What to do where the file is damaged.
    """
    if path.exists() and not os.access(path, os.R_OK):
        return BrokenLibrary(f"{path} may not be read by this user. Change its rights.")
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # the kind, without its details
    if code == sqlite3.SQLITE_CANTOPEN and not os.access(path.parent, os.W_OK):
        return BrokenLibrary(
            f"{path} was last written by a program that is at work or was killed, and its log "
            "cannot be read by this user. Have somebody who may write there run `python -m index "
            "list` once."
        )
    if code in {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN}:
        return DiskFailure(
            f"{path} cannot be read or written now ({error}). What was committed is kept; free "
            "some space or look after the disk, and try again."
        )
    if code in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
        return LibraryBusy(
            f"{path} has been locked by another process for {WAIT_SECONDS:.0f} seconds; nothing "
            "was changed. Try again when it is done."
        )
    if code == sqlite3.SQLITE_READONLY:
        return BrokenLibrary(f"{path} may not be written by this user. Change its rights.")
    return BrokenLibrary(f"{path} cannot be read ({error}). {remedy}")


@contextmanager
def naming_disk(folder: Path) -> Iterator[None]:
    """Turn what a disk refuses outside SQLite into an error that says what to do.

    Raises:
        DiskFailure: the disk is full, or fails.
    """
    try:
        yield
    except OSError as error:
        if error.errno not in DISK_ERRORS:
            raise
        raise DiskFailure(
            f"{folder} cannot be written now ({error.strerror}). What was committed is kept; free "
            "some space or look after the disk, and try again."
        ) from error


class Database:
    """Opens one SQLite file for as many threads as ask."""

    def __init__(
        self, path: Path, schema: str, remedy: str = MOVE_ASIDE, *, read_only: bool = False
    ) -> None:
        """Open the file and make its tables if missing.

        Args:
            path: The file.
            schema: What makes its tables.
            remedy: What to do when it is damaged, in a sentence.
            read_only: Whether nothing may be written.

        Raises:
            BrokenLibrary: the file is no database, or is damaged.
            DiskFailure: it cannot be opened now.
        """
        self.path = path
        self.remedy = remedy
        self.read_only = read_only
        self._local = threading.local()
        self._opened: dict[threading.Thread, sqlite3.Connection] = {}
        self._guard = threading.Lock()
        try:
            if not read_only:
                self.connection.executescript(schema)
            self.connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except sqlite3.DatabaseError as error:
            self.close()
            raise explain(self.path, error, self.remedy) from error

    @property
    def connection(self) -> sqlite3.Connection:
        """The calling thread's connection; what may only be read is opened anew once it changed."""
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is not None and (not self.read_only or connection.in_transaction):
            return connection
        state = _state(self.path, read_only=self.read_only)
        if connection is None or state != self._local.state:
            connection = self._connect()
            self._local.connection, self._local.state = connection, state
            this = threading.current_thread()
            with self._guard:
                for thread in [
                    each for each in self._opened if each is this or not each.is_alive()
                ]:
                    self._opened.pop(thread).close()
                self._opened[this] = connection
        return connection

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Commit all that the block does, or nothing of it."""
        with self.reading():
            connection = self.connection
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                # a full disk has SQLite roll back by itself
                if connection.in_transaction:
                    with suppress(sqlite3.Error):  # what is told is why it must be rolled back
                        connection.execute("ROLLBACK")
                raise

    @contextmanager
    def moment(self) -> Iterator[None]:
        """Have all that the block reads in this thread be as it was at one moment."""
        with self.reading():
            connection = self.connection
            is_first = not connection.in_transaction  # else the moment is whose who began it
            try:
                if is_first:
                    connection.execute("BEGIN")
                    connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
                yield
            finally:
                if is_first and connection.in_transaction:
                    connection.execute("COMMIT")

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Turn what SQLite cannot do into an error that says what to do.

        Raises:
            BrokenLibrary: the file is damaged, or may not be read or written.
            DiskFailure: the disk is full, or fails.
            LibraryBusy: somebody else holds the file for too long.
        """
        try:
            yield
        except sqlite3.IntegrityError:
            raise
        except sqlite3.DatabaseError as error:
            raise explain(self.path, error, self.remedy) from error

    def compact(self) -> bool:
        """Rewrite the file without what was deleted, and empty the log.

        Returns whether that is done: as long as somebody reads what was before, both must stay.
        """
        with self.reading():
            self.connection.execute("VACUUM")
            is_kept = self.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
            return not is_kept

    def tidy(self) -> None:
        """Empty the log, and compact a file of which much is empty; what cannot be done now waits.

        A full disk or somebody who reads just now is no failure of the change that was committed.
        """
        with suppress(DiskFailure, LibraryBusy), self.reading():
            pages, empty = (
                int(self.connection.execute(f"PRAGMA {name}").fetchone()[0])
                for name in ("page_count", "freelist_count")
            )
            if empty > max(FEWEST_EMPTY_PAGES, MOST_EMPTY * pages):
                self.connection.execute("VACUUM")
            self.connection.execute("PRAGMA busy_timeout=0")
            try:
                self.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            finally:
                self.connection.execute(f"PRAGMA busy_timeout={WAIT_SECONDS * 1000:.0f}")

    def close(self) -> None:
        """Close every thread's connection."""
        with self._guard:
            while self._opened:
                self._opened.popitem()[1].close()
        self._local = threading.local()

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(
            address(self.path, read_only=self.read_only),
            uri=True,
            timeout=WAIT_SECONDS,
            isolation_level=None,
            check_same_thread=False,
        )
        connection.row_factory = sqlite3.Row
        if not self.read_only:
            _write_ahead(connection)
            connection.execute("PRAGMA synchronous=FULL")
            connection.execute("PRAGMA secure_delete=ON")
            connection.execute(f"PRAGMA journal_size_limit={LONGEST_LOG}")
        connection.execute("PRAGMA foreign_keys=ON")
        return connection


def _state(path: Path, *, read_only: bool) -> tuple[object, ...]:
    """Return what differs once a file that may only be read must be opened in another way, or anew.

    SQLite takes an immutable file for what it was, and mixes up its pages once it is written to.
    """
    where = address(path, read_only=read_only)
    if not read_only or "immutable" not in where or not path.exists():
        return (where,)
    found = path.stat()
    return where, found.st_ino, found.st_size, found.st_mtime_ns


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Have a file keep a write-ahead log.

    SQLite does not wait by itself when two make the same new file, since neither could go on.
    """
    deadline = time.monotonic() + WAIT_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
            time.sleep(PAUSE)

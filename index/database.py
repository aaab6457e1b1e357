"""A SQLite file: one connection a thread, write-ahead log, whole transactions."""

import os
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from index.errors import BrokenLibrary, IndexFailure, LibraryBusy

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


class Database:
    """Opens one SQLite file for as many threads as ask."""

    def __init__(self, path: Path, schema: str, *, read_only: bool = False) -> None:
        """Open the file and make its tables if missing.

        Raises:
            BrokenLibrary: the file is no database, or is damaged.
        """
        self.path = path
        self.read_only = read_only
        self._local = threading.local()
        self._opened: list[sqlite3.Connection] = []
        self._guard = threading.Lock()
        try:
            if not read_only:
                self.connection.executescript(schema)
            self.connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except sqlite3.DatabaseError as error:
            self.close()
            raise self._broken(error) from error

    @property
    def connection(self) -> sqlite3.Connection:
        """The calling thread's connection."""
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = self._connect()
            self._local.connection = connection
            with self._guard:
                self._opened.append(connection)
        return connection

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Commit all that the block does, or nothing of it."""
        connection = self.connection
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield connection
            connection.execute("COMMIT")
        except BaseException:
            # a full disk has SQLite roll back by itself
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise

    @contextmanager
    def moment(self) -> Iterator[None]:
        """Have all that the block reads in this thread be as it was at one moment."""
        connection = self.connection
        if connection.in_transaction:  # whose moment it is already
            yield
            return
        with self.reading():
            connection.execute("BEGIN")
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        try:
            yield
        finally:
            if connection.in_transaction:
                connection.execute("COMMIT")

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Turn damage that shows only while reading into an error that says what to do.

        Raises:
            BrokenLibrary: the file is damaged, or cannot be read or written now.
        """
        try:
            yield
        except sqlite3.IntegrityError:
            raise
        except sqlite3.DatabaseError as error:
            raise self._broken(error) from error

    def _broken(self, error: sqlite3.DatabaseError) -> IndexFailure:
        # primary codes are in the lowest byte
        if getattr(error, "sqlite_errorcode", 0) & 0xFF in {
            sqlite3.SQLITE_BUSY,
            sqlite3.SQLITE_LOCKED,
        }:
            return LibraryBusy(
                f"{self.path} has been locked by another process for {WAIT_SECONDS:.0f} seconds; "
                "nothing was changed. Try again when it is done."
            )
        if not os.access(self.path, os.R_OK) and self.path.exists():
            return BrokenLibrary(f"{self.path} may not be read by this user. Change its rights.")
        return BrokenLibrary(
            f"{self.path} cannot be read ({error}). Move the library aside and add the articles "
            "again: `python -m index add FOLDER`."
        )

    def compact(self) -> None:
        """Rewrite the file without what was deleted, and empty the log."""
        self.connection.execute("VACUUM")
        self.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def compact_if_sparse(self) -> None:
        """Compact a file of which much is empty; where that cannot be done now, it waits."""
        pages, empty = (
            int(self.connection.execute(f"PRAGMA {name}").fetchone()[0])
            for name in ("page_count", "freelist_count")
        )
        if empty > max(FEWEST_EMPTY_PAGES, MOST_EMPTY * pages):
            with suppress(sqlite3.OperationalError):  # a full disk, or somebody reads for long
                self.compact()

    def empty_log(self) -> None:
        """Bring what the log holds into the file; where somebody reads just now, it waits."""
        self.connection.execute("PRAGMA busy_timeout=0")
        try:
            self.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        finally:
            self.connection.execute(f"PRAGMA busy_timeout={WAIT_SECONDS * 1000:.0f}")

    def close(self) -> None:
        """Close every thread's connection."""
        with self._guard:
            while self._opened:
                self._opened.pop().close()
        self._local = threading.local()

    def _connect(self) -> sqlite3.Connection:
        mode = "mode=ro&immutable=1" if self.read_only else "mode=rwc"
        connection = sqlite3.connect(
            f"{self.path.absolute().as_uri()}?{mode}",
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

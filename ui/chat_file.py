"""The file of saved conversations: opened, moved aside when damaged, rid of what was deleted.

SQLite's write-ahead log makes each save whole or nothing, whenever the program is killed. What is
deleted is overwritten with zeros, and the log is emptied, so that no byte of it stays.
"""

import os
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from index.database import Database
from index.errors import IndexFailure
from ui import strings
from ui.errors import CannotSave

CHATS_FILE = "chats.sqlite"

SCHEMA = """
CREATE TABLE IF NOT EXISTS chats (
    number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, user TEXT NOT NULL,
    title TEXT NOT NULL, named INTEGER NOT NULL, folded TEXT NOT NULL, created TEXT NOT NULL,
    changed TEXT NOT NULL) STRICT;
CREATE INDEX IF NOT EXISTS chats_by_user ON chats (user, changed);
CREATE TABLE IF NOT EXISTS turns (
    number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE,
    chat_id TEXT NOT NULL REFERENCES chats (id) ON DELETE CASCADE, position INTEGER,
    follows TEXT, body TEXT NOT NULL, folded TEXT NOT NULL,
    thumb TEXT, reason TEXT, note TEXT) STRICT;
CREATE INDEX IF NOT EXISTS turns_by_chat ON turns (chat_id, position);
CREATE TABLE IF NOT EXISTS sources (
    article_id TEXT NOT NULL, turn_number INTEGER NOT NULL REFERENCES turns ON DELETE CASCADE,
    PRIMARY KEY (article_id, turn_number)) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS sources_by_turn ON sources (turn_number);
"""
"""A turn without a position was replaced by a retry or an edit; it is still there by its link.
`follows` is the turn that was asked before it."""

FORMAT = 1
"""Raised when the tables change in a way that an older Footnote cannot follow."""

DAMAGE = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}

REASONS = {
    sqlite3.SQLITE_FULL: strings.DISK_FULL,
    sqlite3.SQLITE_READONLY: strings.FOLDER_READ_ONLY,
    sqlite3.SQLITE_PERM: strings.FOLDER_READ_ONLY,
    sqlite3.SQLITE_BUSY: strings.CHATS_BUSY,
    sqlite3.SQLITE_LOCKED: strings.CHATS_BUSY,
}

CLEANING_SECONDS = 5.0
"""How long other programs that read the file are waited for before its log is emptied."""


class ChatFile:
    """Opens the file for one operation at a time, whatever the thread.

    Opening never fails: a file that cannot be used now is tried again at the next operation.
    """

    def __init__(self, folder: Path) -> None:
        """Keep conversations in a library's folder."""
        self.path = folder / CHATS_FILE
        self.trouble: str | None = None
        """That the file was damaged and moved aside, in words."""
        self._lock = threading.RLock()
        self._database: Database | None = None
        with suppress(CannotSave), self.reading():
            pass

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Give the connection to read with.

        Raises:
            CannotSave: the file cannot be read; the message says why.
        """
        with self._lock, self._explained(strings.CANNOT_READ_CHATS):
            if self._is_absent:
                with closing(_nothing()) as connection:
                    yield connection
            else:
                yield self._opened().connection

    @contextmanager
    def writing(self, message: str = strings.NOT_CHANGED) -> Iterator[sqlite3.Connection]:
        """Give the connection to write with; all that the block does is kept, or nothing of it.

        Args:
            message: What is said when it cannot be kept, with {reason}.

        Raises:
            CannotSave: the file cannot be written; the message says why.
        """
        with self._lock, self._explained(message):
            if self._is_read_only:
                raise CannotSave(message.format(reason=strings.FOLDER_READ_ONLY))
            with self._opened().transaction() as connection:
                yield connection

    def clean(self, *, rewrite: bool) -> None:
        """Let no byte of what was deleted stay in the file, nor in its log.

        Args:
            rewrite: Whether to write the whole file anew, too, and to delete damaged ones that
                were moved aside, since nothing can be taken out of those.

        Raises:
            CannotSave: another program keeps the log in use.
        """
        with self._lock, self._explained(strings.CHATS_NOT_CLEANED):
            connection = self._opened().connection
            if rewrite:
                # zeros alone would do, but for what SQLite moves about within a page
                connection.execute("VACUUM")
                for old in self.path.parent.glob(f"{CHATS_FILE}.damaged-*"):
                    old.unlink(missing_ok=True)
            deadline = time.monotonic() + CLEANING_SECONDS
            while not _empty_log(connection):
                if time.monotonic() > deadline:
                    reason = strings.CHATS_HELD
                    raise CannotSave(strings.CHATS_NOT_CLEANED.format(reason=reason))
                time.sleep(0.05)

    def close(self) -> None:
        """Close the file; the next operation opens it again."""
        with self._lock:
            if self._database is not None:
                self._database.close()
            self._database = None

    @property
    def _is_read_only(self) -> bool:
        return not os.access(self.path.parent, os.W_OK)

    @property
    def _is_absent(self) -> bool:
        """Whether there is no file, and none can be made."""
        return self._is_read_only and not self.path.exists()

    @contextmanager
    def _explained(self, message: str) -> Iterator[None]:
        """Turn what SQLite raises into words, and move a damaged file aside."""
        try:
            yield
        except (sqlite3.DatabaseError, IndexFailure, OSError) as error:
            # Database keeps SQLite's own error as the cause of its
            cause = error.__cause__ if isinstance(error, IndexFailure) else error
            code = getattr(cause, "sqlite_errorcode", 0) & 0xFF
            reason = REASONS.get(code) or getattr(cause, "strerror", None) or str(cause)
            if code in DAMAGE:
                with suppress(OSError):  # a read-only folder: the file stays, and is told of
                    self._set_aside(reason)
                    raise CannotSave(self.trouble) from error
            raise CannotSave(message.format(reason=reason)) from error

    def _opened(self) -> Database:
        if self._database is None:
            if not self._is_read_only:
                # private to the user who serves; SQLite gives its log the same rights
                os.close(os.open(self.path, os.O_CREAT | os.O_RDWR, 0o600))
            database = Database(self.path, SCHEMA, read_only=self._is_read_only)
            try:
                _check(database)
            except BaseException:
                database.close()
                raise
            self._database = database
        return self._database

    def _set_aside(self, reason: str) -> None:
        """Move a damaged file out of the way.

        Raises:
            OSError: it cannot be moved.
        """
        self.close()
        stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f")
        aside = self.path.with_name(f"{CHATS_FILE}.damaged-{stamp}")
        self.path.rename(aside)
        for ending in ("-wal", "-shm"):
            log = self.path.with_name(CHATS_FILE + ending)
            if log.exists():
                log.rename(f"{aside}{ending}")
        self.trouble = strings.CHATS_SET_ASIDE.format(reason=reason, path=aside)


def _nothing() -> sqlite3.Connection:
    """Return a file without conversations, in memory."""
    connection = sqlite3.connect(":memory:")
    connection.row_factory = sqlite3.Row
    connection.executescript(SCHEMA)
    return connection


def _check(database: Database) -> None:
    """Find damage now rather than in the middle of an answer, and empty the log.

    The log is emptied here, too, since a program that is killed cannot do it.
    """
    connection = database.connection
    (found,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    if found != "ok":
        damage = sqlite3.DatabaseError(str(found).splitlines()[0])
        damage.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
        raise damage
    (written,) = connection.execute("PRAGMA user_version").fetchone()
    if written > FORMAT:
        raise CannotSave(strings.CANNOT_READ_CHATS.format(reason=strings.CHATS_NEWER))
    if not database.read_only and written < FORMAT:
        connection.execute(f"PRAGMA user_version = {FORMAT}")
    if not database.read_only:
        with suppress(sqlite3.OperationalError):  # what is saved can be read on a full disk, too
            _empty_log(connection)


def _empty_log(connection: sqlite3.Connection) -> bool:
    (busy, _, _) = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return not busy

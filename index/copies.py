"""The last good copy of the catalogue: what a damaged one is compared with, and restored from.

Articles can be read again from their files; what was corrected, discarded or erased by hand, and
older versions that saved chats cite, stand in the catalogue alone. So after a change it is copied
to one file beside it. The file's name tells after which change, and a digest of all its rows: a
catalogue of the same change must have the same digest. SQLite itself notices a broken structure,
but not a flipped bit in a text.
"""

import hashlib
import logging
import os
import shutil
import sqlite3
import time
import uuid
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from index.catalogue import CHANGE, REMEDY, Catalogue
from index.copy_files import ASIDE, NAME, PATTERN, Copy, copies_in, drop_parts, newest_copy
from index.database import WAIT_SECONDS, address, explain
from index.errors import BrokenLibrary, IndexFailure
from index.lock import writer_lock

ALWAYS_BELOW = 64_000_000
"""Bytes; a smaller catalogue is copied after each change, which takes under a second."""

COPIED_EVERY = 600.0
"""Seconds between two copies of a larger one, so that copying stays a small part of the work."""

log = logging.getLogger(__name__)


def keep_copy(folder: Path, catalogue: Catalogue) -> None:
    """Copy the catalogue if it has changed, or its copy is damaged; the caller holds the lock.

    A copy that cannot be made is no failure of the change before it, and the older one stays.
    """
    last = newest_copy(folder)
    if last is not None:
        # one that a clock since set back calls later than now tells nothing of its age
        young = 0 <= time.time() - last.path.stat().st_mtime < COPIED_EVERY
        if young and catalogue.database.path.stat().st_size > ALWAYS_BELOW:
            return
        if last.change == catalogue.change and is_sound(last):
            return
    part = folder / f".{uuid.uuid4().hex}.copy"
    try:
        drop_parts(folder)
        # written row by row, so that a broken structure is found and never copied
        catalogue.execute("VACUUM INTO ?", str(part))
        with part.open("rb+") as file:
            os.fsync(file.fileno())
        name = f"last-good-{_change_of(part)}-{digest_of(part)}.sqlite"
        part.replace(folder / name)
        for path in folder.glob(PATTERN):
            if path.name != name and NAME.fullmatch(path.name) and not path.is_dir():
                path.unlink()
    except (IndexFailure, sqlite3.Error, OSError) as error:
        log.warning("The catalogue could not be copied (%s); its last copy stays.", error)
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def is_sound(copy: Copy) -> bool:
    """Say whether a copy holds what its name says; any file may be called so."""
    try:
        return digest_of(copy.path) == copy.digest
    except (sqlite3.DatabaseError, ValueError):  # names or what SQLite says of them no text
        return False


def _newest_sound_copy(folder: Path) -> Copy | None:
    return next((copy for copy in copies_in(folder) if is_sound(copy)), None)


def guard(folder: Path, catalogue: Path, traces: Path, *, read_only: bool) -> None:
    """Check a library's catalogue before it is opened, and restore it where nothing is lost by it.

    Args:
        folder: The library's.
        catalogue: The catalogue's file.
        traces: A file that exists only where a catalogue did before.
        read_only: Whether nothing may be written.

    Raises:
        BrokenLibrary: it is damaged or gone, and what was last committed may not be in its copy.
    """
    copy = newest_copy(folder)
    if not catalogue.exists() and copy is None and not traces.exists():
        return
    damage = find_damage(catalogue, copy, traces, read_only=read_only)
    if damage and copy and catalogue.exists() and not is_sound(copy):
        log.warning("%s is no good copy, and is passed over.", copy.path)
        copy = _newest_sound_copy(folder)
        damage = find_damage(catalogue, copy, traces, read_only=read_only)
    if damage is None:
        return
    if damage.is_copied and not read_only:
        with writer_lock(folder):  # under which nobody else restores it
            copy = _newest_sound_copy(folder)
            damage = find_damage(catalogue, copy, traces, read_only=False)
            if damage is not None and damage.is_copied:
                restored = restore(folder, catalogue)
                log.warning("%s was damaged (%s); %s", catalogue, damage.what, restored)
                return
    if damage is not None:
        raise BrokenLibrary(f"{catalogue} is damaged: {damage.what}. {_remedy(copy)}")


def _remedy(copy: Copy | None) -> str:
    if copy is None:
        return REMEDY
    return (
        f"Its last good copy is of {copy.made}: `python -m index restore` puts it back, and keeps "
        "what is there now beside it. Then add your articles again, for what came later."
    )


@dataclass(frozen=True, kw_only=True)
class Damage:
    """What is wrong with a catalogue."""

    what: str
    is_copied: bool
    """Whether the newest copy holds all that was ever committed."""


def find_damage(
    catalogue: Path, copy: Copy | None, traces: Path, *, read_only: bool
) -> Damage | None:
    """Check a catalogue from end to end; None if nothing is wrong.

    Args:
        catalogue: Its file.
        copy: The newest copy, found before this call: a writer may be at work.
        traces: A file that exists only where a catalogue did before.
        read_only: Whether nothing may be written, be it a log.

    Raises:
        IndexFailure: it cannot be opened now.
    """
    if not catalogue.exists() or not catalogue.stat().st_size:
        is_new = copy is None and not traces.exists()
        return None if is_new else Damage(what="it is gone", is_copied=False)
    change: int | None = None
    try:
        with closing(_open(catalogue, read_only=read_only)) as connection:
            connection.execute("BEGIN")
            tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
            if not tables[0] and copy is None and not traces.exists():
                return None  # its making was broken off
            change = _change(connection)
            what = _wrong(connection, change, copy)
    except sqlite3.DatabaseError as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if code not in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR}:
            raise explain(catalogue, error, REMEDY) from error
        what = str(error)
    except ValueError as error:  # the number of changes is none
        what = str(error)
    if what is None:
        return None
    return Damage(what=what, is_copied=copy is not None and copy.change == change)


def _wrong(connection: sqlite3.Connection, change: int, copy: Copy | None) -> str | None:
    told: bytes = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    if told != b"ok":
        return told.decode(errors="replace")
    if copy is not None and copy.change > change:
        return "it is older than its last good copy"
    if copy is not None and copy.change == change and copy.digest != _digest(connection):
        return "its rows are not those that were written"
    return None


def restore(folder: Path, catalogue: Path) -> Copy:
    """Put the last good copy in the catalogue's place; the caller holds the writer's lock.

    What was there moves to a folder beside it.

    Raises:
        BrokenLibrary: there is no copy, or it is damaged, too.
    """
    newest = newest_copy(folder)
    if newest is None:
        raise BrokenLibrary(
            f"{folder} has no copy of its catalogue. Move the library aside and add the articles "
            "again: `python -m index add FOLDER`."
        )
    copy = _newest_sound_copy(folder)
    if copy is None:
        raise BrokenLibrary(
            f"The copy {newest.path} is damaged, too. Move the library aside and add the articles "
            "again: `python -m index add FOLDER`."
        )
    part = folder / f".{uuid.uuid4().hex}.copy"
    try:
        shutil.copyfile(copy.path, part)
        with part.open("rb+") as file:
            os.fsync(file.fileno())
        aside = folder / f"{ASIDE}{datetime.now(UTC):%Y%m%d-%H%M%S}-{uuid.uuid4().hex[:4]}"
        aside.mkdir()
        # the log first: beside the copy it would be taken for the copy's own
        for path in [*(catalogue.with_name(catalogue.name + end) for end in ("-wal", "-shm"))]:
            if path.exists():
                path.rename(aside / path.name)
        if catalogue.exists():
            catalogue.rename(aside / catalogue.name)
        part.replace(catalogue)
    finally:
        part.unlink(missing_ok=True)
    return copy


def digest_of(path: Path) -> str:
    """Return the digest of a copy's rows; nobody else has it open.

    Raises:
        sqlite3.DatabaseError: it is damaged.
    """
    with closing(_open(path, read_only=True)) as connection:
        told = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
        if told != b"ok":
            raise sqlite3.DatabaseError(told.decode(errors="replace"))
        return _digest(connection)


def _change_of(path: Path) -> int:
    with closing(_open(path, read_only=True)) as connection:
        return _change(connection)


def _change(connection: sqlite3.Connection) -> int:
    row = connection.execute("SELECT value FROM facts WHERE name = ?", (CHANGE,)).fetchone()
    return 0 if row is None else int(row[0])


def _digest(connection: sqlite3.Connection) -> str:
    """Return a digest of the rows of all tables, those of the word index among them."""
    digest = hashlib.sha256()
    for part in _contents(connection):
        digest.update(part)
    return digest.hexdigest()


def _contents(connection: sqlite3.Connection) -> Iterator[bytes]:
    tables = connection.execute(
        "SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' ORDER BY name"
    ).fetchall()
    for kind, name, sql in tables:
        yield sql
        if kind == b"table" and not sql.startswith(b"CREATE VIRTUAL"):
            # in the order of their numbers, which copying may change but keeps in order
            for row in connection.execute(f'SELECT * FROM "{name.decode()}"'):
                yield repr(row).encode()


def _open(path: Path, *, read_only: bool) -> sqlite3.Connection:
    connection = sqlite3.connect(
        address(path, read_only=read_only), uri=True, isolation_level=None, timeout=WAIT_SECONDS
    )
    connection.text_factory = bytes  # a flipped bit may have left no text
    return connection

"""Digests of a search base's files, by which damage is found before Chroma opens them.

Chroma can crash the whole process on a damaged file, or pass over the damage in silence. So what a
base held when it was proved stands beside it, and is compared in a process of its own, which needs
the standard library alone. Reading changes bookkeeping, which therefore does not count.
"""

import hashlib
import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

DIGESTS_FILE = "digests.json"
ROWS_FILE = "chroma.sqlite3"
UNCOUNTED = {DIGESTS_FILE, "readers.lock", "broken", f"{ROWS_FILE}-journal"}
GRAPH_MARK = "index_metadata.pickle"
"""The graph of a single row is built in memory whenever it is opened: its folder lacks this file,
and what else lies there is not read, and may be written at any time."""

BOOKKEEPING = "acquire_write"
"""A table to which Chroma adds a row whenever it opens a store."""

LONGEST_CHECK = 120.0
"""Seconds; a gigabyte is read in about one."""


def write_digests(folder: Path) -> None:
    """Write down what a proved base holds, through to the disk; nobody has it open."""
    with (folder / DIGESTS_FILE).open("w") as file:
        json.dump(_digests(folder), file)
        file.flush()
        os.fsync(file.fileno())


def damage(folder: Path) -> str | None:
    """Return what is wrong with a base's files, in words, or None; a process of its own looks."""
    try:
        done = subprocess.run(  # noqa: S603 - this very file
            [sys.executable, "-I", "-S", __file__, str(folder)],
            capture_output=True,
            text=True,
            timeout=LONGEST_CHECK,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return f"its check took more than {LONGEST_CHECK:.0f} s"
    except OSError as error:
        return f"its check could not be started ({error.strerror})"
    said = done.stdout.strip() or f"its check ended with {done.returncode}"
    return None if said == "sound" else said


def _digests(folder: Path) -> dict[str, str]:
    """Return a digest of every file that counts, by its path in the folder."""
    digests = {ROWS_FILE: _digest_of_rows(folder / ROWS_FILE)}
    for path in sorted(folder.rglob("*")):
        if path.parent != folder and not (path.parent / GRAPH_MARK).exists():
            continue
        if path.is_file() and path.name not in {*UNCOUNTED, ROWS_FILE}:
            with path.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
            digests[str(path.relative_to(folder))] = digest
    return digests


def _digest_of_rows(path: Path) -> str:
    """Return a digest of all rows of a SQLite file, but for bookkeeping.

    Raises:
        sqlite3.DatabaseError: the file is damaged.
    """
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
    try:
        told = connection.execute("PRAGMA quick_check").fetchone()[0]
        if told != "ok":
            raise sqlite3.DatabaseError(told)
        digest = hashlib.sha256()
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY 1")
        for (name,) in names.fetchall():
            if name != BOOKKEEPING:
                digest.update(name.encode())
                for row in connection.execute(f'SELECT * FROM "{name}"'):
                    digest.update(repr(row).encode())
        return digest.hexdigest()
    finally:
        connection.close()


def main() -> None:
    """Check a base; used by `damage` alone."""
    folder = Path(sys.argv[1])
    try:
        written: dict[str, str] = json.loads((folder / DIGESTS_FILE).read_bytes())
        now = _digests(folder)
        changed = sorted(name for name in written | now if written.get(name) != now.get(name))
        said = f"{changed[0]} is not what was written" if changed else "sound"
    except (OSError, ValueError, AttributeError, TypeError, sqlite3.Error) as error:
        said = f"it cannot be read ({error})"
    sys.stdout.write(said)


if __name__ == "__main__":
    main()

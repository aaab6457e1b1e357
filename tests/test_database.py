"""A SQLite file: open once for each thread that lives, read whole, and emptied when it says so."""

import os
import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest

from index import database as database_module
from index.database import Database
from index.errors import BrokenLibrary

WORDS = "CREATE TABLE IF NOT EXISTS words (word)"


def open_files(path: Path) -> int:
    """Return how many descriptors of this process lead to a file."""
    links = [*Path("/proc/self/fd").iterdir()]
    return sum(link.is_symlink() and os.path.realpath(link) == str(path) for link in links)


def test_threads_that_have_ended_keep_no_file_open(tmp_path: Path) -> None:
    path = tmp_path / "one.sqlite"
    database = Database(path, "CREATE TABLE IF NOT EXISTS words (word)")
    for number in range(30):
        thread = threading.Thread(
            target=lambda number=number: database.connection.execute(
                "INSERT INTO words VALUES (?)", (number,)
            )
        )
        thread.start()
        thread.join()
    # SQLite itself holds on to one or two that it uses again.
    assert open_files(path) <= 5
    assert database.connection.execute("SELECT count(*) FROM words").fetchone()[0] == 30
    database.close()
    assert open_files(path) == 0


def test_threads_that_live_keep_their_own(tmp_path: Path) -> None:
    database = Database(tmp_path / "one.sqlite", "CREATE TABLE IF NOT EXISTS words (word)")
    both, done = threading.Barrier(3), threading.Event()
    seen = []

    def look() -> None:
        seen.append(database.connection)
        both.wait(10)
        done.wait(10)
        assert database.connection.execute("SELECT count(*) FROM words").fetchone()[0] == 0

    threads = [threading.Thread(target=look) for _ in range(2)]
    for thread in threads:
        thread.start()
    both.wait(10)
    another = threading.Thread(target=lambda: seen.append(database.connection))
    another.start()
    another.join()
    done.set()
    for thread in threads:
        thread.join()
    assert len({id(each) for each in seen}) == 3
    database.close()


def count(database: Database) -> int:
    found = database.connection.execute("SELECT count(word) FROM words").fetchone()
    return int(found[0])


def test_who_may_only_read_follows_a_writer_who_comes_later(tmp_path: Path) -> None:
    path = tmp_path / "one.sqlite"
    with closing(Database(path, WORDS)) as first:
        first.connection.execute("INSERT INTO words VALUES ('mill')")
    with closing(Database(path, WORDS, read_only=True)) as reader:
        assert count(reader) == 1
        for turn in range(3):
            with closing(Database(path, WORDS)) as writer:
                for _ in range(2):
                    with writer.transaction() as connection:
                        connection.executemany(
                            "INSERT INTO words VALUES (?)", [("mill" * 99,)] * 50
                        )
                    assert count(reader) == count(writer), "from the log"
                    writer.tidy()
                    assert count(reader) == count(writer), "from the file, whose log is empty"
            assert count(reader) == 1 + 100 * (turn + 1), "after the writer has gone"
        assert open_files(path) <= 2


def test_a_moment_that_cannot_begin_leaves_nothing_open(tmp_path: Path) -> None:
    with closing(Database(tmp_path / "one.sqlite", WORDS)) as database:
        refuse = lambda action, *_: (  # noqa: E731
            sqlite3.SQLITE_DENY if action == sqlite3.SQLITE_SELECT else sqlite3.SQLITE_OK
        )
        database.connection.set_authorizer(refuse)
        with pytest.raises(BrokenLibrary), database.moment():
            pytest.fail("it began")
        database.connection.set_authorizer(None)
        assert not database.connection.in_transaction
        with database.transaction():
            pass


def test_compacting_says_so_where_a_reader_keeps_what_was_deleted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database_module, "WAIT_SECONDS", 0.05)
    path = tmp_path / "one.sqlite"
    with closing(Database(path, WORDS)) as writer, closing(Database(path, WORDS)) as reader:
        writer.connection.execute("INSERT INTO words VALUES ('Zyxwu')")
        writer.compact()
        with reader.moment():
            assert count(reader) == 1
            writer.connection.execute("DELETE FROM words")
            assert not writer.compact()
            assert b"Zyxwu" in path.read_bytes()
        assert writer.compact()
        assert b"Zyxwu" not in path.read_bytes()

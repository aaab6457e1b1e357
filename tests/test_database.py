"""A SQLite file is open once for each thread that lives, and no more often."""

import os
import threading
from pathlib import Path

from index.database import Database


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

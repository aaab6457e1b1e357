"""Whoever writes second is told at once who writes first, and harms nothing."""

import hashlib
import os
import re
import resource
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from index import Article, Index
from index.errors import LibraryBusy
from index.lock import writer_lock
from index.uploads import Uploads

ROOT = Path(__file__).parent.parent
LONGEST = 2.0
"""Seconds."""


def state(index: Index) -> str:
    """Return a digest of all rows of a library."""
    digest = hashlib.sha256()
    for database in (index.catalogue.database, index._vectors.database):
        digest.update("\n".join(database.connection.iterdump()).encode())
    return digest.hexdigest()


def run(library: Path, *arguments: str) -> tuple[subprocess.CompletedProcess[str], float]:
    """Run a command; return what it said, and its seconds at work, which a busy machine spares."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        [sys.executable, "-m", "index", "--library", str(library), *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        env={**os.environ, "COLUMNS": "400"},
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return done, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def test_a_second_writer_in_python_is_told_at_once_who_holds_the_library(
    index: Index, articles: Path, figure: Callable[[int, str], None]
) -> None:
    index.sync([articles])
    some = index.articles()[0].id
    attempts: list[Callable[[], Any]] = [
        lambda: index.sync([articles]),
        lambda: index.add_articles([Article(id="f" * 16, key="new", text="A mill was sold.")]),
        lambda: index.correct(some, title="Another title"),
        lambda: index.uncorrect(some),
        lambda: index.remove([articles]),
        lambda: index.erase(some),
        index.rebuild,
        lambda: Uploads(index, patience=0.0).keep("new.txt", b"A mill was sold on Monday."),
        lambda: Uploads(index, patience=0.0).erase(some),
    ]
    before, slowest = state(index), 0.0
    with writer_lock(index.folder):
        for attempt in attempts:
            start = time.monotonic()
            with pytest.raises(LibraryBusy, match=rf"process {os.getpid()}\b.*nothing was changed"):
                attempt()
            slowest = max(slowest, time.monotonic() - start)
        assert index.search("Who bought the paper mill?", 1), "readers are not held up"
    assert slowest <= LONGEST
    assert state(index) == before
    assert not list((index.folder / "uploads").glob("new*"))
    assert index.verify() == []
    figure(6, f"{len(attempts)} calls refused, the slowest after {slowest:.2f} s, holder named")


@pytest.mark.parametrize(
    "commands",
    [("add",), pytest.param(("set", "remove", "erase", "rebuild"), marks=pytest.mark.slow)],
)
def test_a_second_command_ends_within_two_seconds_and_says_who_holds_the_library(
    index: Index, articles: Path, commands: tuple[str, ...], figure: Callable[[int, str], None]
) -> None:
    index.sync([articles])
    some = index.articles()[0].id
    arguments = {
        "add": ["add", str(articles)],
        "set": ["set", some, "--title", "Another title"],
        "remove": ["remove", str(articles)],
        "erase": ["erase", some],
        "rebuild": ["rebuild"],
    }
    before, slowest = state(index), 0.0
    with writer_lock(index.folder):
        for command in commands:
            done, seconds = run(index.folder, *arguments[command])
            assert done.returncode == 2
            assert f"process {os.getpid()};" in done.stderr
            assert "Traceback" not in done.stderr
            slowest = max(slowest, seconds)
    assert slowest <= LONGEST
    assert state(index) == before
    said = ", ".join(commands)
    figure(6, f"commands {said} refused, the slowest after {slowest:.2f} s at work, holder named")


@pytest.mark.slow
def test_a_writer_at_work_is_not_harmed_by_others_that_come(
    tmp_path: Path, figure: Callable[[int, str], None]
) -> None:
    articles, library = tmp_path / "articles", tmp_path / "library"
    articles.mkdir()
    for number in range(25):
        lines = [f"Ship {number} came to quay {n} with {n * number} crates." for n in range(40)]
        (articles / f"{number}.txt").write_text(" ".join(lines))
    first = subprocess.Popen(
        [sys.executable, "-m", "index", "--library", str(library), "add", str(articles)], cwd=ROOT
    )
    lock, refused = library / "writer.lock", 0
    while not (lock.exists() and lock.read_text() == f"process {first.pid}"):
        assert first.poll() is None
        time.sleep(0.01)
    while first.poll() is None:
        done, _ = run(library, "add", str(articles))
        if first.poll() is None:
            refused += f"process {first.pid};" in done.stderr
            assert not re.search("Traceback|Move the library", done.stderr)
    assert first.returncode == 0
    assert refused > 0
    with Index.open(library) as index:
        assert len(index.articles()) == 25
        assert index.verify() == []
    figure(6, f"{refused} commands refused while one indexed 25 articles; the library is sound")


def test_many_who_make_one_new_library_at_once_all_open_it(
    tmp_path: Path, figure: Callable[[int, str], None]
) -> None:
    rounds, threads = 40, 8
    failures: list[str] = []
    for turn in range(rounds):
        together = threading.Barrier(threads)

        def make(
            folder: Path = tmp_path / str(turn), together: threading.Barrier = together
        ) -> None:
            together.wait()
            try:
                Index.open(folder).close()
            except Exception as error:  # noqa: BLE001 - whatever it is, it is shown below
                failures.append(repr(error))

        makers = [threading.Thread(target=make) for _ in range(threads)]
        for maker in makers:
            maker.start()
        for maker in makers:
            maker.join()
    assert failures == []
    figure(6, f"{rounds * threads} openings of {rounds} new libraries at once: 0 failed")

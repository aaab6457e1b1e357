"""Who may read a library but not write to it can ask; who may not read it is told so."""

import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from breaking import Breaker
from conftest import ARTICLES

from index import Index

NOBODY = 65534 if os.geteuid() == 0 else None
"""Whoever reads; for root, rights mean nothing."""

Row = Callable[[int, str], None]


class Published:
    """A library in a folder that everybody may enter, to be read by somebody else."""

    def __init__(self, breaker: Breaker, original: Path, folder: Path) -> None:
        self.breaker = breaker
        self.articles = original / "articles"
        self.library = folder / "library"
        shutil.copytree(original / "library", self.library)
        self.held: dict[str, Any] = json.loads((original / "held.json").read_text())

    def give(self, *, folder: int = 0o555, file: int = 0o444) -> None:
        """Set the rights of the library's folder and of its files."""
        for path in self.library.rglob("*"):
            path.chmod(0o755 if path.is_dir() else file)
        self.library.chmod(folder)

    def ask(self, change: str = "look") -> dict[str, Any]:
        """Do something as somebody who owns nothing here."""
        reply = self.breaker.run(change, self.library, self.articles, user=NOBODY)
        assert reply["status"] == 0, "no crash"
        return reply

    def refused(self, change: str = "look") -> str:
        """Do what must be refused in words, and return these."""
        kind, message, is_named = self.ask(change)["error"]
        assert is_named, f"{kind}: {message}"
        return str(message)


@pytest.fixture(scope="module")
def original(breaker: Breaker) -> Iterator[Path]:
    """A folder with articles, a library of them, and what it holds."""
    # pytest's own folders are closed to others
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    articles, library = folder / "articles", folder / "library"
    articles.mkdir()
    for name, text in ARTICLES.items():
        (articles / name).write_text(text, encoding="utf-8")
    for change in ("sync", "correct"):
        assert breaker.run(change, library, articles)["error"] is None
    (folder / "held.json").write_text(json.dumps(breaker.look(library, articles)))
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def published(breaker: Breaker, original: Path) -> Iterator[Published]:
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    made = Published(breaker, original, folder)
    yield made
    made.give(folder=0o755, file=0o644)
    shutil.rmtree(folder)


def leave_a_log(published: Published) -> dict[str, Any]:
    """Leave a library as a writer does who is killed after a commit; return what it holds."""
    copy = published.library.with_name("copy")
    with Index.open(published.library) as index:
        for info in index.articles():
            with index.catalogue.transaction():  # without the upkeep that empties the log
                index.catalogue.forget_corrections(info.key)
        shutil.copytree(published.library, copy)
    shutil.rmtree(published.library)
    copy.rename(published.library)
    assert (copy.with_name("library") / "catalogue.sqlite-wal").stat().st_size
    kept = copy.with_name("kept")
    shutil.copytree(published.library, kept)
    held = published.breaker.look(kept, published.articles)
    assert held != published.held
    return held


def test_a_library_that_may_only_be_read_is_searched_and_nothing_is_written(
    published: Published, figure: Row
) -> None:
    published.give()
    assert published.ask()["value"] == published.held
    refused = [published.refused(change) for change in ("sync", "correct", "erase", "rebuild")]
    assert all("cannot be written" in message for message in refused), refused
    assert published.breaker.look(published.library, published.articles) == published.held
    figure(10, f"as another user: 3 searches as its owner's, {len(refused)} changes refused")


def test_files_that_may_only_be_read_are_searched_in_a_folder_that_may_be_written(
    published: Published, figure: Row
) -> None:
    published.give(folder=0o777)
    assert published.ask()["value"] == published.held
    figure(10, "files of another in an open folder: searched")


def test_what_only_the_log_holds_is_read_too_or_the_reader_is_told(
    published: Published, figure: Row
) -> None:
    held = leave_a_log(published)
    published.give()
    assert published.ask()["value"] == held
    (published.library / "catalogue.sqlite-shm").unlink()
    message = published.refused()
    assert "who may write" in message
    figure(10, "with a killed writer's log: read; without its index: refused in words, never stale")


def test_somebody_reads_while_the_owner_writes(published: Published, figure: Row) -> None:
    with Index.open(published.library) as owners:
        owners.sync([published.articles])
        for path in published.library.glob("*.sqlite*"):
            path.chmod(0o644)
        info = owners.articles()[0]
        owners.correct(info.id, title="Changed while somebody reads")
        seen = published.ask()["value"]
        titles = [row[1] for row in seen["articles"] if row[0] == info.id]
        assert "Changed while somebody reads" in titles[0]
    figure(10, "beside a writer at work: its last commit is read")


def test_who_may_not_look_into_a_library_is_told_so(published: Published, figure: Row) -> None:
    published.give(folder=0o700)
    if NOBODY is None:
        published.library.chmod(0)
    assert "may not be read" in published.refused()
    published.give(folder=0o755, file=0o600 if NOBODY else 0)
    assert "may not be read" in published.refused()
    for path in published.library.glob("*.sqlite*"):
        path.unlink()
    published.give(folder=0o555)
    assert "No library can be made" in published.refused("sync")
    figure(10, "3 of 3 closed folders: refused in words")

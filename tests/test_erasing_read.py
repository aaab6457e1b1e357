"""What is erased while somebody reads leaves the disk once that reader is done."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from index import Index, database
from index.base import PREFIX

ERASED = b"Norden Group"


def bytes_in(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def test_what_a_reader_keeps_on_the_disk_goes_with_the_next_change(
    index: Index, articles: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    index.sync([articles])
    mill = next(info.id for info in index.articles() if (info.path or "").endswith("mill.txt"))
    index.close()
    monkeypatch.setattr(database, "WAIT_SECONDS", 0.1)
    path = index.folder / "catalogue.sqlite"
    with Index.open(index.folder) as opened, closing(sqlite3.connect(path)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM articles").fetchone()
        opened.erase(mill)
        assert "leaves the disk with the next change" in caplog.text
        assert ERASED in bytes_in(index.folder), "else nothing was tried"
        reader.execute("COMMIT")
        (articles / "mill.txt").unlink()
        opened.sync([articles])
        assert ERASED not in bytes_in(index.folder)


def test_a_base_that_somebody_searches_counts_as_not_yet_erased(
    index: Index, articles: Path, caplog: pytest.LogCaptureFixture
) -> None:
    index.sync([articles])
    mill = next(info.id for info in index.articles() if (info.path or "").endswith("mill.txt"))
    with Index.open(index.folder) as reader:
        reader.search("Who bought the paper mill?", 1)
        index.erase(mill)
        assert "leaves the disk with the next change" in caplog.text
        assert len(list(index.folder.glob(f"{PREFIX}*"))) == 2, "else nothing was tried"
    caplog.clear()
    index.sync([])
    assert len(list(index.folder.glob(f"{PREFIX}*"))) == 1
    assert caplog.text == ""

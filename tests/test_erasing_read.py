"""What is erased while somebody reads leaves the disk once that reader is done."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from index import Index, database

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

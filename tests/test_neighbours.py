"""What lies in a library's folder and is its owner's stays; a file called like a copy is none."""

import os
import shutil
from pathlib import Path

import pytest

from index import Index
from index.copy_files import newest_copy
from index.errors import MissingLibrary

FOLDERS = ("base-camp", "gone-fishing", "gone-base-jumping", "damaged-photos")
FILES = ("damaged-notes.txt", ".settings.copy", "last-good-year.txt")
BACKUP = "last-good-2026-11-01.sqlite"
NO_DIGEST = "0" * 64


def test_nothing_of_its_owner_goes_whatever_it_is_called(
    tmp_path: Path, index: Index, articles: Path
) -> None:
    folder, elsewhere = index.folder, tmp_path / "elsewhere"
    owned = [folder / name / "article.txt" for name in FOLDERS] + [folder / n for n in FILES]
    for path in [*owned, elsewhere / "kept.txt"]:
        path.parent.mkdir(exist_ok=True)
        path.write_text("mine")
    (folder / "damaged-20261101-101112-abcd").symlink_to(elsewhere)
    index.sync([articles])
    (folder / BACKUP).write_bytes((folder / "catalogue.sqlite").read_bytes())
    index.correct(index.articles()[0].id, title="Another")
    index.rebuild()
    assert (folder / BACKUP).exists()
    index.erase(index.articles()[0].id)
    assert all(path.read_text() == "mine" for path in [*owned, elsewhere / "kept.txt"])
    assert not (folder / BACKUP).exists(), "it may hold what was erased"


@pytest.mark.parametrize("kind", ["copy", "link to nothing", "folder", "garbage"])
@pytest.mark.parametrize("change", [0, 1, 999])
def test_a_file_that_is_only_called_a_copy_keeps_nobody_out(
    index: Index, articles: Path, kind: str, change: int
) -> None:
    """The change is none (0), the catalogue's own (1), or a later one."""
    index.sync([articles])
    index.close()
    good = newest_copy(index.folder)
    assert good is not None
    number = good.change if change == 1 else change
    called = index.folder / f"last-good-{number}-{NO_DIGEST}.sqlite"
    if kind == "copy":
        shutil.copyfile(good.path, called)
    elif kind == "link to nothing":
        called.symlink_to("/nowhere")
    elif kind == "folder":
        called.mkdir()
    else:
        called.write_bytes(os.urandom(5_000))
    with Index.open(index.folder) as opened:
        assert len(opened.articles()) == 3
        opened.correct(opened.articles()[0].id, title="Another")
    assert Index.restore(index.folder)
    with Index.open(index.folder) as opened:
        assert opened.articles()[0].title == "Another"


def test_an_old_copy_that_is_sound_serves_where_a_newer_one_is_none(
    index: Index, articles: Path
) -> None:
    index.sync([articles])
    index.close()
    (index.folder / f"last-good-999-{NO_DIGEST}.sqlite").write_bytes(b"no database")
    (index.folder / "catalogue.sqlite").unlink()
    Index.restore(index.folder)
    with Index.open(index.folder) as opened:
        assert len(opened.articles()) == 3


def test_nothing_is_restored_or_left_where_no_library_is(tmp_path: Path) -> None:
    with pytest.raises(MissingLibrary, match="There is no library"):
        Index.restore(tmp_path)
    assert list(tmp_path.iterdir()) == []

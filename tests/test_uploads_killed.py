"""Broken off at any step, a change to the uploads loses nothing and is made good afterwards."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from itertools import count
from pathlib import Path

import pytest
from steps import break_at
from test_removals import state
from test_uploads import text

from index import Index
from index.errors import UnknownArticle
from index.types import Kept
from index.uploads import Uploads

MOST_STEPS = 200


class Killed(BaseException):
    """Stands for a kill: nothing that would run after it, cleaning up included, does anything."""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    with Index.open(tmp_path_factory.mktemp("killed") / "library") as index:
        index.kept = Uploads(index).keep("kept.txt", text().encode())  # type: ignore[attr-defined]
        yield index


def die() -> None:
    raise Killed


def broken_off(library: Index, change: Callable[[], object], number: int) -> list[str] | None:
    """Run a change up to its n-th step; return the steps that ran, or None if it ends before."""
    with pytest.MonkeyPatch.context() as patch:
        ran = break_at(library, number, die, patch)
        try:
            change()
        except Killed:
            return ran
    return None


def check_all_is_well(library: Index) -> None:
    """What was kept before is there, and every file in `uploads/` is an article's."""
    kept: Kept = library.kept  # type: ignore[attr-defined]
    (info,) = kept.articles
    assert info in library.articles()
    live = {each.id for each in library.articles()}
    folder = library.folder / "uploads"
    for path in (path for path in folder.iterdir() if not path.name.startswith(".")):
        ids = library.catalogue.articles_in(str(path))
        assert ids, f"{path.name} is in no article"
        assert set(ids) <= live
    for path in library.catalogue.files():
        assert Path(path).is_file(), f"{path} is known but not there"


def test_a_broken_off_keep_is_whole_or_nothing(library: Index) -> None:
    reached = set()
    for number in range(1, MOST_STEPS):
        uploads, words = Uploads(library), text().encode()
        name = f"new {number}.txt"
        ran = broken_off(library, partial(uploads.keep, name, words), number)
        uploads.recover()
        check_all_is_well(library)
        again = uploads.keep(name, words)
        assert again.name == name
        assert again.outcome in {"added", "unchanged"}
        assert again.articles[0] in library.articles()
        if ran is None:
            break
        reached.update(ran)
    assert {"rename", "unlink", "fsync", "open", "begin", "commit"} <= reached
    assert number > 8


def test_a_broken_off_refusal_leaves_no_file_that_is_read(library: Index) -> None:
    for number in range(1, MOST_STEPS):
        uploads = Uploads(library)
        ran = broken_off(library, partial(uploads.keep, "bad.txt", b"\x00" * 99), number)
        uploads.recover()
        assert uploads.keep("bad.txt", b"\x00" * 99).outcome == "rejected"
        assert not (uploads.folder / "bad.txt").exists()
        check_all_is_well(library)
        if ran is None:
            return


def test_a_broken_off_discard_or_restore_can_go_either_way(library: Index) -> None:
    uploads = Uploads(library)
    kept = uploads.keep("moving.txt", text().encode())
    article_id = kept.articles[0].id
    library.correct(article_id, title="By hand")
    before, data = state(library, article_id), (uploads.folder / kept.name).read_bytes()
    record = uploads.discard(article_id)
    uploads.restore(record)
    outcomes = set()
    changes = {"discard": partial(uploads.discard, article_id),
               "restore": partial(uploads.restore, record)}  # fmt: skip
    for name, change in changes.items():
        for number in range(1, MOST_STEPS):
            if name == "restore":
                uploads.discard(article_id)
            ran = broken_off(library, change, number)
            uploads.recover()
            check_all_is_well(library)
            there = article_id in {info.id for info in library.articles()}
            outcomes.add((name, there))
            removed = library.folder / "removed" / f"{article_id} moving.txt"
            file = uploads.folder / "moving.txt" if there else removed
            assert file.read_bytes() == data
            assert (record in uploads.discarded()) == (not there)
            if not there:
                uploads.restore(record)
            assert state(library, article_id) == before
            if ran is None:
                assert number > 5
                break
    assert outcomes == {(name, there) for name in ("discard", "restore") for there in (True, False)}


@pytest.mark.slow
def test_a_broken_off_erasure_is_done_or_can_be_asked_for_again(library: Index) -> None:
    for number in range(1, MOST_STEPS):
        uploads = Uploads(library)
        kept = uploads.keep(f"secret {number}.txt", text(f"The zyxwu{number}.").encode())
        article_id = kept.articles[0].id
        ran = broken_off(library, partial(uploads.erase, article_id), number)
        uploads.recover()
        try:
            uploads.erase(article_id)
        except UnknownArticle:
            assert library.catalogue.is_erased(article_id)
        uploads.recover()
        assert f"secret {number}.txt" not in {path.name for path in uploads.folder.iterdir()}
        assert article_id not in {info.id for info in library.articles()}
        check_all_is_well(library)
        if ran is None:
            break
    assert library.verify() == []


DRIVER = """
import os, signal, sys
sys.path.insert(0, {tests!r})
import pytest
from steps import break_at
from index import Index
from index.uploads import Uploads

with Index.open({library!r}) as index:
    uploads = Uploads(index)
    patch = pytest.MonkeyPatch()
    break_at(index, {number}, lambda: os.kill(os.getpid(), signal.SIGKILL), patch)
    {change}
    patch.undo()
"""


def killed(library: Path, change: str, number: int) -> bool:
    """Run a change in another process that kills itself at its n-th step; say whether it did."""
    code = DRIVER.format(
        tests=str(Path(__file__).parent), library=str(library), number=number, change=change
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=Path(__file__).parent.parent, check=False,
        capture_output=True, text=True, env=os.environ,
    )  # fmt: skip
    assert done.returncode in {0, -signal.SIGKILL}, done.stderr
    return done.returncode != 0


@pytest.mark.slow
@pytest.mark.timeout(1_800)
def test_a_real_kill_at_any_step_loses_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "library"
    first = text()
    with Index.open(folder) as index:
        kept = Uploads(index).keep("first.txt", first.encode())
    changes = {
        "keep": "uploads.keep('second.txt', NEW.encode())",
        "discard": "uploads.discard(next(a.id for a in index.articles() if 'second' in a.path))",
        "restore": "uploads.restore(uploads.discarded()[0])",
    }
    kills = 0
    for name, change in changes.items():
        for number in count(1):
            was_killed = killed(folder, change.replace("NEW", repr(text())), number)
            kills += was_killed
            with Index.open(folder) as index:
                uploads = Uploads(index)
                uploads.recover()
                assert kept.articles[0] in index.articles()
                assert (uploads.folder / "first.txt").read_text() == first
                second = uploads.folder / "second.txt"
                ids = [info.id for info in index.articles() if info.path == str(second)]
                assert second.exists() == bool(ids)
                if not was_killed:
                    assert bool(ids) == (name != "discard")
                    break
                # done all the same, so it is undone, to be killed a step later
                if name == "keep" and ids:
                    uploads.erase(ids[0])
                elif name == "restore" and ids:
                    uploads.discard(ids[0])
                elif name == "discard" and not ids:
                    uploads.restore(uploads.discarded()[0])
    assert kills >= 25
    with Index.open(folder) as index:
        assert index.verify() == []

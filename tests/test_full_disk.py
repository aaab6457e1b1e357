"""On a disk that is full, what was held is still found, and space is all it takes to go on."""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from breaking import Breaker
from conftest import ARTICLES, LACKING

DISK_BYTES = 16 << 20
PEAK = 2.0
"""How many times what a change adds is needed while it is made: its log, and the older base."""

Row = Callable[[int, str], None]


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A small disk of its own."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = shutil.which("mount")
    command = [mount or "mount", "-t", "tmpfs", "-o", f"size={DISK_BYTES}", "tmpfs", str(folder)]
    if mount is None or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip(f"{LACKING} the right to mount a small disk")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


def free_bytes(folder: Path) -> int:
    found = os.statvfs(folder)
    return found.f_bavail * found.f_frsize


def fill(disk: Path, left: int) -> Path:
    """Fill a disk but for so many bytes."""
    filler = disk / "filler"
    with filler.open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, max(1, free_bytes(disk) - left))
    return filler


def fill_at_points(breaker: Breaker, disk: Path, points: int, change: str) -> str:
    """Make a change with less and less space left; return how often it could not be made."""
    articles, library, kept = disk / "articles", disk / "library", disk.with_name("kept")
    articles.mkdir()
    for name, text in ARTICLES.items():
        (articles / name).write_text(text, encoding="utf-8")
    for first in ("sync", "correct"):
        assert breaker.run(first, library, articles)["error"] is None
    shutil.move(library, kept)
    (articles / "mill.txt").write_text("The mill was sold to the Varn Group instead.\n" * 20)
    (articles / "bees.txt").write_text("The bees of Varnholm made more honey than ever.\n" * 20)

    shutil.copytree(kept, library)
    before = breaker.look(library, articles)
    free = free_bytes(disk)
    assert breaker.run(change, library, articles)["error"] is None
    need = PEAK * max(free - free_bytes(disk), 400_000)
    after = breaker.look(library, articles)
    failed = 0
    for point in range(points):
        shutil.rmtree(library)
        shutil.copytree(kept, library)
        filler = fill(disk, int(need * point / max(1, points - 1)))
        reply = breaker.run(change, library, articles)
        assert reply["status"] == 0
        if reply["error"]:
            failed += 1
            assert reply["error"][0] == "DiskFailure", reply["error"]
        seen = breaker.run("look", library, articles)
        assert seen["error"] is None, seen["error"]
        assert seen["value"] in (before, after), "neither old nor new"
        filler.unlink()
        again = breaker.run("look and change", library, articles, more=[change])
        assert again["error"] is None, again["error"]
        assert again["value"]["after"] == after
        assert again["value"]["problems"] == []
    assert failed, "the disk was never full"
    return f"{change}: filled at {points} points, {failed} broke it off"


def test_a_disk_that_fills_breaks_nothing(breaker: Breaker, disk: Path, figure: Row) -> None:
    came = fill_at_points(breaker, disk, 3, "sync")
    figure(7, f"{came}; the old index served, and space was all it took")


@pytest.mark.slow
@pytest.mark.timeout(1_800)
@pytest.mark.parametrize("change", ["sync", "base", "rebuild", "erase"])
def test_a_disk_that_fills_at_twenty_points_breaks_nothing(
    breaker: Breaker, disk: Path, figure: Row, change: str
) -> None:
    came = fill_at_points(breaker, disk, 20, change)
    figure(7, f"{came}; the old index served, and space was all it took")

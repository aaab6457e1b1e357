"""Kill an indexing run anywhere: the library opens, keeps what was committed, and converges."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from index import Index

ROOT = Path(__file__).parent.parent
LONGEST_WAIT = 60.0
KILL_WITHIN = 1.5
"""Seconds after the first write."""


def write_articles(folder: Path, count: int) -> None:
    folder.mkdir()
    for number in range(count):
        sentences = (
            f"Ship {number} of line {number % 9} reached quay {s} with {number * s} crates of fish "
            f"after {s + 3} days at sea. "
            for s in range(24)
        )
        (folder / f"ship-{number}.txt").write_text("".join(sentences), encoding="utf-8")


def start_add(library: Path, articles: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "index", "--library", str(library), "add", str(articles)],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def kill_after_first_write(library: Path, articles: Path, wait: float) -> None:
    """Start an add, and kill it a while after the first row was written."""
    process = start_add(library, articles)
    deadline = time.monotonic() + LONGEST_WAIT
    log = library / "vectors.sqlite-wal"
    grown = log.stat().st_size if log.exists() else 0
    while process.poll() is None and time.monotonic() < deadline:
        if log.exists() and log.stat().st_size > grown:
            break
        time.sleep(0.01)
    time.sleep(wait)
    if process.poll() is None:
        os.kill(process.pid, signal.SIGKILL)
    process.wait()


def kill_and_converge(tmp_path: Path, rounds: int, seed: int) -> None:
    chance = random.Random(seed)
    articles, library = tmp_path / "articles", tmp_path / "library"
    write_articles(articles, 40)
    committed: set[str] = set()
    for _ in range(rounds):
        kill_after_first_write(library, articles, chance.uniform(0, KILL_WITHIN))
        with Index.open(library) as index:
            ids = {info.id for info in index.articles()}
            assert committed <= ids, "what was committed is all there"
            for article_id in ids:
                assert index.passages(article_id)
            if ids:
                assert index.search("Which ship reached quay 7?", 3)
            committed = ids
    assert start_add(library, articles).wait() == 0
    with Index.open(library) as index:
        assert len(index.articles()) == 40
        assert index.verify() == []


def test_three_kills_lose_nothing(tmp_path: Path) -> None:
    kill_and_converge(tmp_path, rounds=3, seed=1)


@pytest.mark.slow
@pytest.mark.timeout(1_800)
def test_fifty_kills_lose_nothing(tmp_path: Path) -> None:
    for batch in range(10):
        (tmp_path / str(batch)).mkdir()
        kill_and_converge(tmp_path / str(batch), rounds=5, seed=batch)

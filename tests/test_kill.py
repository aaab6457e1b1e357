"""Killed with -9 anywhere, a library opens, keeps what was committed, and converges."""

import os
import random
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from breaking import Breaker

KILL_WITHIN = 1.5
"""Seconds after the first write, at most."""

KILLS_A_LIBRARY = 5
LONGEST_WAIT = 60.0

Row = Callable[[int, str], None]


def write_articles(folder: Path, count: int) -> None:
    folder.mkdir()
    for number in range(count):
        sentences = (
            f"Ship {number} of line {number % 9} reached quay {s} with {number * s} crates of fish "
            f"after {s + 3} days at sea. "
            for s in range(24)
        )
        (folder / f"ship-{number}.txt").write_text("".join(sentences), encoding="utf-8")


def written(library: Path) -> set[tuple[str, int]]:
    """Return what changes as soon as anything is written: the logs, and the bases' folders."""
    logs = [path for path in library.glob("*.sqlite-wal") if path.exists()]
    return {(path.name, path.stat().st_size) for path in logs} | {
        (path.name, 0) for path in library.glob("base-*")
    }


class Killer:
    """Starts changes to a library, and kills them a while after their first write."""

    def __init__(self, breaker: Breaker, folder: Path, articles: int, seed: int) -> None:
        self.breaker = breaker
        self.chance = random.Random(seed)
        self.articles = folder / "articles"
        write_articles(self.articles, articles)
        breaker.run("teach", folder, self.articles)
        clean = folder / "clean"
        took = {}
        for change in ("sync in small steps", "base"):
            start = time.monotonic()
            self.done(change, clean)
            took[change] = min(KILL_WITHIN, time.monotonic() - start)
        self.took = took
        self.clean = breaker.look(clean, self.articles)

    def done(self, change: str, library: Path) -> None:
        reply = self.breaker.run(change, library, self.articles)
        assert (reply["status"], reply["error"]) == (0, None), reply

    def kill(self, change: str, library: Path) -> bool:
        """Kill a change within as long as it takes undisturbed; say whether it was under way."""
        before = written(library)
        child = self.breaker.start(change, library, self.articles)
        process = os.pidfd_open(child)  # its number may be another's once it is done
        deadline = time.monotonic() + LONGEST_WAIT
        while written(library) == before and time.monotonic() < deadline:
            time.sleep(0.001)
        time.sleep(self.chance.uniform(0, self.took[change]))
        with suppress(ProcessLookupError):  # it is done
            signal.pidfd_send_signal(process, signal.SIGKILL)
        os.close(process)
        return bool(self.breaker.finish()["status"] == signal.SIGKILL)


def kill_in_syncs(killer: Killer, folder: Path, kills: int) -> tuple[int, int]:
    """Kill syncs, of new libraries in turn; return how many were under way, and commits kept."""
    killed = kept = 0
    while killed < kills:
        library = folder / f"library-{killed}"
        committed: set[str] = set()
        for _ in range(min(KILLS_A_LIBRARY, kills - killed)):
            killed += killer.kill("sync in small steps", library)
            seen = killer.breaker.look(library, killer.articles)
            ids = {row[0] for row in seen["articles"]}
            assert committed <= ids, "what was committed is all there"
            assert ids <= {row[0] for row in killer.clean["articles"]}
            assert {row[1] for row in seen["passages"]} == ids
            committed = ids
            kept += bool(ids)
            if len(ids) == len(killer.clean["articles"]):
                break
        killer.done("sync in small steps", library)
        assert killer.breaker.look(library, killer.articles) == killer.clean
    return killed, kept


def kill_in_new_bases(killer: Killer, library: Path, kills: int) -> int:
    """Kill the writing of new bases; return how many were under way."""
    killed = 0
    while killed < kills:
        killed += killer.kill("base", library)
        assert killer.breaker.look(library, killer.articles) == killer.clean
    again = killer.breaker.run("look and change", library, killer.articles, more=["base"])
    assert again["value"]["after"] == killer.clean
    assert again["value"]["problems"] == []
    assert len(list(library.glob("base-*"))) == 1, "what was half written is swept"
    return killed


def kill_both(breaker: Breaker, folder: Path, kills: int, articles: int) -> str:
    """Kill so many changes; the syncs commit once for every other article."""
    killer = Killer(breaker, folder, articles, seed=kills)
    new = kills * 2 // 5
    syncs, kept = kill_in_syncs(killer, folder, kills - new)
    bases = kill_in_new_bases(killer, folder / "clean", new)
    return (
        f"{syncs} kills in syncs ({kept} with something committed), {bases} in new bases, within "
        f"{max(killer.took.values()):.1f} s of the first write: 0 unreadable, 0 lost, same ids"
    )


def test_five_kills_lose_nothing(breaker: Breaker, tmp_path: Path, figure: Row) -> None:
    figure(1, kill_both(breaker, tmp_path, 5, articles=12))


@pytest.mark.slow
@pytest.mark.timeout(3_600)
def test_two_hundred_kills_lose_nothing(breaker: Breaker, tmp_path: Path, figure: Row) -> None:
    figure(1, kill_both(breaker, tmp_path, 200, articles=60))

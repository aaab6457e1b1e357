"""Broken at any step of writing, a library is old or new, and one clean run makes it whole."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from breaking import Breaker, copied
from conftest import ARTICLES

FAULTS: dict[str, dict[str, str]] = {
    "killed": {"kind": "kill"},
    "killed in mid-write": {"kind": "torn"},
    "full disk": {"kind": "errors", "errno": "full"},
    "one I/O error": {"kind": "error", "errno": "io"},
    "I/O errors for good": {"kind": "errors", "errno": "io"},
    "an exception": {"kind": "raise"},
}
CHANGES = ("first", "sync", "base", "correct", "rebuild", "erase")
SURE = {"kill", "torn", "raise"}
"""Kinds that no change survives, at whatever step."""

FEWEST_BROKEN = dict.fromkeys(CHANGES, 0.5) | {"first": 0.25}
"""Share of the I/O errors before the catalogue is copied that break a change: of a first sync's
326, 118 did. A file that is not deleted breaks none, a base that is not written only warns."""

ERASED = b"Norden"
"""Stands in the article that is erased, and nowhere else."""

Row = Callable[[int, str], None]


class Bench:
    """A library before a change, and what it holds before and after it."""

    def __init__(self, breaker: Breaker, folder: Path, change: str) -> None:
        self.breaker = breaker
        self.folder = folder
        self.change = "sync" if change == "first" else change
        self.library = folder / "library"
        self.articles = folder / "articles"
        self.articles.mkdir(parents=True)
        for name, text in ARTICLES.items():
            (self.articles / name).write_text(text, encoding="utf-8")
        if change != "first":
            self._done(breaker.run("sync", self.library, self.articles))
            self._done(breaker.run("correct", self.library, self.articles))
        if change == "sync":
            mill = self.articles / "mill.txt"
            mill.write_text(mill.read_text().replace("8.1", "8.3") + "It was a close vote.\n")
            (self.articles / "school.md").unlink()
            (self.articles / "bees.txt").write_text("The bees of Varnholm made more honey.\n")
        if change == "correct":
            self._done(breaker.run("uncorrect", self.library, self.articles))
        with copied(self.library, folder / "seen") as seen:  # to look at none makes one
            self.before = breaker.look(seen, self.articles)
        with copied(self.library, folder / "clean") as clean:
            counting = {"kind": "count", "step": 0}
            counted = self._done(breaker.run(self.change, clean, self.articles, fault=counting))
            self.steps: int = counted["steps"]
            """Of writing."""
            self.calls: int = counted["calls"]
            """In which an exception can be raised."""
            self.uncopied: int = counted["copied_from"] - 1
            """Steps before those that copy the catalogue."""
            self.after = breaker.look(clean, self.articles)

    def break_at(self, step: int, fault: dict[str, str]) -> bool:
        """Break the change at a step, check all that must hold, and say whether it got there."""
        with copied(self.library, self.folder / "broken") as library:
            broken = self.breaker.run(
                self.change, library, self.articles, fault={**fault, "step": step}
            )
            if fault["kind"] in {"kill", "torn"}:
                assert broken["status"] in {0, 9}
            else:
                assert broken["status"] == 0
                assert broken["error"] is None or fault["kind"] == "raise" or broken["error"][2], (
                    f"a user is told in words: {broken['error']}"
                )
            mended = self._done(
                self.breaker.run("look and change", library, self.articles, more=[self.change])
            )["value"]
            assert mended["seen"] in (self.before, self.after), "neither old nor new"
            assert mended["after"] == self.after
            assert mended["problems"] == []
            if self.change == "erase":
                for path in library.rglob("*"):
                    assert path.is_dir() or ERASED not in path.read_bytes(), path
        return bool(broken["status"] or broken["error"])

    def _done(self, reply: dict[str, Any]) -> dict[str, Any]:
        assert reply["status"] == 0, reply
        assert reply["error"] is None, reply
        return reply


def spread(steps: int, count: int) -> list[int]:
    """Return so many steps, evenly spread and none at the ends."""
    return [round(steps * (i + 1) / (count + 1)) for i in range(count)]


@pytest.mark.parametrize(
    ("change", "kinds"),
    [
        ("sync", ("killed in mid-write", "full disk", "one I/O error")),
        ("erase", ("an exception", "killed", "I/O errors for good")),
    ],
)
def test_broken_at_some_steps_it_is_old_or_new_and_one_run_makes_it_whole(
    breaker: Breaker, tmp_path: Path, figure: Row, change: str, kinds: tuple[str, ...]
) -> None:
    bench = Bench(breaker, tmp_path, change)
    assert bench.steps > bench.uncopied > len(kinds)
    assert bench.calls > len(kinds)
    broke = {}
    for place, kind in enumerate(kinds):
        fault = FAULTS[kind]
        among = bench.calls if fault["kind"] == "raise" else bench.uncopied
        broke[kind] = bench.break_at(spread(among, len(kinds))[place], fault)
    sure = [kind for kind in kinds if FAULTS[kind]["kind"] in SURE]
    assert all(broke[kind] for kind in sure), broke
    assert sum(broke.values()) > len(sure), "no I/O error broke the change"
    figure(
        2,
        f"{change}: {len(kinds)} of {bench.steps} steps, {sum(broke.values())} broke the change; "
        "0 lost",
    )


@pytest.mark.slow
@pytest.mark.timeout(7_200)
@pytest.mark.parametrize("change", CHANGES)
def test_broken_at_every_step_it_is_old_or_new_and_one_run_makes_it_whole(
    breaker: Breaker, tmp_path: Path, figure: Row, change: str
) -> None:
    bench = Bench(breaker, tmp_path, change)
    kinds = [fault for fault in FAULTS.values() if fault["kind"] != "raise"]
    # each step meets one kind of fault, and each kind every fifth step
    given = {n: kinds[n % len(kinds)] for n in range(1, bench.steps + 1)}
    broke = {n: bench.break_at(n, fault) for n, fault in given.items()}
    assert bench.steps > bench.uncopied > len(kinds)
    assert [n for n in given if given[n]["kind"] in SURE and not broke[n]] == []
    unsure = [n for n in given if given[n]["kind"] not in SURE and n <= bench.uncopied]
    assert sum(broke[n] for n in unsure) >= FEWEST_BROKEN[change] * len(unsure)
    calls = 0
    while bench.break_at(calls + 1, FAULTS["an exception"]):
        calls += 1
    assert calls == bench.calls > len(kinds)
    figure(
        2,
        f"{change}: all {bench.steps} steps, {sum(broke.values())} broke the change, and an "
        f"exception at each of {calls} calls; 0 lost",
    )

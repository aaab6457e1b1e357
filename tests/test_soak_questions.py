"""Many questions, dropped connections and uploads leave nothing behind; a few of them, quickly."""

import asyncio
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
import soak_questions
from serving import serving
from soak_bounds import MOST_GROWN, ROOM, WARM_UP, Reading, broken_bounds, slope
from soak_questions import Soak, report, run

from index import Index

QUICK = 24
LONG, EVERY = 2_000, 100
"""Questions of the slow form: some twenty minutes; `make soak` asks ten thousand."""

Note = Callable[[int, str], None]


@pytest.fixture
def town_of_ones_own(articles: Path, tmp_path: Path) -> Iterator[Index]:
    with Index.open(tmp_path / "library") as index:
        index.sync([articles])
        yield index


def reading(questions: int, memory: float) -> Reading:
    return Reading(
        questions=questions, memory=memory, files=70, threads=20, temporary=3,
        objects={"in_use": memory},
    )  # fmt: skip


def test_the_slope_is_that_after_the_warm_up() -> None:
    total = 1_000
    readings = [
        reading(n, 600 + (n if n < WARM_UP * total else WARM_UP * total + 0.002 * n))
        for n in range(100, total + 1, 100)
    ]
    grown, spread = slope(readings)
    assert grown == pytest.approx(2)
    assert spread == pytest.approx(0, abs=1e-6)


def readings_of(slopes: dict[str, float]) -> list[Reading]:
    """Return readings of a thousand questions; what is named grows by so much in all."""
    return [
        replace(
            reading(n, 600 + n % 200 / 1_000 + slopes.get("memory", 0) * n / 1_000),
            **{name: 20 + round(slopes.get(name, 0) * n / 1_000) for name in ROOM},
        )
        for n in range(100, 1_001, 100)
    ]


@pytest.mark.parametrize(
    ("slopes", "errors", "said"),
    [
        ({}, 0, None),
        ({"memory": 0.9 * MOST_GROWN, **ROOM}, 0, None),
        ({"memory": 1.2 * MOST_GROWN}, 0, "memory"),
        *(({name: 4 * room}, 0, name) for name, room in ROOM.items()),
        ({}, 1, "1 errors"),
    ],
)
def test_a_run_that_breaks_a_bound_fails_and_says_which(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    slopes: dict[str, float],
    errors: int,
    said: str | None,
) -> None:
    asked = Soak(httpx.AsyncClient(), 1_000, seed=1, asked=1_000, visits=300)
    asked.errors.update({"ask: failed": errors} if errors else {})
    monkeypatch.setattr(soak_questions, "run", lambda *given: (readings_of(slopes), asked))
    monkeypatch.setattr("sys.argv", ["soak_questions.py"])
    assert soak_questions.main() == int(said is not None)
    failed = [line for line in capsys.readouterr().out.splitlines() if "FAILED" in line]
    assert len(failed) == int(said is not None)
    assert said is None or said in failed[0]


def test_too_few_readings_prove_nothing() -> None:
    few = readings_of({})[-3:-1]
    assert any(
        "uncertain" in bound for bound in broken_bounds(few, Soak(httpx.AsyncClient(), 1, 1))
    )


def test_a_few_visits_of_every_kind_go_well_and_leave_the_library_as_it_was(
    town_of_ones_own: Index,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    figure: Note,
) -> None:
    monkeypatch.setenv("GRADIO_TEMP_DIR", str(tmp_path / "uploads"))
    monkeypatch.setattr(soak_questions, "UPLOADED_EVERY", 5)
    monkeypatch.setattr(soak_questions, "DROPPED_SHARE", 0.35)  # tasks draw in any order
    before, threads = town_of_ones_own.articles(), threading.active_count()

    async def try_it(address: str) -> Soak:
        async with httpx.AsyncClient(base_url=address, timeout=60) as client:
            asked = Soak(client, QUICK, seed=3)
            await asked.go_on(QUICK)
            return asked

    with serving(town_of_ones_own) as address:
        asked = asyncio.run(try_it(address))
    assert not asked.errors
    assert asked.asked >= QUICK
    assert {"in the page", "by the API", "uploaded and removed"} <= asked.kinds.keys()
    assert any("dropped" in kind for kind in asked.kinds)
    assert town_of_ones_own.articles() == before
    kinds = ", ".join(f"{count} {kind}" for kind, count in asked.kinds.items())
    assert threading.active_count() <= threads + 2
    figure(22, f"{asked.asked} questions ({kinds}): 0 errors, no thread left")


@pytest.mark.slow
@pytest.mark.timeout(7200)
def test_memory_files_threads_and_temporary_files_stay_as_they_are(figure: Note) -> None:
    readings, asked = run(LONG, EVERY)
    figure(22, report(readings, asked))
    assert broken_bounds(readings, sum(asked.errors.values())) == []

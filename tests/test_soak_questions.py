"""Many questions, dropped connections and uploads leave nothing behind; a few of them, quickly."""

import asyncio
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
import soak_questions
from serving import serving
from soak_questions import WARM_UP, Reading, Soak, report, run, slope

from index import Index

QUICK = 16
LONG, EVERY = 2_000, 100
"""Questions of the slow form: some twenty minutes; `make soak` asks ten thousand."""

MOST_GROWN = 1.0
"""Megabytes in a thousand questions."""

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


def test_a_few_visits_of_every_kind_go_well_and_leave_the_library_as_it_was(
    town_of_ones_own: Index,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    figure: Note,
) -> None:
    monkeypatch.setenv("GRADIO_TEMP_DIR", str(tmp_path / "uploads"))
    monkeypatch.setattr(soak_questions, "UPLOADED_EVERY", 5)
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
    assert not asked.errors
    # What is resident goes up and down by some megabytes with how the free parts lie; what is given
    # out does not, and would grow with anything that is held.
    grown, spread = slope(readings, lambda each: each.objects["in_use"])
    assert grown <= MOST_GROWN
    assert spread <= MOST_GROWN
    after = [each for each in readings if each.questions >= WARM_UP * LONG]
    half = len(after) // 2
    for name, room in (("files", 8), ("threads", 4), ("temporary", 15)):
        first = max(getattr(each, name) for each in after[:half])
        last = max(getattr(each, name) for each in after[half:])
        assert last <= first + room, name

"""Many readers in several processes while new bases come: no error, no search of two moments."""

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from made_library import in_groups, made_edition, made_vectors

from index import Index, upkeep

READER = Path(__file__).parent / "reader_process.py"
ARTICLES = 36
"""So few that they are committed in one transaction: two editions at once are two moments."""


def read_through(index: Index, readers: tuple[int, ...], bases: int) -> Counter[str]:
    """Have readers search while every article is rewritten, base by base; return their counts."""
    index.add_articles([made_edition(number, 1) for number in range(ARTICLES)])
    processes = [
        subprocess.Popen(
            [sys.executable, str(READER), str(index.folder), str(count)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for count in readers
    ]
    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    names = {index.catalogue.fact("base")}
    for edition in range(2, bases + 2):
        index.add_articles([made_edition(number, edition) for number in range(ARTICLES)])
        names.add(index.catalogue.fact("base"))
    index.rebuild()
    names.add(index.catalogue.fact("base"))
    assert len(names) == bases + 2
    counts: Counter[str] = Counter()
    for process in processes:
        counts += Counter(json.loads(process.communicate("stop\n", timeout=120)[0]))
    return counts


@pytest.mark.parametrize(
    ("readers", "bases"),
    [
        ((2, 2), 1),
        pytest.param((7, 7, 6), 3, marks=[pytest.mark.slow, pytest.mark.timeout(900)]),
    ],
)
def test_readers_see_one_moment_at_a_time_while_new_bases_come(
    index: Index,
    monkeypatch: pytest.MonkeyPatch,
    readers: tuple[int, ...],
    bases: int,
    figure: Callable[[int, str], None],
) -> None:
    made_vectors(in_groups, monkeypatch)
    monkeypatch.setattr(upkeep, "SMALLEST_STALE_TAIL", 10)
    counts = read_through(index, readers, bases)
    assert counts["searches"] > 10 * sum(readers)
    assert counts["editions"] >= 2 * len(readers), "readers followed"
    for wrong in ("errors", "mixed", "backwards", "short", "no slices"):
        assert counts[wrong] == 0, counts
    figure(
        5,
        f"{sum(readers)} readers in {len(readers)} processes, {bases} new bases and a rebuild: "
        f"{counts['searches']:,} searches, {counts['hits']:,} hits, {counts['errors']} errors, "
        f"{counts['mixed']} of two moments",
    )
    assert index.verify() == []
    assert len(list(index.folder.glob("base-*"))) <= 2

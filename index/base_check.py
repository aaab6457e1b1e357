"""Try search bases in a process of their own: `python -m index.base_check`, for `base_trial.py`.

A damaged base can crash whoever opens it. And a graph is an approximation: a row may be linked so
badly that no search comes to it, above all among many that are alike.
"""

import json
import select
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from index.base import Base
from index.errors import BrokenLibrary
from index.models import Vectors

MOST_TRIED = 5_000
"""Rows that are searched by their own vector before a new base is trusted; of a larger one so many,
evenly spread, and all that a walk through its whole graph does not come to. Should one that it does
come to not be found, all rows are tried."""

NEAREST = 10
"""Among so many a row must find itself."""

TRIED_AT_ONCE = 500

SECONDS_IDLE = 60.0
"""After which the process ends."""

EQUAL = 1e-6
"""Vectors whose cosine with a row is so near to the row's own equal it: any may come first."""

MOST_LOST = 0.5
"""Share of a new base's rows that cannot be found, above which it is of no use."""


def _lost(base: Base, ids: Sequence[str], vectors: Vectors) -> list[str]:
    """Return the rows that do not find themselves among the nearest."""
    size = len(ids)
    walked = {passage_id for passage_id, _ in base.search(vectors[0], size)}
    tried = set(np.linspace(0, size - 1, num=min(MOST_TRIED, size), dtype=int).tolist())
    beyond = {place for place, passage_id in enumerate(ids) if passage_id not in walked}
    lost = _unfound(base, ids, vectors, sorted(tried | beyond))
    if set(lost) - beyond:
        lost += _unfound(base, ids, vectors, sorted(set(range(size)) - tried - beyond))
    return [ids[place] for place in lost]


def _unfound(base: Base, ids: Sequence[str], vectors: Vectors, places: Sequence[int]) -> list[int]:
    """Return the places of the rows, among some, that do not find themselves."""
    lost = []
    for first in range(0, len(places), TRIED_AT_ONCE):
        part = places[first : first + TRIED_AT_ONCE]
        for place, found in zip(part, base.search_all(vectors[part], NEAREST), strict=True):
            own = float(vectors[place] @ vectors[place])
            full_of_equals = len(found) == NEAREST and found[-1][1] >= own - EQUAL
            if ids[place] not in dict(found) and not full_of_equals:
                lost.append(place)
    return lost


def check(folder: Path, size: int, rows: Path | None) -> list[str]:
    """Return the passages that a base does not find; see `base_trial.try_base`.

    Raises:
        BrokenLibrary: it is of no use.
    """
    base = Base(folder, size)
    try:
        if rows is None:
            base.search(base.any_vector(), 1)
            return []
        with np.load(rows) as given:
            lost = _lost(base, given["ids"].tolist(), given["vectors"])
    finally:
        base.close()
    if len(lost) > MOST_LOST * size:
        raise BrokenLibrary(f"{len(lost)} of {size} passages do not find themselves")
    return lost


def _reply(line: str) -> dict[str, str | list[str]]:
    given = json.loads(line)
    rows = Path(given["rows"]) if given["rows"] else None
    try:
        return {"lost": check(Path(given["folder"]), given["size"], rows)}
    except BrokenLibrary as error:
        return {"problem": str(error)}
    # whatever Chroma's Rust core raises: its panics are no Exception
    except BaseException as error:  # noqa: BLE001 - told to the one who asked
        return {"problem": f"{type(error).__name__}: {error}"}


def main() -> None:
    """Try one base for each line of JSON, and answer with a line, until nothing comes."""
    while select.select([sys.stdin], [], [], SECONDS_IDLE)[0] and (line := sys.stdin.readline()):
        sys.stdout.write(json.dumps(_reply(line)) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()

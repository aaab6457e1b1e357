"""Try a search base in a process of its own: `python -m index.base_check`, which `base.py` runs.

A damaged base can crash whoever opens it. And a graph is an approximation: a row may be linked so
badly that no search comes to it, above all among many that are alike.
"""

import argparse
import json
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


def _check(folder: Path, size: int, rows: Path | None) -> list[str]:
    base = Base(folder, size)
    if rows is None:
        base.search(base.any_vector(), 1)
        return []
    with np.load(rows) as given:
        lost = _lost(base, given["ids"].tolist(), given["vectors"])
    if len(lost) > MOST_LOST * size:
        raise BrokenLibrary(f"{len(lost)} of {size} passages do not find themselves")
    return lost


def main() -> None:
    """Check a base, and print the passages that it does not find as JSON."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("size", type=int)
    parser.add_argument("rows", type=Path, nargs="?")
    arguments = parser.parse_args()
    try:
        lost = _check(arguments.folder, arguments.size, arguments.rows)
    except BrokenLibrary as error:
        sys.exit(str(error))
    sys.stdout.write(json.dumps(lost))


if __name__ == "__main__":
    main()

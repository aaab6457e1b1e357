"""Every passage is found by its own vector, whatever the vectors are like, in base and in tail."""

from collections.abc import Callable, Sequence

import numpy as np
import pytest
from made_library import (
    Shape,
    alike,
    half_copies,
    in_groups,
    live_ids,
    made_article,
    made_vectors,
    scattered,
)

from index import Index
from index.base import Base
from index.base_check import EQUAL, NEAREST

SHAPES = (scattered, in_groups, alike, half_copies)


def unreached(index: Index) -> tuple[set[str], set[str]]:
    """Search by every stored vector; return the ids not found, and all that were."""
    rows = index.catalogue.vectors()
    vectors = index._vectors.get([key for _, key in rows])
    by_id = dict(zip((i for i, _ in rows), vectors, strict=True))
    lost, seen = set(), set()
    for passage_id, vector in by_id.items():
        hits = index._searcher.search("", vector, NEAREST, retrievers=("dense",))
        found = [hit.passage.id for hit in hits]
        seen |= set(found)
        full_of_equals = len(found) == NEAREST and by_id[found[-1]] @ vector >= 1 - EQUAL
        if passage_id not in found and not full_of_equals:
            lost.add(passage_id)
    return lost, seen


def reach(index: Index, articles: int, later: int, gone: int) -> str:
    """Fill a library so that base, tail and dead rows are all there; return what was measured."""
    index.add_articles([made_article(number) for number in range(articles)])
    name = index.catalogue.fact("base")
    index.remove([f"ship/{number}" for number in range(gone)])
    index.add_articles([made_article(articles + number) for number in range(later)])
    index.add_articles([made_article(gone, version=1)])
    assert index.catalogue.fact("base") == name, "the last articles are a tail"
    ids = {passage_id for passage_id, _ in index.catalogue.vectors()}
    assert ids == live_ids(index)
    held = int(index.catalogue.fact("base_found") or 0)
    left_out = int(index.catalogue.fact("base_left_out") or 0)
    later_tail = index.catalogue.count_passages("base IS NOT ?", name) - left_out
    dead = held - index.catalogue.count_passages("base = ?", name)
    assert later_tail > 0
    assert dead > 0
    lost, seen = unreached(index)
    assert not lost
    assert seen <= ids
    return (
        f"{len(ids) - len(lost):,} of {len(ids):,} found by their own vector "
        f"(base {held:,}, copies and unlinked {left_out:,}, later tail {later_tail}, dead {dead}); "
        "ids = catalogue"
    )


def test_every_passage_is_reached_in_base_and_tail(
    index: Index, monkeypatch: pytest.MonkeyPatch, figure: Callable[[int, str], None]
) -> None:
    made_vectors(half_copies, monkeypatch)
    figure(3, f"half copies: {reach(index, articles=150, later=20, gone=10)}")


@pytest.mark.slow
@pytest.mark.timeout(1_800)
@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.__name__)
def test_every_passage_of_thousands_is_reached(
    index: Index,
    monkeypatch: pytest.MonkeyPatch,
    shape: Shape,
    figure: Callable[[int, str], None],
) -> None:
    made_vectors(shape, monkeypatch)
    figure(3, f"{shape.__name__}: {reach(index, articles=1_000, later=80, gone=60)}")


def test_a_row_that_the_graph_loses_is_searched_exactly(
    index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    made_vectors(scattered, monkeypatch)
    real = Base.search_all

    def lossy(self: Base, vectors: np.ndarray, k: int) -> list[Sequence[tuple[str, float]]]:
        return [[row for row in rows if row[0][0] not in "0123"] for rows in real(self, vectors, k)]

    index.add_articles([made_article(number) for number in range(60)])
    ids = live_ids(index)
    lost = [passage_id for passage_id in ids if passage_id[0] in "0123"]
    assert lost
    with index.catalogue.transaction():
        name = str(index.catalogue.fact("base"))
        index.catalogue.set_base(name, ids - set(lost))
        index.catalogue.set_fact("revision", "99")
    monkeypatch.setattr(Base, "search_all", lossy)
    assert unreached(index)[0] == set()
    with index.catalogue.transaction():
        index.catalogue.set_base(name, ids)
        index.catalogue.set_fact("revision", "100")
    assert unreached(index)[0] == set(lost), "without the tail they would be lost"

"""What the cross-encoder has read of the evidence, and what it reads on for comparing reports."""

import pytest

from index import Index
from rag.evidence import (
    COMPARED,
    MOST_BEHIND,
    MOST_PASSAGES,
    PLAINLY_NEAR,
    READ_FIRST,
    RERANKED,
    RERANKED_RANK,
    as_found,
    read_on,
    rerank,
    rerank_until_near,
)

ASKED = "What does the repair of the ferry Lapwing cost?"


@pytest.mark.parametrize("most", [1, 4, COMPARED, COMPARED + 1, MOST_PASSAGES])
def test_more_is_read_up_to_a_bound_behind_what_was_read(seeds: Index, most: int) -> None:
    evidence = rerank(ASKED, seeds.search(ASKED, 20), most)
    further = read_on(ASKED, evidence)
    assert further[:most] == evidence[:most]
    assert {hit.passage.id for hit in further} == {hit.passage.id for hit in evidence}
    assert sum(RERANKED_RANK in hit.ranks for hit in further) == max(most, COMPARED)
    assert len(further) == MOST_PASSAGES


def test_what_was_not_reranked_stays_unread(seeds: Index) -> None:
    evidence = as_found(seeds.search(ASKED, 20))
    assert read_on(ASKED, evidence) == evidence


@pytest.mark.parametrize(
    ("question", "read"),
    [(ASKED, READ_FIRST), ("What did the minister of fisheries of Iceland say?", RERANKED)],
)
def test_no_more_is_read_where_one_of_the_first_is_plainly_near(
    seeds: Index, question: str, read: int
) -> None:
    found = seeds.search(question, 20)
    evidence = rerank_until_near(question, found)
    assert sum(RERANKED_RANK in hit.ranks for hit in evidence) == read
    assert (evidence[0].score >= PLAINLY_NEAR) == (read == READ_FIRST)
    assert evidence[:read] == rerank(question, found, read)[:read]
    lowest = min(hit.score for hit in evidence[:read])
    behind = evidence[0].score - MOST_BEHIND if read == READ_FIRST else lowest
    assert {hit.score for hit in evidence[read:]} == {min(lowest, behind)}


def test_what_competes_with_what_is_near_is_read_all_the_same(seeds: Index) -> None:
    found = seeds.search(ASKED, 20)
    last = found[RERANKED - 1].passage.id
    evidence = rerank_until_near(
        ASKED, found, competes=lambda one, other: one.passage.id == last != other.passage.id
    )
    assert evidence == rerank(ASKED, found)


def test_of_nothing_found_nothing_is_read() -> None:
    assert rerank_until_near(ASKED, []) == ()

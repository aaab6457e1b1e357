"""Sixty conversations and more over the sample articles: is the right passage found?

"development" conversations were looked at while the rules were written, "held back" ones were
written before the rules and run once, at the end; "later" ones were written after the rules, for
what the others lack: a change of topic before the follow-up, and the same topic in a new question.
"""

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from test_seeds import SUPPORTING

from index import Index
from rag import answer
from rag.evidence import rerank
from rag.followup import understand

Row = dict[str, Any]

SEEDS = Path(__file__).parent.parent / "seeds"
ROWS: list[Row] = [
    json.loads(line)
    for line in Path(__file__).with_name("conversations.jsonl").read_text("utf-8").splitlines()
]
FOLLOW_UPS = [row for row in ROWS if row["form"] != "alone"]
ALONE = [row for row in ROWS if row["form"] == "alone"]

TOP = 3
REACHED = 0.85
MOST_WRONGLY_JOINED = 0.04
MOST_WRONGLY_LEFT = 0.2
"""Those name what they ask about ("Until when can questions be sent in?"), and most are found."""


def squeezed(text: str) -> str:
    return " ".join(text.split())


def by_rules(row: Row) -> str:
    return understand(row["question"], row["history"]).search


def last_question(row: Row) -> str:
    return str(row["question"])


def whole_history(row: Row) -> str:
    return " ".join([*(part for turn in row["history"] for part in turn), row["question"]])


def share_found(rows: list[Row], index: Index, method: Callable[[Row], str]) -> float:
    """Return the share of rows whose gold passage is among the best three."""
    found = 0
    for row in rows:
        searched = method(row)
        hits = rerank(searched, index.search(searched, 50))[:TOP]
        found += any(
            Path(hit.article.path or "").name == row["path"]
            and squeezed(row["quote"]) in squeezed(hit.passage.text)
            for hit in hits
        )
    return found / len(rows)


def test_there_are_enough_conversations_of_every_kind() -> None:
    parts = Counter((row["part"], row["form"] == "alone") for row in ROWS)
    assert parts["development", False] >= 30
    assert parts["held back", False] >= 30
    assert len(ALONE) >= 30
    assert all(1 <= len(row["history"]) <= 3 for row in ROWS)
    assert len({row["id"] for row in ROWS}) == len(ROWS)
    assert {row["path"] for row in FOLLOW_UPS} == {
        path.name for path in SEEDS.iterdir() if path.name not in SUPPORTING
    }


def test_questions_of_their_own_are_left_as_they_are() -> None:
    joined = [row["question"] for row in ALONE if by_rules(row) != row["question"]]
    assert len(joined) <= MOST_WRONGLY_JOINED * len(ALONE), joined


def test_follow_ups_are_known() -> None:
    left = [row["question"] for row in FOLLOW_UPS if by_rules(row) == row["question"]]
    assert len(left) <= MOST_WRONGLY_LEFT * len(FOLLOW_UPS), left


def test_the_right_passage_is_found_for_a_sample(seeds: Index) -> None:
    assert share_found(FOLLOW_UPS[::12], seeds, by_rules) >= REACHED


@pytest.mark.parametrize(
    ("before", "question"),
    [
        ("How much will the ferry repair cost?", "Who painted it?"),
        ("How many people came to the lantern festival?", "Who sang there?"),
        ("How many people came to the lantern festival?", "How many tickets were sold?"),
    ],
)
def test_a_follow_up_is_refused_though_the_question_before_was_answered(
    seeds: Index, before: str, question: str
) -> None:
    first = answer(before, index=seeds)
    assert not first.refused
    assert answer(question, index=seeds, history=[(before, first.text)]).refused


@pytest.mark.slow
def test_the_right_passage_is_found(seeds: Index) -> None:
    assert share_found(FOLLOW_UPS, seeds, by_rules) >= REACHED


@pytest.mark.slow
def test_trivial_methods_find_less(seeds: Index) -> None:
    rows = ROWS[::4]
    ours = share_found(rows, seeds, by_rules)
    assert ours > share_found(rows, seeds, last_question)
    assert ours > share_found(rows, seeds, whole_history)

"""What people type into a search box is told from a question by its form alone."""

import pytest

from index import Index
from rag.evidence import rerank
from rag.period import read_when
from rag.recency import rank_windows_in_time
from rag.searches import is_search


@pytest.mark.parametrize(
    "typed",
    [
        "who owns the mill",
        "ferry repair cost",
        "2024 ferry sales",
        '"ferry repair" cost',
        " (ferry) cost",
        "— who owns the mill",
        "EU steel tariffs",
        "U.S. withdrawal year",
        "G7 priorities",
    ],
)
def test_searches(typed: str) -> None:
    assert is_search(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "Who owns the mill?",
        "who owns the mill?",
        "who owns it\uff1f",
        "Who owns it",
        "“Who owns it",
        "- Who owns it",
        "A mill burns",
        "I ask who owns it",
        "WHO OWNS IT",
        "WHO owns it",
        "BBC reporters were expelled.",
        "who owns it\u061f",
        "",
    ],
)
def test_questions(typed: str) -> None:
    assert not is_search(typed)


@pytest.mark.parametrize("search", [False, True])
def test_the_windows_of_the_days_asked_about_are_read_as_the_others_are(
    town: Index, search: bool
) -> None:
    asked = "which band won the county prize yesterday"
    when = read_when(asked, as_of="2025-10-21")
    evidence = rerank(asked, town.search(asked, 9))
    within, about = (when.without_words(asked, within=each) for each in (True, False))
    assert 0 < sum(when.holds(hit.article) for hit in evidence) < len(evidence)
    windows = rank_windows_in_time(about, within, evidence, when, search=search)
    assert {window.logit is not None for window in windows} == {search}

"""What people type into a search box is told from a question by its form alone."""

import pytest

from rag.searches import is_search


@pytest.mark.parametrize("typed", ["who owns the mill", "ferry repair cost", "2024 ferry sales"])
def test_searches(typed: str) -> None:
    assert is_search(typed)


@pytest.mark.parametrize("typed", ["Who owns the mill?", "who owns the mill?", "Who owns it", ""])
def test_questions(typed: str) -> None:
    assert not is_search(typed)

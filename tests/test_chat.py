"""The page says what writes the answers."""

from collections.abc import Iterator

import pytest

from index import Index
from rag.settings import rag_settings
from ui.chat import Chat


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    rag_settings.cache_clear()
    yield
    rag_settings.cache_clear()


def test_without_a_model_the_answers_are_in_quotes(town: Index) -> None:
    assert Chat(town).facts() == "3 articles, newest 20 October 2025 · answers in quotes"


def test_a_model_is_named(town: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOOTNOTE_LLM_BASE_URL", "http://127.0.0.1:11434/v1")
    monkeypatch.setenv("FOOTNOTE_LLM_MODEL", "qwen3:4b")
    assert Chat(town).facts().endswith("answers by qwen3:4b, checked against the articles")


def test_a_refused_question_is_still_what_a_follow_up_means(town: Index) -> None:
    *_, refused = Chat(town).ask("How many passengers does the airport handle?", ())
    assert refused[-1].answer is not None
    assert refused[-1].answer.refused
    *_, turns = Chat(town).ask("And in 2024?", refused)
    assert turns[-1].answer is not None
    assert turns[-1].answer.asked == "How many passengers does the airport handle in 2024?"

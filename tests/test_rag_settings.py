"""A language model is named whole or not at all, and its key is never shown."""

from collections.abc import Iterator

import pytest

from index.errors import BadValue
from rag.settings import rag_settings


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    rag_settings.cache_clear()
    yield
    rag_settings.cache_clear()


def test_unset_means_quotes() -> None:
    assert rag_settings().llm_model is None
    assert rag_settings().writer == "quotes"


def test_empty_means_unset(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOOTNOTE_LLM_BASE_URL", "")
    monkeypatch.setenv("FOOTNOTE_LLM_MODEL", " ")
    assert rag_settings().llm_model is None


def test_a_model_is_named_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOOTNOTE_LLM_BASE_URL", "http://127.0.0.1:11434/v1")
    monkeypatch.setenv("FOOTNOTE_LLM_MODEL", "qwen3:4b")
    monkeypatch.setenv("FOOTNOTE_LLM_API_KEY", "sk-secret")
    assert rag_settings().writer == "qwen3:4b"
    assert "sk-secret" not in repr(rag_settings())


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("FOOTNOTE_LLM_BASE_URL", "http://127.0.0.1/v1", "FOOTNOTE_LLM_MODEL too"),
        ("FOOTNOTE_LLM_MODEL", "qwen3:4b", "FOOTNOTE_LLM_BASE_URL too"),
        ("FOOTNOTE_LLM_BASE_URL", "localhost:11434", "FOOTNOTE_LLM_BASE_URL.*begin with http"),
        ("FOOTNOTE_LLM_BASE_URL", "http://", "FOOTNOTE_LLM_BASE_URL.*name a host"),
        ("FOOTNOTE_LLM_BASE_URL", "http://[::1", "FOOTNOTE_LLM_BASE_URL.*no address"),
        ("FOOTNOTE_LLM_BASE_URL", "http://h:99999/v1", "FOOTNOTE_LLM_BASE_URL.*no address"),
        ("FOOTNOTE_LLM_BASE_URL", "http://h/v1 x", "FOOTNOTE_LLM_BASE_URL.*blank"),
        ("FOOTNOTE_LLM_API_KEY", "sk-é", "FOOTNOTE_LLM_API_KEY.*ASCII"),
        ("FOOTNOTE_LLM_API_KEY", "sk-a\nb: c", "FOOTNOTE_LLM_API_KEY.*ASCII"),
    ],
)
def test_half_a_model_is_a_clear_error(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, words: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(BadValue, match=words):
        rag_settings()


def test_a_key_is_taken_from_a_file_that_ends_in_a_new_line(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("FOOTNOTE_LLM_API_KEY", "sk-secret\n")
    assert rag_settings().key == "sk-secret"

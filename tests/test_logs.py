"""One line of JSON for each answer, wherever it was asked for, and no word of what was said."""

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from conftest import ARTICLES, QUESTION
from serving import application
from starlette.testclient import TestClient

from index import Index
from rag import answer, check_draft, stream
from rag.errors import BadQuestion
from rag.logs import LOGGER, set_up_logging
from rag.settings import rag_settings
from rag.suggestions import first_questions
from ui.asking import ask
from ui.turnstile import Turnstile
from ui.types import Conversation, Turn

UNANSWERABLE = "What is the capital of Mongolia?"


@pytest.fixture
def lines(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Any]:
    """Set the log up at a level; returns what gives the lines that were written since."""

    def at(level: str | None) -> Any:
        if level:
            monkeypatch.setenv("FOOTNOTE_LOG_LEVEL", level)
        rag_settings.cache_clear()
        set_up_logging("info")
        return lambda: [json.loads(line) for line in capsys.readouterr().err.splitlines()]

    yield at
    LOGGER.handlers = []
    LOGGER.setLevel(logging.NOTSET)
    rag_settings.cache_clear()


def words_of(line: dict[str, Any]) -> str:
    return json.dumps(line)


def test_an_answer_is_one_line_wherever_it_was_asked_for(town: Index, lines: Any) -> None:
    read = lines(None)
    given = answer(QUESTION, index=town)
    (direct,) = read()
    assert direct["event"] == "answer"
    assert direct["level"] == "info"
    assert direct["outcome"] == "answered"
    assert direct["writer"] == "quotes"
    assert direct["characters"] == len(QUESTION)
    assert direct["sentences"] == len(given.sentences)
    assert direct["withheld"] == 0
    assert direct["hits"] == len(given.hits)
    assert direct["steps"].keys() == {
        "search",
        "rerank",
        "windows",
        "answerability",
        "write",
        "compare",
    }
    assert direct["seconds"] >= sum(direct["steps"].values()) * 0.9

    *_, _ = ask(town, Conversation(), Turn(question=QUESTION), Turnstile())
    (page,) = read()
    app, _ = application(town)
    with TestClient(app, base_url="http://127.0.0.1") as client:
        client.post("/api/answer", json={"question": QUESTION})
    (api,) = read()
    changing = ("time", "seconds", "steps")
    facts = [{k: v for k, v in line.items() if k not in changing} for line in (direct, page, api)]
    assert facts[0] == facts[1] == facts[2]


def test_the_question_is_told_by_its_name_and_a_closed_stream_costs_no_answer(
    town: Index, lines: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = lines(None)
    *_, given = stream(index=town, question=QUESTION)
    (line,) = read()
    assert line["characters"] == len(QUESTION)
    closed = io.StringIO()
    closed.close()
    monkeypatch.setattr("sys.stderr", closed)
    *_, same = stream(index=town, question=QUESTION)
    assert same.text == given.text


def test_what_was_not_answered_is_a_line_too(town: Index, lines: Any) -> None:
    read = lines(None)
    answer(UNANSWERABLE, index=town)
    assert [line["outcome"] for line in read()] == ["refused"]
    with pytest.raises(BadQuestion):
        answer(" ", index=town)
    assert [line["outcome"] for line in read()] == ["BadQuestion"]
    partials = stream(QUESTION, index=town)
    next(partials)
    partials.close()  # type: ignore[attr-defined]
    assert [line["outcome"] for line in read()] == ["left"]
    check_draft("The Norden Group bought the mill.", index=town)
    assert [line["event"] for line in read()] == ["draft"]


def test_suggestions_that_are_tried_are_no_answers(town: Index, lines: Any) -> None:
    read = lines("debug")
    assert first_questions(town, 1)
    assert read() == []


def test_words_are_logged_at_debug_alone_and_those_of_articles_never(
    town: Index, lines: Any
) -> None:
    read = lines(None)
    given = answer(QUESTION, index=town)
    told = words_of(read()[0])
    for text in (QUESTION, given.sentences[0].text, *(hit.article.title for hit in given.hits)):
        assert str(text) not in told
    read = lines("debug")
    answer(QUESTION, index=town)
    line, asked = read()
    assert line["event"] == "answer"
    assert asked["text"] == QUESTION
    assert asked["level"] == "debug"
    everything = words_of(line) + words_of(asked)
    for text in ARTICLES.values():
        assert not any(part in everything for part in text.split(". "))


def test_warning_means_no_lines(town: Index, lines: Any) -> None:
    read = lines("warning")
    answer(QUESTION, index=town)
    assert read() == []

"""Questions for fitting: ClapNQ's as they are, and those of a file of news articles."""

import json
from pathlib import Path

import pytest

from eval.bench_files import Bench
from eval.errors import BadData
from eval.questions import HELD_OUT_FILE, LEARNT_FILE, clapnq_questions, news_libraries
from eval.types import Case
from index import Article

ROW = {
    "library": "a",
    "title": "Ferry",
    "text": "The ferry was built in 1931.",
    "questions": [
        {"question": "When was the ferry built?", "kind": "answerable"},
        {"question": "Who built the ferry?", "kind": "not told"},
    ],
}


def test_searches_are_about_the_title_of_their_article() -> None:
    article = Article(id="1", key="1", path="ferry/0", title="Ferry", text="Built in 1931.")
    case = Case(id="1", question="when was it built", paths=("ferry/0",), answerable=True)
    (question,) = clapnq_questions(Bench([article], [case]))
    assert (question.article, question.text, question.answerable) == (
        "Ferry",
        "when was it built",
        True,
    )


def test_a_librarys_articles_and_questions_stand_together(tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl"
    rows = [ROW, {**ROW, "title": "Mill"}, {**ROW, "library": "b"}]
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    first, second = news_libraries(path, "news")
    assert [article.title for article in first.articles] == ["Ferry", "Mill"]
    assert [question.answerable for question in first.questions] == [True, False] * 2
    assert len(second.articles) == 1
    assert first.questions[0].article != second.questions[0].article


def test_a_question_of_an_unknown_kind_is_named(tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl"
    row = {**ROW, "questions": [{"question": "When?", "kind": "odd"}]}
    path.write_text(json.dumps(row), encoding="utf-8")
    with pytest.raises(BadData, match="'odd' is none of answerable"):
        news_libraries(path, "news")


def test_no_article_is_both_learnt_and_held_out() -> None:
    learnt, held_out = (
        {article.text for library in news_libraries(path, "news") for article in library.articles}
        for path in (LEARNT_FILE, HELD_OUT_FILE)
    )
    assert (len(learnt), len(held_out)) == (24, 8)
    assert not learnt & held_out

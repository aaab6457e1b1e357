"""Suggested questions: each has its answer there, in the pipeline that will be asked."""

import json
from collections.abc import Sequence

import pytest
from commands import Run, runner
from model_server import ModelServer, Reply

from index import Article, ArticleInfo, Index
from rag import Answer, answer
from rag.reference import stands_alone
from rag.settings import rag_settings
from rag.suggestions import (
    MOST_READ,
    Suggestion,
    choose_articles,
    first_questions,
    follow_ups,
)


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Run:
    return runner("rag", monkeypatch, capfd)


def check_answered(suggested: Sequence[Suggestion], index: Index) -> None:
    """Ask each as a reader would, and look for its sentence among the footnotes."""
    for suggestion in suggested:
        given = answer(suggestion.question, index=index)
        assert not given.refused, suggestion.question
        text = index.article(suggestion.article_id).text
        sentence = text[suggestion.start : suggestion.end]
        assert any(
            (c.article_id == suggestion.article_id or suggestion.article_id in c.also_in)
            and (c.quote in sentence or sentence in c.quote)
            for c in given.citations
        ), suggestion.question


def test_first_questions_are_answered(town: Index) -> None:
    suggested = first_questions(town)
    questions = [suggestion.question for suggestion in suggested]
    assert "When is the ramp to open again?" in questions
    assert len({*questions}) == len(questions) >= 4
    assert len({suggestion.article_id for suggestion in suggested}) == 2
    check_answered(suggested, town)


def test_they_can_be_limited_to_some_articles(town: Index) -> None:
    (school,) = [info for info in town.articles() if info.source == "Varnholm Courier"]
    suggested = first_questions(town, articles=[school.id])
    assert {suggestion.article_id for suggestion in suggested} == {school.id}
    assert first_questions(town, articles=[]) == ()


def test_follow_ups_go_on_and_repeat_nothing(town: Index) -> None:
    given = answer("How much will the repairs of the ferry ramp cost?", index=town)
    suggested = follow_ups(given, town)
    assert suggested
    told = {(c.article_id, c.start) for c in given.citations}
    for suggestion in suggested:
        assert (suggestion.article_id, suggestion.start) not in told
        assert suggestion.question != given.question
        assert stands_alone(suggestion.question)
    assert {suggestion.article_id for suggestion in suggested} == {given.citations[0].article_id}
    check_answered(suggested, town)


def test_after_a_suggestion_others_are_suggested(town: Index) -> None:
    asked = first_questions(town, 1)[0].question
    after = follow_ups(answer(asked, index=town), town)
    assert asked not in {suggestion.question for suggestion in after}


def test_nothing_follows_from_nothing(town: Index, index: Index) -> None:
    assert follow_ups(Answer(question="Who?", asked="Who?"), town) == ()
    assert first_questions(index) == ()


def test_an_article_that_was_erased_is_passed_over(index: Index) -> None:
    text = "Brannt Bank was founded in 2011. It lends money. The Holm prize is worth 900 crowns."
    index.add_articles([Article(id="a" * 16, key="a", path="a", text=text, language="en")])
    given = answer("When was Brannt Bank founded?", index=index)
    assert not given.refused
    index.erase(given.citations[0].article_id)
    assert follow_ups(given, index) == ()


def test_no_language_model_is_asked(town: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    with ModelServer(Reply()) as server:
        monkeypatch.setenv("FOOTNOTE_LLM_BASE_URL", server.url)
        monkeypatch.setenv("FOOTNOTE_LLM_MODEL", "scripted")
        rag_settings.cache_clear()
        try:
            assert first_questions(town, 2)
        finally:
            monkeypatch.undo()
            rag_settings.cache_clear()
        assert server.asked == []


def test_of_ten_thousand_articles_few_are_read_in_turns_from_each_outlet() -> None:
    infos = [
        ArticleInfo(id=str(n), key=str(n), source="Courier" if n % 10 else "Herald")
        for n in range(10_000)
    ]
    chosen = choose_articles(infos, None)
    assert len(chosen) == MOST_READ
    assert [info.source for info in chosen[:4]] == ["Herald", "Courier", "Herald", "Courier"]
    assert max(int(info.id) for info in chosen) < 240


def test_the_command_prints_them(town: Index, run: Run) -> None:
    done = run(town.folder, "--suggest")
    assert done.returncode == 0, done.stderr
    assert "When is the ramp to open again?" in done.stdout.splitlines()


def test_the_command_prints_them_for_programs(town: Index, run: Run) -> None:
    listed = json.loads(run(town.folder, "--suggest", "--json").stdout)
    assert {"question", "article_id", "start", "end"} == set(listed[0])
    assert run(town.folder, "--suggest", "Who?").returncode == 2


@pytest.mark.slow
def test_over_the_sample_articles(seeds: Index) -> None:
    suggested = first_questions(seeds, 8)
    assert len(suggested) == 8
    assert len({suggestion.article_id for suggestion in suggested}) >= 5
    assert len({suggestion.question.split()[0] for suggestion in suggested}) >= 4
    check_answered(suggested, seeds)
    for suggestion in suggested[:3]:
        check_answered(follow_ups(answer(suggestion.question, index=seeds), seeds), seeds)

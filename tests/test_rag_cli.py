"""`python -m rag`: an answer on a terminal and as JSON, and its exit codes."""

import json
from pathlib import Path

import pytest
from commands import Run, run_apart, runner

from index import Index


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Run:
    return runner("rag", monkeypatch, capfd)


def test_an_answer_has_footnotes_below_it(town: Index) -> None:
    done = run_apart("rag", town.folder, "What", "is", "the", "music", "prize", "worth?")
    assert done.returncode == 0, done.stderr
    assert "12,000 crowns" in done.stdout
    assert "[1] School wins music prize" in done.stdout
    assert "Varnholm Courier · 2025-10-20" in done.stdout


def test_json_holds_the_whole_answer(town: Index, run: Run) -> None:
    done = run(town.folder, "Who bought the old paper mill?", "--json")
    answer = json.loads(done.stdout)
    citation = answer["sentences"][0]["citations"][0]
    text = town.article(citation["article_id"]).text
    assert text[citation["start"] : citation["end"]] == citation["quote"]
    assert not answer["refused"]


def test_articles_can_be_chosen(town: Index, run: Run) -> None:
    others = [info.id for info in town.articles() if not (info.path or "").endswith("mill.txt")]
    chosen = [word for article_id in others for word in ("--article", article_id)]
    answer = json.loads(run(town.folder, "Who bought the mill?", "--json", *chosen).stdout)
    assert {hit["article"]["id"] for hit in answer["hits"]} == set(others)


def test_a_refusal_is_a_good_answer(town: Index, run: Run) -> None:
    done = run(town.folder, "What is the capital of Mongolia?")
    assert done.returncode == 0
    assert "do not seem to answer" in done.stdout


def test_bad_input_is_named_without_a_traceback(town: Index, tmp_path: Path, run: Run) -> None:
    lost = run_apart("rag", tmp_path / "nowhere", "Who?")
    for done, word in (
        (run(town.folder, " "), "empty"),
        (run(town.folder, "why " * 10_000), "Ask for one thing"),
        (run(town.folder, "Who?", "--since", "soon"), "2025-10-28"),
        (run(town.folder, "Who?", "--source", "The Unheard"), "Varnholm Courier"),
        (run(town.folder, "Who?", "--article", "0" * 16), "python -m index list"),
        (lost, "python -m index add"),
    ):
        assert done.returncode == 2
        assert word in done.stderr
        assert "Traceback" not in done.stderr

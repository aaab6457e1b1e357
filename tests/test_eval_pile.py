"""The same cases over a growing pile: the pile grows by other articles, and only by those."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from eval.errors import BadData
from eval.pile import ask, main, other_articles
from eval.types import Case
from index import Index

ROWS = {
    "bump/task2.jsonl": [{"article": "The council met on Monday. It voted for the plan."}],
    "wice/oracle_chunks_dev.jsonl": [
        {"evidence": ["A lake was drained in June.", "It was filled again."]},
        {"evidence": ["A lake was drained in June."]},
    ],
    "clapnq/answerable.jsonl": [
        {
            "id": "1",
            "input": "what was drained",
            "passages": [{"title": "Lake", "text": "A lake was drained in June."}],
            "output": [{"answer": "a lake", "selected_sentences": ["A lake was drained in June."]}],
        }
    ],
    "clapnq/unanswerable.jsonl": [],
}

SQUAD2 = {
    "data": [
        {
            "title": "Lake",
            "paragraphs": [
                {
                    "context": "It was filled again.",
                    "qas": [{"id": "1", "question": "Who?", "answers": [], "is_impossible": True}],
                }
            ],
        }
    ]
}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    for name, rows in ROWS.items():
        path = tmp_path / "data" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    squad2 = tmp_path / "data" / "squad2"
    squad2.mkdir()
    (squad2 / "half_dev.json").write_text(json.dumps(SQUAD2), encoding="utf-8")
    return tmp_path / "data"


def test_other_articles_stand_once_each_the_news_first(data: Path) -> None:
    texts = [article.text for article in other_articles(data)]
    assert texts == [
        "The council met on Monday. It voted for the plan.",
        "A lake was drained in June.",
        "It was filled again.",
    ]


def test_the_same_cases_are_asked_at_every_size(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    news = tmp_path / "news"
    news.mkdir()
    (news / "ferry.txt").write_text(
        "The Varnholm ferry will stay closed for six weeks, the county said on Monday, after "
        "divers found a crack in its hull.",
        encoding="utf-8",
    )
    cases = tmp_path / "cases.jsonl"
    rows = [
        {"id": "1", "question": "How long will the Varnholm ferry stay closed?",
         "spans": [{"path": "ferry.txt", "quote": "six weeks"}], "answerable": True},
        {"id": "2", "question": "Who won the chess final in Oslo?", "answerable": False},
    ]  # fmt: skip
    cases.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    asked = ["--data", str(data), "--cases", str(cases), "--articles", str(news)]
    assert main([*asked, "--sizes", "3"]) == 0
    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    table = [line for line in lines if line[:1] in (["1"], ["3"])]
    assert [(line[0], line[1]) for line in table] == [("1", "0.000"), ("3", "0.000")]
    assert [line[7] for line in table] == ["1.000", "1.000"]


@pytest.mark.parametrize(
    "line", ['{"evidence": []}', '{"article": 7}', '{"article": [7]}', "{", "7"]
)
def test_a_line_of_another_shape_is_named(data: Path, line: str) -> None:
    path = data / "bump" / "task2.jsonl"
    path.write_text(f"{path.read_text(encoding='utf-8')}{line}\n", encoding="utf-8")
    with pytest.raises(BadData, match=r"task2\.jsonl: line 2"):
        [*other_articles(data)]


def test_a_case_is_asked_on_its_day_and_over_its_articles_alone(town: Index) -> None:
    asked = Case(id="1", question="What prize did the Lindgate school win?", answerable=True)
    apart = replace(asked, among=("mill.txt",))
    too_early = replace(asked, as_of="1999-03-04")
    shares = [ask([case], town)[0][:5] for case in (asked, apart, too_early)]
    assert shares == ["0.000", "1.000", "1.000"]


def test_data_that_is_not_there_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--data", str(tmp_path)]) == 2
    assert "task2.jsonl" in capsys.readouterr().err

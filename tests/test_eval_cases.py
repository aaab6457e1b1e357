"""Cases are read whole, and every line that cannot be used is named with its cause."""

import json
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from eval import __main__ as evaluation
from eval.cases import load_cases
from eval.errors import BadCases, MissingData, NotReviewed
from eval.types import Case, Nugget, Span
from index import Index

GOOD = {"id": "q1", "question": "Who voted against the sale?", "answerable": True}


def write(folder: Path, *lines: object) -> Path:
    path = folder / "cases.jsonl"
    texts = [line if isinstance(line, str) else json.dumps(line) for line in lines]
    path.write_text("\n".join(texts) + "\n", encoding="utf-8")
    return path


def test_a_full_line_becomes_a_case(tmp_path: Path) -> None:
    full = GOOD | {
        "reference": "Petra Holm",
        "references": ["Councillor Holm"],
        "spans": [{"path": "mill.txt", "quote": "Petra Holm, who voted against it"}],
        "paths": ["mill.txt"],
        "tags": ["people"],
        "history": [["Who bought the mill?", "The Norden Group."]],
        "as_of": "2025-11-02",
        "nuggets": [{"text": "Petra Holm"}, {"text": "a councillor", "vital": False}],
        "disputed": False,
        "among": ["mill.md"],
        "cluster": "the mill",
    }
    assert load_cases(write(tmp_path, full)) == [
        Case(
            id="q1",
            question="Who voted against the sale?",
            history=(("Who bought the mill?", "The Norden Group."),),
            as_of="2025-11-02",
            reference="Petra Holm",
            references=("Councillor Holm",),
            spans=(Span(path="mill.txt", quote="Petra Holm, who voted against it"),),
            paths=("mill.txt",),
            answerable=True,
            tags=("people",),
            nuggets=(Nugget(text="Petra Holm"), Nugget(text="a councillor", vital=False)),
            disputed=False,
            among=("mill.md",),
            cluster="the mill",
        )
    ]


def test_cases_stand_or_fall_with_their_article_however_it_is_named() -> None:
    case = Case(id="q1", question="Who?", answerable=True)
    thumbs = (Span(path="school.md", quote="The band won."), Span(path="mill.txt", quote="Sold."))
    assert case.group == "q1"
    assert replace(case, spans=thumbs).group == "school.md"
    assert replace(case, spans=thumbs, paths=("ferry.txt",)).group == "ferry.txt"
    assert replace(case, paths=("a page/3",), cluster="a page").group == "a page"


def test_what_is_not_given_is_empty_and_blank_lines_are_skipped(tmp_path: Path) -> None:
    first, second = load_cases(write(tmp_path, GOOD, "", GOOD | {"id": "q2", "reference": None}))
    assert (first.reference, first.spans, first.paths, first.history) == (None, (), (), ())
    assert second.id == "q2"


@pytest.mark.parametrize(
    ("line", "cause"),
    [
        ("{oops", "not JSON"),
        ("[1, 2]", "not an object but list"),
        ({"id": "x", "question": "Who?"}, "answerable: Field required"),
        (GOOD | {"id": "x", "answerable": "yes"}, "answerable: Input should be a valid boolean"),
        (GOOD | {"id": "x", "question": "  "}, "question:"),
        (GOOD | {"id": 7}, "id: Input should be a valid string"),
        (GOOD | {"id": "x", "refrence": "Holm"}, "refrence: Extra inputs are not permitted"),
        (GOOD | {"id": "x", "spans": [{"path": "a.txt"}]}, "spans.0.quote: Field required"),
        (GOOD | {"id": "x", "as_of": "in May"}, "as_of:"),
        (GOOD | {"id": "x", "as_of": "2026-02-31"}, "as_of: Value error, day is out of range"),
        (GOOD | {"id": "x", "as_of": "٢٠٢٦-02-01"}, "as_of:"),
        pytest.param("[" * 100_000, "nested too deeply", id="deep"),
        ('{"id": "x", "question": "Who?", "answerable": true, "id": "y"}', "id: stands twice"),
        (
            '{"id": "x", "question": "Who?", "answerable": true, "nuggets": '
            '[{"text": "a", "text": "b"}]}',
            "text: stands twice",
        ),
        (
            GOOD | {"id": "x", "answerable": False, "spans": [{"path": "a", "quote": "b"}]},
            "spans: an unanswerable question has no gold quote",
        ),
        (
            GOOD | {"id": "x", "answerable": False, "nuggets": [{"text": "b"}]},
            "nuggets: an unanswerable question has no answer",
        ),
        (GOOD, "id 'q1' stands on line 1"),
    ],
)
def test_a_bad_line_is_named_with_its_cause(tmp_path: Path, line: object, cause: str) -> None:
    path = write(tmp_path, GOOD, "", line)
    with pytest.raises(BadCases) as caught:
        load_cases(path)
    assert str(path) in str(caught.value)
    assert f"line 3: {cause}" in str(caught.value)
    assert len(caught.value.problems) == 1


def test_every_bad_line_is_listed_but_a_long_list_is_cut(tmp_path: Path) -> None:
    with pytest.raises(BadCases) as caught:
        load_cases(write(tmp_path, *["{"] * 14))
    assert len(caught.value.problems) == 14
    assert "line 10:" in str(caught.value)
    assert "and 4 more" in str(caught.value)
    assert "line 11:" not in str(caught.value)


def test_a_missing_an_empty_and_a_binary_file_say_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(MissingData, match="--cases"):
        load_cases(tmp_path / "none.jsonl")
    with pytest.raises(MissingData, match="holds no case"):
        load_cases(write(tmp_path, ""))
    binary = tmp_path / "binary.jsonl"
    binary.write_bytes(json.dumps(GOOD).encode() + b"\n\xff\xfe")
    with pytest.raises(BadCases, match="line 2: not UTF-8"):
        load_cases(binary)


def test_a_file_that_begins_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    plain = write(tmp_path, {"id": "a", "question": "Grüße?", "answerable": True})
    cases = load_cases(plain)
    marked = tmp_path / "marked.jsonl"
    marked.write_bytes(b"\xef\xbb\xbf" + plain.read_bytes())
    assert load_cases(marked) == cases
    marked.write_bytes(b"\xef\xbb\xbf" + plain.read_bytes() + b"\xff")
    with pytest.raises(BadCases, match="line 2: not UTF-8"):
        load_cases(marked)


def test_a_case_that_nobody_reviewed_is_never_asked_and_never_left_out_unsaid(
    tmp_path: Path,
) -> None:
    drafted = GOOD | {"id": "q2", "reviewed": False}
    path = write(tmp_path, GOOD | {"reviewed": True}, "", drafted)
    with pytest.raises(NotReviewed, match=r"1 of 2 cases .* not reviewed \(line 3\).*--review"):
        load_cases(path)
    said: list[str] = []
    assert [case.id for case in load_cases(path, note=said.append)] == ["q1"]
    assert "1 of 2 cases" in said[0]
    assert "left out" in said[0]
    with pytest.raises(NotReviewed, match=r"12 of 12 .*line 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, …"):
        load_cases(
            write(tmp_path, *(drafted | {"id": str(n)} for n in range(12))), note=said.append
        )


def test_a_run_refuses_a_file_that_nobody_reviewed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write(tmp_path, GOOD | {"reviewed": False})
    command = ["eval", "--cases", path, "--articles", tmp_path]
    monkeypatch.setattr(sys, "argv", [*map(str, command)])
    assert evaluation.main() == 2
    assert f"python -m eval draft --review {path}" in capsys.readouterr().err


THUMBS = [
    # up, and quoted; the history holds the earlier turn, and the path is the file's name alone
    {
        "id": "feedback-0123456789ab",
        "question": "And what did the conductor say?",
        "history": [["Who won the county prize?", "The brass band of the Lindgate school won."]],
        "as_of": "2025-11-02",
        "answerable": True,
        "spans": [
            {
                "path": "school.md",
                "quote": "Its conductor, Mara Quist, said that the band had rehearsed three "
                "evenings a week since spring.",
            }
        ],
        "tags": ["feedback", "thumb-up"],
    },
    # down, though the articles answer: no gold quote can be known
    {
        "id": "feedback-123456789abc",
        "question": "How much is the prize worth?",
        "history": [],
        "as_of": None,
        "answerable": True,
        "spans": [],
        "tags": ["feedback", "thumb-down", "should-answer"],
    },
    # up for a refusal
    {
        "id": "feedback-23456789abcd",
        "question": "What colour is the mayor's car?",
        "history": [],
        "as_of": None,
        "answerable": False,
        "spans": [],
        "tags": ["feedback", "thumb-up"],
    },
]
"""As the chat writes thumbs to `feedback.jsonl`."""


def test_thumbs_of_the_chat_are_cases_that_can_be_asked_of_the_library(
    town: Index,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    path = tmp_path / "feedback.jsonl"
    rows = (json.dumps(row, ensure_ascii=False) for row in THUMBS)
    path.write_text("".join(f"{row}\n" for row in rows), encoding="utf-8")
    report = tmp_path / "report.json"
    command = ["eval", "--cases", path, "--library", town.folder, "--json", report]
    monkeypatch.setattr(sys, "argv", [*map(str, command)])
    assert evaluation.main() == 0
    assert "thumb-up" in capsys.readouterr().out
    scores = json.loads(report.read_text(encoding="utf-8"))["scores"]
    assert {score["case_id"] for score in scores} == {row["id"] for row in THUMBS}
    cited = {s["case_id"] for s in scores if s["metric"] == "recall@8" and s["value"]}
    assert cited == {"feedback-0123456789ab"}

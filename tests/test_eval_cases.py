"""Cases are read whole, and every line that cannot be used is named with its cause."""

import json
from pathlib import Path

import pytest

from eval.cases import load_cases
from eval.errors import BadCases, MissingData
from eval.types import Case, Nugget, Span

GOOD = {"id": "q1", "question": "Who voted against the sale?", "answerable": True}


def write(folder: Path, *lines: object) -> Path:
    path = folder / "cases.jsonl"
    texts = [line if isinstance(line, str) else json.dumps(line) for line in lines]
    path.write_text("\n".join(texts) + "\n", encoding="utf-8")
    return path


def test_a_full_line_becomes_a_case(tmp_path: Path) -> None:
    full = GOOD | {
        "reference": "Petra Holm",
        "spans": [{"path": "mill.txt", "quote": "Petra Holm, who voted against it"}],
        "paths": ["mill.txt"],
        "tags": ["people"],
        "history": [["Who bought the mill?", "The Norden Group."]],
        "as_of": "2025-11-02",
        "nuggets": [{"text": "Petra Holm"}, {"text": "a councillor", "vital": False}],
        "disputed": False,
        "among": ["mill.md"],
    }
    assert load_cases(write(tmp_path, full)) == [
        Case(
            id="q1",
            question="Who voted against the sale?",
            history=(("Who bought the mill?", "The Norden Group."),),
            as_of="2025-11-02",
            reference="Petra Holm",
            spans=(Span(path="mill.txt", quote="Petra Holm, who voted against it"),),
            paths=("mill.txt",),
            answerable=True,
            tags=("people",),
            nuggets=(Nugget(text="Petra Holm"), Nugget(text="a councillor", vital=False)),
            disputed=False,
            among=("mill.md",),
        )
    ]


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

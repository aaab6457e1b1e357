"""A file of pairs is read whole, and every line that cannot be used is named with its cause."""

import json
from pathlib import Path
from typing import Any

import pytest

from eval.errors import BadCases, MissingData
from eval.pairs import load_pairs, main

REPORT = {"title": "Bridge", "source": "Herald", "published": "2025-02-11", "text": "It fell."}
GOOD: dict[str, Any] = {
    "id": "1", "kind": "conflict", "question": "What fell?", "a": REPORT, "b": REPORT,
}  # fmt: skip


def write(folder: Path, *rows: object) -> Path:
    path = folder / "pairs.jsonl"
    lines = [row if isinstance(row, str) else json.dumps(row) for row in rows]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_a_pair_has_two_articles_of_their_own(tmp_path: Path) -> None:
    (pair,) = load_pairs(write(tmp_path, GOOD | {"differs": "why"}, ""))
    first, second = pair.reports
    assert (first.key, second.key) == ("1/a", "1/b")
    assert first.id != second.id
    assert (first.title, first.published, first.text) == ("Bridge", "2025-02-11", "It fell.")


@pytest.mark.parametrize("name", ["pairs_dev.jsonl", "pairs_test.jsonl"])
def test_our_own_pairs_can_be_used(name: str) -> None:
    path = Path(__file__).parent / name
    lines = path.read_text(encoding="utf-8").split("\n")
    assert len(load_pairs(path)) == sum(bool(line) for line in lines) > 0


def test_lines_that_cannot_be_used_are_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write(
        tmp_path,
        GOOD,
        {name: value for name, value in GOOD.items() if name != "kind"},
        GOOD | {"kind": "quarrel"},
        GOOD | {"b": REPORT | {"text": " "}},
        "{",
        "[" * 100_000,
    )
    with pytest.raises(BadCases) as raised:
        load_pairs(path)
    assert [problem.split(":")[0] for problem in raised.value.problems] == [
        f"line {number}" for number in range(2, 7)
    ]
    assert raised.value.problems[0] == "line 2: kind: Field required"
    assert raised.value.problems[2].startswith("line 4: b.text: ")
    assert main(["--pairs", str(path)]) == 2
    assert "line 3: kind: Input should be 'conflict', 'update'" in capsys.readouterr().err


def test_a_file_that_is_not_there_empty_or_no_text_says_so(tmp_path: Path) -> None:
    with pytest.raises(MissingData, match="cannot be read"):
        load_pairs(tmp_path / "none.jsonl")
    with pytest.raises(MissingData, match="holds nothing"):
        load_pairs(write(tmp_path, ""))
    (tmp_path / "pairs.jsonl").write_bytes(b"\xff\xfe")
    with pytest.raises(MissingData, match="UTF-8"):
        load_pairs(tmp_path / "pairs.jsonl")

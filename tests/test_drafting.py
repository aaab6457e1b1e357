"""A draft is checked over a real library, in turns with those who ask, and read from files."""

import threading
from pathlib import Path

import pytest
from docx import Document

from index import Index
from index.errors import BadValue
from rag.prompts import EMPTY_DRAFT
from ui import drafting
from ui.drafting import check, read_draft
from ui.render_draft import state_of
from ui.turnstile import Turnstile

TEXT = (
    "Ramp and mill\n\n"
    "The ramp is to open again on 14 November 2025. Repairs will cost 9.9 million\ncrowns.\n\n"
    "* The bakers of Lisbon went on strike.\n"
)


def test_a_draft_grows_line_by_line_and_every_line_is_found_again_in_it(town: Index):
    steps = [*check(town, TEXT, Turnstile())]
    assert [step.done for step in steps] == [0, 1, 2, 3, 4, 4]
    last = steps[-1]
    assert [state_of(line) for line in last.answer.sentences] == [
        "unchecked",
        "supported",
        "differs",
        "silent",
    ]
    for start, line in zip(last.starts, last.answer.sentences, strict=True):
        assert TEXT[start : start + len(line.text)] == line.text
    assert [start in last.openers for start in last.starts] == [True, True, False, True]
    assert [step.is_open for step in steps] == [True] * 5 + [False]


@pytest.mark.parametrize(
    ("text", "words"), [("", EMPTY_DRAFT), (" \n", EMPTY_DRAFT), ("x. " * 30_000, "90,000")]
)
def test_a_draft_that_cannot_be_checked_is_told(town: Index, text: str, words: str):
    last = [*check(town, text, Turnstile())][-1]
    assert words in str(last.problem)
    assert not last.is_open


def test_while_a_draft_is_checked_others_are_let_in_between_two_lines(town: Index):
    turnstile = Turnstile(at_once=1)
    for step in check(town, TEXT, turnstile):
        assert turnstile.is_empty, step
        with turnstile.admit(threading.Event()):
            pass


def test_where_too_many_ask_for_too_long_the_rest_is_left_unchecked(
    town: Index, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(drafting, "PATIENCE", 0.0)
    turnstile = Turnstile()
    steps = check(town, TEXT, turnstile)
    next(steps)
    next(steps)
    turnstile.close()
    monkeypatch.setattr(drafting.time, "sleep", lambda _: None)
    last = [*steps][-1]
    assert last.done == 1
    assert "Ask again" in str(last.problem)


def test_drafts_are_read_from_files_as_they_stand(tmp_path: Path):
    markdown = tmp_path / "draft.MD"
    markdown.write_text("# Ramp\n\nIt “opens”.\n", encoding="utf-8")
    assert read_draft(markdown) == "# Ramp\n\nIt “opens”.\n"
    older = tmp_path / "older.txt"
    older.write_bytes("It “opens” at three.".encode("cp1252"))
    assert read_draft(older) == "It “opens” at three."
    word = Document()
    word.add_paragraph("Ramp")
    word.add_paragraph("It opens.")
    word.save(str(tmp_path / "draft.docx"))
    assert read_draft(tmp_path / "draft.docx") == "Ramp\n\nIt opens."


@pytest.mark.parametrize(
    ("name", "words"),
    [("draft.pdf", ".txt, .md, .docx"), ("draft.docx", "no Word file"), ("a.txt", "binary data")],
)
def test_a_file_that_holds_no_draft_is_refused_by_name(tmp_path: Path, name: str, words: str):
    path = tmp_path / name
    path.write_bytes(b"\x00\x01\x02")
    with pytest.raises(BadValue, match=words) as refused:
        read_draft(path)
    assert str(refused.value).startswith(name)

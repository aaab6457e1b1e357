"""`python -m index`: what it prints, and its exit codes, on good and bad input."""

import json
import os
import subprocess
from pathlib import Path

import pytest
from commands import Run, run_apart, runner


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Run:
    return runner("index", monkeypatch, capfd)


@pytest.fixture
def library(tmp_path: Path) -> Path:
    return tmp_path / "library"


def test_a_library_from_first_to_last(library: Path, articles: Path, run: Run) -> None:
    added = run_apart("index", library, "add", articles)
    assert added.returncode == 0, added.stderr
    assert "3 added" in added.stdout

    listed = json.loads(run(library, "list", "--json").stdout)
    assert {Path(article["path"]).name for article in listed} == {
        "ferry.txt", "school.md", "mill.txt",
    }  # fmt: skip
    assert all(40 < article["words"] < 90 for article in listed)
    table = run(library, "list").stdout
    assert all(str(article["words"]) in table for article in listed)
    mill = next(article["id"] for article in listed if article["path"].endswith("mill.txt"))

    mentions = json.loads(run(library, "mentions", "norden", "group", "--json").stdout)
    assert [mention["article"]["id"] for mention in mentions] == [mill]
    printed = run(library, "mentions", "Norden Group").stdout
    assert "mill.txt  no date · " in printed
    assert "The Norden Group bought it from the town" in printed
    assert "Mentions: 1, in 1 of" in printed

    assert run(library, "set", mill, "--published", "2 November 2025").returncode == 0
    shown = json.loads(run(library, "show", mill, "--json").stdout)
    assert shown["published"] == "2025-11-02"
    assert "Norden Group" in shown["text"]
    assert "corrected by hand" in run(library, "show", mill).stdout

    assert "All is well: 3 articles" in run(library, "verify").stdout
    assert run(library, "remove", articles / "school.md").returncode == 0
    erased = run(library, "erase", mill)
    assert erased.returncode == 0
    assert f"still in: {articles / 'mill.txt'}" in erased.stderr
    left = json.loads(run(library, "list", "--json").stdout)
    assert [Path(article["path"]).name for article in left] == ["ferry.txt"]
    assert run(library, "rebuild").returncode == 0


def bad(completed: subprocess.CompletedProcess[str], *words: str) -> None:
    said = completed.stdout + completed.stderr
    assert completed.returncode == 2, said
    assert "Traceback" not in said
    for word in words:
        assert word in said


def test_bad_input_is_named_with_a_remedy(library: Path, articles: Path, run: Run) -> None:
    bad(run(library, "list"), "no library", "python -m index add")
    bad(run(library, "add", articles / "nowhere"), "is not there")
    empty = articles.parent / "empty"
    empty.mkdir()
    bad(run(library, "add", empty), "nothing to ask", ".docx")
    assert run(library, "add", articles).returncode == 0
    bad(run(library, "show", "0" * 16), "0" * 16, "list")
    bad(run(library, "set", "0" * 16), "--title")
    bad(run(library, "remove", empty), "holds nothing from there")
    bad(run(library, "mentions", "?"), "no word")
    bad(run(library), "command")
    odd = os.fsdecode(b"\xff")
    bad(run(library, "show", odd), "id '\\udcff' is not in UTF-8")
    bad(run(library, "set", "0" * 16, "--title", odd), "title", "not in UTF-8")
    bad(run(library.with_name(odd), "add", articles), "not in UTF-8")


def test_an_address_that_is_not_public_is_named_and_the_files_are_in(
    library: Path, articles: Path, run: Run
) -> None:
    added = run(library, "add", articles, "http://127.0.0.1/a", "HTTPS://user@example.org/")
    bad(added, "3 added", "127.0.0.1 is not fetched", "a user's name", "add the file")
    assert len(json.loads(run(library, "list", "--json").stdout)) == 3


def test_unreadable_files_are_named_and_the_others_are_in(
    library: Path, articles: Path, run: Run
) -> None:
    (articles / "binary.txt").write_bytes(bytes(range(256)) * 64)
    (articles / "broken.pdf").write_bytes(b"%PDF-1.4 no document")
    (articles / "empty.txt").write_text("")
    added = run(library, "add", articles)
    bad(added, "binary.txt", "broken.pdf", "empty.txt", "3 added", "3 not read")
    assert len(json.loads(run(library, "list", "--json").stdout)) == 3


def test_a_misspelt_setting_is_refused(library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOOTNOTE_RERANKR", "x")
    bad(run_apart("index", library, "list"), "FOOTNOTE_RERANKER")


def test_the_names_of_files_steer_no_terminal(tmp_path: Path, run: Run) -> None:
    folder, evil = tmp_path / "articles", "x\x1b]0;stolen\x07\x1b[2J\n{} [red] :fire:"
    folder.mkdir()
    (folder / f"{evil}.txt").write_text("the mill has a new owner\n" * 3, encoding="utf-8")
    (folder / f"{evil} empty.txt").write_text("", encoding="utf-8")
    added = run(tmp_path / "library", "add", folder)
    assert "empty.txt" in added.stderr
    listed = run(tmp_path / "library", "list")
    article_id = json.loads(run(tmp_path / "library", "list", "--json").stdout)[0]["id"]
    shown = run(tmp_path / "library", "show", article_id)
    erased = run(tmp_path / "library", "erase", article_id)
    missing = run(tmp_path / "library", "add", folder / f"{evil} none.txt")
    for done in (added, listed, shown, erased, missing):
        assert "stolen" in done.stdout + done.stderr
        assert ":fire:" in done.stdout + done.stderr, "as it is, and no picture"
        assert not {"\x1b", "\x07"} & {*(done.stdout + done.stderr)}

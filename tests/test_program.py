"""A command whose output cannot be written ends in words."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from commands import ROOT

from index import Index

FULL = Path("/dev/full")
TITLE = "Łódź ferry 🚢 closed"


def run(output: int, *command: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", *command],
        cwd=ROOT,
        stdout=output,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
        env={**os.environ, **environment},
    )


@pytest.fixture
def library(tmp_path: Path) -> Path:
    article = tmp_path / "ferry.md"
    article.write_text(f"---\ntitle: {TITLE}\n---\n\nThe ferry is closed until May.\n")
    with Index.open(tmp_path / "library") as index:
        index.sync([article])
    return tmp_path / "library"


@pytest.mark.skipif(not FULL.exists(), reason="this machine lacks /dev/full")
@pytest.mark.parametrize("command", [("index", "list"), ("rag", "--suggest")])
def test_a_full_disk_under_the_output_is_told_in_words(
    command: tuple[str, str], library: Path
) -> None:
    module, told = command
    with FULL.open("w") as full:
        ended = run(full.fileno(), module, "--library", str(library), told)
    assert ended.returncode == 2
    assert ended.stderr == (
        "The output could not be written: No space left on device. "
        "Send it elsewhere, or make room.\n"
    )


@pytest.mark.skipif(not FULL.exists(), reason="this machine lacks /dev/full")
@pytest.mark.parametrize(
    ("redirected", "code"), [(">/dev/full 2>&1", 2), (">/dev/full 2>&-", 2), (">&-", 0), ("|:", 0)]
)
def test_an_output_that_is_not_there_ends_without_a_traceback(
    redirected: str, code: int, library: Path
) -> None:
    command = f'"{sys.executable}" -m index --library "{library}" list {redirected}'
    ended = subprocess.run(
        ["sh", "-c", command], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (ended.returncode, ended.stderr) == (code, "")


def test_json_is_json_whatever_the_output_can_hold(library: Path) -> None:
    command = ["index", "--library", str(library), "list", "--json"]
    ended = run(subprocess.PIPE, *command, PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert [each["title"] for each in json.loads(ended.stdout)] == [TITLE]


def test_what_an_output_has_no_characters_for_is_escaped(library: Path) -> None:
    command = ["index", "--library", str(library), "list"]
    ended = run(subprocess.PIPE, *command, PYTHONIOENCODING="ascii", PYTHONUTF8="0", COLUMNS="200")
    assert (ended.returncode, ended.stderr) == (0, "")
    assert "\\u0141\\u00f3d\\u017a ferry \\ud83d\\udea2 closed" in ended.stdout

"""A command whose output cannot be written ends in words."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from commands import ROOT

from index import Index

FULL = Path("/dev/full")


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
    article.write_text("---\ntitle: Łódź ferry → closed\n---\n\nThe ferry is closed until May.\n")
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


def test_what_an_output_has_no_characters_for_is_escaped(library: Path) -> None:
    command = ["index", "--library", str(library), "list"]
    ended = run(subprocess.PIPE, *command, PYTHONIOENCODING="ascii", PYTHONUTF8="0", COLUMNS="200")
    assert (ended.returncode, ended.stderr) == (0, "")
    assert "\\u0141\\xf3d\\u017a ferry \\u2192 closed" in ended.stdout

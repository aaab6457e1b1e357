"""A command whose output cannot be written ends in words."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from commands import ROOT, run_apart

from index import Index

FULL = Path("/dev/full")
ENDINGS = [
    ("index list nothing", 2),
    ("index show nothing", 2),
    ("index add {article}", 0),
    ("index add {article}/nothing", 2),
    ("rag --speak", 2),
]
TITLE = "Łódź ferry 🚢 closed"


def shell(command: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        ["sh", "-c", command], cwd=ROOT, capture_output=True, text=True, check=False
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
    ended = shell(f'"{sys.executable}" -m {module} --library "{library}" {told} >{FULL}')
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
    ended = shell(f'"{sys.executable}" -m index --library "{library}" list {redirected}')
    assert (ended.returncode, ended.stderr) == (code, "")


@pytest.mark.skipif(not FULL.exists(), reason="this machine lacks /dev/full")
@pytest.mark.parametrize(("arguments", "code"), ENDINGS)
def test_errors_with_nowhere_to_be_told_leave_the_exit_code(
    arguments: str, code: int, library: Path
) -> None:
    module, *told = arguments.format(article=library.parent / "ferry.md").split()
    ended = shell(f'"{sys.executable}" -m {module} --library "{library}" {" ".join(told)} 2>{FULL}')
    assert ended.returncode == code


@pytest.fixture
def ascii_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONIOENCODING", "ascii")
    monkeypatch.setenv("PYTHONUTF8", "0")


@pytest.mark.usefixtures("ascii_alone")
def test_json_is_json_whatever_the_output_can_hold(library: Path) -> None:
    ended = run_apart("index", library, "list", "--json")
    assert [each["title"] for each in json.loads(ended.stdout)] == [TITLE]


@pytest.mark.usefixtures("ascii_alone")
def test_what_an_output_has_no_characters_for_is_escaped(library: Path) -> None:
    ended = run_apart("index", library, "list")
    assert (ended.returncode, ended.stderr) == (0, "")
    assert "\\u0141\\u00f3d\\u017a ferry \\ud83d\\udea2 closed" in ended.stdout

"""Scratch folders go with their process, even where it was killed, and never before."""

import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from index.scratch import scratch_folder, sweep_scratch

ROOT = Path(__file__).parent.parent
STAY = """
import sys
from index.scratch import scratch_folder
with scratch_folder("eval") as folder:
    (folder / "catalogue.sqlite").write_text("An index.")
    print(folder, flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    return tmp_path


def test_what_a_killed_process_left_is_swept_by_the_next_and_a_living_one_keeps_its_own(
    temporary: Path,
) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", STAY],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        folder = Path(process.stdout.readline().strip())
        assert str(process.pid) in folder.parent.name
        with scratch_folder("eval") as own:
            assert folder.is_dir()
            assert own.is_dir()
            assert not [*own.iterdir()]
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert (folder / "catalogue.sqlite").is_file()
        with scratch_folder("page") as own:
            assert not folder.parent.exists()
            assert [*temporary.glob("footnote-*")] == [own.parent]
    assert not [*temporary.glob("footnote-*")]


def test_nothing_else_is_swept(temporary: Path) -> None:
    (temporary / "footnote-notes").mkdir()
    (temporary / "footnote-notes" / "mine.txt").write_text("Mine.")
    (temporary / "footnote-file").write_text("Mine.")
    outside = temporary / "outside"
    with scratch_folder("eval") as folder:
        folder.parent.rename(outside)
        (temporary / "footnote-link").symlink_to(outside)
    assert (outside / "in-use.lock").is_file()
    sweep_scratch()
    assert {path.name for path in temporary.glob("*o*")} == {
        "footnote-notes", "footnote-file", "footnote-link", "outside",
    }  # fmt: skip

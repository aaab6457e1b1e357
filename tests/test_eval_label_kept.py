"""Labels are kept: no key press is lost, whatever ends the sitting, and raters do not mix."""

import io
import json
import os
import pty
import re
import resource
import select
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from made_runs import ARTICLE, QUOTE, outcome, repairs, run_of, written

from eval.errors import BadData, MissingData
from eval.label_command import main
from eval.label_items import list_items, make_units
from eval.labels import Label, LabelFile, marks_of, read_labels
from eval.report import write_json

ROOT = Path(__file__).parent.parent


@pytest.fixture
def run(tmp_path: Path) -> Path:
    path = tmp_path / "run.json"
    write_json(run_of(*repairs()), path)
    return path


def label_with(run: Path, keys: str, *options: str, rater: str = "ana") -> tuple[int, str]:
    """Label a run with one key a line; return the exit code and the screen."""
    arguments = [str(run), "--rater", rater, "--labels", str(run.parent / "labels.jsonl"), *options]
    screen = io.StringIO()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stdin", io.StringIO("\n".join(keys) + "\n"))
        patch.setattr(sys, "stdout", screen)
        patch.setattr(sys, "stderr", screen)
        code = main(arguments)
    return code, screen.getvalue()


def test_labels_are_saved_and_labelling_goes_on_where_it_stopped(run: Path) -> None:
    code, screen = label_with(run, "12q")
    assert code == 0, screen
    assert "2 labelled in this sitting, all saved; 4 left." in screen
    assert "This run has only 6 sentences to label; a figure needs 400." in screen
    labels = read_labels(run.parent / "labels.jsonl")
    assert [label.label for label in labels] == ["full", "partial"]
    items = list_items(make_units(repairs(), "support"))
    assert [label.key for label in labels] == [item.key for item in items[:2]]
    assert {label.rater for label in labels} == {"ana"}
    assert labels[0].article_id == ARTICLE

    code, screen = label_with(run, "3s")
    assert "3 of 6 · ana" in screen
    code, screen = label_with(run, "")
    assert "5 of 6 · ana" in screen
    assert [label.label for label in read_labels(run.parent / "labels.jsonl")][2:] == [
        "none", "skipped",
    ]  # fmt: skip


def test_a_second_rater_sees_the_same_from_the_start(run: Path) -> None:
    label_with(run, "111q")
    _, screen = label_with(run, "32q", rater="ben")
    assert "1 of 6 · ben" in screen
    labels = read_labels(run.parent / "labels.jsonl")
    assert [label.key for label in labels[3:]] == [label.key for label in labels[:2]]


def test_undo_takes_back_and_asks_again(run: Path) -> None:
    _, screen = label_with(run, "u1u3u u2q")
    assert "Nothing to take back" in screen
    assert "Taken back" in screen
    marks = marks_of(read_labels(run.parent / "labels.jsonl"))
    assert [raters["ana"] for raters in marks.values()] == ["partial"]


def test_other_keys_do_nothing_and_help_explains(run: Path) -> None:
    _, screen = label_with(run, "x?1q")
    assert "What you know yourself does not count." in screen
    assert len(read_labels(run.parent / "labels.jsonl")) == 1


def test_a_run_of_quotes_says_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "run.json"
    write_json(run_of(outcome(0, written(QUOTE, verdict="quoted"))), path)
    code, screen = label_with(path, "1")
    assert code == 2
    assert "--kind answers" in screen
    code, screen = label_with(path, "1", "--kind", "answers")
    assert code == 0
    assert "Does the marked text answer the question?" in screen
    assert "0 left" in screen


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "Name the run"),
        (["run.json"], "--rater"),
        (["nowhere.json", "--rater", "ana"], "nowhere.json cannot be read"),
        (["--agreement", "nowhere.jsonl"], "nowhere.jsonl cannot be read"),
        (["run.json", "--agreement", "f"], "stands alone"),
    ],
)
def test_bad_input_is_told(
    arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    assert words in capsys.readouterr().err


def test_agreement_is_shown(run: Path, capsys: pytest.CaptureFixture[str]) -> None:
    label_with(run, "112311")
    label_with(run, "112111", rater="ben")
    assert main(["--agreement", str(run.parent / "labels.jsonl")]) == 0
    assert "support: ana and ben" in capsys.readouterr().out


def make_label(**fields: Any) -> Label:
    known: dict[str, Any] = {"key": "k", "kind": "support", "sentence": "s\u2028ö", "quote": "q"}
    known |= {"article_id": "a", "question": "q", "rater": "ana", "label": "full", "date": "d"}
    return Label(**(known | fields))


def test_a_file_cut_off_anywhere_loses_at_most_the_last_label(tmp_path: Path) -> None:
    path = tmp_path / "labels.jsonl"
    with LabelFile(path) as file:
        file.add(make_label(key="one"))
        file.add(make_label(key="two"))
    whole = path.read_bytes()
    first = whole.index(b"\n") + 1
    for cut in range(first, len(whole) + 1):
        path.write_bytes(whole[:cut])
        before = [label.key for label in read_labels(path)]
        with LabelFile(path) as file:
            file.add(make_label(key="three"))
        assert [label.key for label in read_labels(path)] == [*before, "three"]
        assert before in (["one"], ["one", "two"])


def test_a_line_that_is_no_label_is_named(tmp_path: Path) -> None:
    path = tmp_path / "labels.jsonl"
    line = json.dumps(make_label().to_dict())
    path.write_text(f"{line}\n{line.replace('full', 'maybe')}\n")
    with pytest.raises(BadData, match=r"labels.jsonl, line 2: label: "):
        read_labels(path)
    path.write_text("no\n")
    with pytest.raises(BadData, match="line 1"):
        read_labels(path)
    with pytest.raises(MissingData, match="--labels"):
        LabelFile(tmp_path / "nowhere" / "labels.jsonl")


@contextmanager
def full_disk(size: int) -> Iterator[None]:
    """Let no file of this process grow beyond a size, as a disk without room would."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_full_disk_is_told_and_costs_no_label_that_was_saved(run: Path) -> None:
    path = run.parent / "labels.jsonl"
    label_with(run, "1q")
    one = path.stat().st_size
    with full_disk(2 * one + one // 2):
        code, screen = label_with(run, "23q")
    assert code == 2
    assert f"{path} cannot be written (File too large). The labels before" in screen
    assert "Saved: does not" not in screen
    code, screen = label_with(run, "sq")
    assert "3 of 6 · ana" in screen
    assert [label.label for label in read_labels(path)] == ["full", "partial", "skipped"]


# On a terminal


class Terminal:
    """The command on a pseudo-terminal of 80 columns."""

    def __init__(self, run: Path) -> None:
        command = [sys.executable, "-m", "eval.label_command", str(run), "--rater", "ana"]
        self.pid, self.descriptor = pty.fork()
        if self.pid == 0:
            os.chdir(ROOT)
            signal.signal(signal.SIGINT, signal.SIG_DFL)  # a shell's background jobs ignore it
            os.environ |= {"TERM": "xterm", "COLUMNS": "80", "LINES": "24"}
            os.execv(sys.executable, [*command, "--labels", str(run.parent / "labels.jsonl")])

    def read_until(self, words: str, seconds: float = 30) -> str:
        end, text = time.monotonic() + seconds, ""
        while words not in text and time.monotonic() < end:
            if select.select([self.descriptor], [], [], 0.1)[0]:
                text += os.read(self.descriptor, 4096).decode(errors="replace")
                text = re.sub(r"\x1b\[[\d;]*[A-Za-z]", "", text)
        assert words in text, text
        time.sleep(0.3)  # until it waits for a key: what comes earlier is dropped on purpose
        return text

    def press(self, keys: str) -> None:
        os.write(self.descriptor, keys.encode())

    def wait(self) -> int:
        return os.waitpid(self.pid, 0)[1]


def test_a_key_needs_no_enter_and_a_held_key_labels_one_sentence(run: Path) -> None:
    terminal = Terminal(run)
    terminal.read_until("? help")
    terminal.press("111")
    terminal.read_until("Saved: supports")
    terminal.press("\x1b[A")
    time.sleep(0.3)
    terminal.press("2")
    terminal.read_until("Saved: partly")
    terminal.press("q")
    terminal.read_until("2 labelled in this sitting")
    assert os.waitstatus_to_exitcode(terminal.wait()) == 0
    labels = read_labels(run.parent / "labels.jsonl")
    assert [label.label for label in labels] == ["full", "partial"]


def test_a_kill_loses_nothing_and_ctrl_c_says_so(run: Path) -> None:
    terminal = Terminal(run)
    terminal.read_until("? help")
    terminal.press("3")
    terminal.read_until("Saved: does not")
    os.kill(terminal.pid, signal.SIGKILL)
    terminal.wait()
    assert [label.label for label in read_labels(run.parent / "labels.jsonl")] == ["none"]

    terminal = Terminal(run)
    terminal.read_until("2 of 6")
    terminal.press("\x03")
    terminal.read_until("Every label is saved")
    assert os.waitstatus_to_exitcode(terminal.wait()) == 130

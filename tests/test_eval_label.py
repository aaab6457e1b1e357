"""Labels: the right things are asked, in one order, blindly, and no key press is lost."""

import io
import json
import os
import pty
import re
import select
import signal
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from made_runs import ARTICLE, BEFORE, QUOTE, citation, outcome, run_of, written
from rich.console import Console

from eval.errors import BadData, MissingData
from eval.label_command import main
from eval.label_items import list_items, make_units
from eval.label_screen import HELP, Progress, show_help, show_item
from eval.labels import Label, LabelFile, marks_of, read_labels
from eval.report import write_json
from eval.types import Outcome

ROOT = Path(__file__).parent.parent
SECOND = "The ramp is to open again in November."
SECOND_SPAN = citation(SECOND, len(BEFORE + QUOTE) + 1)


def some_outcomes(n: int = 6) -> list[Outcome]:
    return [outcome(i, written(f"Repair {i} will cost 3.4 million crowns.")) for i in range(n)]


@pytest.fixture
def run(tmp_path: Path) -> Path:
    path = tmp_path / "run.json"
    write_json(run_of(*some_outcomes()), path)
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


def drawn(renderable: Any, **options: Any) -> str:
    console = Console(width=80, file=None, highlight=False, **options)
    with console.capture() as capture:
        console.print(renderable)
    return capture.get()


# What is asked


def test_quotes_are_left_out_of_support_and_asked_of_answers() -> None:
    quoted = written(QUOTE, verdict="quoted", score=None)
    both = [outcome(0, written("It costs millions."), quoted)]
    assert [u.items[0].sentence for u in make_units(both, "support")] == ["It costs millions."]
    (answers,) = make_units(both, "answers")
    assert answers.items[0].quote == QUOTE
    assert answers.prediction == 0.7


def test_a_span_stands_within_the_sentences_around_it() -> None:
    (item,) = list_items(make_units([outcome(0, written("It costs millions."))], "support"))
    assert item.before == BEFORE
    assert item.after == " The ramp is to open again in November. Until then buses run."


def test_a_span_that_no_passage_holds_stands_alone() -> None:
    elsewhere = citation("Some other words of the article.", 5000)
    moved = citation(QUOTE, len(BEFORE) + 1)
    for cited in (elsewhere, moved):
        (item,) = list_items(make_units([outcome(0, written("It costs.", cited))], "support"))
        assert (item.before, item.after) == ("", "")


def test_a_sentence_and_span_in_several_answers_are_asked_once() -> None:
    same = [outcome(i, written("It costs 3.4 million crowns.")) for i in range(3)]
    units = make_units(same, "support")
    assert len(units) == 3
    assert len(list_items(units)) == 1
    # whether a quote answers does depend on the question
    quotes = [outcome(i, written(QUOTE, verdict="quoted")) for i in range(3)]
    assert len(list_items(make_units(quotes, "answers"))) == 3


def test_the_order_is_one_for_all_runs_and_keeps_a_sentence_together() -> None:
    outcomes = [
        outcome(i, written(f"Sentence {i} says it.", citation(), SECOND_SPAN)) for i in range(30)
    ]
    items = list_items(make_units(outcomes, "support"))
    assert [item.position for item in items] == [1, 2] * 30
    assert items == list_items(make_units(outcomes[::-1], "support"))
    numbers = [int(re.sub(r"\D", "", item.sentence)) for item in items[::2]]
    assert numbers != sorted(numbers)
    # a run with other sentences among them keeps the order of these
    mixed = list_items(make_units([*outcomes[::2], *some_outcomes(9)], "support"))
    kept = [item.key for item in items if item in mixed]
    assert [item.key for item in mixed if item in items] == kept
    assert len(kept) == 30


# What is seen


def test_the_screen_fits_80_columns_and_is_blind() -> None:
    said = written("Repairs [7] cost \x1b[31m3.4 million.", score=0.123, verdict="partly")
    cited = [said, written("Another says it.", score=0.123, verdict="unsupported")]
    for item in list_items(make_units([outcome(0, *cited)], "support")):
        screen = drawn(show_item(item, Progress(rater="ana", done=12, total=412), "", ""))
        assert max(map(len, screen.splitlines())) <= 80
        assert len(screen.splitlines()) <= 24
        flat = " ".join(screen.split())
        assert f"{BEFORE}⟦{QUOTE}⟧ The ramp" in flat
        assert "13 of 412 · ana" in flat
        assert not re.search(r"0\.123|partly supported|unsupported|12 %|\x1b|\[7\]", screen)


def test_markup_in_articles_is_text() -> None:
    evil = outcome(0, written("[red]It[/red] costs [/] millions."))
    (item,) = list_items(make_units([evil], "support"))
    assert "[red]It[/red] costs [/]" in drawn(
        show_item(item, Progress(rater="[bold]ana", done=0, total=1), "", "")
    )


def test_no_color_keeps_the_span_marked(monkeypatch: pytest.MonkeyPatch) -> None:
    (item,) = list_items(make_units([outcome(0, written("It costs."))], "support"))
    progress = Progress(rater="ana", done=0, total=1)
    monkeypatch.setenv("NO_COLOR", "1")
    screen = drawn(show_item(item, progress, "", ""), force_terminal=True)
    assert f"⟦{QUOTE[:10]}" in screen
    assert not re.search(r"\x1b\[[\d;]*3\dm", screen)


def test_pace_is_the_median_so_that_a_pause_does_not_count() -> None:
    progress = Progress(rater="ana", done=100, total=412, seconds=(6.0, 7.0, 3600.0, 5.0, 6.0))
    assert progress.in_words == "101 of 412 · ana · 6 s each, 31 min left"


@pytest.mark.parametrize("kind", ["support", "answers"])
def test_the_help_fits(kind: Any) -> None:
    assert max(map(len, HELP[kind].splitlines())) <= 80
    assert len(drawn(show_help(kind)).splitlines()) <= 24


# What is kept


def test_labels_are_saved_and_labelling_goes_on_where_it_stopped(run: Path) -> None:
    code, screen = label_with(run, "12q")
    assert code == 0, screen
    assert "2 labelled in this sitting, all saved; 4 left." in screen
    labels = read_labels(run.parent / "labels.jsonl")
    assert [label.label for label in labels] == ["full", "partial"]
    items = list_items(make_units(some_outcomes(), "support"))
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


# On a terminal


class Terminal:
    """The command on a pseudo-terminal of 80 columns."""

    def __init__(self, run: Path) -> None:
        command = [sys.executable, "-m", "eval.label_command", str(run), "--rater", "ana"]
        self.pid, self.descriptor = pty.fork()
        if self.pid == 0:
            os.chdir(ROOT)
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

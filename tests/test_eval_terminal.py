"""A report on a terminal: readable in 80 columns, plain in a pipe, no markup of strangers."""

import io
from dataclasses import replace

import pytest
from made_reports import JUDGED, report, unmeasured
from rich.console import Console

from eval.figures import SECTIONS
from eval.measures import MEASURES
from eval.terminal import HEAD, print_report
from eval.types import Report


def printed(made: Report, width: int = 80, **options: bool) -> str:
    file = io.StringIO()
    print_report(made, Console(file=file, width=width, highlight=False, soft_wrap=True, **options))
    return file.getvalue()


def row(shown: str, name: str) -> list[str]:
    (line,) = [line for line in shown.splitlines() if line.startswith(name + " ")]
    return line.split()


def test_a_figure_has_its_n_interval_and_floor() -> None:
    shown = printed(report(JUDGED))
    assert row(shown, "recall@1") == "recall@1 0.750 2 0.500 to 1.000 0.001 (1)".split()
    assert row(shown, "first sentence p95 ↓")[:6] == "first sentence p95 ↓ 1.23 s".split()
    assert "(1) random" in shown
    assert "A note." in shown


def test_sections_come_with_the_headline_first_and_without_the_undefined() -> None:
    shown = printed(report(JUDGED))
    titles = [line.split(" ─")[0] for line in shown.splitlines() if " ──" in line]
    assert titles == ["Headline: against what people marked", "Refusing", "Ranking", "Speed"]
    (line,) = [line for line in shown.splitlines() if line.startswith("Undefined in this run: ")]
    assert "MRR" in shown[shown.index(line) :]
    assert not [line for line in shown.splitlines() if line.startswith("MRR ")]


def test_a_reason_stands_where_a_value_is_missing() -> None:
    shown = printed(unmeasured(report(JUDGED)))
    assert "groundedness  not measured: 0 of 400 labels" in shown


def test_groups_have_a_column_only_where_they_are_fewer_than_cases() -> None:
    made = report(JUDGED)
    assert "groups" not in printed(made)
    one = tuple(replace(o, case=replace(o.case, paths=("one.txt",))) for o in made.outcomes)
    assert row(printed(replace(made, outcomes=one)), "AUROC")[:4] == ["AUROC", "0.750", "4", "1"]


def test_a_narrow_terminal_leaves_out_whole_columns_and_cuts_no_figure() -> None:
    shown = printed(report(JUDGED), 50)
    assert row(shown, "recall@1") == "recall@1 0.750 2 0.500 to 1.000".split()
    assert "floor" in printed(report(JUDGED)).splitlines()[0]
    assert "floor" not in shown.splitlines()[0]


def test_what_our_own_check_graded_is_said_to_be_self_graded() -> None:
    assert SECTIONS["self-graded"] == "Self-graded: graded by Footnote's own check"
    measure = replace(MEASURES["recall@1"], section="self-graded")
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(MEASURES, "recall@1", measure)
        lines = printed(report(JUDGED)).splitlines()
    place = next(i for i, line in enumerate(lines) if line.startswith(SECTIONS["self-graded"]))
    assert lines[place + 1].startswith("recall@1 ")


@pytest.mark.parametrize("width", [80, 100, 160])
def test_no_line_is_wider_than_the_terminal_and_no_figure_is_cut(width: int) -> None:
    made = report(JUDGED)
    tagged = [
        replace(o, case=replace(o.case, tags=("t", f"a-rather-long-tag-{i}")))
        for i, o in enumerate(made.outcomes)
    ]
    shown = printed(replace(made, outcomes=tuple(tagged)), width)
    assert max(len(line.rstrip()) for line in shown.splitlines()) <= width
    assert "…" not in shown
    assert ("an answerable question scores above" in shown) == (width == 160)


def test_a_wider_terminal_shows_every_column_that_a_narrower_one_shows() -> None:
    made = report(JUDGED)
    one = tuple(replace(o, case=replace(o.case, paths=("one.txt",))) for o in made.outcomes)
    grouped = replace(made, outcomes=one)
    before: set[str] = set()
    for width in range(40, 200):
        head = printed(grouped, width).splitlines()[0]
        columns = {name for name in HEAD if name and name in head}
        assert before <= columns, width
        before = columns
    assert before == {*HEAD} - {""}


def test_a_pipe_and_no_color_give_plain_text() -> None:
    made = report(JUDGED)
    assert "\x1b" in printed(made, force_terminal=True)
    plain = printed(made)
    assert "\x1b" not in plain
    assert printed(made, force_terminal=True, no_color=True) == plain


def test_words_of_strangers_are_neither_markup_nor_commands() -> None:
    made = report(JUDGED)
    tags = ("[b]x[/b]", "\x1b[31mcode")
    outcomes = tuple(replace(o, case=replace(o.case, tags=tags)) for o in made.outcomes)
    shown = printed(replace(made, outcomes=outcomes, notes=("[bold]note[/bold] \x1b[2J",)))
    assert "[b]x[/b]" in shown
    assert "[bold]note[/bold]" in shown
    assert "\x1b" not in shown


def test_an_empty_run_prints_no_table() -> None:
    assert printed(replace(report({}), notes=())).strip().startswith("Undefined in this run")

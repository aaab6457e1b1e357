"""A report as Markdown: one table a section, with every figure that says something."""

from dataclasses import replace

import pytest
from made_reports import JUDGED, report, unmeasured

from eval.figures import SECTIONS, show_groups
from eval.markdown import markdown_table, plain, tags_to_markdown, to_markdown


def cells(row: str) -> list[str]:
    return [cell.strip() for cell in row.strip("|").split("|")]


def test_figures_stand_in_their_sections_with_their_floors() -> None:
    shown = to_markdown(report(JUDGED))
    sections = shown.split("### ")[1:]
    titles = [section.splitlines()[0] for section in sections]
    assert titles == [SECTIONS[name] for name in ("headline", "refusing", "ranking", "speed")]
    assert cells(sections[2].splitlines()[4]) == [
        "recall@1",
        "0.750",
        "2",
        "0.500 to 1.000",
        "0.001 (1)",
    ]
    assert "| false answer ↓ " in sections[0]
    assert "(1) random" in shown
    assert "↓ Less is better." in shown
    assert "A note." in shown


def test_what_no_case_defines_is_named_in_one_line_and_not_as_zero() -> None:
    shown = to_markdown(report(JUDGED))
    (line,) = [line for line in shown.splitlines() if line.startswith("Undefined")]
    assert "MRR" in line
    assert "| MRR" not in shown
    assert to_markdown(report({})).startswith("Undefined in this run: cited span F1, ")


def test_a_reason_stands_where_a_value_is_missing() -> None:
    rows = [cells(row) for row in to_markdown(unmeasured(report(JUDGED))).splitlines()]
    assert ["groundedness", "not measured: 0 of 400 labels", "0", "–", "–"] in rows


def test_groups_have_a_column_where_they_are_fewer_than_cases() -> None:
    made = report(JUDGED)
    assert "groups" not in to_markdown(made)
    one = tuple(replace(o, case=replace(o.case, paths=("one.txt",))) for o in made.outcomes)
    together = replace(made, outcomes=one)
    assert show_groups(together.metric("AUROC")) == "1"
    assert "| AUROC" in to_markdown(together)
    assert "| n | groups |" in to_markdown(together)
    assert "intervals count groups" in to_markdown(together)


def test_figures_by_tag_are_those_of_its_cases() -> None:
    made = report(JUDGED)
    assert tags_to_markdown(made) == ""  # one tag tells nothing apart
    first, second, *others = made.outcomes
    near = [replace(o, case=replace(o.case, tags=("t", "near"))) for o in (second, others[1])]
    rows = tags_to_markdown(replace(made, outcomes=(first, near[0], others[0], near[1])))
    table = [cells(row) for row in rows.splitlines()]
    assert table[0][:3] == ["tag", "cases", "recall@8"]
    assert table[2] == ["near", "2", "–", "–", "–", "1.000 (1)", "1.000 (1)"]
    assert table[3] == ["t", "4", "–", "–", "–", "0.500 (2)", "0.500 (2)"]


def test_columns_line_up() -> None:
    lines = markdown_table([["a", "bcd"], ["efgh", "i"]]).splitlines()
    assert lines == ["| a    | bcd |", "|------|-----|", "| efgh | i   |"]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a | b", r"a \| b"),
        ("<b>*now*</b>", r"\<b\>\*now\*\</b\>"),
        ("[x](http://e)", r"\[x\](http://e)"),
        ("two\nlines", "two lines"),
    ],
)
def test_text_of_strangers_is_no_markup(text: str, shown: str) -> None:
    assert plain(text) == shown

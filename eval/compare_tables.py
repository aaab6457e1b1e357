"""A comparison of two runs as tables: figures first, then the cases that moved."""

from collections.abc import Sequence

from eval.compare import CaseChange, Comparison
from eval.figures import UNDEFINED, show_value
from eval.markdown import markdown_table
from eval.measures import MEASURES

MOST_CASES = 10
"""Cases that got worse, and better, in a table; a page shows them all."""

LONGEST_TEXT = 60

FIGURE_HEAD = ["metric", "before", "after", "n", "95 % interval of the change", "verdict"]
CASE_HEAD = ["case", "question", "metric", "before", "after"]


def comparison_to_markdown(comparison: Comparison) -> str:
    """Return what became of figures and cases, worse ones first."""
    figures = markdown_table([FIGURE_HEAD, *figure_rows(comparison)])
    parts = [figures if comparison.changes else UNDEFINED, *notes_of(comparison)]
    for better, title in ((False, "worse"), (True, "better")):
        moved = [change for change in comparison.cases if change.is_better == better]
        if moved:
            cases = len({change.case_id for change in moved})
            shown = case_rows(moved)[:MOST_CASES]
            left = f", the first {MOST_CASES} scores" if len(moved) > MOST_CASES else ""
            parts.append(f"{cases} cases got {title} in some score{left}:\n")
            parts.append(markdown_table([CASE_HEAD, *shown]))
    return "\n".join(parts)


def figure_rows(comparison: Comparison) -> list[list[str]]:
    """Return a row for each figure that both runs define."""
    rows = []
    for change in comparison.changes:
        unit = MEASURES[change.name].unit
        before, after, low, high = (
            show_value(value, unit)
            for value in (change.before, change.after, change.low, change.high)
        )
        interval = UNDEFINED if change.low is None else f"{low} to {high}"
        counted = str(change.n) if change.n == change.groups else f"{change.n} in {change.groups}"
        rows.append([change.name, before, after, counted, interval, change.verdict])
    return rows


def case_rows(changes: Sequence[CaseChange]) -> list[list[str]]:
    """Return a row for each score that moved."""
    rows = []
    for change in changes:
        text = " ".join(change.text.split())
        cut = f"{text[: LONGEST_TEXT - 1]}…" if len(text) > LONGEST_TEXT else text
        unit = MEASURES[change.metric].unit
        before, after = show_value(change.before, unit), show_value(change.after, unit)
        rows.append([change.case_id, cut, change.metric, before, after])
    return rows


def notes_of(comparison: Comparison) -> list[str]:
    """Return what the tables leave out: figures that vanished, cases that only one run has."""
    notes = []
    if comparison.vanished:
        notes.append(f"Undefined now, but not in the baseline: {', '.join(comparison.vanished)}.")
    if comparison.only_before or comparison.only_after:
        notes.append(
            f"Left out: {comparison.only_before} cases that only the baseline has, and "
            f"{comparison.only_after} that only this run has."
        )
    return notes

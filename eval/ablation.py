"""The table of `--vary`: what each variant reaches, and what of that is more than noise."""

from collections.abc import Sequence

from eval.compare import Change, compare_reports
from eval.figures import show_value
from eval.measures import MEASURES
from eval.types import Report

FIGURES = (
    "recall@1",
    "recall@8",
    "nDCG@8",
    "gold span cited",
    "cited span F1",
    "contains reference",
    "false answer",
    "false refusal",
    "AUROC",
    "first sentence p50",
)
"""What a part of the pipeline could earn."""

MARKS = {"better": "▲", "worse": "▼"}


def ablation_to_rows(names: Sequence[str], reports: Sequence[Report]) -> list[list[str]]:
    """Return a table's rows, a row a variant; the first variant is what the others are held to.

    Args:
        names: What each variant is called.
        reports: What each reached on the same cases.
    """
    figures = [name for name in FIGURES if any(report.metric(name).n for report in reports)]
    head = [
        "variant",
        *(name + (" ↓" if MEASURES[name].better == "lower" else "") for name in figures),
    ]
    rows = [head]
    for place, (name, report) in enumerate(zip(names, reports, strict=True)):
        changes = _changes(reports[0], report) if place else {}
        shown = [_cell(report, figure, changes.get(figure)) for figure in figures]
        rows.append([name, *shown])
    return rows


def describe_changes(names: Sequence[str], reports: Sequence[Report]) -> list[str]:
    """Return a line for each figure that a variant moved beyond noise."""
    lines = []
    for name, report in list(zip(names, reports, strict=True))[1:]:
        for change in _changes(reports[0], report).values():
            if change.name in FIGURES and change.verdict in MARKS:
                unit = MEASURES[change.name].unit
                before, after, low, high = (
                    show_value(value, unit)
                    for value in (change.before, change.after, change.low, change.high)
                )
                lines.append(
                    f"{name}: {change.name} {before} to {after}, {change.verdict} "
                    f"(95 % interval of the change {low} to {high}, n {change.n})"
                )
    return lines


def _changes(before: Report, after: Report) -> dict[str, Change]:
    return {change.name: change for change in compare_reports(before, after).changes}


def _cell(report: Report, figure: str, change: Change | None) -> str:
    metric = report.metric(figure)
    mark = MARKS.get(change.verdict, "") if change else ""
    return f"{show_value(metric.value, metric.unit)}{' ' * bool(mark)}{mark}"

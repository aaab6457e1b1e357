"""A report as Markdown: one table a section, as GitHub and the documentation show it."""

import re
from collections.abc import Sequence

from eval.figures import (
    BY_TAG,
    UNDEFINED,
    Floors,
    Group,
    legend,
    show_groups,
    show_interval,
    show_name,
    show_value,
    shown_groups,
    tag_rows,
    undefined_in_words,
)
from eval.types import Metric, Report

SPECIAL = re.compile(r"([\\`*_\[\]<>|~])")
"""What Markdown would take for markup; text of strangers must stay text."""


def to_markdown(report: Report) -> str:
    """Return the figures, one table a section, with how each floor is reached below them."""
    groups, floors = shown_groups(report), Floors()
    tables = [f"### {group.title}\n\n{_table(group, floors)}" for group in groups]
    shown = [metric for group in groups for metric in group.metrics]
    below = [*legend(shown), floors.in_words, undefined_in_words(report), *report.notes]
    return "\n".join([*tables, *(f"{plain(line)}\n" for line in below if line)])


def tags_to_markdown(report: Report) -> str:
    """Return the main figures by tag as a Markdown table, "" where no tag tells cases apart."""
    rows = [["tag", "cases", *BY_TAG]]
    for row in tag_rows(report):
        shown = [
            f"{show_value(figure.value, figure.unit)} ({figure.n})" if figure.n else UNDEFINED
            for figure in row.metrics
        ]
        rows.append([plain(row.tag), str(row.cases), *shown])
    if len(rows) == 1:
        return ""
    return markdown_table(rows) + "\nIn brackets: the cases for which a figure is defined.\n"


def markdown_table(rows: Sequence[Sequence[str]]) -> str:
    """Return rows as a Markdown table whose columns line up; the first row is the head."""
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    lines = [
        "| " + " | ".join(cell.ljust(w) for cell, w in zip(row, widths, strict=True)) + " |"
        for row in rows
    ]
    lines.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(lines) + "\n"


def plain(text: str) -> str:
    """Return text on one line in which Markdown finds no markup."""
    return SPECIAL.sub(r"\\\1", " ".join(text.split()))


def _table(group: Group, floors: Floors) -> str:
    grouped = any(show_groups(metric) for metric in group.metrics)
    head = ["metric", "value", "n", *(["groups"] if grouped else []), "95 % interval", "floor"]
    return markdown_table([head, *(_row(metric, floors, grouped) for metric in group.metrics)])


def _row(metric: Metric, floors: Floors, grouped: bool) -> list[str]:
    value = show_value(metric.value, metric.unit)
    if metric.value is None and metric.reason:
        value = plain(metric.reason)
    counts = [str(metric.n), *([str(metric.groups)] if grouped else [])]
    return [show_name(metric), value, *counts, show_interval(metric), floors.show(metric)]

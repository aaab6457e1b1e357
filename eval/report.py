"""Show a report as a table, and keep it as JSON that a later run can be compared with."""

import json
from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path
from typing import NoReturn

from pydantic import TypeAdapter

from eval.errors import BadData, MissingData
from eval.measures import Unit
from eval.types import Metric, Report

FORMAT = 2
"""Raised when the JSON changes in a way that an older reader cannot follow."""

REPORT = TypeAdapter(Report)
FIELDS = tuple(field.name for field in fields(Report))

UNDEFINED = "–"

BY_TAG = ("recall@8", "gold article cited", "contains reference", "false answer", "false refusal")
"""The figures that are shown for each tag."""


def show_value(value: float | None, unit: Unit) -> str:
    """Return a figure as shown: shares with three decimals, seconds in ms below one."""
    if value is None:
        return UNDEFINED
    if unit == "share":
        return f"{value:.3f}"
    if unit in ("words", "tokens"):
        return f"{value:.0f}"
    if unit == "money":
        return f"{value:.4g}"
    return f"{value * 1000:.0f} ms" if abs(value) < 1 else f"{value:.2f} s"


def _counted(metric: Metric) -> str:
    """Return n, and into how many groups the cases fall where that is another number."""
    return str(metric.n) if metric.n == metric.groups else f"{metric.n} in {metric.groups}"


def show_interval(metric: Metric) -> str:
    """Return a figure's 95 % interval as shown."""
    if metric.low is None or metric.high is None:
        return UNDEFINED
    return f"{show_value(metric.low, metric.unit)} to {show_value(metric.high, metric.unit)}"


def to_markdown(report: Report) -> str:
    """Return the figures as a Markdown table, with how each floor is reached below it."""
    rows = [["metric", "value", "n", "95 % interval", "floor"]]
    methods: dict[str, int] = {}
    defined = {metric.section for metric in report.metrics if metric.n}
    for metric in report.metrics:
        if metric.section not in defined:
            continue
        floor = UNDEFINED
        if metric.floor:
            mark = methods.setdefault(metric.floor.method, len(methods) + 1)
            floor = f"{show_value(metric.floor.value, metric.unit)} ({mark})"
        name = metric.name + (" ↓" if metric.better == "lower" else "")
        value = show_value(metric.value, metric.unit)
        rows.append([name, value, _counted(metric), show_interval(metric), floor])
    notes = [f"({mark}) {method}" for method, mark in methods.items()]
    floors = f"Floors, reached without understanding: {'; '.join(notes)}." if notes else ""
    below = ["↓ Less is better.", floors, *report.notes]
    return "\n".join([markdown_table(rows), *filter(None, below)]) + "\n"


def tags_to_markdown(report: Report) -> str:
    """Return the main figures by tag as a Markdown table, "" where no tag tells cases apart."""
    if len(report.tags) < 2:
        return ""
    rows = [["tag", "cases", *BY_TAG]]
    for tag in sorted(report.tags):
        tagged = report.tagged(tag)
        figures = [tagged.metric(name) for name in BY_TAG]
        shown = [
            f"{show_value(figure.value, figure.unit)} ({figure.n})" if figure.n else UNDEFINED
            for figure in figures
        ]
        rows.append([tag, str(len(tagged.outcomes)), *shown])
    return markdown_table(rows) + "\nIn brackets: the cases for which a figure is defined.\n"


def write_json(report: Report, path: str | Path) -> None:
    """Write a report; the figures are there for readers, and are made anew when it is read.

    Raises:
        MissingData: the file cannot be written.
    """
    content = {
        "format": FORMAT,
        **report.to_dict(),
        "metrics": [metric.to_dict() for metric in report.metrics],
    }
    write_file(path, json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n")


def write_file(path: str | Path, text: str) -> None:
    """Write a text file in a folder that is there.

    Raises:
        MissingData: the file cannot be written.
    """
    try:
        Path(path).write_text(text, encoding="utf-8")
    except OSError as error:
        raise MissingData(
            f"{path} cannot be written ({error.strerror}). Name a file in a folder that exists."
        ) from error


def read_json(path: str | Path) -> Report:
    """Return a report that `write_json` wrote.

    Raises:
        MissingData: the file is not there.
        BadData: it is not a report, or one of another format.
    """
    try:
        content = json.loads(Path(path).read_text(encoding="utf-8"))
        if content["format"] != FORMAT:
            _refuse(path, f"it has format {content['format']!r}, this version reads {FORMAT}")
        return REPORT.validate_python({name: content[name] for name in FIELDS})
    except OSError as error:
        raise MissingData(
            f"{path} cannot be read ({error.strerror}). Make one with --json."
        ) from error
    except (ValueError, KeyError, TypeError) as error:
        raise BadData(
            f"{path} is not a report of this harness ({type(error).__name__}: {error}). "
            "Make one with --json."
        ) from error


def _refuse(path: str | Path, cause: str) -> NoReturn:
    raise BadData(f"{path} cannot be compared with: {cause}. Make a new one with --json.")


def markdown_table(rows: Sequence[Sequence[str]]) -> str:
    """Return rows as a Markdown table whose columns line up; the first row is the head."""
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    lines = [
        "| " + " | ".join(cell.ljust(w) for cell, w in zip(row, widths, strict=True)) + " |"
        for row in rows
    ]
    lines.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(lines) + "\n"

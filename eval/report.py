"""Keep a report as JSON that a later run can be compared with."""

import json
import math
from dataclasses import fields
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from eval.errors import BadData, MissingData
from eval.files import replace_file
from eval.types import Report

FORMAT = 2
"""Raised when the JSON changes in a way that an older reader cannot follow."""

REPORT = TypeAdapter(Report)
FIELDS = tuple(field.name for field in fields(Report))


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
    replace_file(path, json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n")


def read_json(path: str | Path) -> Report:
    """Return a report that `write_json` wrote.

    Raises:
        MissingData: the file is not there.
        BadData: it is not a report, or one of another format.
    """
    try:
        content = json.loads(Path(path).read_text(encoding="utf-8"))
    except OSError as error:
        raise MissingData(
            f"{path} cannot be read ({error.strerror}). Make one with --json."
        ) from error
    except (ValueError, RecursionError) as error:
        raise _no_report(path, f"it cannot be read as JSON: {error}") from error
    if not isinstance(content, dict) or "format" not in content:
        raise _no_report(path, "it names no format")
    if content["format"] != FORMAT:
        raise _no_report(path, f"its format is {content['format']!r}, not {FORMAT}")
    try:
        report = REPORT.validate_python({name: content[name] for name in FIELDS if name in content})
    except ValidationError as error:
        raise _no_report(path, _first_problem(error)) from error
    _refuse_odd_scores(path, report)
    return report


def _refuse_odd_scores(path: str | Path, report: Report) -> None:
    """Refuse what a comparison would silently go wrong with."""
    seen: set[tuple[str, str]] = set()
    for score in report.scores:
        place = (score.case_id, score.metric)
        if place in seen:
            raise _no_report(path, f"case {score.case_id!r} has two scores of {score.metric!r}")
        if score.value is not None and not math.isfinite(score.value):
            raise _no_report(path, f"case {score.case_id!r}: {score.metric!r} is {score.value}")
        seen.add(place)


def _first_problem(error: ValidationError) -> str:
    """Return where and what the first problem is, and how many there are."""
    first, *others = error.errors(include_url=False, include_input=False)
    where = ".".join(map(str, first["loc"]))
    more = f", and {len(others):,} more problems" if others else ""
    return f"{where}: {first['msg']}{more}"


def _no_report(path: str | Path, cause: str) -> BadData:
    return BadData(
        f"{path} is not a report that this version can read ({cause}). Make one with --json."
    )

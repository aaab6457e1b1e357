"""Thresholds in a TOML file: what a run must reach, and how far it may fall behind a baseline.

    ["recall@8"]
    at_least = 0.95

    ["false answer"]
    at_most = 0.50
    may_worsen = 0.02

A figure that is worse than the baseline beyond noise is a regression unless `may_worsen` allows it.
"""

import difflib
import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from eval.compare import JUDGED_BY_PEOPLE, Comparison
from eval.errors import BadData, MissingData
from eval.figures import show_value
from eval.measures import MEASURES
from eval.types import Report
from index.types import Value

EXAMPLE = 'Each table must look like this: ["recall@8"] and below it at_least = 0.95.'


Finite = Annotated[float, Field(strict=True, allow_inf_nan=False)]


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid")

    at_least: Finite | None = None
    at_most: Finite | None = None
    may_worsen: Annotated[Finite, Field(ge=0)] = 0.0


@dataclass(frozen=True, kw_only=True)
class Threshold(Value):
    """What one figure must reach."""

    name: str
    at_least: float | None = None
    at_most: float | None = None
    may_worsen: float = 0.0
    """How far it may fall behind the baseline, in its own unit, even beyond noise."""


def load_thresholds(path: str | Path) -> list[Threshold]:
    """Return the thresholds of a file.

    Raises:
        MissingData: there is no such file.
        BadData: it is no TOML, or names an unknown figure or rule; names the line.
    """
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
        tables = tomllib.loads(text)
    except OSError as error:
        raise MissingData(
            f"{path} cannot be read ({error.strerror}). Name a file of thresholds."
        ) from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise BadData(f"{path} is not TOML ({error}). {EXAMPLE}") from error
    return [_threshold(path, text, name, table) for name, table in tables.items()]


def find_failures(
    report: Report, comparison: Comparison | None, thresholds: Sequence[Threshold]
) -> list[str]:
    """Return what is worse than it may be, in words; empty where all is well.

    A figure with a threshold, or with a value in the baseline, that this run leaves undefined is a
    failure too. What a model graded fails no run unless a threshold names it.
    """
    failures = [failure for each in thresholds if (failure := _missed(report, each))]
    if comparison is None:
        return failures
    allowed = {each.name: each.may_worsen for each in thresholds}
    for change in comparison.changes:
        moved = abs(change.after - change.before)
        is_held = _can_fail(change.name) or change.name in allowed
        if change.verdict == "worse" and is_held and moved > allowed.get(change.name, 0.0):
            unit = MEASURES[change.name].unit
            before, after = show_value(change.before, unit), show_value(change.after, unit)
            failures.append(f"{change.name} went from {before} to {after}, worse beyond noise")
    gone = [name for name in comparison.vanished if _can_fail(name)]
    return [*failures, *(f"{name} is undefined, but not in the baseline" for name in gone)]


def _can_fail(name: str) -> bool:
    """Say whether a figure can fail a run without a threshold."""
    return MEASURES[name].section in JUDGED_BY_PEOPLE


def _threshold(path: str | Path, text: str, name: str, table: Any) -> Threshold:  # noqa: ANN401
    head = re.compile(rf"\s*\[?\s*[\"']?{re.escape(name)}[\"']?\s*[\]=.]")
    line = next((n for n, each in enumerate(text.split("\n"), start=1) if head.match(each)), 1)
    place = f"{path}: line {line}"
    if name not in MEASURES:
        near = difflib.get_close_matches(name, MEASURES, n=1)
        hint = f"Did you mean {near[0]!r}?" if near else f"There are: {', '.join(MEASURES)}."
        raise BadData(f"{place}: there is no figure {name!r}. {hint}")
    try:
        parsed = _Table.model_validate(table)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or name
        raise BadData(f"{place}: {where}: {first['msg']}. {EXAMPLE}") from error
    return Threshold(
        name=name,
        at_least=parsed.at_least,
        at_most=parsed.at_most,
        may_worsen=parsed.may_worsen,
    )


def _missed(report: Report, threshold: Threshold) -> str | None:
    low, high = threshold.at_least, threshold.at_most
    if low is None and high is None:
        return None
    metric = report.metric(threshold.name)
    shown = show_value(metric.value, metric.unit)
    if metric.value is None:
        return f"{threshold.name} is undefined on these cases"
    if low is not None and metric.value < low:
        return f"{threshold.name} is {shown}, below {show_value(low, metric.unit)}"
    if high is not None and metric.value > high:
        return f"{threshold.name} is {shown}, above {show_value(high, metric.unit)}"
    return None

"""How figures are written: values, intervals, floors, and the sections in which they stand."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import get_args

from eval.measures import MEASURES, Section, Unit
from eval.types import Metric, Report

UNDEFINED = "–"

LESS_IS_BETTER = "↓"

SECTIONS: dict[Section, str] = {
    "headline": "Headline: against what people marked",
    "refusing": "Refusing",
    "ranking": "Ranking",
    "citations": "Citations",
    "correctness": "Correctness",
    "claims": "Claims: the support check against people's labels",
    "self-graded": "Self-graded: graded by Footnote's own check",
    "judge": "Judge: graded by another language model",
    "speed": "Speed",
}
"""The heading of every section, in the order in which reports show them."""

BY_TAG = ("recall@8", "gold article cited", "contains reference", "false answer", "false refusal")
"""The figures that are shown for each tag."""


@dataclass(frozen=True, kw_only=True)
class Group:
    """The figures of one section."""

    section: Section
    title: str
    metrics: tuple[Metric, ...]


def shown_groups(report: Report) -> list[Group]:
    """Return the figures that say something, by section; sections without one are left out."""
    shown = [metric for metric in report.metrics if is_shown(metric)]
    groups = [
        Group(
            section=section,
            title=SECTIONS[section],
            metrics=tuple(metric for metric in shown if metric.section == section),
        )
        for section in get_args(Section)
    ]
    return [group for group in groups if group.metrics]


def is_shown(metric: Metric) -> bool:
    """Say whether a figure has a value, or is one whose absence readers should know of."""
    return metric.value is not None or (metric.section == "headline" and metric.reason is not None)


def undefined_in_words(report: Report) -> str:
    """Return which figures of the sections shown no case defines, "" for none.

    A run that asks nothing has no use for the figures of answers; one that shows none names all.
    """
    metrics = report.metrics
    sections = {metric.section for metric in metrics if is_shown(metric)} or {*SECTIONS}
    names = [m.name for m in metrics if m.section in sections and not is_shown(m)]
    return f"Undefined in this run: {', '.join(names)}." if names else ""


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


def show_interval(metric: Metric) -> str:
    """Return a figure's 95 % interval as shown."""
    if metric.low is None or metric.high is None:
        return UNDEFINED
    return f"{show_value(metric.low, metric.unit)} to {show_value(metric.high, metric.unit)}"


def show_name(metric: Metric) -> str:
    """Return a figure's name, with an arrow where less is better."""
    return f"{metric.name} {LESS_IS_BETTER}" if metric.better == "lower" else metric.name


def show_groups(metric: Metric) -> str:
    """Return the number of groups where it is not that of the cases."""
    return str(metric.groups) if metric.groups != metric.n else ""


class Floors:
    """Numbers the methods behind floors in the order in which they are met."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def show(self, metric: Metric) -> str:
        """Return a figure's floor with the number of its method."""
        if metric.floor is None:
            return UNDEFINED
        number = self._numbers.setdefault(metric.floor.method, len(self._numbers) + 1)
        return f"{show_value(metric.floor.value, metric.unit)} ({number})"

    @property
    def in_words(self) -> str:
        """How every floor met so far is reached, "" for none."""
        methods = "; ".join(f"({number}) {method}" for method, number in self._numbers.items())
        return f"Floors, reached without understanding: {methods}." if methods else ""


def legend(metrics: Iterable[Metric]) -> list[str]:
    """Return what the signs in a table of figures mean, as far as they stand there."""
    metrics = [*metrics]
    lower = any(metric.better == "lower" for metric in metrics)
    grouped = any(show_groups(metric) for metric in metrics)
    words = [
        f"{LESS_IS_BETTER} Less is better." if lower else "",
        "Groups: cases about one article stand or fall together, so intervals count groups."
        if grouped
        else "",
    ]
    return [*filter(None, words)]


@dataclass(frozen=True, kw_only=True)
class TagRow:
    """The main figures of the cases that bear a tag."""

    tag: str
    cases: int
    metrics: tuple[Metric, ...]


def tag_rows(report: Report, names: Sequence[str] = BY_TAG) -> list[TagRow]:
    """Return the main figures by tag, none where no tag tells cases apart."""
    if len(report.tags) < 2:
        return []
    # Without the scores of other figures, no interval is made that nobody looks at.
    needed = {column for name in names for column in MEASURES[name].columns}
    scores = tuple(score for score in report.scores if score.metric in needed)
    tagged = {tag: replace(report, scores=scores).tagged(tag) for tag in sorted(report.tags)}
    return [
        TagRow(
            tag=tag, cases=len(part.outcomes), metrics=tuple(part.metric(name) for name in names)
        )
        for tag, part in tagged.items()
    ]

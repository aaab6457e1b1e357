"""A report on a terminal: tables that read well in 80 columns, and in plain text in a pipe."""

from collections.abc import Sequence
from dataclasses import dataclass

from rich.console import Console, RenderableType
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from eval.figures import (
    BY_TAG,
    UNDEFINED,
    Floors,
    Group,
    TagRow,
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
from rag.shown import shown as without_codes

ROOM_TO_EXPLAIN = 50
"""Columns that must be left beside the figures, so that what each is can be read beside it."""

BETWEEN = 2
"""Spaces between two columns."""


@dataclass(frozen=True)
class _Look:
    """Styles by what they mean; none where the reader set NO_COLOR."""

    title: str = "bold"
    value: str = "bold"
    quiet: str = "dim"


PLAIN = _Look("", "", "")


HEAD = ("", "value", "n", "groups", "95 % interval", "floor", "what it is")
VALUE, GROUPS, FLOOR, ABOUT = 1, 3, 5, 6
"""Places in the head, and in every row."""


def print_report(report: Report, console: Console) -> None:
    """Print the figures by section, what the reader should know of them, and those by tag."""
    look = PLAIN if console.no_color else _Look()
    groups, floors = shown_groups(report), Floors()
    shown = [metric for group in groups for metric in group.metrics]
    rows = {metric.name: _row(metric, floors) for metric in shown}
    widths = [max(map(len, column)) for column in zip(HEAD, *rows.values(), strict=True)]
    columns = _fitting(widths, console.width, grouped=any(map(show_groups, shown)))
    if groups:
        head = _Look(look.title, look.quiet, look.quiet)
        _print(console, _table([HEAD], columns, widths, head, text=look.quiet))
    for group in groups:
        _print_title(console, group.title, look)
        lines = [rows[metric.name] for metric in group.metrics if metric.value is not None]
        _print(console, _table(lines, columns, widths, look))
        _print_reasons(console, group, look)
    below = [*legend(shown), floors.in_words, undefined_in_words(report), *report.notes]
    _print(console, Text())
    for line in filter(None, below):
        _print(console, Text(without_codes(line), style=look.quiet))
    _print_tags(console, tag_rows(report), look)


def _fitting(widths: Sequence[int], width: int, *, grouped: bool) -> list[int]:
    """Return the columns for which a terminal has room: what can best be spared goes first."""
    columns = [i for i in range(len(HEAD)) if i != GROUPS or grouped]
    needed = [*widths]
    needed[ABOUT] = min(widths[ABOUT], ROOM_TO_EXPLAIN)
    for spared in (ABOUT, GROUPS, FLOOR):
        if sum(needed[i] + BETWEEN for i in columns) - BETWEEN > width and spared in columns:
            columns.remove(spared)
    return columns


def _table(
    lines: Sequence[Sequence[str]],
    columns: Sequence[int],
    widths: Sequence[int],
    look: _Look,
    text: str = "",
) -> Table:
    """Return lines as a table whose columns stand where those of every other one stand."""
    table = Table.grid(padding=(0, BETWEEN, 0, 0))
    for i in columns:
        table.add_column(
            min_width=None if i == ABOUT else widths[i],
            justify="left" if i in (0, ABOUT) else "right",
            no_wrap=i not in (0, ABOUT),
            style={VALUE: look.value, ABOUT: look.quiet}.get(i, text),
        )
    for line in lines:
        table.add_row(*(Text(line[i]) for i in columns))
    return table


def _row(metric: Metric, floors: Floors) -> list[str]:
    return [
        show_name(metric),
        show_value(metric.value, metric.unit),
        str(metric.n),
        show_groups(metric),
        show_interval(metric),
        floors.show(metric),
        metric.about,
    ]


def _print_title(console: Console, words: str, look: _Look) -> None:
    _print(console, Text())
    _print(console, Rule(Text(words, style=look.title), align="left", style=look.quiet))


def _print_reasons(console: Console, group: Group, look: _Look) -> None:
    for metric in group.metrics:
        if metric.value is None:
            text = Text(f"{show_name(metric)}  ")
            _print(console, text.append(metric.reason or UNDEFINED, style=look.value))


def _print_tags(console: Console, rows: Sequence[TagRow], look: _Look) -> None:
    if not rows:
        return
    _print_title(console, "By tag", look)
    table = Table.grid(padding=(0, 1, 0, 0))
    table.add_column(overflow="fold")
    for _ in ("cases", *BY_TAG):
        table.add_column(justify="right", vertical="bottom")
    table.add_row("", *(Text(name, style=look.quiet) for name in ("cases", *BY_TAG)))
    for row in rows:
        table.add_row(
            Text(without_codes(row.tag)),
            str(row.cases),
            *(Text(_tagged(figure), no_wrap=True) for figure in row.metrics),
        )
    _print(console, table)
    words = "In brackets: the cases for which a figure is defined."
    _print(console, Text())
    _print(console, Text(words, style=look.quiet))


def _tagged(metric: Metric) -> str:
    return f"{show_value(metric.value, metric.unit)} ({metric.n})" if metric.n else UNDEFINED


def _print(console: Console, what: RenderableType) -> None:
    """Print without reading markup into the words of strangers, and wrapped at words."""
    console.print(what, soft_wrap=False, markup=False, highlight=False)

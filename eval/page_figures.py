"""The figures of a report as HTML: the headline in large type, then every section as a table."""

from collections.abc import Sequence
from html import escape

from eval.figures import (
    UNDEFINED,
    Floors,
    Group,
    TagRow,
    legend,
    show_groups,
    show_interval,
    show_value,
    shown_groups,
    undefined_in_words,
)
from eval.page_answer import flat
from eval.types import Metric, Report


def render_headline(report: Report) -> str:
    """Return the figures of the headline as tiles."""
    groups = [group for group in shown_groups(report) if group.section == "headline"]
    tiles = [_tile(metric) for group in groups for metric in group.metrics]
    return f'<div class="tiles">{"".join(tiles)}</div>' if tiles else ""


def render_figures(report: Report) -> str:
    """Return every figure that says something, by section, and what the signs mean."""
    groups, floors = shown_groups(report), Floors()
    head = (
        '<thead><tr><th scope="col">Figure</th><th scope="col" class="n">Value</th>'
        '<th scope="col" class="ranged">0 to 1</th><th scope="col" class="n">n</th>'
        '<th scope="col" class="n">Floor</th></tr></thead>'
    )
    bodies = "".join(_section(group, floors) for group in groups)
    shown = [metric for group in groups for metric in group.metrics]
    lines = [*legend(shown), floors.in_words, undefined_in_words(report), *report.notes]
    below = "".join(f"<p>{flat(line)}</p>" for line in lines if line)
    key = (
        "<p>In the column “0 to 1” the dot is the value, the bar its 95 % interval, "
        "the upright line the floor.</p>"
        if shown
        else ""
    )
    table = f'<table class="figures">{head}{bodies}</table>' if groups else ""
    return f'{table}<div class="below">{key}{below}</div>'


def render_tags(rows: Sequence[TagRow]) -> str:
    """Return the main figures by tag as a table, "" for none."""
    if not rows:
        return ""
    names = "".join(f'<th scope="col" class="n">{escape(m.name)}</th>' for m in rows[0].metrics)
    lines = "".join(
        f'<tr><th scope="row">{flat(row.tag)}</th><td class="n">{row.cases}</td>'
        f"{''.join(map(_tag_cell, row.metrics))}</tr>"
        for row in rows
    )
    return (
        '<details class="row table"><summary><span class="head">Figures by tag</span> '
        '<span class="facts">in brackets: the cases for which a figure is defined</span></summary>'
        '<div class="wide" role="region" aria-label="Figures by tag" tabindex="0"><table>'
        f'<thead><tr><th scope="col">Tag</th><th scope="col" class="n">cases</th>{names}</tr>'
        f"</thead><tbody>{lines}</tbody></table></div></details>"
    )


def _tile(metric: Metric) -> str:
    facts = [f"95 %: {show_interval(metric)}"] if metric.low is not None else []
    floor = f" · floor {show_value(metric.floor.value, metric.unit)}" if metric.floor else ""
    facts.append(f"n {metric.n}{floor}")
    if metric.value is None:
        facts = [metric.reason or ""]
    less = ", less is better" if metric.better == "lower" else ""
    below = "<br>".join(map(flat, facts))
    return (
        f'<div class="tile"><h3>{escape(metric.name)}</h3>'
        f'<p class="value">{show_value(metric.value, metric.unit)}</p>'
        f'<p class="facts">{below}</p><p class="about">{escape(metric.about)}{less}</p></div>'
    )


def _section(group: Group, floors: Floors) -> str:
    rows = "".join(_row(metric, floors) for metric in group.metrics)
    title = f'<tr><th scope="rowgroup" colspan="5">{escape(group.title)}</th></tr>'
    return f'<tbody class="{group.section}">{title}{rows}</tbody>'


def _row(metric: Metric, floors: Floors) -> str:
    about = metric.about + (" (less is better)" if metric.better == "lower" else "")
    name = f'<th scope="row">{escape(metric.name)}<small>{escape(about)}</small></th>'
    if metric.value is None:
        return (
            f'<tr>{name}<td colspan="4" class="reason">{flat(metric.reason or UNDEFINED)}</td></tr>'
        )
    groups = "1 group" if metric.groups == 1 else f"{metric.groups} groups"
    grouped = f"<small>{groups}</small>" if show_groups(metric) else ""
    interval = f"<small>{show_interval(metric)}</small>" if metric.low is not None else ""
    return (
        f'<tr>{name}<td class="n"><b>{show_value(metric.value, metric.unit)}</b>{interval}</td>'
        f'<td class="ranged">{_range(metric)}</td><td class="n">{metric.n}{grouped}</td>'
        f'<td class="n">{floors.show(metric)}</td></tr>'
    )


def _range(metric: Metric) -> str:
    """Return a value with its interval and floor on a scale from 0 to 1; shares alone have one."""
    if metric.unit != "share" or metric.value is None:
        return ""
    low, high = metric.low or 0.0, metric.high if metric.high is not None else metric.value
    floor = ""
    if metric.floor:
        floor = f'<i class="floor" style="left: {metric.floor.value:.1%}"></i>'
    return (
        '<span class="range" aria-hidden="true">'
        f'<i class="interval" style="left: {low:.1%}; width: {high - low:.1%}"></i>{floor}'
        f'<i class="dot" style="left: {metric.value:.1%}"></i></span>'
    )


def _tag_cell(metric: Metric) -> str:
    if not metric.n:
        return f'<td class="n">{UNDEFINED}</td>'
    return f'<td class="n">{show_value(metric.value, metric.unit)} ({metric.n})</td>'

"""A report as one page that needs nothing else: figures, plots, and every case with its answer.

All text of articles, questions and answers is escaped, and the page may load nothing.
"""

import json
from collections.abc import Iterable
from html import escape

import numpy as np

from eval.curves import reliability, risk_coverage
from eval.measures import JUDGEMENT
from eval.plots import histogram, line_plot
from eval.report import UNDEFINED, show_interval, show_value
from eval.types import Metric, Outcome, Report, Score

FAILURES = {
    "false answer": (0.0, "false answer"),
    "false refusal": (0.0, "false refusal"),
    "citation valid": (1.0, "a citation is not exact"),
    "gold article cited": (1.0, "no gold article cited"),
    "contains reference": (1.0, "reference not in the answer"),
}
"""A score's value when all is well, and what has happened at any other value."""

STYLE = """
:root { color-scheme: light dark; --ink: #1d2430; --soft: #5d6675; --line: #d9dee6; --page: #fff;
  --panel: #f6f8fa; --one: #2463b0; --two: #c2571a; --bad: #b3261e; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e9ef; --soft: #9aa4b5; --line: #363e4b;
  --page: #14181f; --panel: #1c222c; --one: #7fb2f0; --two: #f0a36b; --bad: #ff8a80; } }
body { font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--page);
  max-width: 1100px; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.15rem; margin-top: 2.2rem; }
.soft, .legend, small { color: var(--soft); }
.wide { overflow-x: auto; } .wide table { min-width: 780px; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { text-align: left; padding: .3rem .6rem; border-bottom: 1px solid var(--line); }
td.n { text-align: right; white-space: nowrap; }
.plots { display: grid; gap: 1rem;
  grid-template-columns: repeat(auto-fit, minmax(min(100%, 420px), 1fr)); }
figure { margin: 0; background: var(--panel); border-radius: 8px; padding: .8rem; }
figcaption { font-weight: 600; }
svg { width: 100%; height: auto; } svg text { fill: var(--soft); font-size: 10px; }
svg text.label, svg text.tick { text-anchor: middle; } svg text.tick.end { text-anchor: end; }
.grid { stroke: var(--line); } polyline { fill: none; stroke-width: 2; }
rect.s1, circle.s1 { fill: var(--one); } rect.s2, circle.s2 { fill: var(--two); }
polyline.s1 { stroke: var(--one); } polyline.s2 { stroke: var(--two); stroke-dasharray: 4 3; }
.key { margin-right: 1rem; } .key::before { content: "\\25A0 "; }
.key.s1::before { color: var(--one); } .key.s2::before { color: var(--two); }
details { border: 1px solid var(--line); border-radius: 8px; margin: .4rem 0; padding: .5rem .8rem;
  overflow-wrap: anywhere; }
details.failed { border-left: 4px solid var(--bad); }
summary { cursor: pointer; } blockquote { border-left: 3px solid var(--line); margin: .4rem 0;
  padding-left: .8rem; } pre { overflow-x: auto; }
#failed-only:checked ~ details:not(.failed) { display: none; }
"""

HEAD = """<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Footnote: evaluation</title><style>{style}</style></head><body>
<h1>Footnote: evaluation</h1>
<p class="soft">{cases} cases · commit {commit}</p>
"""


def to_page(report: Report) -> str:
    """Return the report as one HTML page."""
    cases = len(report.outcomes)
    return "".join(
        [
            HEAD.format(style=STYLE, cases=cases, commit=escape(report.commit or "unknown")),
            '<h2>Figures</h2><div class="wide">',
            _figures(report.metrics),
            "</div>",
            *(f"<p>{escape(note)}</p>" for note in report.notes),
            '<h2>Plots</h2><div class="plots">',
            *_plots(report),
            "</div><h2>Cases</h2>",
            *_cases(report),
            "<h2>Made with</h2>",
            _made_with(report),
            "</body></html>\n",
        ]
    )


def _figures(metrics: Iterable[Metric]) -> str:
    head = "<tr><th>Metric<th>Value<th>n<th>95 % interval<th>Floor<th>What it is</tr>"
    rows = [
        f"<tr><th>{escape(metric.name)}"
        f'<td class="n">{show_value(metric.value, metric.unit)}<td class="n">{metric.n}'
        f'<td class="n">{show_interval(metric)}<td class="n">{_floor(metric)}'
        f"<td>{escape(metric.about)}{' (less is better)' if metric.better == 'lower' else ''}</tr>"
        for metric in metrics
    ]
    return f"<table>{head}{''.join(rows)}</table>"


def _floor(metric: Metric) -> str:
    if metric.floor is None:
        return UNDEFINED
    shown = show_value(metric.floor.value, metric.unit)
    return f'<span title="{escape(metric.floor.method)}">{shown}</span>'


def _plots(report: Report) -> Iterable[str]:
    judged = np.array([*_judgements(report)], dtype=float).reshape(-1, len(JUDGEMENT))
    scores, answerable = judged[:, 2], judged[:, 0] == 1
    if len(scores):
        groups = {
            "answerable": [float(s) for s in scores[answerable]],
            "unanswerable": [float(s) for s in scores[~answerable]],
        }
        yield _figure("Score", histogram(groups, x_label="score", x_max=1.0))
        risk = {"risk": risk_coverage(scores, ~answerable)}
        drawn = line_plot(risk, x_label="share answered", y_label="share of those unanswerable")
        yield _figure("Risk and coverage", drawn)
        held = [(mean, share) for mean, share, _ in reliability(scores, answerable)]
        lines = {"Footnote": held, "perfect": [(0.0, 0.0), (1.0, 1.0)]}
        drawn = line_plot(lines, x_label="score", y_label="share answerable", dots=True)
        yield _figure("Calibration", drawn)
    seconds = [row[0] for row in report.rows("first sentence p50").values()]
    if seconds:
        drawn = histogram(
            {"first sentence": seconds}, x_label="seconds", x_max=max(*seconds, 0.001)
        )
        yield _figure("Time to the first sentence", drawn)


def _judgements(report: Report) -> Iterable[tuple[float, ...]]:
    """Return (answerable, refused, score) of every case."""
    return report.rows("AUROC").values()


def _figure(caption: str, drawn: str) -> str:
    return f"<figure><figcaption>{escape(caption)}</figcaption>{drawn}</figure>"


def _cases(report: Report) -> Iterable[str]:
    by_case: dict[str, list[Score]] = {}
    for score in report.scores:
        by_case.setdefault(score.case_id, []).append(score)
    yield '<input type="checkbox" id="failed-only"> <label for="failed-only">only failures</label>'
    for outcome in report.outcomes:
        yield _case(outcome, by_case.get(outcome.case.id, []))


def _case(outcome: Outcome, scores: list[Score]) -> str:
    failures = [failure for score in scores if (failure := _failure(score))]
    case = outcome.case
    mark = f" <small>{escape(', '.join(failures) or 'passed')}</small>"
    quoted = [citation.quote for citation in outcome.answer.citations]
    shown = outcome.answer.text or outcome.answer.reason
    kind = "answerable" if case.answerable else "unanswerable"
    quotes = "".join(f"<blockquote>{escape(quote)}</blockquote>" for quote in quoted)
    gold = "".join(
        f"<blockquote>{escape(span.quote)} <small>{escape(span.path)}</small></blockquote>"
        for span in case.spans
    )
    lines = "".join(
        f"<tr><td>{escape(score.metric)}<td class=n>{_score_value(score)}"
        f"<td>{escape(score.reason or '')}</tr>"
        for score in scores
    )
    return (
        f'<details class="{"failed" if failures else "passed"}">'
        f"<summary>{escape(case.question)}{mark}</summary>"
        f'<p class="soft">{escape(case.id)} · {kind} · {escape(", ".join(case.tags))}</p>'
        f"<p><b>Answer</b> {escape(shown or UNDEFINED)}</p>{quotes}"
        f"<p><b>Marked as right</b> {escape(case.reference or UNDEFINED)}</p>{gold}"
        f"<table>{lines}</table></details>"
    )


def _failure(score: Score) -> str | None:
    if score.metric not in FAILURES or score.value is None:
        return None
    well, failure = FAILURES[score.metric]
    return None if score.value == well else failure


def _score_value(score: Score) -> str:
    return UNDEFINED if score.value is None else f"{score.value:.3f}"


def _made_with(report: Report) -> str:
    made_with = {
        "commit": report.commit,
        "versions": dict(report.versions),
        "settings": dict(report.settings),
    }
    return f"<pre>{escape(json.dumps(made_with, indent=2, ensure_ascii=False))}</pre>"

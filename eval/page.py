"""A report as one page that needs nothing else: figures, plots, and every case with its answer.

All text of articles, questions and answers is escaped. The page loads nothing and runs nothing:
its filters are made of style alone.
"""

import json
from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import Any

from eval.compare import Comparison
from eval.figures import UNDEFINED, tag_rows
from eval.page_answer import VERDICTS, flat
from eval.page_cases import render_cases
from eval.page_comparison import render_comparison
from eval.page_figures import render_figures, render_headline, render_tags
from eval.types import Report

STYLE = Path(__file__).with_name("page.css")

PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title><style>{style}</style></head><body>
<header class="masthead"><p class="brand">Footnote</p><h1>{heading}</h1><p class="facts">{facts}</p>
{links}</header><main>
{body}
</main></body></html>
"""

COMMIT_SHOWN = 10
"""Characters of the commit in the head; it stands whole at the end."""

MEANINGS = {
    "quoted": "word for word from the article",
    "supported": "an automatic check found this in the cited words; it can err",
    "partly": "an automatic check found only a part of this in the cited words",
    "unsupported": "an automatic check did not find this in the cited words",
    "unchecked": "not checked against the article",
}


def to_page(report: Report, comparison: Comparison | None = None) -> str:
    """Return the report as one HTML page, with what became of a baseline where there is one."""
    # Late: matplotlib takes half a second, and most runs write no page.
    from eval.page_claims import render_claim_plots, render_claims
    from eval.page_plots import render_plots

    by_tag = tag_rows(report)
    plots = render_plots(report, by_tag) + render_claim_plots(report)
    sections = {
        "Figures": _section("figures", "Figures", render_headline(report) + render_figures(report)),
        "Baseline": render_comparison(comparison) if comparison else "",
        "Plots": plots
        and _section("plots", "Plots", f'<div class="plots">{plots}</div>{render_tags(by_tag)}'),
        "Cases": render_cases(report) if report.outcomes else "",
        "Claims": render_claims(report) if report.claims else "",
        "Made with": _made_with(report),
    }
    shown = {name: html for name, html in sections.items() if html}
    links = "".join(f'<a href="#{name.lower().replace(" ", "-")}">{name}</a>' for name in shown)
    heading = _heading(report)
    return PAGE.format(
        title=f"{heading} · Footnote",
        style=STYLE.read_text(encoding="utf-8"),
        heading=heading,
        facts=" · ".join(map(flat, _facts(report))),
        links=f'<nav aria-label="Contents">{links}</nav>',
        body="\n".join(shown.values()),
    )


def _heading(report: Report) -> str:
    bench = report.settings.get("eval_bench")
    return f"Evaluation on {flat(str(bench))}" if bench else "Evaluation"


def _facts(report: Report) -> list[str]:
    """Return what was measured, in a line."""
    cases = [outcome.case for outcome in report.outcomes]
    facts = []
    if cases or not report.claims:
        facts.append(f"{len(cases)} cases")
    if unanswerable := sum(not case.answerable for case in cases):
        facts.append(f"{unanswerable} of them without an answer in the articles")
    if report.claims:
        facts.append(f"{len(report.claims)} claims")
    return [*facts, f"commit {(report.commit or 'unknown')[:COMMIT_SHOWN]}"]


def _section(name: str, title: str, content: str) -> str:
    return f'<section id="{name}"><h2>{title}</h2>{content}</section>'


def _made_with(report: Report) -> str:
    tables = [
        _table("Versions", {"commit": report.commit or "unknown", **report.versions}),
        _table("Settings", report.settings),
    ]
    words = "".join(
        f"<dt>{escape(VERDICTS[verdict])}</dt><dd>{escape(meaning)}</dd>"
        for verdict, meaning in MEANINGS.items()
    )
    legend = f'<h3>How sentences were checked</h3><dl class="legend">{words}</dl>'
    return _section("made-with", "Made with", f'<div class="made">{"".join(tables)}</div>{legend}')


def _table(title: str, values: Mapping[str, Any]) -> str:
    rows = "".join(
        f'<tr><th scope="row">{flat(str(name))}</th><td>{flat(_written(value))}</td></tr>'
        for name, value in values.items()
    )
    return f"<div><h3>{title}</h3><table>{rows}</table></div>" if rows else ""


def _written(value: object) -> str:
    if value is None:
        return UNDEFINED
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)

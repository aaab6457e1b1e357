"""What became of a baseline, as a section of the page: figures, and every case that moved."""

from collections.abc import Sequence
from html import escape

from eval.compare import CaseChange, Comparison
from eval.compare_tables import CASE_HEAD, FIGURE_HEAD, case_rows, figure_rows, notes_of
from eval.page_answer import flat
from eval.page_cases import place_of


def render_comparison(comparison: Comparison) -> str:
    """Return the section that compares a run with its baseline."""
    figures = [[flat(cell) for cell in row] for row in figure_rows(comparison)]
    notes = "".join(f"<p>{flat(note)}</p>" for note in notes_of(comparison))
    worse = [change for change in comparison.cases if not change.is_better]
    better = [change for change in comparison.cases if change.is_better]
    return "".join(
        [
            '<section id="baseline"><h2>Baseline</h2>',
            _folded("Figures against the baseline", FIGURE_HEAD, figures, is_open=True),
            f'<div class="below">{notes}</div>' if notes else "",
            _cases("Cases that got worse", worse),
            _cases("Cases that got better", better),
            "</section>",
        ]
    )


def _cases(title: str, changes: Sequence[CaseChange]) -> str:
    if not changes:
        return ""
    rows = [
        [f'<a href="#{place_of(change.case_id)}">{flat(row[0])}</a>', *map(flat, row[1:])]
        for change, row in zip(changes, case_rows(changes), strict=True)
    ]
    count = len({change.case_id for change in changes})
    return _folded(f"{title}: {count}", CASE_HEAD, rows)


def _folded(
    title: str, head: Sequence[str], rows: Sequence[Sequence[str]], *, is_open: bool = False
) -> str:
    """Return a table of cells that are HTML already, under a title that folds it."""
    heads = "".join(f'<th scope="col">{escape(each)}</th>' for each in head)
    lines = "".join(
        f'<tr><th scope="row">{row[0]}</th>{"".join(f"<td>{cell}</td>" for cell in row[1:])}</tr>'
        for row in rows
    )
    return (
        f'<details class="row table"{" open" if is_open else ""}><summary>'
        f'<span class="head">{escape(title)}</span></summary>'
        f'<div class="wide" role="region" aria-label="{escape(title)}" tabindex="0">'
        f"<table><thead><tr>{heads}</tr></thead><tbody>{lines}</tbody></table></div></details>"
    )

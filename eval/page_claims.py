"""Claims that the support check judged, each with its evidence and what people said of it."""

from html import escape
from urllib.parse import quote

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import PercentFormatter

from eval.curves import Numbers, Truths, auroc
from eval.failures import claim_failure
from eval.page_answer import VERDICTS, flat
from eval.page_filters import Choice, render_choices
from eval.page_plots import figure, mark_threshold, mirrored, percent
from eval.plots import INK, ONE, TWO
from eval.types import ClaimOutcome, Report

WRONG = {"accepted": "wrongly accepted", "withheld": "wrongly withheld"}


def render_claim_plots(report: Report) -> str:
    """Return the plots of the support check's scores, "" where it gave none."""
    scored = [o for o in report.claims if o.support.score is not None]
    scores = np.array([o.support.score for o in scored], dtype=float)
    sound = np.array([o.claim.supported for o in scored], dtype=bool)
    accepted = np.array([o.support.verdict == "supported" for o in scored], dtype=bool)
    if not len(scored) or sound.all() or not sound.any():
        return ""
    return _score_plot(scores, sound, accepted) + _roc_plot(scores, sound, accepted)


def render_claims(report: Report) -> str:
    """Return every claim, and what filters those on which check and people differ."""
    failures = [claim_failure(outcome) for outcome in report.claims]
    choices = [Choice(name, words, failures.count(name)) for name, words in WRONG.items()]
    both = Choice("differs", "check and people differ", sum(map(bool, failures)))
    rows = map(_claim, report.claims)
    filters = render_choices("claims", "Show", len(failures), [both, *choices], "claim")
    return (
        f'<section class="list" id="claims"><h2>Claims</h2>{filters}<div class="rows">'
        f'{"".join(rows)}<p class="tally">claims shown</p></div></section>'
    )


def _score_plot(scores: Numbers, sound: Truths, accepted: Truths) -> str:
    from rag.support import fitted_threshold

    frozen = fitted_threshold()
    threshold = frozen if (scores[accepted] >= frozen).all() else None

    def fill(ax: Axes) -> None:
        mirrored(ax, scores[sound], scores[~sound], ("people: supported", "people: not supported"))
        mark_threshold(ax, threshold)
        ax.set(xlabel="the check's chance of support", ylabel="claims")

    caption = (
        f"Claims that people found supported: {int(sound.sum())}, median score "
        f"{np.median(scores[sound]):.2f}; others: {int((~sound).sum())}, median "
        f"{np.median(scores[~sound]):.2f}."
    )
    return figure("claim-scores", "Scores of claims", caption, fill)


def _roc_plot(scores: Numbers, sound: Truths, accepted: Truths) -> str:
    from sklearn.metrics import roc_curve  # type: ignore[import-untyped]

    wrongly, rightly, _ = roc_curve(sound, scores)
    false, true = float(accepted[~sound].mean()), float(accepted[sound].mean())

    def fill(ax: Axes) -> None:
        ax.plot(wrongly, rightly, color=ONE, label="by score")
        ax.plot([false], [true], "o", color=INK, markersize=6, label="as the check decides")
        ax.plot([0, 1], [0, 1], color=TWO, linewidth=1.2, linestyle=(0, (4, 2)), label="a coin")
        ax.legend(loc="lower right", frameon=False)
        ax.set(xlim=(-0.01, 1), ylim=(0, 1.02))
        ax.set(xlabel="not supported, but accepted", ylabel="supported and accepted")
        for axis in (ax.xaxis, ax.yaxis):
            axis.set_major_formatter(PercentFormatter(1.0, decimals=0))

    caption = (
        f"Area {auroc(scores, sound) or 0:.3f}, n {len(scores)}. As the check decides, it accepts "
        f"{percent(true)} of the sound claims and {percent(false)} of the others; a coin would lie "
        "on the dashed line."
    )
    return figure("roc", "Accepted rightly and wrongly", caption, fill)


def _claim(outcome: ClaimOutcome) -> str:
    claim, support = outcome.claim, outcome.support
    place = escape(f"claim-{quote(claim.id, safe='')}")
    failure = claim_failure(outcome)
    people = claim.label or ("supported" if claim.supported else "not supported")
    score = "" if support.score is None else f" · score {support.score:.2f}"
    mark = (
        f'<span class="fault">{WRONG[failure]}</span>'
        if failure
        else '<span class="well">agreed</span>'
    )
    evidence = "".join(f"<blockquote>{flat(text)}</blockquote>" for text in claim.evidence)
    reasons = "".join(f"<li>{flat(reason)}</li>" for reason in support.reasons)
    said = escape(VERDICTS[support.verdict])
    return (
        f'<details class="row{f" is-differs is-{failure}" if failure else ""}">'
        f'<summary><span class="head">{flat(claim.text)}</span> <span class="facts">{mark} · '
        f"check: {said} · people: {flat(people)}</span></summary>"
        f'<div class="body" id="{place}"><div class="sheet"><h3>Evidence</h3>'
        f"{evidence or '<p>none</p>'}</div><div><h3>The check</h3>"
        f"<p>{said}{score}</p><ul>{reasons}</ul><h3>People</h3><p>{flat(people)}</p>"
        f'<p class="facts">{flat(claim.id)} · {flat(claim.group)} · '
        f'<a href="#{place}">link to this claim</a></p></div></div></details>'
    )

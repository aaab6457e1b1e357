"""The plots of a run: refusing, time, tags. Each has a caption that says it in figures."""

from collections.abc import Callable, Iterator, Sequence
from html import escape

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator, PercentFormatter

from eval.curves import Numbers, Truths, calibration_error, reliability, risk_line, tenths
from eval.figures import TagRow, show_value
from eval.intervals import wilson_of_groups
from eval.measures import MEASURES
from eval.plots import HEIGHT, INK, ONE, QUIET, RULE, SHEET, TWO, draw
from eval.types import Report

BINS = 20
TAG_FIGURES = ("false answer", "false refusal", "gold article cited", "contains reference")
MOST_TAGS = 24
LONGEST_TAG = 22
LATE = 0.7
"""Coverage from which a label stands left of its point."""

INCHES_A_TAG, INCHES_AROUND = 0.2, 0.7


def render_plots(report: Report, by_tag: Sequence[TagRow]) -> str:
    """Return all plots of a run's cases that say something, "" for none."""
    return "".join([*_refusing(report), *_latency(report), *_tags(by_tag)])


def figure(name: str, title: str, caption: str, fill: Callable[[Axes], None], **size: float) -> str:
    """Return a plot with its title above and its caption below.

    Args:
        name: Letters and hyphens, once in a page.
        title: What it is.
        caption: What it shows, in figures; it stands for the plot where that cannot be seen.
        fill: Draws it.
        size: Its `height`, in inches.
    """
    drawn = draw(fill, title=title, described_by=f"plot-{name}", **size)
    return (
        f'<figure><h3>{escape(title)}</h3>{drawn}<figcaption id="plot-{name}">{escape(caption)}'
        "</figcaption></figure>"
    )


def mirrored(ax: Axes, above: Numbers, below: Numbers, names: tuple[str, str]) -> None:
    """Draw two histograms of chances against each other, one upwards and one downwards."""
    most = 0
    for values, sign, colour in ((above, 1, ONE), (below, -1, TWO)):
        counts, edges = np.histogram(np.clip(values, 0, 1), bins=BINS, range=(0, 1))
        ax.bar(edges[:-1], sign * counts, width=0.9 / BINS, align="edge", color=colour)
        most = max(most, int(counts.max(initial=0)))
    ax.axhline(0, color=QUIET, linewidth=0.8)
    ax.set(xlim=(0, 1), ylim=(-1.25 * most, 1.25 * most), ylabel="cases")
    ax.yaxis.set_major_locator(MaxNLocator(nbins=6, integer=True))
    ax.yaxis.set_major_formatter(lambda value, _: f"{abs(value):.0f}")
    for name, height, colour in ((names[0], 1.2, ONE), (names[1], -1.2, TWO)):
        ax.text(0.01, height * most, name, color=colour, va="center", fontweight="bold")


def mark_threshold(ax: Axes, threshold: float | None) -> None:
    """Draw a line where a threshold lies, with its value."""
    if threshold is not None:
        ax.axvline(threshold, color=INK, linewidth=1, linestyle=(0, (4, 2)))
        top = ax.get_ylim()[1]
        ax.text(threshold + 0.01, top, f"threshold {threshold:.2f}", va="top", color=INK)


def percent(share: float) -> str:
    """Return a share as readers of a caption expect it."""
    return f"{share * 100:.0f} %"


def _frozen_threshold(scores: Numbers, refused: Truths) -> float | None:
    """Return the chance below which questions were refused; None where it was not one chance."""
    if not refused.any() or refused.all():
        return None
    highest, lowest = float(scores[refused].max()), float(scores[~refused].min())
    if highest >= lowest:
        return None
    from rag.answerability import threshold

    now = threshold()
    return now if highest < now <= lowest else lowest


def _refusing(report: Report) -> Iterator[str]:
    judged = report.rows("AUROC")
    table = np.array([*judged.values()], dtype=float).reshape(-1, 3)
    answerable, refused, scores = table[:, 0] == 1, table[:, 1] == 1, table[:, 2]
    if not len(table):
        return
    groups = [report.groups.get(case_id, case_id) for case_id in judged]
    yield _scores(scores, answerable, _frozen_threshold(scores, refused))
    if answerable.any() and not answerable.all():
        yield _risk(scores, answerable, refused, groups)
    yield _calibration(scores, answerable, groups)


def _scores(scores: Numbers, answerable: Truths, threshold: float | None) -> str:
    kept, others = scores[answerable], scores[~answerable]

    def fill(ax: Axes) -> None:
        mirrored(ax, kept, others, ("answerable", "no answer"))
        mark_threshold(ax, threshold)
        ax.set_xlabel("chance that the articles answer, as the answer gives it")

    facts = [
        f"{name}: {len(values)} cases, median {np.median(values):.2f}"
        for name, values in (("Answerable", kept), ("Without an answer", others))
        if len(values)
    ]
    if threshold is not None:
        facts.append(f"below {threshold:.2f} a question is refused")
    return figure("scores", "Scores", "; ".join(facts) + ".", fill)


def _risk(scores: Numbers, answerable: Truths, refused: Truths, groups: list[str]) -> str:
    points = np.array(risk_line(scores, ~answerable))
    base = float((~answerable).mean())
    answered = ~refused
    coverage = float(answered.mean())
    risk = float((~answerable)[answered].mean()) if answered.any() else None

    def fill(ax: Axes) -> None:
        ax.axhline(base, color=TWO, linewidth=1.2, linestyle=(0, (4, 2)))
        ax.text(0.99, base + 0.008, "answering at random", color=TWO, ha="right", va="bottom")
        ax.plot(points[:, 0], points[:, 1], color=ONE)
        if risk is not None:
            wrong = (~answerable)[answered].astype(float).reshape(-1, 1)
            among = [group for group, kept in zip(groups, answered, strict=True) if kept]
            low, high = wilson_of_groups(wrong, among)
            ax.vlines(coverage, low, high, color=INK, linewidth=1.2)
            ax.plot([coverage], [risk], "o", color=INK, markersize=6)
            late = coverage > LATE
            ax.text(
                coverage + (-0.02 if late else 0.02),
                low,
                "frozen threshold",
                color=INK,
                ha="right" if late else "left",
                va="top",
            )
        top = 1.2 * max(base, float(points[:, 1].max()))
        ax.set(xlim=(0, 1), ylim=(0, min(1.0, top)))
        ax.set(xlabel="questions answered", ylabel="of those: without an answer")
        for axis in (ax.xaxis, ax.yaxis):
            axis.set_major_formatter(PercentFormatter(1.0, decimals=0))

    at = (
        f"At the frozen threshold {percent(coverage)} of the questions are answered, "
        f"{percent(risk)} of them although the articles do not answer"
        if risk is not None
        else "At the frozen threshold no question is answered"
    )
    caption = f"{at}; answering at random, it would be {percent(base)}. n {len(scores)}."
    return figure("risk", "Risk and coverage", caption, fill)


def _calibration(scores: Numbers, answerable: Truths, groups: list[str]) -> str:
    bins = reliability(scores, answerable)
    rows = answerable.astype(float).reshape(-1, 1)
    intervals = [
        wilson_of_groups(rows[chosen], [*np.array(groups)[chosen]]) for chosen in tenths(scores)
    ]

    def fill(ax: Axes) -> None:
        ax.plot([0, 1], [0, 1], color=TWO, linewidth=1.2, linestyle=(0, (4, 2)))
        for (mean, _, count), (low, high) in zip(bins, intervals, strict=True):
            ax.vlines(mean, low, high, color=ONE, linewidth=1.2)
            ax.text(mean, -0.1, str(count), color=QUIET, ha="center", va="center")
        ax.plot([b[0] for b in bins], [b[1] for b in bins], "o", color=ONE, markersize=6)
        ax.set(xlim=(0, 1), ylim=(-0.16, 1.04), yticks=[0, 0.25, 0.5, 0.75, 1])
        ax.set(xlabel="score, in tenths; below each its number of cases", ylabel="answerable")
        ax.yaxis.set_major_formatter(PercentFormatter(1.0, decimals=0))

    error = calibration_error(scores, answerable) or 0.0
    caption = (
        f"Score and truth lie {error:.3f} apart on average (ECE, n {len(scores)}); on the dashed "
        "line they would agree. Lines are 95 % intervals, which count groups."
    )
    return figure("calibration", "Calibration", caption, fill)


def _latency(report: Report) -> Iterator[str]:
    columns = {
        name: np.array([row[0] for row in report.rows(f"{name} p50").values()], dtype=float)
        for name in ("first sentence", "whole answer")
    }
    times = {name: values for name, values in columns.items() if len(values)}
    if not times:
        return
    longest = max(float(values.max()) for values in times.values())

    def fill(ax: Axes) -> None:
        for (name, values), colour in zip(times.items(), (ONE, TWO), strict=False):
            ax.ecdf(values, color=colour, label=name)
            marks = np.percentile(values, [50, 95])
            ax.plot(marks, [0.5, 0.95], "o", color=colour, markeredgecolor=SHEET, markersize=7)
        ax.set(xlim=(0, longest * 1.02), ylim=(0, 1.02), xlabel="seconds", ylabel="questions")
        ax.set_yticks([0, 0.25, 0.5, 0.75, 0.95], ["0%", "25%", "50%", "75%", "95%"])
        ax.legend(loc="lower right", frameon=False)

    def fact(name: str) -> str:
        half, most = (show_value(report.metric(f"{name} p{p}").value, "seconds") for p in (50, 95))
        return f"{name}: median {half}, 95th percentile {most}, n {len(times[name])}"

    caption = "; ".join(map(fact, times))
    yield figure("time", "Time to answer", f"{caption[:1].upper()}{caption[1:]}.", fill)


def _tags(rows: Sequence[TagRow]) -> Iterator[str]:
    for place, name in enumerate(TAG_FIGURES):
        named = [(row.tag, figure) for row in rows for figure in row.metrics if figure.name == name]
        defined = [(tag, figure) for tag, figure in named if figure.n]
        most = sorted(defined, key=lambda pair: -pair[1].n)[:MOST_TAGS]
        shown = [pair for pair in defined if pair in most][::-1]
        if not shown:
            continue

        def fill(ax: Axes, shown: list = shown) -> None:  # type: ignore[type-arg]
            for height, (_, metric) in enumerate(shown):
                ax.barh(height, metric.value, height=0.55, color=ONE, alpha=0.3)
                if metric.low is not None:
                    ax.hlines(height, metric.low, metric.high, color=ONE, linewidth=1.2)
                ax.plot([metric.value], [height], "o", color=ONE, markersize=5, clip_on=False)
            labels = [f"{_short(tag)} ({metric.n})" for tag, metric in shown]
            ax.set_yticks(range(len(shown)), labels)
            ax.set(xlim=(0, 1), ylim=(-0.6, len(shown) - 0.4))
            ax.grid(visible=False, axis="y")
            ax.axvline(0, color=RULE, linewidth=0.8)

        rule = f"Share of {MEASURES[name].about}, by tag, with 95 % intervals; in brackets: cases."
        left = len(defined) - len(shown)
        more = f" {left} tags with fewer cases are left out." if left else ""
        size = max(HEIGHT / 2, INCHES_AROUND + INCHES_A_TAG * len(shown))
        title = f"By tag: {name}"
        yield figure(f"tag-{place}", title, rule + more, fill, height=size)


def _short(tag: str) -> str:
    return tag if len(tag) <= LONGEST_TAG else f"{tag[: LONGEST_TAG - 1]}…"

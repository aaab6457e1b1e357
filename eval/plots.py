"""Plots as SVG that stands inside a page: drawn by matplotlib, coloured by the page's style.

The same numbers give the same bytes. Colours become the style's variables, so that a plot is right
in light and in dark; words stay words, in the page's type.
"""

import io
import re
import warnings
from collections.abc import Callable
from html import escape
from typing import Any

from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure

INK, QUIET, RULE, SHEET = "#1e1b17", "#665f55", "#ddd6c8", "#ffffff"
ONE, TWO = "#8c2b1c", "#2f5d7c"
"""Two series; in the page the first has the accent's colour."""

VARIABLES = {
    INK: "--ink",
    QUIET: "--quiet",
    RULE: "--rule",
    SHEET: "--sheet",
    ONE: "--accent",
    TWO: "--second",
}

WIDTH, HEIGHT = 5.2, 3.2
"""Inches of 72 units; the page scales them to its columns."""

RULES: dict[Any, Any] = {
    "svg.fonttype": "none",
    "svg.hashsalt": "footnote",
    "text.parse_math": False,
    "font.family": "sans-serif",
    "font.sans-serif": ["DejaVu Sans"],
    "font.size": 10,
    "text.color": INK,
    "axes.edgecolor": RULE,
    "axes.labelcolor": QUIET,
    "axes.grid": True,
    "axes.axisbelow": True,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.spines.left": False,
    "axes.linewidth": 0.8,
    "axes.xmargin": 0.02,
    "grid.color": RULE,
    "grid.linewidth": 0.8,
    "xtick.color": RULE,
    "ytick.color": RULE,
    "xtick.labelcolor": QUIET,
    "ytick.labelcolor": QUIET,
    "ytick.major.size": 0,
    "lines.linewidth": 2,
    "hatch.linewidth": 0.8,
    "figure.facecolor": "none",
    "axes.facecolor": "none",
    "savefig.facecolor": "none",
}

NO_DATE = {"Date": None, "Creator": None, "Format": None, "Type": None}

FAMILY = re.compile(r"font-family: [^;\"]*; ")
UNUSED_ID = re.compile(r' id="[a-zA-Z0-9.]+_\d+"')
"""Ids that matplotlib gives to groups; nothing refers to them, and two plots would share them."""

FOR_FILES = re.compile(r"<metadata>.*?</metadata>|<defs>\s*<style.*?</style>\s*</defs>", re.DOTALL)
"""What only a file of its own needs; the page has one style for all plots."""

HEAD = re.compile(r'<svg [^>]*viewBox="([^"]*)"[^>]*>')


def draw(
    fill: Callable[[Axes], None],
    *,
    title: str,
    described_by: str,
    height: float = HEIGHT,
) -> str:
    """Return a plot as an SVG element.

    Args:
        fill: Draws into the axes.
        title: What a screen reader calls it.
        described_by: Id of the element that says in figures what it shows.
        height: Inches; it is `WIDTH` wide.
    """
    with rc_context(RULES), warnings.catch_warnings():
        # A letter that DejaVu lacks is drawn by the reader's own font.
        warnings.filterwarnings("ignore", message="Glyph .* missing from font")
        figure = Figure(figsize=(WIDTH, height), layout="constrained")
        FigureCanvasSVG(figure)
        fill(figure.add_subplot())
        file = io.StringIO()
        figure.savefig(file, format="svg", metadata=NO_DATE)
    return _inline(file.getvalue(), title, described_by)


def _inline(svg: str, title: str, described_by: str) -> str:
    """Return matplotlib's file as an element of a page, without what only a file needs."""
    head = HEAD.search(svg)
    assert head  # noqa: S101 - matplotlib always says how large its drawing is
    body = FOR_FILES.sub("", svg[head.end() :], count=2)
    for colour, variable in VARIABLES.items():
        body = body.replace(colour, f"var({variable})")
    body = re.sub(r"\n\s*", "\n", UNUSED_ID.sub("", FAMILY.sub("", body)))
    return (
        f'<svg class="plot" viewBox="{head.group(1)}" role="img" aria-label="{escape(title)}" '
        f'aria-describedby="{escape(described_by)}">{body}'
    )

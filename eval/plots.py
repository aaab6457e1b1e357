"""Plots as inline SVG, drawn from numbers: no script, no font and no file from elsewhere."""

import math
from collections.abc import Mapping, Sequence
from html import escape

import numpy as np

WIDTH, HEIGHT = 420, 260
LEFT, RIGHT, TOP, BOTTOM = 48, 12, 14, 44
"""Margins around the plotted area, in SVG units."""

BINS = 20
TICKS = 5
ROUND_ENDS = (1, 2, 2.5, 5, 10)
"""Where a scale may end, times a power of ten, so that its ticks are round."""

Points = Sequence[tuple[float, float]]


def histogram(groups: Mapping[str, Sequence[float]], *, x_label: str, x_max: float) -> str:
    """Return a histogram of one or two groups from 0 to about `x_max`, as shares of each group."""
    x_max = _round_up(x_max)
    heights = {
        name: np.histogram(np.clip(values, 0, x_max), bins=BINS, range=(0, x_max))[0]
        / max(1, len(values))
        for name, values in groups.items()
    }
    y_max = max((float(bars.max()) for bars in heights.values()), default=0.0)
    frame = _Frame(x_max, _round_up(y_max))
    width = x_max / BINS / max(1, len(heights))
    bars = [
        frame.bar(x_max * i / BINS + number * width, width, float(height), f"s{number + 1}")
        for number, shares in enumerate(heights.values())
        for i, height in enumerate(shares)
        if height
    ]
    return frame.figure(bars, x_label, "share of the group", [*heights])


def line_plot(
    lines: Mapping[str, Points], *, x_label: str, y_label: str, dots: bool = False
) -> str:
    """Return lines over shares from 0 to 1; with `dots`, each point is marked too."""
    y_max = max((y for points in lines.values() for _, y in points), default=0.0)
    frame = _Frame(1.0, _round_up(y_max))
    drawn = []
    for number, points in enumerate(lines.values(), start=1):
        drawn.append(frame.line(points, f"s{number}"))
        if dots:
            drawn += [frame.dot(x, y, f"s{number}") for x, y in points]
    return frame.figure(drawn, x_label, y_label, [*lines])


def _round_up(value: float) -> float:
    """Return the end of a scale that holds a value, 1 for nothing to hold."""
    if value <= 0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(value))
    return next(end * power for end in ROUND_ENDS if end * power >= value * (1 - 1e-9))


class _Frame:
    """Maps values to places in the drawing, and draws axes around them."""

    def __init__(self, x_max: float, y_max: float) -> None:
        self.x_max, self.y_max = x_max, y_max

    def x(self, value: float) -> float:
        return round(LEFT + value / self.x_max * (WIDTH - LEFT - RIGHT), 1)

    def y(self, value: float) -> float:
        return round(HEIGHT - BOTTOM - value / self.y_max * (HEIGHT - TOP - BOTTOM), 1)

    def bar(self, x: float, width: float, height: float, kind: str) -> str:
        left, top = self.x(x), self.y(height)
        across, down = self.x(x + width) - left, self.y(0) - top
        return (
            f'<rect class="{kind}" x="{left}" y="{top}" width="{across:.1f}" height="{down:.1f}"/>'
        )

    def line(self, points: Points, kind: str) -> str:
        path = " ".join(f"{self.x(x)},{self.y(y)}" for x, y in points)
        return f'<polyline class="{kind}" points="{path}"/>'

    def dot(self, x: float, y: float, kind: str) -> str:
        return f'<circle class="{kind}" cx="{self.x(x)}" cy="{self.y(y)}" r="3"/>'

    def figure(self, drawn: Sequence[str], x_label: str, y_label: str, names: Sequence[str]) -> str:
        """Return the whole drawing with its axes, labels and legend."""
        title = escape(f"{y_label} by {x_label}")
        middle = (LEFT + WIDTH - RIGHT) / 2
        parts = [
            f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{title}">',
            *self._axes(),
            *drawn,
            f'<text class="label" x="{middle}" y="{HEIGHT - 6}">{escape(x_label)}</text>',
            f'<text class="label" transform="translate(11 {(HEIGHT - BOTTOM + TOP) / 2}) '
            f'rotate(-90)">{escape(y_label)}</text>',
            "</svg>",
        ]
        legend = "".join(
            f'<span class="key s{number}">{escape(name)}</span>'
            for number, name in enumerate(names, start=1)
            if len(names) > 1
        )
        return "".join(parts) + (f'<p class="legend">{legend}</p>' if legend else "")

    def _axes(self) -> list[str]:
        lines = []
        for step in range(TICKS + 1):
            x, y = self.x_max * step / TICKS, self.y_max * step / TICKS
            lines += [
                f'<line class="grid" x1="{LEFT}" x2="{WIDTH - RIGHT}" '
                f'y1="{self.y(y)}" y2="{self.y(y)}"/>',
                f'<text class="tick end" x="{LEFT - 5}" y="{self.y(y) + 3}">{y:.2g}</text>',
                f'<text class="tick" x="{self.x(x)}" y="{HEIGHT - BOTTOM + 14}">{x:.2g}</text>',
            ]
        return lines

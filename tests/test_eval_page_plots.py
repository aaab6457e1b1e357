"""What is drawn is what is printed beside it."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from made_reports import report
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from eval import page_plots
from eval.intervals import wilson_of_groups
from eval.types import Report

SCORES = {
    "answerable": [1.0, 1.0, 1.0, 0.0, 0.0, 1.0, 0.0, 0.0],
    "refused": [0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 1.0, 1.0],
    "answer score": [0.96, 0.9, 0.92, 0.7, 0.62, 0.35, 0.31, 0.1],
}
"""Eight cases; the three best scored are right and lie in one tenth."""


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> Callable[[Report], dict[str, Axes]]:
    """Draw the plots of a report as usual, and return the axes of each by its title."""

    def draw_all(made: Report) -> dict[str, Axes]:
        kept: dict[str, Axes] = {}

        def keep(fill: Callable[[Axes], None], *, title: str, **_: object) -> str:
            kept[title] = Figure().add_subplot()
            fill(kept[title])
            return ""

        monkeypatch.setattr(page_plots, "draw", keep)
        page_plots.render_plots(made, ())
        return kept

    return draw_all


def test_the_area_below_the_curve_of_risk_is_the_aurc(
    drawn: Callable[[Report], dict[str, Axes]],
) -> None:
    made = report(SCORES)
    axes = drawn(made)["Risk and coverage"]
    (curve,) = (line for line in axes.lines if len(line.get_xdata()) > 2)
    x, y = np.array(curve.get_xdata()), np.array(curve.get_ydata())
    assert curve.get_drawstyle() == "default"
    assert (x[0], x[-1]) == (0.0, 1.0)
    assert np.trapezoid(y, x) == pytest.approx(made.metric("AURC").value)


def test_the_intervals_of_calibration_count_groups(
    drawn: Callable[[Report], dict[str, Axes]],
) -> None:
    made = report(SCORES)
    of_one = replace(
        made,
        outcomes=tuple(
            replace(outcome, case=replace(outcome.case, cluster="one page"))
            for outcome in made.outcomes
        ),
    )
    ends = [
        sorted(drawn(each)["Calibration"].collections[-1].get_segments()[0][:, 1])
        for each in (made, of_one)
    ]
    best = np.array([[1.0], [1.0], [1.0]])
    assert ends[0] == pytest.approx(wilson_of_groups(best, ["a", "b", "c"]))
    assert ends[1] == pytest.approx(wilson_of_groups(best, ["one page"] * 3))
    assert ends[0] != pytest.approx(ends[1])

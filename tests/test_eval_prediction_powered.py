"""The prediction-powered mean equals a sum by hand, covers the truth, and gains only from help."""

import numpy as np
import pytest
from numpy.typing import NDArray

from eval.intervals import wilson
from eval.prediction_powered import Estimate, estimate

Numbers = NDArray[np.float64]


def one_a_case(labels: list[float], predicted: list[float], others: list[float]) -> Numbers:
    rows = [(1, label, guess, 0, 0) for label, guess in zip(labels, predicted, strict=True)]
    return np.array([*rows, *((0, 0, 0, 1, guess) for guess in others)], dtype=float)


LABELS, PREDICTED, OTHERS = [1.0, 1.0, 0.0, 1.0], [0.9, 0.8, 0.3, 0.6], [0.5, 0.7, 0.2, 0.4]


def made(rows: Numbers, groups: list[str] | None = None, factor: float | None = None) -> Estimate:
    result = estimate(rows, groups, factor=factor)
    assert result is not None
    return result


def test_the_estimate_equals_a_sum_by_hand() -> None:
    rows = one_a_case(LABELS, PREDICTED, OTHERS)
    # labels 0.75, their predictions 0.65, the others' 0.45
    assert made(rows, factor=0).value == pytest.approx(0.75)
    assert made(rows, factor=1).value == pytest.approx(0.75 + 0.45 - 0.65)
    # covariance 0.35 / 4, variances 0.21 / 4 and 0.13 / 4; n = N, so the factor is 0.35 / 0.34
    assert made(rows).factor == pytest.approx(0.35 / 0.34)
    assert made(rows).value == pytest.approx(0.75 - 0.2 * 0.35 / 0.34)


def test_the_interval_equals_a_sum_by_hand() -> None:
    # Labels alone: variance 0.1875 / 4, times 4 / 3 as the mean is estimated, so 3 count
    alone = made(one_a_case(LABELS, PREDICTED, OTHERS), factor=0)
    assert (alone.low, alone.high) == pytest.approx(wilson(0.75 * 3, 3))


def test_without_others_the_labels_stand_alone() -> None:
    result = made(one_a_case(LABELS, PREDICTED, []))
    assert (result.value, result.factor) == (0.75, 0)
    assert estimate(one_a_case([], [], OTHERS)) is None
    assert estimate(np.zeros((0, 5))) is None


def test_labels_all_alike_leave_room_for_doubt() -> None:
    rows = one_a_case([1.0] * 400, [0.9] * 400, [0.9] * 100)
    result = made(rows)
    assert (result.value, result.high) == pytest.approx((1.0, 1.0))
    assert result.low == pytest.approx(wilson(400, 400)[0])
    assert made(rows, ["one", "other"] * 250).low < 0.5


def test_a_group_counts_once_however_many_cases_it_has() -> None:
    rows = one_a_case([1, 0, 1, 1] * 25, [0.5] * 100, [0.5] * 50)
    repeated = np.concatenate([rows, rows, rows])
    names = [str(i) for i in range(len(rows))]
    single, tripled = made(rows, names), made(repeated, names * 3)
    assert (tripled.low, tripled.high) == pytest.approx((single.low, single.high))


def simulated(
    random: np.random.Generator, *, groups: int, useful: bool
) -> tuple[Numbers, list[str]]:
    """200 labels of 1,200 sentences, two cases a group; groups differ; the true mean is 0.8."""
    cases = groups * 2
    group = np.repeat(np.arange(groups), 2)
    case = np.repeat(np.arange(cases), 1200 // cases)
    label = (random.random(1200) < random.beta(8, 2, groups)[group[case]]).astype(float)
    noise = random.random(1200)
    guess = 0.2 * noise + 0.2 + 0.5 * label if useful else noise
    labelled = np.zeros(1200, dtype=bool)
    labelled[random.permutation(1200)[:200]] = True
    sums = (labelled, labelled * label, labelled * guess, ~labelled, ~labelled * guess)
    columns = [np.bincount(case, weights=each.astype(float), minlength=cases) for each in sums]
    return np.stack(columns, axis=1), [str(g) for g in group]


@pytest.mark.parametrize("useful", [True, False])
def test_intervals_cover_the_truth_and_are_narrower_only_with_help(useful: bool) -> None:
    random = np.random.default_rng(7)
    covered, ratios = [], []
    for _ in range(600):
        rows, groups = simulated(random, groups=200, useful=useful)
        helped, alone = made(rows, groups), made(rows, groups, factor=0)
        covered.append(helped.low <= 0.8 <= helped.high)
        ratios.append((helped.high - helped.low) / (alone.high - alone.low))
    # of 600 intervals at 95 %, some 570 hold the truth; three standard deviations are 16
    assert 0.923 <= np.mean(covered) <= 0.977
    if useful:
        assert np.mean(ratios) < 0.75
    else:
        assert np.mean(ratios) == pytest.approx(1, abs=0.02)


def test_predictions_that_flatter_do_not_raise_the_figure() -> None:
    random = np.random.default_rng(3)
    errors = []
    for _ in range(200):
        rows, groups = simulated(random, groups=200, useful=True)
        flattered = rows.copy()
        flattered[:, 2] = rows[:, 2] + 0.3 * rows[:, 0]
        flattered[:, 4] = rows[:, 4] + 0.3 * rows[:, 3]
        assert made(flattered, groups).value == pytest.approx(made(rows, groups).value)
        errors.append(made(rows, groups).value - 0.8)
    assert abs(np.mean(errors)) < 0.005

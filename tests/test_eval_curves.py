"""Figures over all cases, against values worked out by hand and against scikit-learn."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import brier_score_loss, roc_auc_score

from eval.curves import (
    auroc,
    brier,
    calibration_error,
    precision_recall_f1,
    refused_at,
    reliability,
    risk_area,
    risk_coverage,
    risk_line,
    tenths,
)


def numbers(*values: float) -> np.ndarray:
    return np.array(values, dtype=float)


def truths(*values: int) -> np.ndarray:
    return np.array(values, dtype=bool)


def test_auroc_counts_pairs_and_halves_ties() -> None:
    # pairs: .9>.5, .9>.2, .5=.5, .5>.2, so 3.5 of 4
    assert auroc(numbers(0.9, 0.5, 0.5, 0.2), truths(1, 1, 0, 0)) == 0.875


@given(
    st.lists(st.tuples(st.integers(0, 6), st.booleans()), min_size=2, max_size=60).filter(
        lambda pairs: len({kind for _, kind in pairs}) == 2
    )
)
def test_auroc_agrees_with_scikit_learn(pairs: list[tuple[int, bool]]) -> None:
    scores, kinds = numbers(*(score for score, _ in pairs)), truths(*(kind for _, kind in pairs))
    assert auroc(scores, kinds) == pytest.approx(roc_auc_score(kinds, scores))


def test_auroc_of_one_group_is_undefined() -> None:
    assert auroc(numbers(0.1, 0.9), truths(1, 1)) is None


def test_refused_at_spares_nine_of_ten_answerable() -> None:
    answerable = numbers(*(score / 10 for score in range(1, 11)))  # .1 to 1.0; .1 may go
    others = numbers(0.05, 0.15, 0.19, 0.25, 0.9)
    scores, kinds = np.concatenate([answerable, others]), truths(*[1] * 10, *[0] * 5)
    assert refused_at(scores, kinds, 0.1) == 0.6  # those below .2
    assert refused_at(scores, kinds, 0.0) == 0.2  # those below .1
    assert refused_at(numbers(0.5), truths(0), 0.1) is None


def test_precision_recall_and_f1_of_refusing() -> None:
    predicted, actual = truths(1, 1, 1, 0, 0), truths(1, 0, 0, 1, 0)
    precision, recall, f1 = precision_recall_f1(predicted, actual)
    assert (precision, recall, f1) == pytest.approx((1 / 3, 1 / 2, 0.4))


def test_precision_without_a_prediction_is_undefined_not_zero() -> None:
    assert precision_recall_f1(truths(0, 0), truths(1, 0)) == (None, 0.0, 0.0)
    assert precision_recall_f1(truths(0, 0), truths(0, 0)) == (None, None, None)


def test_brier_agrees_with_scikit_learn() -> None:
    chances, happened = numbers(0.9, 0.2, 0.6, 0.5), truths(1, 0, 0, 1)
    assert brier(chances, happened) == pytest.approx(brier_score_loss(happened, chances))
    assert brier(chances, happened) == pytest.approx((0.01 + 0.04 + 0.36 + 0.25) / 4)


def test_calibration_error_is_the_gap_weighted_by_cases() -> None:
    chances, happened = numbers(0.05, 0.05, 0.95, 0.95, 1.0), truths(0, 1, 1, 1, 1)
    assert reliability(chances, happened) == [
        (pytest.approx(0.05), 0.5, 2),
        (pytest.approx(2.9 / 3), 1.0, 3),
    ]
    assert calibration_error(chances, happened) == pytest.approx((0.45 * 2 + 0.1 / 3 * 3) / 5)
    assert calibration_error(numbers(), truths()) is None


def test_risk_rises_as_worse_scored_cases_are_answered() -> None:
    scores, wrong = numbers(0.2, 0.9, 0.6, 0.6), truths(1, 0, 0, 1)
    assert risk_coverage(scores, wrong) == [
        (0.25, 0.0),
        (0.75, pytest.approx(1 / 3)),  # the two of .6 come together
        (1.0, 0.5),
    ]


@given(st.lists(st.tuples(st.integers(0, 6), st.booleans()), min_size=1, max_size=40))
def test_the_area_below_the_line_that_is_drawn_is_the_one_that_is_printed(
    pairs: list[tuple[int, bool]],
) -> None:
    scores, wrong = numbers(*(s for s, _ in pairs)), truths(*(w for _, w in pairs))
    line = np.array(risk_line(scores, wrong))
    assert (line[0, 0], line[-1, 0]) == (0.0, 1.0)
    assert np.trapezoid(line[:, 1], line[:, 0]) == pytest.approx(risk_area(scores, wrong))


def test_every_chance_lies_in_one_tenth() -> None:
    assert [chosen.tolist() for chosen in tenths(numbers(0.0, 1.0, 0.05, 0.95))] == [
        [True, False, True, False],
        [False, True, False, True],
    ]


def test_the_area_under_risk_and_coverage_is_the_mean_risk() -> None:
    # answered best first: right, wrong, right, wrong: risks 0, 1/2, 1/3, 1/2
    scores, wrong = numbers(0.9, 0.8, 0.7, 0.6), truths(0, 1, 0, 1)
    assert risk_area(scores, wrong) == pytest.approx((0 + 1 / 2 + 1 / 3 + 1 / 2) / 4)
    assert risk_area(numbers(0.5, 0.5), truths(0, 1)) == 0.5  # a tie is answered together
    assert risk_area(numbers(), truths()) is None

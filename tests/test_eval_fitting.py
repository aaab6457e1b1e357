"""Fitting: weights point the right way, and no row is scored by weights that have seen its fold."""

import numpy as np
import pytest

from eval.fitting import Sample, calibrate, cross_fit, fit

NAMES = ("telling", "noise")


def sample(count: int, seed: int) -> Sample:
    chance = np.random.default_rng(seed)
    positive = np.arange(count) % 2 == 0
    telling = positive + chance.normal(0, 0.7, count)
    return Sample(np.stack([telling, chance.normal(0, 1, count)], axis=1), positive)


def test_weights_follow_what_tells_and_leave_out_noise() -> None:
    fitted = fit(NAMES, [sample(200, 1), sample(60, 2)])
    telling, noise = fitted.weights
    assert telling > 1
    assert abs(noise) < telling / 4
    held_out = sample(100, 3)
    right = (fitted.chances(held_out) > 0.5) == held_out.positive
    assert right.mean() > 0.7


def test_a_row_is_scored_by_weights_that_have_not_seen_its_fold() -> None:
    rows, folds = sample(40, 4), np.arange(40) % 4
    (odds,) = cross_fit(NAMES, [rows], [folds])
    outside = folds != 2
    rest = Sample(rows.signals[outside], rows.positive[outside])
    expected = fit(NAMES, [rest]).odds(rows)[~outside]
    assert odds[~outside] == pytest.approx(expected)


def test_calibrated_chances_are_true_and_the_weights_give_them() -> None:
    rows = sample(400, 5)
    fitted = fit(NAMES, [sample(400, 6)])
    steep = [fitted.odds(rows) * 5 + 2]
    scaled, chances_of = calibrate(fitted, steep, [rows.positive])
    chances = chances_of(steep[0])
    assert chances.mean() == pytest.approx(rows.positive.mean(), abs=0.01)
    confident = chances > 0.8
    assert chances[confident].mean() == pytest.approx(rows.positive[confident].mean(), abs=0.08)
    same, _ = calibrate(fitted, [fitted.odds(rows)], [rows.positive])
    assert np.argsort(same.odds(rows)).tolist() == np.argsort(fitted.odds(rows)).tolist()
    assert scaled.weights / fitted.weights == pytest.approx(
        [scaled.weights[0] / fitted.weights[0]] * 2
    )

"""Intervals are those of the textbook, and the same in every run."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.intervals import bootstrap, paired_bootstrap, wilson, wilson_of_groups
from eval.measures import mean


def column(*values: float) -> np.ndarray:
    return np.array([[value] for value in values], dtype=float)


def test_wilson_gives_the_published_interval() -> None:
    # Newcombe (1998), table I: 81 of 263 and 0 of 20
    assert wilson(81, 263) == pytest.approx((0.2553, 0.3662), abs=1e-4)
    assert wilson(0, 20) == pytest.approx((0.0, 0.1611), abs=1e-4)


def test_wilson_does_not_claim_certainty_after_ten_successes() -> None:
    low, high = wilson(10, 10)
    assert low == pytest.approx(0.7225, abs=1e-4)
    assert high == pytest.approx(1.0)


@given(n=st.integers(1, 500), share=st.floats(0, 1))
def test_wilson_holds_the_proportion(n: int, share: float) -> None:
    successes = round(n * share)
    low, high = wilson(successes, n)
    assert 0 <= low <= successes / n + 1e-12
    assert successes / n - 1e-12 <= high <= 1


def test_cases_of_one_group_count_for_less() -> None:
    shares = column(*[1.0] * 4, *[0.0] * 4)
    alike = wilson_of_groups(shares, list("aaaabbbb"))
    mixed = wilson_of_groups(shares, list("abcdabcd"))
    alone = wilson_of_groups(shares, list("abcdefgh"))
    assert alone == wilson(4, 8)
    assert _width(alone) < _width(mixed) < _width(alike)
    assert wilson_of_groups(column(1, 1, 1, 1), list("aabb")) == wilson(2, 2)


def test_one_group_is_one_trial() -> None:
    assert wilson_of_groups(column(1, 0, 1, 0), list("aaaa")) == wilson(0.5, 1)
    assert bootstrap(column(1, 0, 1, 0), mean, list("aaaa")) == (None, None)


@pytest.mark.parametrize("groups", [5, 11, 21])
def test_intervals_hold_the_truth_as_often_as_they_say(groups: int) -> None:
    # cases of a group share its chance, drawn around .6; 95 % is what is promised
    lot = np.random.default_rng(groups)
    names = [str(case // 12) for case in range(groups * 12)]
    held = []
    for _ in range(400):
        chances = np.repeat(lot.beta(6, 4, size=groups), 12)
        low, high = wilson_of_groups((lot.random(len(names)) < chances)[:, None] * 1.0, names)
        held.append(low <= 0.6 <= high)
    assert np.mean(held) > 0.92


def _width(interval: tuple[float, float]) -> float:
    return interval[1] - interval[0]


def test_groups_are_drawn_whole() -> None:
    shares = column(*[1.0] * 4, *[0.0] * 4)
    assert bootstrap(shares, mean, list("aaaabbbb")) == (0.0, 1.0)
    low, high = bootstrap(shares, mean, list("abcdabcd"))
    assert low == high == 0.5


def test_bootstrap_of_a_mean_is_near_the_normal_interval() -> None:
    rows = np.random.default_rng(7).normal(5.0, 2.0, size=(400, 1))
    low, high = bootstrap(rows, mean)
    half = 1.96 * rows.std() / 20
    assert low == pytest.approx(rows.mean() - half, abs=0.05)
    assert high == pytest.approx(rows.mean() + half, abs=0.05)


def test_bootstrap_is_the_same_in_every_run() -> None:
    rows = column(0.1, 0.5, 0.9, 0.3)
    assert bootstrap(rows, mean) == bootstrap(rows.copy(), mean)


def test_bootstrap_of_nothing_is_undefined() -> None:
    assert bootstrap(np.zeros((0, 1)), mean) == (None, None)
    assert bootstrap(column(1.0, 2.0), lambda rows: None) == (None, None)


def test_a_gain_of_every_case_is_certain_though_the_cases_differ() -> None:
    before = column(0.1, 0.9, 0.5, 0.3)
    assert paired_bootstrap(before, before + 0.05, mean) == pytest.approx((0.05, 0.05))


def test_no_change_has_an_interval_around_zero() -> None:
    before, after = column(0, 1, 0, 1, 1, 0), column(1, 0, 1, 0, 1, 0)
    low, high = paired_bootstrap(before, after, mean)
    assert low < 0 < high

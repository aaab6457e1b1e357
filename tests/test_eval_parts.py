"""The three parts of a set never change and never overlap."""

from collections import Counter

from eval.parts import FOLDS, fold_of, part_of


def test_a_key_keeps_its_part_for_good() -> None:
    # pinned: a change would mix what was fitted with what is reported
    parts = {"Russian Blue": "fit", "Normans": "calibrate", "Forecasting": "report"}
    assert {key: part_of(key) for key in parts} == parts


def test_parts_have_shares_of_40_20_and_40_percent() -> None:
    shares = Counter(part_of(f"title {i}") for i in range(10_000))
    assert abs(shares["fit"] - 4000) < 200
    assert abs(shares["calibrate"] - 2000) < 160
    assert abs(shares["report"] - 4000) < 200


def test_a_key_has_one_fold_and_all_folds_are_used() -> None:
    folds = [fold_of(f"title {n}") for n in range(400)]
    assert folds == [fold_of(f"title {n}") for n in range(400)]
    assert {*folds} == {*range(FOLDS)}

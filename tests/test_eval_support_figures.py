"""The figures of the support check count claims and pairs as they say."""

from dataclasses import fields

import numpy as np
import pytest

from eval.fitting import Fitted
from eval.support_figures import Read, by_claim, figures_of, odds_of, pair_consistency
from eval.types import Claim
from rag.premises import LONGEST_PASSAGE
from rag.support import PAGE, PASSAGE
from rag.support_signals import SupportSignals

NAMES = tuple(field.name for field in fields(SupportSignals))


def read(
    text: str,
    *,
    sound: bool,
    coverage: float = 0.0,
    sentences: int = 1,
    contradicted: bool = False,
    kind: str = "",
) -> Read:
    claim = Claim(
        id=text,
        group="g",
        text=text,
        evidence=("A fact.",) * sentences,
        supported=sound,
        label=kind,
    )
    signals = SupportSignals(**dict.fromkeys(NAMES, 0.0) | {"coverage": coverage})
    return Read("own", claim, signals, contradicted)


def model(weight: float) -> Fitted:
    """Weigh coverage alone."""
    weights = np.array([weight if name == "coverage" else 0.0 for name in NAMES])
    width = np.ones(len(NAMES))
    return Fitted(NAMES, weights, 0.0, -9 * width, 9 * width)


def test_a_claim_that_was_read_with_several_pages_counts_once() -> None:
    rows = [read("one", sound=True), read("one", sound=True), read("two", sound=False)]
    scored = by_claim(np.array([0.2, 0.6, 0.1]), rows)
    assert scored.chances.tolist() == pytest.approx([0.4, 0.1])
    assert scored.supported.tolist() == [True, False]


def test_figures_at_a_threshold_and_by_kind() -> None:
    rows = [
        read("one", sound=True),
        read("two", sound=True),
        read("three", sound=False, kind="number"),
        read("four", sound=False, kind="name"),
    ]
    figures = figures_of(np.array([0.9, 0.3, 0.6, 0.1]), 0.5, rows)
    assert figures["sound claims accepted"]["share"] == 0.5
    assert figures["unsound claims accepted"]["share"] == 0.5
    assert figures["balanced accuracy"] == 0.5
    assert figures["AUROC"] == 0.75
    kinds = figures["unsound claims accepted, by kind"]
    assert {kind: (each["share"], each["n"]) for kind, each in kinds.items()} == {
        "name": (0.0, 1),
        "number": (1.0, 1),
    }


@pytest.mark.parametrize(
    ("sentences", "sound", "edited", "contradicted", "consistent"),
    [
        (1, 0.5, 0.2, (False, False), True),
        (1, 0.2, 0.5, (False, False), False),
        (1, 0.2, 0.2, (False, False), False),  # no difference is no order
        (1, 0.2, 0.5, (False, True), True),  # what is contradicted ranks last
        (1, 0.5, 0.2, (True, False), False),
        (1, 0.5, 0.2, (True, True), True),
        (LONGEST_PASSAGE + 1, 0.5, 0.2, (False, False), False),  # the page's model turns it round
    ],
)
def test_a_pair_is_consistent_where_the_edited_claim_ranks_below(
    sentences: int,
    sound: float,
    edited: float,
    contradicted: tuple[bool, bool],
    consistent: bool,
) -> None:
    first, second = (
        read(
            "one" if is_sound else "two",
            sound=is_sound,
            coverage=coverage,
            sentences=sentences,
            contradicted=wrong,
        )
        for is_sound, coverage, wrong in zip(
            (True, False), (sound, edited), contradicted, strict=True
        )
    )
    pair = [first, second]
    found = pair_consistency(odds_of({PASSAGE: model(1.0), PAGE: model(-1.0)}, pair), pair)
    assert (found["share"], found["n"]) == (float(consistent), 1)

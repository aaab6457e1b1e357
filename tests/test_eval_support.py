"""The support check's committed weights keep their promise, and are read as they were fitted."""

import json
from dataclasses import fields, replace

from eval.calibrate_support import figures_by_folds, read_claims
from eval.support_figures import Read
from eval.types import Claim
from rag.logistic import load_logistic
from rag.premises import LONGEST_PASSAGE
from rag.support import PAGE, PASSAGE, WEIGHTS_FILE, fitted_threshold, model_for
from rag.support_signals import SupportSignals

BLANK = SupportSignals(**{field.name: 0.0 for field in fields(SupportSignals)})


def test_claims_that_share_evidence_are_read_in_order_with_their_set() -> None:
    evidence = ("The ramp is closed.", "Repairs cost 3 crowns.")
    texts = ("Repairs cost 3 crowns.", "Repairs cost 4 crowns.")
    claims = [
        Claim(
            id=str(n), group="ramp", text=text, evidence=evidence, supported=n == 0, label="number"
        )
        for n, text in enumerate(texts)
    ]
    read = [*read_claims("own", claims)]
    assert [each.claim for each in read] == claims
    assert [each.contradicted for each in read] == [False, True]
    assert [each.kind for each in read] == ["number", "number"]
    assert [each.kind for each in read_claims("bump", claims)] == ["", ""]


def test_the_committed_weights_keep_the_promised_cost() -> None:
    written = json.loads(WEIGHTS_FILE.read_text(encoding="utf-8"))
    assert written["figures"]["wice, cross-fitted"]["unsound claims accepted"]["share"] <= 0.10
    assert 0 < fitted_threshold() < 1


def test_one_threshold_serves_both_models() -> None:
    passage, page = (load_logistic(WEIGHTS_FILE, name) for name in (PASSAGE, PAGE))
    assert passage.threshold == page.threshold
    assert passage.weights.keys() == page.weights.keys()
    assert passage.weights != page.weights


def test_pairs_are_told_apart_by_weights_fitted_on_pairs_of_other_articles() -> None:
    def pair(number: int, *, told: bool) -> list[Read]:
        base = number / 40  # articles differ more than the two of a pair
        rows = [
            Claim(
                id=f"{number}-{sound}", group=f"article {number}", text="It did.", label="",
                evidence=("It did.",), supported=sound,
            )
            for sound in (True, False)
        ]  # fmt: skip
        return [
            Read("bump", row, replace(BLANK, coverage=base + 0.02 * row.supported * told), False)
            for row in rows
        ]

    others = [Read("wice", row.claim, row.signals, False) for row in pair(1, told=True)]
    told = [read for number in range(40) for read in pair(number, told=True)]
    figures = figures_by_folds(told, others)
    assert figures["pair consistency"]["share"] == 1.0
    assert figures["pair consistency"]["n"] == 40
    assert 0.5 < figures["AUROC"] < 0.7, "what tells articles apart is not what tells pairs apart"
    alike = [read for number in range(40) for read in pair(number, told=False)]
    assert figures_by_folds(alike, others)["pair consistency"]["share"] == 0.0


def test_a_page_is_more_than_a_passage() -> None:
    assert model_for(1) == model_for(LONGEST_PASSAGE) == PASSAGE
    assert model_for(LONGEST_PASSAGE + 1) == PAGE

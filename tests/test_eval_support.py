"""The support check's committed weights keep their promise, and are read as they were fitted."""

import json

from eval.calibrate_support import read_claims
from eval.types import Claim
from rag.logistic import load_logistic
from rag.support import LONGEST_PASSAGE, PAGE, PASSAGE, WEIGHTS_FILE, fitted_threshold, model_for


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


def test_a_page_is_more_than_a_passage() -> None:
    assert model_for(1) == model_for(LONGEST_PASSAGE) == PASSAGE
    assert model_for(LONGEST_PASSAGE + 1) == PAGE

"""The support check is fitted on sentences, and its figures are honest about contradictions."""

import json
from pathlib import Path

from eval.calibrate_support import edited_sentences, load_bump, load_wice
from rag.logistic import load_logistic
from rag.support import WEIGHTS_FILE


def test_only_edited_sentences_are_compared() -> None:
    before = "The ramp is closed. Repairs cost 3 crowns. It opens soon."
    after = "The ramp is closed. Repairs cost 4 crowns. It opens soon."
    assert edited_sentences(before, after) == ("Repairs cost 3 crowns.", "Repairs cost 4 crowns.")
    assert edited_sentences(before, "The ramp is closed.") == (before, "The ramp is closed.")


def test_sets_are_read_with_their_labels(tmp_path: Path) -> None:
    wice, bump = tmp_path / "wice.jsonl", tmp_path / "bump.jsonl"
    rows = [
        {"claim": f"Claim {n}.", "evidence": ["So."], "label": label}
        for n, label in enumerate(("supported", "partially_supported", "not_supported"))
    ]
    wice.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    assert [claim.supported for claim in load_wice(wice)] == [True, False, False]
    row = {
        "article_id": 7,
        "article": "One is here. Two is there.",
        "reference_summary": "One is here.",
        "edited_summary": "One is not here.",
    }
    bump.write_text(json.dumps(row), encoding="utf-8")
    sound, edited = load_bump(bump)
    assert (sound.supported, edited.supported) == (True, False)
    assert sound.evidence == ("One is here.", "Two is there.")
    assert sound.part == edited.part


def test_the_committed_weights_keep_the_promised_cost() -> None:
    written = json.loads(WEIGHTS_FILE.read_text(encoding="utf-8"))
    assert written["figures"]["wice, cross-fitted"]["unsound claims accepted"]["share"] <= 0.10
    assert 0 < load_logistic(WEIGHTS_FILE).threshold < 1

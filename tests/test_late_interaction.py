"""Late interaction says which words of a claim the evidence does not carry."""

import numpy as np
import pytest

from rag.late_interaction import load_token_encoder, word_coverage

EVIDENCE = (
    "The harbour master Jonas Wede said on Monday that repairs to the ramp would cost 3.4 million "
    "crowns."
)


def coverage(claim: str, evidence: str = EVIDENCE) -> dict[str, float]:
    encoder = load_token_encoder()
    (vectors,) = encoder.encode([evidence])
    words = word_coverage(encoder.encode([claim])[0], vectors.vectors)
    return {word.text: word.coverage for word in words}


def test_each_word_has_its_coverage_in_order() -> None:
    assert list(coverage("Who said repairs cost 3.4 million?")) == [
        "Who", "said", "repairs", "cost", "3.4", "million",
    ]  # fmt: skip


def test_a_word_of_the_evidence_is_covered_better_than_a_foreign_one() -> None:
    words = coverage("Repairs in Tokyo would cost 3.4 million crowns.")
    assert words["Tokyo"] == min(words.values())
    assert words["Repairs"] > words["Tokyo"] + 0.1


def test_a_synonym_is_nearly_covered() -> None:
    words = coverage("Mending the tramline would be expensive, the zebra said.")
    assert words["Mending"] > words["zebra"]


def test_no_evidence_covers_nothing() -> None:
    (claim,) = load_token_encoder().encode(["Repairs cost money."])
    words = word_coverage(claim, np.zeros((0, 384), dtype=np.float32))
    assert [word.coverage for word in words] == [0.0, 0.0, 0.0]


def test_a_part_of_a_text_has_its_own_tokens() -> None:
    (whole,) = load_token_encoder().encode([EVIDENCE])
    start = EVIDENCE.index("Jonas Wede")
    part = whole.within(start, start + len("Jonas Wede"))
    assert 2 <= len(part) < len(whole.vectors)
    assert np.linalg.norm(part, axis=1) == pytest.approx(np.ones(len(part)), abs=1e-4)

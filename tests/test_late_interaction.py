"""Late interaction says which words of a claim the evidence does not carry."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from rag import late_interaction
from rag.late_interaction import TokenEncoder, load_token_encoder, word_coverage

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


@pytest.fixture
def fresh(monkeypatch: pytest.MonkeyPatch) -> tuple[TokenEncoder, list[str]]:
    """Return an encoder that keeps three texts, and all texts that it has encoded."""
    monkeypatch.setattr(late_interaction, "KEPT", 3)
    encoder, encoded = TokenEncoder(load_token_encoder()._model), list[str]()
    encode = encoder._encode
    monkeypatch.setattr(encoder, "_encode", lambda texts: encoded.extend(texts) or encode(texts))
    return encoder, encoded


def test_the_texts_that_were_used_last_are_kept(fresh: tuple[TokenEncoder, list[str]]) -> None:
    encoder, encoded = fresh
    assert encoder.encode([]) == []
    vectors = encoder.encode(["a mill", "a ferry", "a mill", "a vote"])
    assert [each.text for each in vectors] == ["a mill", "a ferry", "a mill", "a vote"]
    assert encoded == ["a mill", "a ferry", "a vote"]
    encoder.encode(["a mill", "a fire"])
    assert encoded[3:] == ["a fire"]
    encoder.encode(["a ferry"])
    assert encoded[4:] == ["a ferry"], "it was the one used longest ago"
    assert len(encoder._kept) == 3


def test_threads_share_what_is_kept(fresh: tuple[TokenEncoder, list[str]]) -> None:
    encoder, _ = fresh
    texts = [f"sentence {n}" for n in range(6)]
    alone = [TokenEncoder(encoder._model).encode([text])[0].vectors for text in texts]
    with ThreadPoolExecutor(4) as pool:
        for given in pool.map(encoder.encode, [texts, texts[::-1], texts[:3], texts[3:]] * 3):
            for each in given:
                assert np.array_equal(each.vectors, alone[texts.index(each.text)])
    assert len(encoder._kept) == 3

"""Evidence is encoded sentence by sentence, in its order."""

import numpy as np

from rag.late_interaction import load_token_encoder
from rag.premises import BATCH, encode_premises

SENTENCES = [f"Sentence {'very ' * (n * 7 % 5)}number {n} is here." for n in range(2 * BATCH + 3)]


def test_every_sentence_keeps_its_place_and_its_vectors() -> None:
    premises = encode_premises([*SENTENCES, "…", ""])
    assert list(premises.sentences) == [tokens.text for tokens in premises.tokens] == SENTENCES
    assert [f"{n}" in forms for n, forms in enumerate(premises.forms)] == [True] * len(SENTENCES)
    assert [each[0].value for each in premises.quantities] == list(range(len(SENTENCES)))
    alone = load_token_encoder().encode([SENTENCES[5]])[0].vectors
    # The weights are int8: padding moves the scales a little.
    assert float(np.min(np.sum(alone * premises.tokens[5].vectors, axis=1))) > 0.98
    assert len(premises.all_vectors) == sum(len(tokens.vectors) for tokens in premises.tokens)


def test_no_evidence_has_no_sentences() -> None:
    assert encode_premises(["", "…"]).sentences == ()

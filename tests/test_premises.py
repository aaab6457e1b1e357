"""Evidence is encoded sentence by sentence, in its order."""

import numpy as np

from rag.late_interaction import load_token_encoder
from rag.premises import encode_premises, join_premises

SENTENCES = [f"Sentence {'very ' * (n * 7 % 5)}number {n} is here." for n in range(19)]


def test_every_sentence_keeps_its_place_and_its_vectors() -> None:
    premises = encode_premises([*SENTENCES, "…", ""])
    assert list(premises.sentences) == SENTENCES
    assert [premise.tokens.text for premise in premises.each] == SENTENCES
    assert [f"{n}" in premise.forms for n, premise in enumerate(premises.each)] == [True] * len(
        SENTENCES
    )
    assert [premise.amounts[0].low for premise in premises.each] == list(range(len(SENTENCES)))
    alone = load_token_encoder().encode([SENTENCES[5]])[0].vectors
    assert np.array_equal(alone, premises.each[5].tokens.vectors)
    sizes = [len(premise.tokens.vectors) for premise in premises.each]
    assert len(premises.all_vectors) == sum(sizes)
    assert premises.sentence_starts == [sum(sizes[:n]) for n in range(len(sizes))]


def test_parts_are_joined_without_repeating_a_sentence() -> None:
    first, second = encode_premises(SENTENCES[:3]), encode_premises(SENTENCES[2:5])
    joined = join_premises([first, second])
    assert list(joined.sentences) == SENTENCES[:5]
    assert joined.each[0] is first.each[0]


def test_clauses_know_their_place_among_all_tokens() -> None:
    premises = encode_premises(
        ["Short one.", "A used kiln could be bought abroad, but a new one takes ten months."]
    )
    first, second, third = premises.clauses
    assert first.first_token == 0
    assert second.first_token == premises.sentence_starts[1]
    assert third.first_token > second.first_token
    assert third.text == "but a new one takes ten months."


def test_no_evidence_has_no_sentences() -> None:
    assert encode_premises(["", "…"]).sentences == ()

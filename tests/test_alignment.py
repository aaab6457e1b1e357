"""Each clause of a claim is laid beside the sentence that speaks of the same thing."""

from rag.alignment import align
from rag.late_interaction import load_token_encoder
from rag.premises import encode_premises

EVIDENCE = [
    "The bus ride takes 35 minutes and costs 4 crowns.",
    "A used kiln could be bought abroad, but a new one takes ten months to build.",
    "The school won a prize for young musicians.",
]


def test_clauses_find_their_sentence_and_clause() -> None:
    claim = "It takes ten months to build a new kiln, whereas the bus takes 35 minutes."
    alignment = align(load_token_encoder().encode([claim])[0], encode_premises(EVIDENCE))
    kiln, bus = alignment.clauses
    assert (kiln.sentence, bus.sentence) == (1, 0)
    assert kiln.clause == "but a new one takes ten months to build."
    assert alignment.order[-1] == 2
    assert len(alignment.by_sentence) == len(EVIDENCE)


def test_what_is_said_word_for_word_is_covered_whole() -> None:
    alignment = align(load_token_encoder().encode([EVIDENCE[2]])[0], encode_premises(EVIDENCE))
    assert alignment.order[0] == 2
    assert min(word.coverage for word in alignment.words) > 0.95
    assert [word.text for word in alignment.words] == [
        "school",
        "won",
        "prize",
        "young",
        "musicians",
    ]

"""A claim is read with its amounts and initials written as its evidence writes the same ones."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.evidence_words import in_words_of
from rag.intervals import with_intervals_of
from rag.premises import encode_premises
from rag.support import check_support

BRIDGES = (
    "The north bridge cost 3 million pounds to repair.",
    "The south bridge cost 5 million pounds to repair.",
)


@pytest.mark.parametrize(
    ("claim", "evidence", "reworded"),
    [
        (
            "80 percent is sold.",
            "Three quarters are sold, four fifths of it here.",
            "four fifths is sold.",
        ),
        ("A hall for a dozen dogs.", "Room for 12 dogs.", "A hall for 12 dogs."),
        ("Nearly nine thousand signed.", "8,900 people signed.", "Nearly 8,900 signed."),
        ("Just over 400 dogs came.", "412 dogs came.", "Just over 412 dogs came."),
        ("About 40 dogs came.", "38 dogs came.", "About 38 dogs came."),
        ("A quarter of it.", "It was 20 percent, then 25 percent.", "25 percent of it."),
        ("It is nearly 40 centimetres.", "It is 38 centimetres.", "It is nearly 38 centimetres."),
        ("AI is watched.", "Artificial intelligence grows.", "Artificial intelligence is watched."),
        ("The United Nations met.", "The UN was silent.", "The UN met."),
        ("The U.S. left.", "The United States stayed.", "The United States left."),
        (
            "A dozen dogs and half of the cats.",
            "12 dogs, 50 percent.",
            "12 dogs and 50 percent of the cats.",
        ),
    ],
)
def test_the_same_amounts_are_reworded(claim: str, evidence: str, reworded: str) -> None:
    assert in_words_of(encode_premises([evidence]), claim) == reworded


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("Two dozen dogs came.", "12 dogs came."),
        ("A total of 1,249 people died.", "1,200 people died."),
        ("It is 60 metres tall.", "It will be up to 75 metres tall."),
        ("The hall seats 400 people.", "It seats up to 500 people."),
        ("He was fined about 950 crowns.", "He was fined about 1,000 crowns."),
        ("The rent rose by 26 percent.", "The rent rose by a quarter of it."),
        ("It cost £40,000 in all.", "It cost 40,000 pounds."),
        ("It did 36 km/h there.", "It did 10 metres a second there."),
        ("A 12-strong crew.", "A dozen crew."),
        ("It fell to 75 million units.", "It fell from 75 to 40 million units."),
        ("Just over 60 dogs came.", "58 dogs came."),
        ("Nearly 400 dogs came.", "425 dogs came."),
        ("Artificial intelligence is accused.", "Amnesty International (AI) is silent."),
        ("The ANC won it.", "Anna Nora Clark won it."),
        ("Anna Nora Clark won it.", "The ANC won it."),
        ("AUSTRIA left with the USA.", "The United States and artificial intelligence."),
        ("12 dogs came.", "12 dogs came, or a dozen."),
        ("Twelve dogs came.", "12 dogs came."),
        ("South West England froze.", "Sally Walsh Evans froze."),
        ("At least eight years.", "Up to eight years."),
        ("80 percent.", "80 metres."),
        ("The UN met.", "The UN and the United Nations met."),
        ("The UN met.", "Ute Nagel met them."),
        ("The WHO met.", "Who met there?"),
        ("The EU met.", "An emergency unit met."),
        ("It opens at half past three.", "It opens at 3.30 p.m."),
    ],
)
def test_nothing_else_is(claim: str, evidence: str) -> None:
    assert in_words_of(encode_premises([evidence]), claim) == claim


@given(st.text(), st.text())
def test_any_text_can_be_reworded_and_does_not_grow_much(claim: str, evidence: str) -> None:
    reworded = in_words_of(encode_premises([evidence]), claim)
    assert len(reworded) <= (1 + len(claim)) * (1 + len(evidence))


@pytest.mark.parametrize(
    ("claim", "evidence", "reworded"),
    [
        ("It runs three times an hour.", "It runs every 20 minutes.", "It runs every 20 minutes."),
        ("It meets every six months.", "It meets two times a year.", "It meets two times a year."),
        ("It runs five times an hour.", "It runs every 20 minutes.", None),
        ("The ride takes 20 minutes.", "It runs three times an hour.", None),
        ("It ran more than ten times a year.", "It ran ten times a year.", None),
        ("It ran 0 times a year.", "It runs every 0 days.", None),
        ("It runs 3 times a day.", "It runs 3 times a day, or every eight hours.", None),
    ],
)
def test_the_same_intervals_are_reworded(claim: str, evidence: str, reworded: str | None) -> None:
    assert with_intervals_of(evidence, claim) == (reworded or claim)


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("The ferry ride takes 20 minutes.", "The ferry runs three times an hour."),
        ("A total of 204 people died in the flood.", "The flood killed 200 people."),
        ("The ANC won the seat in Halden.", "Anna Nora Clark won the seat in Halden."),
    ],
)
def test_what_only_looks_the_same_does_not_pass(claim: str, evidence: str) -> None:
    assert check_support(claim, [evidence]).verdict != "supported"


def test_an_amount_of_a_like_thing_does_not_pass() -> None:
    support = check_support("The north bridge cost 5 million pounds to repair.", BRIDGES)
    assert support.verdict == "unsupported"
    assert "the source does not give 5 million pounds where it speaks of this" in support.reasons


def test_a_sound_claim_in_other_figures_passes_and_a_wrong_one_does_not() -> None:
    evidence = ["Analysts say that three quarters of the new plant's output are already sold."]
    sound = check_support("Buyers are found for 75 percent of its output.", evidence)
    assert sound.verdict == "supported"
    wrong = check_support("Buyers are found for 60 percent of its output.", evidence)
    assert wrong.verdict == "unsupported"

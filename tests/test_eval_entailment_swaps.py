"""False twins of true claims: what changes places was said, and is no longer true."""

import random

import pytest

from eval.entailment_groups import PassageGroup, Statement, learnt, read_groups
from eval.entailment_swaps import false_twin

PASSAGE = (
    "On Monday the mill at Selby was sold by Ines Vale to Dara Quill for 90,000 pounds.",
    "The sale to Quill was 30,000 pounds below what Vale had asked in 2019 in Hull.",
    "A buyer from Leeds had met Vale and Quill on Friday, and offered less in 2021.",
)


def twins(claim: str, *, also_true: str = "") -> set[str | None]:
    true = [Statement("+", (0,), text) for text in (claim, also_true)]
    group = PassageGroup("town 1", PASSAGE, tuple(true), ())
    return {false_twin(claim, group, random.Random(seed)) for seed in range(40)}


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        ("It was Quill whom Vale sold it to.", {"It was Vale whom Quill sold it to."}),
        ("It cost 90,000 pounds.", {"It cost 30,000 pounds."}),
        ("She asked for it in 2019.", {"She asked for it in 2021."}),
        ("It was sold on Monday.", {"It was sold on Friday."}),
        ("The mill stands in Leeds.", {"The mill stands in Hull.", "The mill stands in Selby."}),
        ("Quill and Vale met.", {None}),
        ("The mill was sold.", {None}),
    ],
)
def test_twins(claim: str, expected: set[str | None]) -> None:
    assert twins(claim) == expected


def test_what_is_true_as_well_is_no_twin() -> None:
    assert twins("It cost 90,000 pounds.", also_true="It cost 30,000 pounds.") == {None}


def test_many_claims_have_one_and_it_is_never_the_claim() -> None:
    rng, found, claims = random.Random(0), 0, 0
    for group in learnt(read_groups())[::20]:
        for statement in group.statements:
            if statement.sign == "+":
                twin = false_twin(statement.text, group, rng)
                claims, found = claims + 1, found + (twin is not None)
                assert twin != statement.text
    assert found > claims / 4

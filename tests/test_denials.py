"""A denial, an opposite or a lost hedge is told from a paraphrase, by words alone."""

import pytest

from rag.denials import empties, is_denied, is_overstated, loses_hedge, opposites, turns_verdict

VOTED = "The council voted for the sale by eleven to six"


@pytest.mark.parametrize(
    ("clause", "evidence", "expected"),
    [
        ("The council did not vote for the sale by eleven to six", VOTED, True),
        (VOTED, "The council didn't vote for the sale by eleven to six", True),
        ("The council never voted for the sale", "The council did not vote for the sale", False),
        ("Renck said fares would not change", "Fares will stay as they are", False),
        ("The ramp is closed", "The ramp was shut on Monday", False),
        ("it costs no more than 60,000 crowns", "it costs at most 60,000 crowns", False),
        ("not", "so", False),
        ("No one was hurt in the fire", "Nine people were hurt in the fire on Tuesday", True),
        ("Nobody was hurt in the fire", "No one was hurt in the fire", False),
    ],
)
def test_denials(clause: str, evidence: str, expected: bool) -> None:
    assert is_denied(clause, evidence) == expected


@pytest.mark.parametrize(
    ("clause", "evidence", "expected"),
    [
        ("Exports fell by 3 percent", "Exports grew by 3 percent", [("fell", "grew")]),
        ("Exports grew by 3 percent", "Exports rose by 3 percent", []),
        ("Exports fell, imports grew", "Imports grew while exports fell", []),
        ("at Christmas at the latest", "at Christmas at the earliest", [("latest", "earliest")]),
        ("Nine people died", "Nine people were hurt", [("died", "hurt")]),
        ("closed for two weeks", "closed two weeks ago against his wishes", []),
    ],
)
def test_opposites(clause: str, evidence: str, expected: list[tuple[str, str]]) -> None:
    assert opposites(clause, evidence) == expected


@pytest.mark.parametrize(
    ("clause", "evidence", "expected"),
    [
        ("The ramp opens on Monday", "The ramp may open on Monday", True),
        ("The ramp is expected to open on Monday", "The ramp may open on Monday", False),
        ("The ramp opens on Monday", "The ramp opens on Monday", False),
        ("None found a taker", "not one could be filled", False),
        ("Nine found no taker", "nine could not be filled", False),
        ("They signed against it", "signed by people against the plan", False),
        ("The dam is raised", "There are plans to raise the dam", True),
        ("The school was closed", "announced the plan to close the school", True),
        ("The school was closed", "signed by people against the plan to close the school", True),
    ],
)
def test_lost_hedges(clause: str, evidence: str, expected: bool) -> None:
    assert loses_hedge(clause, evidence) == expected


@pytest.mark.parametrize(
    ("clause", "evidence", "expected"),
    [
        ("Rinde was found guilty", "Rinde was acquitted on Friday", True),
        ("Rinde was cleared", "A court convicted Rinde", True),
        ("Rinde was not found guilty", "Rinde was acquitted on Friday", False),
        ("Rinde was cleared", "Rinde was convicted of theft and cleared of fraud", False),
        ("Rinde was acquitted", "Rinde was cleared", False),
    ],
)
def test_a_verdict_is_not_its_opposite(clause: str, evidence: str, expected: bool) -> None:
    assert turns_verdict(clause, evidence) == expected


def test_what_no_evidence_calls_certain_is_overstated() -> None:
    assert is_overstated("It is certain that a fan caused it.", "Dorst believes it was a fan.")
    assert not is_overstated("A fan caused it, as Dorst confirmed.", "Dorst confirmed it.")


def test_nobody_needs_a_no_in_the_evidence() -> None:
    assert empties("Nobody was hurt in the fire.", "Seven workers were taken to hospital.")
    assert not empties("Nobody was hurt in the fire.", "All workers escaped unhurt.")
    assert not empties("No one was hurt.", "There were no injuries.")
    assert not empties("Seven workers were hurt.", "Seven workers were taken to hospital.")

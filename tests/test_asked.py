"""A question's words tell what kind of thing it asks for."""

import pytest

from rag.asked import read_asked


@pytest.mark.parametrize(
    ("question", "kinds"),
    [
        ("How many people were hurt?", ["amount"]),
        ("What will the tram line cost?", ["amount"]),
        ("When will the museum open?", ["day"]),
        ("Who won the election?", ["name"]),
        ("In which town did it land?", ["name"]),
        ("Did the council approve the plan?", ["outcome"]),
        ("How old was she when she died?", ["amount"]),
        ("Tell me about the ferry", []),
    ],
)
def test_kinds(question: str, kinds: list[str]) -> None:
    assert [asked.kind for asked in read_asked(question)] == kinds


def test_hours_are_asked_for_as_a_duration() -> None:
    (asked,) = read_asked("How many hours was the ferry stuck?")
    assert asked.dimensions == {"duration"}


def test_each_how_many_counts_its_own_and_nothing_is_asked_twice() -> None:
    houses, people = read_asked("How many houses burned and how many people died?")
    assert not houses.counts_people
    assert people.counts_people
    assert len(read_asked("How many people fell, and how many people rose?")) == 1

"""A sentence is cut into clauses that say something each, and nothing of it is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.clauses import clause_spans


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "A used kiln could be bought abroad, but a new one takes ten months to build.",
            ["A used kiln could be bought abroad, ", "but a new one takes ten months to build."],
        ),
        ("The ramp is closed, he said.", ["The ramp is closed, he said."]),
        ("Exports fell.", ["Exports fell."]),
        (
            "The museum paid 640,000 euros for works shown in 2019–20 at 7:30 to nine guests.",
            ["The museum paid 640,000 euros for works shown in 2019–20 at 7:30 to nine guests."],
        ),
    ],
)
def test_clauses(text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in clause_spans(text)] == expected


@given(st.text(alphabet="ab ,;and but()", max_size=200))
def test_clauses_are_the_whole_sentence(text: str) -> None:
    spans = clause_spans(text)
    assert "".join(text[start:end] for start, end in spans) == text

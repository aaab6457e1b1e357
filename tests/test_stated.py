"""What a claim counts or measures has to be given; "one" and times of day do not."""

import pytest

from rag.stated import stated_amounts


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Seven people were hurt.", ["Seven people"]),
        ("From one portal to the other it is 9,120 metres.", ["9,120 metres"]),
        ("The train leaves at a quarter past eleven.", []),
        ("The bell rings at five o'clock.", []),
        ("It closes at eight in the evening for 14 days.", ["14 days"]),
        ("The alarm came at 3.40 a.m.", []),
        ("The trailer takes half a dozen bicycles.", ["half a dozen bicycles"]),
    ],
)
def test_stated_amounts(text: str, expected: list[str]) -> None:
    assert [amount.text for amount in stated_amounts(text)] == expected

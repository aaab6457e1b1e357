"""What a claim counts or measures has to be given; "one" and times of day do not."""

import pytest

from rag.amounts import amounts_in
from rag.stated import missing_amounts, stated_amounts


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
        ("It is the nation's number two grocer.", []),
    ],
)
def test_stated_amounts(text: str, expected: list[str]) -> None:
    assert [amount.text for amount in stated_amounts(text)] == expected


@pytest.mark.parametrize(
    ("claim", "evidence", "expected"),
    [
        ("The wait is 22 weeks now.", "Waits dropped from 31 weeks to 22.", []),
        ("The wait is 23 weeks now.", "Waits dropped from 31 weeks to 22.", ["23 weeks"]),
        ("It is 14 kilometres long.", "It is 14 miles long.", ["14 kilometres"]),
        ("It passed by a 19-14 vote.", "They voted 19 to 14 for it.", []),
        ("It passed by a 19-13 vote.", "They voted 19 to 14 for it.", ["19-13"]),
        ("The two companies agreed.", "Larkspur and Pigeonhole agreed.", []),
        ("The two companies agreed.", "All three companies agreed.", ["two companies"]),
        ("Two companies agreed.", "Larkspur and Pigeonhole agreed.", ["Two companies"]),
        ("It runs nine used carriages.", "It leased nine second-hand carriages.", []),
        ("The channel will be taken down to 13.", "It deepens it from 9 metres to 13 metres.", []),
        ("The channel will be taken down to 12.", "It deepens it to 13 metres.", ["12"]),
        ("The toll rose to 13.", "12 people were killed in 13 days.", ["13"]),
        ("A baby aged five months was saved.", "A five-month-old baby was saved.", []),
        ("The two were freed.", "Vale and Quill were freed a year ago.", []),
        ("A locksmith aged 34 was held.", "They held a 34-year-old locksmith.", []),
        ("A locksmith aged 43 was held.", "They held a 34-year-old locksmith.", ["43"]),
        ("Four years ago it was less.", "It is 58 percent, from 66 percent four years ago.", []),
    ],
)
def test_missing_amounts(claim: str, evidence: str, expected: list[str]) -> None:
    missing = missing_amounts(claim, amounts_in(evidence))
    assert [amount.text for amount in missing] == expected

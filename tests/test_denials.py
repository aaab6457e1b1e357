"""A denial or an opposite is told from a paraphrase, by words alone."""

import pytest

from rag.denials import denies


@pytest.mark.parametrize(
    ("claim", "evidence", "expected"),
    [
        ("They did not vote for it.", "The council voted for it.", True),
        ("The council voted for it.", "They didn't vote for it.", True),
        ("They did not vote for it.", "The council did not vote for it.", False),
        ("No one was hurt.", "Nobody was hurt.", False),
        ("Holm voted for the sale.", "Holm, who voted firmly against the sale, left.", True),
        ("Six voted against it.", "They voted for it by eleven, six voted against.", False),
        ("Exports fell by 3 percent.", "Exports grew by 3 percent.", True),
        ("Exports grew by 3 percent.", "Exports rose by 3 percent.", False),
        ("Exports fell, imports grew.", "Imports grew while exports fell.", False),
        ("The ramp is closed.", "The ramp was shut on Monday.", False),
    ],
)
def test_denials(claim: str, evidence: str, expected: bool) -> None:
    assert denies(claim, [evidence]) == expected


def test_what_another_sentence_says_too_is_no_opposite() -> None:
    assert not denies("Exports fell in May.", ["Exports grew in June.", "Exports fell in May."])

"""A statement that is given to somebody else is told; silence and pronouns tell nothing."""

import pytest

from rag.wrong_speaker import gives_to_another

SAID = "Two hours are not enough, said Bettina Frey. Tobias Renck replied that rules were followed."


@pytest.mark.parametrize(
    ("claim", "evidence", "expected"),
    [
        ("Ingrid Sollis said that two hours were not enough.", SAID, True),
        ("Bettina Frey said that two hours were not enough.", SAID, False),
        ("Two hours were not enough.", SAID, False),
        ("Ingrid Sollis said that two hours were not enough.", "Two hours are not enough.", False),
        (
            "Ingrid Sollis said that two hours were not enough.",
            "Two hours are not enough, she said.",
            False,
        ),
    ],
)
def test_speakers(claim: str, evidence: str, expected: bool) -> None:
    sentence = evidence.partition(". ")[0].rstrip(".") + "."
    assert gives_to_another(claim, evidence, [sentence]) == expected

"""What sources carry is supported; what they do not is not, and the reason is given in words."""

import pytest

from rag import check_support
from rag.support import check_claim, encode_premises
from rag.support_signals import examine

COST = [
    "The harbour office of Varnholm closed the east ferry ramp on Monday.",
    "Repairs will cost 3.4 million crowns, the harbour master Jonas Wede said.",
]
GROWTH = ["Exports grew by 3.4 percent in the third quarter, the statistics office reported."]
VOTE = ["The council voted for the sale by eleven to six."]


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        (COST[1], COST),
        ("The repairs will cost 3.4 million crowns, harbour master Jonas Wede said.", COST),
        ("The harbour office closed the east ferry ramp on Monday.", COST),
        ("According to the statistics office, exports grew 3.4% in the third quarter.", GROWTH),
        ("The council voted eleven to six for the sale.", VOTE),
        ("The fair runs on 12 October.", ["The fair runs on 12 and 13 October."]),
        ("The fair began on 12 October.", ["The fair ran from 12 to 14 October."]),
    ],
)
def test_a_paraphrase_is_supported(claim: str, evidence: list[str]) -> None:
    support = check_support(claim, evidence)
    assert support.verdict == "supported", support
    assert support.reasons == ()
    assert support.score is not None
    assert 0.5 < support.score <= 1


@pytest.mark.parametrize(
    ("claim", "evidence", "reason"),
    [
        (
            "Exports grew by 4.3 percent in the third quarter, the statistics office reported.",
            GROWTH,
            "the source says 3.4 percent, not 4.3 percent",
        ),
        (
            "Repairs will cost 4.3 million crowns, the harbour master Jonas Wede said.",
            COST,
            "the source says 3.4 million crowns, not 4.3 million crowns",
        ),
        (
            "The council voted for the sale by twelve to six.",
            VOTE,
            "the source says eleven, not twelve",
        ),
        (
            "If convicted, Olav Rinde faces at least eight years in prison.",
            ["If convicted, Olav Rinde faces up to eight years in prison."],
            "the source says at most eight years, not at least eight years",
        ),
        (
            "Repairs will cost 3.4 million crowns, the harbour master Erik Lund said.",
            COST,
            "the source does not mention Lund",
        ),
        (
            "The council did not vote for the sale by eleven to six.",
            VOTE,
            "one of the two denies what the other says",
        ),
        (
            "Olav Rinde was found guilty of negligent homicide.",
            ["Olav Rinde was acquitted on Friday of negligent homicide over 22 deaths."],
            "the source says “acquitted”, not “guilty”",
        ),
        (
            "The band of the school won a prize for young musicians.",
            COST,
            "the source does not speak of",
        ),
    ],
)
def test_what_is_wrong_is_not_supported_and_the_reason_says_why(
    claim: str, evidence: list[str], reason: str
) -> None:
    support = check_support(claim, evidence)
    assert support.verdict in {"partly", "unsupported"}
    assert any(reason in given for given in support.reasons), support.reasons


@pytest.mark.parametrize("evidence", [[], [""], ["…", "—"]])
def test_no_evidence_carries_nothing(evidence: list[str]) -> None:
    support = check_support("The ramp is closed.", evidence)
    assert (support.verdict, support.score) == ("unsupported", 0.0)
    assert support.reasons == ("there is no evidence",)


@pytest.mark.parametrize("claim", ["", " \n", "…"])
def test_a_claim_without_a_word_is_not_supported(claim: str) -> None:
    assert check_support(claim, COST).verdict == "unsupported"


def test_evidence_is_encoded_once_for_many_claims() -> None:
    premises = encode_premises(COST)
    for claim in (COST[1], "The mill burnt down."):
        assert check_claim(claim, premises) == check_support(claim, COST)


def test_the_order_of_the_evidence_changes_no_verdict() -> None:
    claim = "The repairs will cost 3.4 million crowns."
    forwards, backwards = check_support(claim, COST), check_support(claim, COST[::-1])
    assert forwards.verdict == backwards.verdict
    assert forwards.score == pytest.approx(backwards.score, abs=0.05)


def test_an_amount_is_not_misplaced_if_a_sentence_on_the_same_thing_gives_it() -> None:
    evidence = [
        "Kestrel, the tile works, withdrew the 60,000 crowns that it had promised.",
        "The savings bank stepped in with 40,000, and a collection brought the rest.",
    ]
    premises = encode_premises(evidence)
    sound = "After Kestrel withdrew, the savings bank gave 40,000 crowns."
    assert not examine(sound, premises).misplaced_numbers
    wrong = "Kestrel, the tile works, withdrew the 40,000 crowns that it had promised."
    assert examine(wrong, premises).misplaced_numbers


def test_an_amount_of_another_currency_is_wrong() -> None:
    evidence = ["A used kiln is cheap, but a new one takes ten months and costs about €400,000."]
    support = check_support("A new kiln needs ten months and costs some 400,000 crowns.", evidence)
    assert support.verdict == "unsupported"
    assert support.reasons == ("the source does not give 400,000 crowns",)

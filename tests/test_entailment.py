"""The entailment model tells what a text carries, denies and answers; altered, it is refused."""

from collections import defaultdict
from pathlib import Path

import pytest

from eval.entailment_examples import Example, every_example
from eval.entailment_groups import held_out, read_groups
from index.errors import BrokenModel
from rag import entailment
from rag.entailment import Reading, load_entailment

MILL = "Dara Quill bought the mill at Selby in May for 90,000 pounds."

FEWEST_RIGHT = {
    "supported": 0.6,
    "contradicted": 0.6,
    "not stated": 0.6,
    "not supported": 0.7,
    "answered": 0.75,
    "not answered": 0.75,
}
"""Shares that a model which guesses misses by far; a claim has three labels, a question two."""
READ, ENOUGH = 60, 50
"""Examples of a label that are read, evenly spread, and the fewest that there must be."""


def read(text: str, evidence: str) -> Reading:
    return load_entailment().read([(text, evidence)])[0]


def test_what_a_text_carries_it_does_not_deny() -> None:
    carried = read("The mill was sold to Dara Quill.", MILL)
    denied = read("The mill was sold to the parish council in March.", MILL)
    assert carried.supported > 0 > carried.contradicted
    assert denied.contradicted > 0 > denied.supported


def test_what_a_text_answers_is_told_from_what_it_only_touches() -> None:
    assert read("How much did Quill pay for the mill?", MILL).answered > 0
    assert read("How much did the council pay for the bridge?", MILL).answered < 0


def test_a_pair_is_read_alike_alone_and_among_others() -> None:
    pairs = [("The mill was sold.", MILL), ("x " * 900, MILL), ("Who bought it?", MILL * 40)]
    together = load_entailment().read(pairs)
    assert together == [load_entailment().read([pair])[0] for pair in pairs]


def test_of_passages_that_it_was_not_trained_on_it_is_right_far_beyond_chance() -> None:
    groups = held_out(read_groups())
    twins = [group for group in groups if any(each.sign == "!" for each in group.statements)]
    others = [group for group in groups if group not in twins]
    by_label: dict[str, list[Example]] = defaultdict(list)
    for example in every_example([*others[::16], *twins[::3]]):
        by_label[example.label].append(example)
    examples = [
        each for label in by_label.values() for each in label[:: max(1, len(label) // READ)]
    ]
    readings = load_entailment().read([(each.text, " ".join(each.evidence)) for each in examples])
    right: dict[str, list[bool]] = defaultdict(list)
    for example, reading in zip(examples, readings, strict=True):
        said = _said(reading, is_claim=example.is_claim)
        if example.label == "not supported":
            right[example.label].append(said != "supported")
        else:
            right[example.label].append(said == example.label)
    shares = {label: sum(each) / len(each) for label, each in right.items()}
    assert min(map(len, by_label.values())) >= ENOUGH
    assert not {label for label, share in shares.items() if share < FEWEST_RIGHT[label]}, shares


def _said(reading: Reading, *, is_claim: bool) -> str:
    if not is_claim:
        return "answered" if reading.answered > 0 else "not answered"
    if reading.supported > 0:
        return "supported"
    return "contradicted" if reading.contradicted > 0 else "not stated"


@pytest.mark.parametrize("content", [b"", b"another network"])
def test_another_file_is_refused_with_the_remedy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes
) -> None:
    file = tmp_path / "entailment.onnx"
    monkeypatch.setattr(entailment, "NETWORK_FILE", file)
    with pytest.raises(BrokenModel, match=r"is missing.*git checkout"):
        load_entailment.__wrapped__()
    file.write_bytes(content)
    with pytest.raises(BrokenModel, match=r"SHA-256 differs.*git checkout"):
        load_entailment.__wrapped__()

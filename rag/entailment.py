"""What a text says to a claim or a question: carries it, denies it, answers it, or none of these.

A small cross-encoder, `entailment.onnx`: the bundled one of the reranker (MiniLM, 12 layers),
trained further by `eval/train_entailment.py` on passages that were written for it
(`eval/entailment/`), and on no public set, so that these can measure it.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from index.bundled import TOKENIZER_FILE, BundledModel, read_bundled_file, read_proved
from index.loaded_once import loaded_once
from index.onnx_model import OnnxModel

NETWORK_FILE = Path(__file__).with_name("entailment.onnx")
SHA256 = "dce0ce23e89e4eef5777806be53998f3fc4cd1d46cf112009ef00c2e651f1aff"
"""Of the file, checked whenever it is loaded."""

REMEDY = "fetch this version's rag/entailment.onnx again (git checkout rag/entailment.onnx)"

LONGEST_INPUT = 320
"""Tokens; what it was trained to read."""


@dataclass(frozen=True)
class Reading:
    """What the model says of a claim or question beside a text, as log odds."""

    supported: float
    """That the text carries the claim."""
    contradicted: float
    """That the claim cannot be true if the text is."""
    answered: float
    """That the text answers the question."""


class EntailmentModel:
    """Reads claims and questions beside texts."""

    def __init__(self, model: OnnxModel) -> None:
        """Wrap a loaded network with four outputs."""
        self._model = model

    def read(self, pairs: Sequence[tuple[str, str]]) -> list[Reading]:
        """Return what it says of each (claim or question, text) pair, in the given order."""
        outputs = self._model.run(self._model.encode(pairs))
        return [_reading(*map(float, logits)) for logits in outputs]


@loaded_once
def load_entailment() -> EntailmentModel:
    """Load the model; later calls return the same one.

    Raises:
        BrokenModel: its file is missing or is not the one that was measured.
    """
    model = BundledModel(
        name="entailment",
        network=read_proved(NETWORK_FILE, SHA256, REMEDY),
        tokenizer=read_bundled_file("reranker_en", TOKENIZER_FILE),
    )
    return EntailmentModel(OnnxModel(model, LONGEST_INPUT))


def _reading(supported: float, contradicted: float, not_stated: float, answered: float) -> Reading:
    """Turn three logits that compete, and one that stands alone, into log odds."""
    return Reading(
        supported=supported - _either(contradicted, not_stated),
        contradicted=contradicted - _either(supported, not_stated),
        answered=answered,
    )


def _either(one: float, other: float) -> float:
    """Return the logit of one or the other (log-sum-exp)."""
    largest = max(one, other)
    return largest + math.log(math.exp(one - largest) + math.exp(other - largest))

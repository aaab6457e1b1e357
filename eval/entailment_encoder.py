"""Turns examples into the tokens that the entailment model's network reads."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from eval.entailment_examples import Example, Label

if TYPE_CHECKING:
    from tokenizers import Tokenizer

LONGEST_INPUT = 320
"""Tokens; longer evidence is cut at its end. As in `rag/entailment.py`, which is not imported, so
that a machine that only trains needs none of its packages; a test holds the two alike."""


@dataclass(frozen=True)
class Encoded:
    """An example as the network reads it."""

    ids: list[int]
    first: int
    """How many of them belong to the claim or question."""
    label: Label


class Encoder:
    """Turns examples into tokens; each sentence is tokenized once."""

    def __init__(self, tokenizer: "Tokenizer") -> None:
        """Wrap the cross-encoder's tokenizer."""
        tokenizer.no_truncation()
        tokenizer.no_padding()
        self._tokenizer = tokenizer
        self._known: dict[str, list[int]] = {}
        self._first, self._between = tokenizer.encode("").ids

    def encode(self, example: Example) -> Encoded:
        """Return an example's tokens."""
        text = [self._first, *self._tokens(example.text), self._between]
        evidence = [token for sentence in example.evidence for token in self._tokens(sentence)]
        ids = [*text, *evidence[: max(0, LONGEST_INPUT - len(text) - 1)], self._between]
        return Encoded(ids, len(text), example.label)

    def _tokens(self, text: str) -> list[int]:
        if text not in self._known:
            self._known[text] = self._tokenizer.encode(text, add_special_tokens=False).ids
        return self._known[text]

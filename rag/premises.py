"""Evidence sentences, encoded once, against which any number of claims can be checked."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np

from index.models import Vectors
from rag.late_interaction import TokenVectors, load_token_encoder
from rag.mentions import forms_in
from rag.quantities import Quantity, quantities_in

BATCH = 8
"""Sentences encoded at once."""


@dataclass(frozen=True)
class Premises:
    """Sentences of evidence: their token vectors, word forms and quantities."""

    sentences: tuple[str, ...]
    tokens: tuple[TokenVectors, ...]
    forms: tuple[frozenset[str], ...]
    quantities: tuple[tuple[Quantity, ...], ...]

    @property
    def all_vectors(self) -> Vectors:
        """The vectors of every sentence's tokens, shape (tokens, width)."""
        return np.concatenate([tokens.vectors for tokens in self.tokens])

    @property
    def all_quantities(self) -> tuple[Quantity, ...]:
        """The quantities of every sentence."""
        return tuple(chain.from_iterable(self.quantities))

    @property
    def all_forms(self) -> frozenset[str]:
        """The forms of every sentence's words."""
        return frozenset().union(*self.forms)


def encode_premises(sentences: Sequence[str]) -> Premises:
    """Encode evidence; sentences without a word are left out."""
    kept = tuple(sentence for sentence in sentences if any(map(str.isalnum, sentence)))
    return Premises(
        sentences=kept,
        tokens=tuple(_encode(kept)),
        forms=tuple(map(forms_in, kept)),
        quantities=tuple(tuple(quantities_in(sentence)) for sentence in kept),
    )


def join_premises(parts: Sequence[Premises]) -> Premises:
    """Return the evidence of several parts as one, each sentence once; nothing is encoded again."""
    kept = {
        sentence: (part.tokens[i], part.forms[i], part.quantities[i])
        for part in parts
        for i, sentence in enumerate(part.sentences)
    }
    return Premises(
        sentences=tuple(kept),
        tokens=tuple(tokens for tokens, _, _ in kept.values()),
        forms=tuple(forms for _, forms, _ in kept.values()),
        quantities=tuple(quantities for _, _, quantities in kept.values()),
    )


def _encode(sentences: Sequence[str]) -> list[TokenVectors]:
    """Encode sentences of like length together, since padding costs more than anything else."""
    order = sorted(range(len(sentences)), key=lambda i: len(sentences[i]))
    encoded: dict[int, TokenVectors] = {}
    for first in range(0, len(order), BATCH):
        batch = order[first : first + BATCH]
        texts = [sentences[i] for i in batch]
        encoded |= zip(batch, load_token_encoder().encode(texts), strict=True)
    return [encoded[i] for i in range(len(sentences))]

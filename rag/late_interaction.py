"""How well a text covers each word of another: late interaction with the bundled ColBERT weights.

Every token of both texts, [CLS] and [SEP] aside, becomes a unit vector in its context; a word is
covered as well as its tokens' nearest neighbours in the evidence are near (MaxSim, Khattab and
Zaharia 2020). The weights are answerdotai/answerai-colbert-small-v1 (Apache-2.0).
"""

import re
from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from statistics import fmean
from threading import Lock

import numpy as np

from index.loaded_once import loaded_once
from index.models import Vectors, load_bundled
from index.onnx_model import OnnxModel
from index.stopwords import STOPWORDS

WORD = re.compile(r"\w+(?:[.,'’/-]\w+)*")

KEPT = 64
"""Texts whose vectors are kept: at most some 15 MB of passages. An answer reads up to twenty, and a
conversation about one matter reads the same ones again; 256 of them answered no faster, and a
server took all of its first ten thousand questions to fill them."""


@dataclass(frozen=True)
class TokenVectors:
    """A text's tokens: their places in it, and one unit vector each."""

    text: str
    spans: tuple[tuple[int, int], ...]
    vectors: Vectors

    @cached_property
    def words(self) -> tuple[tuple[str, tuple[int, ...]], ...]:
        """Return each word that was encoded, with the places of its tokens."""
        placed = (
            (match.group(), tuple(self._places(match.start(), match.end())))
            for match in WORD.finditer(self.text)
        )
        return tuple((word, places) for word, places in placed if places)

    def _places(self, start: int, end: int) -> Iterator[int]:
        return (i for i, (a, b) in enumerate(self.spans) if a < end and b > start)

    def within(self, start: int, end: int) -> Vectors:
        """Return the vectors of the tokens between two offsets."""
        chosen = [i for i, (a, b) in enumerate(self.spans) if a >= start and b <= end]
        return self.vectors[chosen]


@dataclass(frozen=True)
class CoveredWord:
    """A word, and how near the evidence comes to it: cosine, at most 1."""

    text: str
    coverage: float


class TokenEncoder:
    """Encodes texts token by token, and keeps what it encoded last."""

    def __init__(self, model: OnnxModel) -> None:
        """Wrap a loaded model."""
        self._model = model
        self._kept: OrderedDict[str, TokenVectors] = OrderedDict()
        self._lock = Lock()

    def tokens(self, word: str) -> list[str]:
        """Return the pieces in which the vocabulary holds a word."""
        return list(self._model.tokenizer.encode(word, add_special_tokens=False).tokens)

    def encode(self, texts: Sequence[str]) -> list[TokenVectors]:
        """Return each text's token vectors; texts beyond 512 tokens are cut."""
        known = self._recall(texts)
        fresh = [text for text in dict.fromkeys(texts) if text not in known]
        known |= zip(fresh, self._encode(fresh), strict=True)
        self._keep(known)
        return [known[text] for text in texts]

    def _recall(self, texts: Sequence[str]) -> dict[str, TokenVectors]:
        with self._lock:
            return {text: self._kept[text] for text in texts if text in self._kept}

    def _keep(self, used: Mapping[str, TokenVectors]) -> None:
        """Keep what was used last."""
        with self._lock:
            for text, vectors in used.items():
                self._kept[text] = vectors
                self._kept.move_to_end(text)
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)

    def _encode(self, texts: Sequence[str]) -> list[TokenVectors]:
        encodings = self._model.encode(texts)
        states = self._model.run(encodings)
        return [
            TokenVectors(text, tuple(encoding.offsets[1:-1]), _of_unit_length(rows[1:-1]))
            for text, encoding, rows in zip(texts, encodings, states, strict=True)
        ]


def _of_unit_length(rows: Vectors) -> Vectors:
    unit: Vectors = rows / np.linalg.norm(rows, axis=-1, keepdims=True)
    return unit


def word_coverage(claim: TokenVectors, evidence: Vectors) -> list[CoveredWord]:
    """Return how well the evidence's tokens cover each word of the claim, in order."""
    if not len(evidence):
        return [CoveredWord(match.group(), 0.0) for match in WORD.finditer(claim.text)]
    nearest = (claim.vectors @ evidence.T).max(axis=1).tolist()
    return [
        CoveredWord(word, fmean(nearest[place] for place in places)) for word, places in claim.words
    ]


def telling(words: Sequence[CoveredWord]) -> Sequence[CoveredWord]:
    """Return the words that say something; all where none does, and never nothing."""
    kept = [word for word in words if word.text.lower() not in STOPWORDS]
    return kept or words or [CoveredWord("", 0.0)]


@loaded_once
def load_token_encoder() -> TokenEncoder:
    """Load the bundled weights; later calls return the same encoder.

    Raises:
        BrokenModel: a file is missing or is not the one that was expected.
    """
    return TokenEncoder(load_bundled("colbert"))

"""How well a text covers each word of another: late interaction with the bundled ColBERT weights.

Every token of both texts becomes a unit vector in its context; a word is covered as well as its
tokens' nearest neighbours in the evidence are near (MaxSim, Khattab and Zaharia 2020). The
weights are answerdotai/answerai-colbert-small-v1 (Apache-2.0).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from index.bundled import read_bundled
from index.models import LONGEST_INPUT, Vectors
from index.stopwords import STOPWORDS

WORD = re.compile(r"\w+(?:[.,'’/-]\w+)*")
SPECIAL_TOKENS = 2
"""[CLS] and [SEP] are left out of every comparison."""


@dataclass(frozen=True)
class TokenVectors:
    """A text's tokens: their places in it, and one unit vector each."""

    text: str
    spans: tuple[tuple[int, int], ...]
    vectors: Vectors

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
    """Encodes texts token by token."""

    def __init__(self, session: onnxruntime.InferenceSession, tokenizer: Tokenizer) -> None:
        """Wrap a loaded model."""
        self._session = session
        self._tokenizer = tokenizer

    def tokens(self, word: str) -> list[str]:
        """Return the pieces in which the vocabulary holds a word."""
        return list(self._tokenizer.encode(word, add_special_tokens=False).tokens)

    def encode(self, texts: Sequence[str]) -> list[TokenVectors]:
        """Return each text's token vectors; texts beyond 512 tokens are cut."""
        if not texts:
            return []
        encodings = self._tokenizer.encode_batch(list(texts))
        feed = {
            "input_ids": np.array([e.ids for e in encodings]),
            "attention_mask": np.array([e.attention_mask for e in encodings]),
            "token_type_ids": np.array([e.type_ids for e in encodings]),
        }
        states = self._session.run(["last_hidden_state"], feed)[0]
        states /= np.linalg.norm(states, axis=-1, keepdims=True)
        encoded = []
        for text, encoding, rows in zip(texts, encodings, states, strict=True):
            size = sum(encoding.attention_mask) - SPECIAL_TOKENS
            spans = tuple(encoding.offsets[1 : size + 1])
            encoded.append(TokenVectors(text, spans, rows[1 : size + 1]))
        return encoded


def word_coverage(claim: TokenVectors, evidence: Vectors) -> list[CoveredWord]:
    """Return how well the evidence's tokens cover each word of the claim, in order."""
    if not len(evidence):
        return [CoveredWord(match.group(), 0.0) for match in WORD.finditer(claim.text)]
    nearest = (claim.vectors @ evidence.T).max(axis=1)
    words = []
    for match in WORD.finditer(claim.text):
        tokens = [
            nearest[i]
            for i, (start, end) in enumerate(claim.spans)
            if start < match.end() and end > match.start()
        ]
        if tokens:
            words.append(CoveredWord(match.group(), float(np.mean(tokens))))
    return words


def telling(words: Sequence[CoveredWord]) -> Sequence[CoveredWord]:
    """Return the words that say something; all where none does, and never nothing."""
    kept = [word for word in words if word.text.lower() not in STOPWORDS]
    return kept or words or [CoveredWord("", 0.0)]


@cache
def load_token_encoder() -> TokenEncoder:
    """Load the bundled weights; later calls return the same encoder.

    Raises:
        BrokenModel: a file is missing or is not the one that was expected.
    """
    model = read_bundled("colbert")
    return TokenEncoder(model.open_session(), model.open_tokenizer(LONGEST_INPUT))

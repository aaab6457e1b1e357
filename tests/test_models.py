"""The models: bundled, checked, and served in the order asked."""

from pathlib import Path
from typing import Any
from weakref import ReferenceType, ref

import numpy as np
import pytest
from test_support_model import save

from index import models
from index.errors import BrokenModel
from index.identity import embedder_identity
from index.models import load_embedder, load_reranker


def test_vectors_are_of_unit_length_and_in_order() -> None:
    texts = ["A short one.", "fish " * 200, "The ferry ramp was closed.", "short"]
    together = load_embedder().encode(texts)
    assert together.shape == (4, 384)
    assert np.linalg.norm(together, axis=1) == pytest.approx(np.ones(4), abs=1e-4)


def test_what_a_text_becomes_does_not_depend_on_its_neighbours() -> None:
    texts = ["A short one.", "fish " * 200, "The ferry ramp was closed.", "short"]
    alone = [load_embedder().encode([text])[0] for text in texts]
    assert np.array_equal(load_embedder().encode(texts), alone)
    pairs = [("Who bought the mill?", text) for text in texts]
    scores = [load_reranker().predict([pair])[0] for pair in pairs]
    assert np.array_equal(load_reranker().predict(pairs), scores)


def test_like_meaning_is_near() -> None:
    ferry, boat, tax = load_embedder().encode(["the ferry sank", "a boat went down", "tax law"])
    assert ferry @ boat > ferry @ tax + 0.2


def test_the_reranker_prefers_the_answer() -> None:
    question = "Who bought the mill?"
    scores = load_reranker().predict(
        [(question, "Taxes rise."), (question, "The Norden Group bought the mill.")]
    )
    assert scores[1] > scores[0] + 5


def test_of_a_text_only_one_tokens_vector_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    held: list[ReferenceType[Any]] = []
    most = 0

    class Model:
        def encode(self, texts: list[str]) -> list[str]:
            return texts

        def run(self, texts: list[str]) -> list[Any]:
            nonlocal most
            states = [np.ones((9, 4), dtype=np.float32) for _ in texts]
            held.extend(map(ref, states))
            most = max(most, sum(each() is not None for each in held))
            return states

    monkeypatch.setattr(models, "load_bundled", lambda name: Model())
    vectors = models._bundled_embedder()(["text"] * 5 * models.AT_ONCE)
    assert vectors.shape == (5 * models.AT_ONCE, 4)
    assert most <= 2 * models.AT_ONCE


def test_nothing_in_nothing_out() -> None:
    assert load_embedder().encode([]).shape == (0, 384)
    assert len(load_reranker().predict([])) == 0


def test_a_model_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(BrokenModel, match="no-such-model"):
        load_embedder(str(tmp_path / "no-such-model"))


def test_a_local_folder_can_be_named(tmp_path: Path) -> None:
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import BoW

    folder = tmp_path / "bag-of-words"
    SentenceTransformer(modules=[BoW(["ferry", "mill", "ramp"])], device="cpu").save(str(folder))
    vectors = load_embedder(str(folder)).encode(["ferry", "mill"])
    assert vectors.shape == (2, 3)
    assert embedder_identity(str(folder)) != embedder_identity()


def test_a_reranker_in_a_local_folder_can_be_named(tmp_path: Path) -> None:
    folder = save(tmp_path / "tiny", ["score"])
    pairs = [("Is the mill open?", "The mill is open."), ("Is the mill open?", "The ramp is shut.")]
    scores = load_reranker(str(folder)).predict(pairs)
    assert scores.shape == (2,)
    assert scores.min() > 1, "logits, not chances: the model's bias is 5"
    assert len(load_reranker(str(folder)).predict([])) == 0

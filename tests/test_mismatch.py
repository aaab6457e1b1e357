"""A library made by another model, of another width or revision, or by other rules, is refused."""

import hashlib
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import copytree
from typing import Any

import huggingface_hub.constants as hub
import numpy as np
import pytest

from index import Article, Index, library, sync
from index.errors import BrokenLibrary, ModelMismatch
from index.identity import embedder_identity
from index.models import load_embedder, settled_identity
from index.settings import index_settings

ROOT = Path(__file__).parent.parent
WORDS = ["ferry", "mill", "ramp", "crowns", "band", "prize"]


def save_model(folder: Path, width: int, seed: int) -> Path:
    """Save a small embedder: a bag of words through random weights of so many dimensions."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.base.modules import Dense
    from sentence_transformers.sentence_transformer.modules import BoW

    torch.manual_seed(seed)
    modules = [BoW(WORDS), Dense(len(WORDS), width)]
    SentenceTransformer(modules=modules, device="cpu").save(str(folder))
    return folder


@contextmanager
def embedder(name: str | Path, patch: pytest.MonkeyPatch) -> Iterator[None]:
    """Have the settings name an embedder while the block runs."""
    with patch.context() as inner:
        inner.setenv("FOOTNOTE_EMBEDDER", str(name))
        index_settings.cache_clear()
        yield
    index_settings.cache_clear()


def state(index: Index) -> str:
    """Return a digest of all rows of a library."""
    digest = hashlib.sha256()
    for database in (index.catalogue.database, index._vectors.database):
        digest.update("\n".join(database.connection.iterdump()).encode())
    return digest.hexdigest()


def refuse_everything(index: Index, articles: Path, *words: str) -> int:
    """Try all that searches or changes a library; each must be refused, and count them."""
    some = index.articles()[0].id
    attempts: list[Callable[[], Any]] = [
        lambda: index.search("ferry"),
        lambda: index.search("ferry", articles=[some]),
        lambda: index.sync([articles]),
        lambda: index.add_articles([Article(id="f" * 16, key="new", text="A mill was sold.")]),
        lambda: index.correct(some, title="Another title"),
        lambda: index.uncorrect(some),
        lambda: index.remove([articles]),
        lambda: index.erase(some),
    ]
    before = state(index)
    for attempt in attempts:
        with pytest.raises(ModelMismatch, match="python -m index rebuild") as caught:
            attempt()
        for word in words:
            assert word in str(caught.value)
    assert state(index) == before
    assert len(index.articles()) == 3, "what needs no vectors can still be read"
    return len(attempts)


def heals(index: Index) -> None:
    """The remedy that was named works."""
    index.rebuild()
    assert index.search("ferry ramp", 1)
    assert index.verify() == []
    vectors = index._vectors.get([key for _, key in index.catalogue.vectors()])
    assert vectors.shape[1] == load_embedder().encode(["ferry"]).shape[1]
    stored = index._vectors.database.connection.execute("SELECT vector FROM vectors").fetchall()
    assert {len(row["vector"]) for row in stored} == {4 * vectors.shape[1]}


@pytest.mark.parametrize("healed", [1, pytest.param(4, marks=pytest.mark.slow)])
def test_other_models_widths_and_weights_are_refused_and_a_rebuild_heals(
    tmp_path: Path,
    index: Index,
    articles: Path,
    monkeypatch: pytest.MonkeyPatch,
    healed: int,
    figure: Callable[[int, str], None],
) -> None:
    first = save_model(tmp_path / "model", width=8, seed=1)
    others = {
        "another width": save_model(tmp_path / "wide" / "model", width=12, seed=1),
        "another model's name": save_model(tmp_path / "other", width=8, seed=1),
        "other weights of one name and size": save_model(tmp_path / "new" / "model", 8, seed=2),
    }
    tried = 0
    with embedder(first, monkeypatch):
        index.sync([articles])
    for name in [*others.values(), "bundled", "somebody/another-model"]:
        with embedder(name, monkeypatch):
            tried += refuse_everything(index, articles, "embedder 'model ")
    with embedder(first, monkeypatch):
        assert index.search("ferry ramp", 1), "set back, it serves"
    for name in [*others.values(), "bundled"][:healed]:
        with embedder(name, monkeypatch):
            heals(index)
    figure(
        9,
        f"{tried} of {tried} uses with {len(others) + 2} other embedders refused; "
        f"{healed} of {healed} rebuilds heal",
    )


def test_weights_changed_in_place_are_noticed_by_the_same_process(
    tmp_path: Path, index: Index, articles: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = save_model(tmp_path / "model", width=8, seed=1)
    (weights,) = folder.rglob("1_*/model.safetensors")
    with embedder(folder, monkeypatch):
        index.sync([articles])
        before = load_embedder().encode(WORDS)
        content = bytearray(weights.read_bytes())
        content[-2] ^= 0x40
        weights.write_bytes(content)
        refuse_everything(index, articles)
        index.rebuild()
        assert not np.allclose(load_embedder().encode(WORDS), before)


def test_notes_of_tools_in_a_models_folder_change_nothing(tmp_path: Path) -> None:
    folder = save_model(tmp_path / "model", width=8, seed=1)
    before = embedder_identity(str(folder))
    (folder / ".cache").mkdir()
    (folder / ".cache" / "fetched").write_text("yesterday")
    (folder / ".git").write_text("elsewhere")
    assert embedder_identity(str(folder)) == before
    copytree(folder, tmp_path / "elsewhere" / "model")
    assert embedder_identity(str(tmp_path / "elsewhere" / "model")) == before


def to_hub(cache: Path, model: Path, commit: str) -> None:
    """Lay a model into a cache as the hub's client does, as the newest of `desk/small`."""
    repository = cache / "models--desk--small"
    copytree(model, repository / "snapshots" / commit)
    (repository / "refs").mkdir(exist_ok=True)
    (repository / "refs" / "main").write_text(commit)


def test_another_revision_of_a_hub_model_is_refused(
    tmp_path: Path,
    index: Index,
    articles: Path,
    monkeypatch: pytest.MonkeyPatch,
    figure: Callable[[int, str], None],
) -> None:
    cache = tmp_path / "hub"
    monkeypatch.setattr(hub, "HF_HUB_CACHE", str(cache))
    monkeypatch.setattr(hub, "HF_HUB_OFFLINE", True)
    with embedder("desk/small", monkeypatch):
        assert embedder_identity() == "desk/small", "nothing is known before it is fetched"
        to_hub(cache, save_model(tmp_path / "first", width=8, seed=1), "a" * 40)
        assert settled_identity() == f"desk/small {'a' * 12}"
        index.sync([articles])
        assert index.search("ferry ramp", 1)
        to_hub(cache, save_model(tmp_path / "second", width=8, seed=2), "b" * 40)
        tried = refuse_everything(index, articles, "a" * 12, "b" * 12)
    figure(9, f"{tried} of {tried} uses with another revision of a hub model refused")


def test_other_passage_rules_are_refused_and_a_rebuild_heals(
    index: Index,
    articles: Path,
    monkeypatch: pytest.MonkeyPatch,
    figure: Callable[[int, str], None],
) -> None:
    index.sync([articles])
    monkeypatch.setattr(sync, "RULES", "whole pages v9")
    tried = refuse_everything(index, articles, "passage rules", "whole pages v9")
    index.rebuild()
    assert index.search("ferry ramp", 1)
    figure(9, f"{tried} of {tried} uses with other passage rules refused")


def test_a_library_of_another_format_is_refused(index: Index, articles: Path) -> None:
    index.sync([articles])
    with index.catalogue.transaction():
        index.catalogue.set_fact("format", "99")
    index.close()
    with pytest.raises(BrokenLibrary, match=r"format 99.*new library"):
        library.Index.open(index.folder)


@pytest.mark.parametrize("command", ["index", "rag"])
def test_a_command_says_what_to_run(
    town: Index,
    articles: Path,
    command: str,
    figure: Callable[[int, str], None],
) -> None:
    given = {"index": ["add", str(articles)], "rag": ["Who bought the mill?"]}[command]
    done = subprocess.run(
        [sys.executable, "-m", command, "--library", str(town.folder), *given],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "FOOTNOTE_EMBEDDER": "somebody/another-model", "COLUMNS": "300"},
    )
    assert done.returncode == 2, done.stderr
    assert "python -m index rebuild" in done.stderr
    assert "Traceback" not in done.stderr
    assert len(town.articles()) == 3
    figure(9, f"python -m {command} refused with exit code {done.returncode}, remedy named")

"""Bundled weights that are not the measured ones are refused before any of them is loaded."""

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import onnxruntime
import pytest
from altered_weights import ALTERATIONS, FILES, Alteration, altered, copy_package, random_flips
from tokenizers import Tokenizer

from index import Index, bundled, models, onnx_model, passages
from index.bundled import BUNDLED_FILES, read_bundled
from index.errors import BrokenModel
from index.models import load_bundled
from rag import late_interaction

ROOT = Path(__file__).parent.parent

LOADERS: dict[str, list[Callable[[], Any]]] = {
    "bge_small_en": [
        lambda: models._load_embedder.__wrapped__("bundled", None),
        lambda: passages._tokenizer.__wrapped__(),
    ],
    "reranker_en": [lambda: models._load_reranker.__wrapped__("bundled")],
    "colbert": [late_interaction.load_token_encoder.__wrapped__],
}
"""Whatever loads each model, past what keeps loaded ones."""


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the package that is found in place of the real one."""
    package = copy_package(tmp_path / "site")
    monkeypatch.syspath_prepend(package.parent)
    for module in (models, late_interaction):
        monkeypatch.setattr(module, "load_bundled", load_bundled.__wrapped__)
    assert bundled._package_folder() == package
    return package


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is handed to the libraries that load weights and tokenizers."""
    opened: list[str] = []

    class Recording:
        def __init__(self, *given: object, **more: object) -> None:
            opened.append("a network")

        @staticmethod
        def from_buffer(content: bytes) -> Tokenizer:
            opened.append("a tokenizer")
            return Tokenizer.from_str(content.decode())

    monkeypatch.setattr(onnxruntime, "InferenceSession", Recording)
    for module in (onnx_model, passages):
        monkeypatch.setattr(module, "Tokenizer", Recording)
    return opened


@contextmanager
def refused(opened: list[str], *words: str) -> Iterator[None]:
    with pytest.raises(BrokenModel) as caught:
        yield
    for word in (*words, "make install"):
        assert word in str(caught.value)
    assert opened == []


def refuse_all(
    package: Path, opened: list[str], alterations: dict[str, Alteration], loaders: int | None
) -> int:
    """Alter each file in each way, and load its model by so many of its loaders; count."""
    tried = 0
    for model, file in FILES:
        for name, alteration in alterations.items():
            with altered(package, model, file, alteration):
                for load in LOADERS[model][:loaders]:
                    said = "missing" if name == "missing" else "SHA-256"
                    with refused(opened, str(Path(model) / file), said):
                        load()
                    tried += 1
    return tried


def test_the_copy_is_loaded_while_nothing_is_altered(package: Path) -> None:
    for model in BUNDLED_FILES:
        assert models.load_bundled(model).encode(["ferry"])


def test_altered_weights_are_refused_before_any_are_loaded(
    package: Path, opened: list[str], figure: Callable[[int, str], None]
) -> None:
    few = ("a bit in the middle flipped", "cut by a byte", "missing")
    tried = refuse_all(package, opened, {name: ALTERATIONS[name] for name in few}, 1)
    passages._tokenizer.__wrapped__()
    assert opened == ["a tokenizer"], "what is not altered is loaded, and noted"
    figure(25, f"{tried} of {tried} alterations of {len(FILES)} files refused")


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_every_alteration_is_refused_by_every_loader(
    package: Path, opened: list[str], figure: Callable[[int, str], None]
) -> None:
    alterations = ALTERATIONS | random_flips(25, 40)
    tried = refuse_all(package, opened, alterations, None)
    figure(25, f"{tried} of {tried} loads of {len(FILES)} altered files refused, none loaded")


def test_files_that_belong_to_another_model_or_cannot_be_read_are_refused(
    package: Path, opened: list[str]
) -> None:
    data = package / "models" / "data"
    other = (data / "colbert" / "tokenizer.json").read_bytes()
    with (
        altered(package, "bge_small_en", "tokenizer.json", lambda content: other),
        refused(opened, "SHA-256"),
    ):
        read_bundled("bge_small_en")
    with altered(package, "colbert", "model.onnx", lambda content: None):
        (data / "colbert" / "model.onnx").mkdir()
        with refused(opened, "cannot be read"):
            read_bundled("colbert")
        (data / "colbert" / "model.onnx").rmdir()


def test_what_was_proved_is_what_is_loaded(package: Path) -> None:
    model = read_bundled("bge_small_en")
    with altered(package, "bge_small_en", "tokenizer.json", lambda content: b"{}"):
        tokens = onnx_model.OnnxModel(model, 512).encode(["ferry"])[0].tokens
    assert tokens == ["[CLS]", "ferry", "[SEP]"]


COMMANDS = {
    "bge_small_en": ("-m", "index", "--library", "{library}", "add", "{articles}"),
    "reranker_en": ("-m", "rag", "--library", "{town}", "Who bought the mill?"),
    "colbert": ("-c", "from rag import check_support\ncheck_support('a ferry', ['a mill'])"),
}


@pytest.mark.parametrize(
    "model",
    ["bge_small_en", *(pytest.param(m, marks=pytest.mark.slow) for m in COMMANDS if m[0] != "b")],
)
def test_a_command_with_altered_weights_ends_with_the_remedy_and_changes_nothing(
    tmp_path: Path,
    articles: Path,
    town: Index,
    model: str,
    figure: Callable[[int, str], None],
) -> None:
    package = copy_package(tmp_path / "site")
    library = tmp_path / "library"
    names = {"library": library, "articles": articles, "town": town.folder}
    with altered(package, model, "model.onnx", ALTERATIONS["a bit in the middle flipped"]):
        done = subprocess.run(
            [sys.executable, *(part.format(**names) for part in COMMANDS[model])],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, "PYTHONPATH": str(package.parent)},
        )
    assert re.search(rf"{model}/model\.onnx.*SHA-256", done.stderr), done.stderr
    assert "make install" in done.stderr
    if model != "colbert":
        assert done.returncode == 2
        assert "Traceback" not in done.stderr
    if library.exists():
        with Index.open(library) as index:
            assert index.articles() == []
            assert index.catalogue.count_passages() == 0
    figure(25, f"1 of 1 command with {model} altered: refused, nothing written")

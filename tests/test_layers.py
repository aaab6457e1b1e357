"""The layers point one way, the README names every file, and settings are known by their names."""

import ast
import re
from pathlib import Path

import pytest

from eval.settings import EvalSettings
from index.errors import BadValue
from index.settings import KNOWN_NAMES, PREFIX, IndexSettings, refuse_misspelt_names
from rag.settings import RagSettings
from ui.settings import UiSettings

ROOT = Path(__file__).parent.parent
ALLOWED = {
    "index": {"index"},
    "rag": {"index", "rag"},
    "ui": {"index", "rag", "ui"},
    "eval": {"index", "rag", "eval"},
}
FILES = sorted(path for layer in ALLOWED for path in (ROOT / layer).rglob("*.py"))


def imported_layers(path: Path) -> set[str]:
    modules: list[str] = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            modules += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute here"
            modules.append(node.module or "")
    return {module.split(".")[0] for module in modules} & ALLOWED.keys()


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_import_points_upwards(path: Path) -> None:
    layer = path.relative_to(ROOT).parts[0]
    assert imported_layers(path) <= ALLOWED[layer]


def test_the_readme_names_every_file_once() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    listed = re.findall(r"^- `([a-z]+/[\w./]+)`", readme, re.MULTILINE)
    assert len(listed) == len(set(listed))
    there = {
        str(path.relative_to(ROOT))
        for layer in ALLOWED
        for path in (ROOT / layer).rglob("*")
        if path.is_file()
        and "__pycache__" not in path.parts
        and "out" not in path.parts
        and path.name != "__init__.py"
    }
    assert set(listed) == there


def test_every_word_of_the_page_has_one_name_and_is_used() -> None:
    tree = ast.parse((ROOT / "ui" / "strings.py").read_text(encoding="utf-8"))
    assigned = (node for node in tree.body if isinstance(node, ast.Assign))
    names = [target.id for node in assigned for target in node.targets]  # type: ignore[attr-defined]
    assert len(names) == len(set(names))
    page = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "ui").glob("*.py"))
    assert [name for name in names if f"strings.{name}" not in page] == []


def test_the_known_names_are_those_of_the_layers() -> None:
    layers = (IndexSettings, RagSettings, UiSettings, EvalSettings)
    names = {name for layer in layers for name in layer.model_fields}
    assert {PREFIX + name.upper() for name in names} == KNOWN_NAMES


def test_a_misspelt_name_is_refused_with_the_nearest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOOTNOTE_EMBEDER", "x")
    with pytest.raises(BadValue, match="FOOTNOTE_EMBEDDER"):
        refuse_misspelt_names()

"""What makes a command start quickly, and changes nothing else."""

import gc
import subprocess
import sys
from pathlib import Path

import pytest
from commands import ROOT

from index.quick_import import collecting_later

LOADED_AHEAD = """
from index.models import load_bundled
from rag.entailment import load_entailment
from rag.late_interaction import load_token_encoder
from rag.loading import load_ahead
import sys
import threading
from functools import partial

import onnxruntime

load_ahead()
for thread in threading.enumerate():
    if thread.name.startswith("load-ahead"):
        thread.join()
onnxruntime.InferenceSession = None  # nothing is loaded from here on
for load in (partial(load_bundled, "reranker_en"), load_entailment, load_token_encoder):
    load()
print("torch" in sys.modules)
"""

ANSWERED = """
import sys
from pathlib import Path
from index import Index
from rag import answer

articles, library = sys.argv[1:]
with Index.open(library) as index:
    index.sync([Path(articles)])
    print(len(answer("Who bought the mill?", index=index).citations))
print(sys.modules.keys() & {"torch", "sentence_transformers", "transformers"})
"""


def test_the_collector_rests_during_an_import_and_goes_on_after() -> None:
    with collecting_later():
        assert not gc.isenabled()
        with collecting_later():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()


def test_a_collector_goes_on_after_an_import_that_failed() -> None:
    with pytest.raises(ModuleNotFoundError), collecting_later():
        raise ModuleNotFoundError
    assert gc.isenabled()


def test_models_load_ahead_without_torch() -> None:
    command = [sys.executable, "-c", LOADED_AHEAD]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert ended.stdout.split() == ["False"]


def test_the_bundled_models_index_and_answer_without_the_large_packages(tmp_path: Path) -> None:
    articles = tmp_path / "articles"
    articles.mkdir()
    (articles / "mill.txt").write_text("Mill sold\n\nThe Norden Group bought the mill on Monday.\n")
    command = [sys.executable, "-c", ANSWERED, str(articles), str(tmp_path / "library")]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert ended.stdout.split() == ["1", "set()"]

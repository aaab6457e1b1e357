"""A process that has loaded everything once, and forks a child for each change that is to break.

Reads requests from its input and writes replies to its output, each a line of JSON. What a child
writes beneath the library is broken at the n-th step by `breaking.c`, or by an exception.
"""

import ctypes
import errno
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import chromadb  # noqa: F401 - loaded once, here

import index.base
import index.base_check
import index.library
import index.onnx_model
import index.sync
import index.upkeep
from index import Index
from index.catalogue import Catalogue
from index.errors import IndexFailure
from index.models import Embedder, load_embedder
from index.passages import cut_passages, headed
from index.read import read_file
from index.vectors import VectorStore

KINDS = {"count": 0, "error": 1, "errors": 2, "kill": 3, "torn": 4}
ERRORS = {"full": errno.ENOSPC, "io": errno.EIO}
STORED = "SELECT key FROM vectors"
QUESTIONS = ("Who bought the paper mill?", "When does the ferry ramp open again?", "Ship at quay 7")


def sync(library: Path, articles: Path) -> None:
    with Index.open(library) as opened:
        opened.sync([articles])


def sync_in_small_steps(library: Path, articles: Path) -> None:
    """Sync with a commit for every other article, so that many are under way when it is killed."""
    index.sync.CHARACTERS_A_COMMIT = 4_000
    sync(library, articles)


def new_base(library: Path, articles: Path) -> None:
    with Index.open(library) as opened, opened.writing() as writer:
        writer.renew_base(force=True)


def erase(library: Path, articles: Path) -> None:
    with Index.open(library) as opened:
        # one whose erasure was broken off is no longer listed, and its next writer finishes
        named = [i.id for i in opened.articles() if (i.path or "").endswith("mill.txt")]
        if not named and opened.catalogue.fact(index.upkeep.ERASING) == "yes":
            erased = opened.catalogue.query("SELECT article_id FROM erased")
            named = [row["article_id"] for row in erased]
        for article_id in named:
            opened.erase(article_id)
        if not named:
            opened.sync([])


def rebuild(library: Path, articles: Path) -> None:
    with Index.open(library) as opened:
        opened.rebuild()


def correct(library: Path, articles: Path) -> None:
    with Index.open(library) as opened:
        for info in opened.articles():
            if (info.path or "").endswith("ferry.txt"):
                opened.correct(info.id, title="The ramp of Varnholm", published="2025-10-01")


def uncorrect(library: Path, articles: Path) -> None:
    with Index.open(library) as opened:
        for info in opened.articles():
            opened.uncorrect(info.id)


def restore(library: Path, articles: Path) -> None:
    Index.restore(library)


def look(library: Path, articles: Path) -> dict[str, Any]:
    """Return what a library holds and finds."""
    with Index.open(library) as opened:
        return state(opened)


def look_and_change(library: Path, articles: Path, change: str) -> dict[str, Any]:
    """Return what a library holds, and what it holds after a change that nothing breaks."""
    seen = look(library, articles)
    CHANGES[change](library, articles)
    with Index.open(library) as opened:
        needed = {key for _, key in opened.catalogue.vectors()}
        stored = {row[0] for row in opened._vectors.database.connection.execute(STORED)}
        orphans = len(stored - needed) if change == "erase" else 0
        return {
            "seen": seen,
            "after": state(opened),
            "problems": [*opened.verify(), *["a vector of what was erased"] * orphans],
        }


CHANGES: dict[str, Callable[..., Any]] = {
    "sync": sync,
    "sync in small steps": sync_in_small_steps,
    "base": new_base,
    "erase": erase,
    "rebuild": rebuild,
    "correct": correct,
    "uncorrect": uncorrect,
    "restore": restore,
    "look": look,
    "look and change": look_and_change,
}


def state(opened: Index) -> dict[str, Any]:
    """Return all that must be the same after a clean run, and what a search finds."""
    database = opened.catalogue.database.connection
    held = {
        "articles": "SELECT id, info, text, cut, pages, live FROM articles ORDER BY id",
        "files": "SELECT path, digest, reader, reason FROM files ORDER BY path",
        "holdings": "SELECT path, position, article_id, info FROM holdings ORDER BY 1, 2",
        "corrections": "SELECT key, field, value FROM corrections ORDER BY 1, 2",
        "erased": "SELECT article_id FROM erased ORDER BY 1",
        "discarded": "SELECT article_id, record FROM discarded ORDER BY 1",
        "passages": "SELECT id, article_id, start, stop, hex(vector) FROM passages ORDER BY 1",
    }
    rows = {name: [list(row) for row in database.execute(query)] for name, query in held.items()}
    found = [[hit.passage.id for hit in opened.search(asked, 3)] for asked in QUESTIONS]
    return {**rows, "found": found}


def replay_vectors() -> None:
    """Have children find the real model's vectors in memory, and make others without a thread.

    No thread outlives a fork, and a model that waited for one would wait for ever.
    """
    opened = index.onnx_model._open
    index.onnx_model._open = lambda model, threads: opened(model, threads=1)
    known: dict[str, Any] = {}
    encode = Embedder.encode

    def remembered(self: Embedder, texts: list[str]) -> Any:
        import numpy as np

        for text in texts:
            if text not in known:
                known[text] = encode(self, [text])[0]
        return np.stack([known[text] for text in texts])

    Embedder.encode = remembered  # type: ignore[method-assign, assignment]
    load_embedder()


def teach(articles: Path) -> None:
    """Make the vectors that children will look for."""
    for path in sorted(articles.iterdir()):
        for article in read_file(path):
            texts = [headed(article, passage.text) for passage in cut_passages(article)]
            load_embedder().encode(texts)


def start_no_process() -> None:
    """Read files and check a new base in this process: what is to be broken must start no other."""
    index.sync.read_safely = read_file
    read_file(Path(__file__).with_name("README.md"))  # loads what children would each load anew

    def tried(
        folder: Path, size: int, rows: Path | None = None
    ) -> tuple[str | None, tuple[str, ...]]:
        try:
            return None, tuple(index.base_check.check(folder, size, rows))
        except IndexFailure as error:
            return str(error), ()

    index.base.try_base = tried


def raise_at(number: int) -> Callable[[], int]:
    """Have the n-th statement, begin, commit or storing of vectors raise an exception instead.

    Returns what tells how many there were up to now; of 0, none raises.
    """
    ran = 0

    def stepping(real: Callable[..., Any]) -> Callable[..., Any]:
        def run(*given: Any, **more: Any) -> Any:
            nonlocal ran
            ran += 1
            if ran == number:
                raise MemoryError("made to fail")
            return real(*given, **more)

        return run

    Catalogue.execute = stepping(Catalogue.execute)  # type: ignore[method-assign]
    Catalogue.set_base = stepping(Catalogue.set_base)  # type: ignore[method-assign]
    VectorStore.put = stepping(VectorStore.put)  # type: ignore[method-assign]
    VectorStore.keep_only = stepping(VectorStore.keep_only)  # type: ignore[method-assign]
    for name in ("write_base", "sweep_bases"):
        setattr(index.upkeep, name, stepping(getattr(index.upkeep, name)))
    return lambda: ran


def note_copying(reply: dict[str, Any], shim: Any) -> None:
    """Have a reply tell at which step the copying of the catalogue began, which may fail."""
    keep_copy = index.library.keep_copy

    def noted(*given: Any) -> None:
        reply["copied_from"] = shim.breaking_steps() + 1
        keep_copy(*given)

    index.library.keep_copy = noted


def run(request: dict[str, Any], shim: Any) -> dict[str, Any]:
    """Make one change in this process, broken as the request says; return what came of it."""
    library, articles = Path(request["library"]), Path(request["articles"])
    change, fault = CHANGES[request["change"]], request.get("fault")
    reply: dict[str, Any] = {"error": None}
    if request.get("user"):
        os.setgroups([])
        os.setgid(request["user"])
        os.setuid(request["user"])
    calls: Callable[[], int] = int  # none, unless they are counted
    if fault and fault["kind"] in {"raise", "count"}:
        calls = raise_at(fault["step"])
    if fault and fault["kind"] == "count":
        note_copying(reply, shim)
    if fault and fault["kind"] != "raise":
        error = ERRORS.get(fault.get("errno", ""), 0)
        shim.breaking_arm(str(library).encode(), fault["step"], KINDS[fault["kind"]], error)
    try:
        reply["value"] = change(library, articles, *request.get("more", ()))
    except Exception as error:  # noqa: BLE001 - what may and what may not come is the test's
        reply["error"] = [type(error).__name__, str(error), isinstance(error, IndexFailure)]
    reply["steps"], reply["calls"] = shim.breaking_disarm(), calls()
    return reply


def _tell(reply: object) -> None:
    sys.stdout.write(json.dumps(reply) + "\n")
    sys.stdout.flush()


def main() -> None:
    shim = ctypes.CDLL(os.environ["LD_PRELOAD"])
    replay_vectors()
    for question in QUESTIONS:
        load_embedder().encode_query(question)
    start_no_process()
    _tell("ready")
    for line in sys.stdin:
        request = json.loads(line)
        if request["change"] == "teach":
            teach(Path(request["articles"]))
            _tell({"child": 0})
            _tell({"status": 0, "error": None})
            continue
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(reading)
            with os.fdopen(writing, "w") as reply:
                json.dump(run(request, shim), reply)
            os._exit(0)
        os.close(writing)
        _tell({"child": child})
        with os.fdopen(reading) as said:
            reply = said.read()
        _, status = os.waitpid(child, 0)
        _tell({"status": status, **(json.loads(reply) if reply else {})})


if __name__ == "__main__":
    main()

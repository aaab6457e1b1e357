"""The base: a Chroma collection that is written once and never changed.

Chroma loses a store whose writer is killed about one run in two, and degrades when rows are
deleted and added again. A collection that is written, verified, named in the catalogue and then
only read has neither trouble; what changes afterwards lives in the tail (`search.py`).
"""

import re
import shutil
import uuid
import weakref
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np

from index.base_digests import ROWS_FILE, damage, write_digests
from index.base_scrub import scrub
from index.base_trial import try_base
from index.errors import BrokenLibrary, DiskFailure
from index.lock import shared_lock, unread
from index.models import Vectors
from index.quick_import import collecting_later

COLLECTION = "passages"
PREFIX = "base-"

BATCH = 5_000
"""Rows in one call; Chroma takes 5,461 at most."""

INDEX_SETTINGS = {
    "space": "ip",
    "ef_construction": 200,
    "max_neighbors": 32,
    "ef_search": 200,
    "batch_size": 2,
    "sync_threshold": 2,
}
"""The graph's settings; the vectors are of unit length, so the inner product is the cosine.

The last two have Chroma write the whole graph to the disk with each batch. By default it leaves the
last rows, up to a thousand, in a log, and every process that opens the base links them anew and in
another way: what was tried would not be what serves, and opening 450 rows took 0.7 s, not 0.05.
"""

BROKEN_MARK = "broken"
"""A file by which a reader tells the next writer that a base could not be opened."""

DISK_WORDS = ("disk is full", "disk I/O error", "No space left")
"""How SQLite and the operating system speak of a full disk within Chroma's errors."""

GONE = "gone-"
"""Begins the name of a base that is being deleted."""

NAME = re.compile(rf"(?:{GONE})?{PREFIX}[0-9a-f]{{12}}")
"""The names that we give: a folder of articles called base-camp is somebody else's."""

_clients = Lock()
"""Chroma shares what a process has opened, and does not guard how it counts who uses it."""


@dataclass(frozen=True, kw_only=True)
class WrittenBase:
    """A base that was written and tried."""

    name: str
    size: int
    """Rows that it holds."""
    found: tuple[str, ...]
    """The passages that it speaks for. The others are searched exactly, as the tail is: copies of a
    vector, which break a graph up when there are many, and rows that its graph does not come to."""


class Base:
    """A base opened for reading."""

    def __init__(self, folder: Path, size: int) -> None:
        """Open a written base of so many passages.

        Raises:
            BrokenLibrary: Chroma cannot open it, or it is of another size.
        """
        self.name = folder.name
        self._stack = ExitStack()
        # at the program's end too, while Chroma is still whole
        self._close = weakref.finalize(self, self._stack.close)
        try:
            self._stack.enter_context(shared_lock(folder))
            self._collection = self._stack.enter_context(_opened(folder)).get_collection(
                COLLECTION, embedding_function=None
            )
            self.size = self._collection.count()
        # Chroma's Rust core raises errors without a common class of their own
        except Exception as error:
            self._close()
            raise BrokenLibrary(f"{folder} cannot be opened ({error})") from error
        if self.size != size:
            self.close()
            raise BrokenLibrary(f"{folder} holds {self.size} passages, not {size}")

    def search(self, vector: Vectors, k: int) -> list[tuple[str, float]]:
        """Return up to k (passage id, cosine), best first.

        Raises:
            BrokenLibrary: its files are damaged; Chroma reads them at the first search.
        """
        return self.search_all(vector[np.newaxis], k)[0]

    def search_all(self, vectors: Vectors, k: int) -> list[list[tuple[str, float]]]:
        """Return for each vector what `search` returns."""
        try:
            found = self._collection.query(
                query_embeddings=vectors.tolist(),
                n_results=min(k, self.size),
                include=["distances"],
            )
        except Exception as error:
            raise BrokenLibrary(f"{self.name} cannot be searched ({error})") from error
        if self.size and not all(found["ids"]):  # damage that Chroma passes over in silence
            raise BrokenLibrary(f"{self.name} finds nothing among {self.size} passages")
        return [
            [(i, 1.0 - distance) for i, distance in zip(ids, distances, strict=True)]
            for ids, distances in zip(found["ids"], found["distances"] or [], strict=True)
        ]

    def any_vector(self) -> Vectors:
        """Return the vector of some passage."""
        rows = self._collection.get(limit=1, include=["embeddings"])["embeddings"]
        vector: Vectors = np.asarray(rows, dtype=np.float32)[0]
        return vector

    def close(self) -> None:
        """Let the folder go, so that it can be swept."""
        self._close()


def write_base(library: Path, ids: Sequence[str], vectors: Vectors) -> WrittenBase:
    """Write a new base of all passages beside the old one, and try it.

    Raises:
        BrokenLibrary: the new base failed its check; the old one is untouched.
        DiskFailure: it could not be written; neither is the old one touched then.
    """
    folder = library / f"{PREFIX}{uuid.uuid4().hex[:12]}"
    distinct = sorted({row.tobytes(): place for place, row in enumerate(vectors)}.values())
    ids, vectors = [ids[place] for place in distinct], vectors[distinct]
    is_sound = False
    try:
        folder.mkdir()
        with shared_lock(folder):
            _write_collection(folder, ids, vectors)
            with _rows_file(folder, ids, vectors) as rows:
                problem, lost = try_base(folder, len(ids), rows)
        if not problem:
            write_digests(folder)
            is_sound = True
    except BrokenLibrary:
        raise
    # Chroma's Rust core raises errors without a common class of their own
    except Exception as error:
        raise DiskFailure(
            f"A new search base could not be written to {library} ({error}). The articles are in, "
            "and found all the same; free some space, and try again."
        ) from error
    finally:
        if not is_sound:
            shutil.rmtree(folder, ignore_errors=True)
    if problem and any(words in problem for words in DISK_WORDS):
        raise DiskFailure(
            f"A new search base could not be checked in {library} ({problem}). The articles are "
            "in, and found all the same; free some space, and try again."
        )
    if problem:
        raise BrokenLibrary(
            f"A new search base failed its check ({problem}). The articles are in, and found all "
            "the same. Run `python -m index rebuild`."
        )
    left = set(lost)
    return WrittenBase(
        name=folder.name, size=len(ids), found=tuple(i for i in ids if i not in left)
    )


def _write_collection(folder: Path, ids: Sequence[str], vectors: Vectors) -> None:
    with _opened(folder) as client:
        collection = client.create_collection(
            COLLECTION, configuration={"hnsw": INDEX_SETTINGS}, embedding_function=None
        )
        for first in range(0, len(ids), BATCH):
            part = slice(first, first + BATCH)
            collection.add(ids=list(ids[part]), embeddings=vectors[part])
        if len(ids) % BATCH == 1:
            # A last row alone would wait in Chroma's log, and whoever opens the base would write
            # the graph anew, with pieces of its own memory; a second entry has it written now.
            collection.update(ids=list(ids[-1:]), embeddings=vectors[-1:])
    scrub(folder)


def base_problem(folder: Path, size: int) -> str | None:
    """Try a base in a process of its own, since a bad one can crash; return what is wrong."""
    return try_base(folder, size)[0]


def mark_broken(folder: Path) -> None:
    """Tell the next writer that a base cannot be used; one who may not write here tells nobody."""
    with suppress(OSError):
        if folder.is_dir():
            (folder / BROKEN_MARK).touch()


def is_usable(folder: Path) -> bool:
    """Say whether a base is there, undamaged, and no reader found it broken; Chroma is not run."""
    return (
        (folder / ROWS_FILE).is_file()
        and not (folder / BROKEN_MARK).exists()
        and damage(folder) is None
    )


def sweep_bases(library: Path, keep: str | None) -> list[Path]:
    """Delete the bases that are neither current nor read by anybody; return what is left of them.

    A later sweep takes that.
    """
    for folder in _named(library, PREFIX):
        if folder.name != keep:
            with unread(folder) as free:
                if free:  # under another name nobody can open it while it goes
                    folder.rename(library / f"{GONE}{folder.name}")
    for folder in _named(library, GONE):
        shutil.rmtree(folder, ignore_errors=True)
    bases = [each for each in _named(library, PREFIX) if each.name != keep]
    return bases + _named(library, GONE)


def _named(library: Path, beginning: str) -> list[Path]:
    """Return the folders of a library that are bases by their names, which begin so."""
    folders = library.glob(f"{beginning}*")
    return [each for each in folders if NAME.fullmatch(each.name) and each.is_dir()]


@contextmanager
def _opened(folder: Path) -> Iterator[Any]:
    """Open a folder with Chroma while the block runs."""
    with collecting_later():
        import chromadb
        from chromadb.config import Settings

    with _clients:
        client = chromadb.PersistentClient(str(folder), Settings(anonymized_telemetry=False))
    try:
        yield client
    finally:
        with _clients:
            client.close()


@contextmanager
def _rows_file(folder: Path, ids: Sequence[str], vectors: Vectors) -> Iterator[Path]:
    path = folder / "rows.npz"
    np.savez(path, ids=np.array(ids), vectors=vectors)
    try:
        yield path
    finally:
        path.unlink()

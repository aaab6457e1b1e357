"""The base: a Chroma collection that is written once and never changed.

Chroma loses a store whose writer is killed about one run in two, and degrades when rows are
deleted and added again. A collection that is written, verified, named in the catalogue and then
only read has neither trouble; what changes afterwards lives in the tail (`search.py`).
"""

import argparse
import shutil
import subprocess
import sys
import uuid
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import numpy as np

from index.base_digests import ROWS_FILE, damage, write_digests
from index.errors import BrokenLibrary, DiskFailure
from index.lock import is_free, shared_lock
from index.models import Vectors

COLLECTION = "passages"
PREFIX = "base-"

BATCH = 5_000
"""Rows in one call; Chroma takes 5,461 at most."""

INDEX_SETTINGS = {"space": "ip", "ef_construction": 200, "max_neighbors": 32, "ef_search": 200}
"""The graph's settings; the vectors are of unit length, so the inner product is the cosine."""

BROKEN_MARK = "broken"
"""A file by which a reader tells the next writer that a base could not be opened."""

DISK_WORDS = ("disk is full", "disk I/O error", "No space left")
"""How SQLite and the operating system speak of a full disk within Chroma's errors."""

UNWRITTEN = "it was not written to its end"

PROBES = 50
"""Rows that must find themselves before a new base is trusted."""


class Base:
    """A base opened for reading."""

    def __init__(self, folder: Path, size: int) -> None:
        """Open a written base of so many passages.

        Raises:
            BrokenLibrary: Chroma cannot open it, or it is of another size.
        """
        import chromadb
        from chromadb.config import Settings

        self.name = folder.name
        self._stack = ExitStack()
        try:
            self._stack.enter_context(shared_lock(folder))
            settings = Settings(anonymized_telemetry=False)
            self._client = chromadb.PersistentClient(str(folder), settings)
            self._collection = self._client.get_collection(COLLECTION, embedding_function=None)
            self.size = self._collection.count()
        # Chroma's Rust core raises errors without a common class of their own
        except Exception as error:
            self._stack.close()
            raise BrokenLibrary(f"{folder} cannot be opened ({error})") from error
        if self.size != size:
            self.close()
            raise BrokenLibrary(f"{folder} holds {self.size} passages, not {size}")

    def search(self, vector: Vectors, k: int) -> list[tuple[str, float]]:
        """Return up to k (passage id, cosine), best first.

        Raises:
            BrokenLibrary: its files are damaged; Chroma reads them at the first search.
        """
        try:
            found = self._collection.query(
                query_embeddings=[vector.tolist()],
                n_results=min(k, self.size),
                include=["distances"],
            )
        except Exception as error:
            raise BrokenLibrary(f"{self.name} cannot be searched ({error})") from error
        if self.size and not found["ids"][0]:  # damage that Chroma passes over in silence
            raise BrokenLibrary(f"{self.name} finds nothing among {self.size} passages")
        distances = (found["distances"] or [[]])[0]
        return [(i, 1.0 - d) for i, d in zip(found["ids"][0], distances, strict=True)]

    def any_vector(self) -> Vectors:
        """Return the vector of some passage."""
        rows = self._collection.get(limit=1, include=["embeddings"])["embeddings"]
        vector: Vectors = np.asarray(rows, dtype=np.float32)[0]
        return vector

    def close(self) -> None:
        """Let the folder go, so that it can be swept."""
        self._client.close()
        self._stack.close()


def write_base(library: Path, ids: Sequence[str], vectors: Vectors) -> str:
    """Write a new base beside the old one, verify it, and return its name.

    Raises:
        BrokenLibrary: the new base failed its check; the old one is untouched.
        DiskFailure: it could not be written; neither is the old one touched then.
    """
    folder = library / f"{PREFIX}{uuid.uuid4().hex[:12]}"
    problem: str | None = UNWRITTEN
    try:
        folder.mkdir()
        with shared_lock(folder):
            _write_collection(folder, ids, vectors)
            probes = np.linspace(0, len(ids) - 1, num=min(PROBES, len(ids)), dtype=int)
            with _probe_file(folder, [ids[i] for i in probes], vectors[probes]) as probe:
                problem = base_problem(folder, len(ids), probe)
        if not problem:
            problem = UNWRITTEN
            write_digests(folder)
            problem = None
    # Chroma's Rust core raises errors without a common class of their own
    except Exception as error:
        raise DiskFailure(
            f"A new search base could not be written to {library} ({error}). The articles are in, "
            "and found all the same; free some space, and try again."
        ) from error
    finally:
        if problem:
            shutil.rmtree(folder, ignore_errors=True)
    if problem and any(words in problem for words in DISK_WORDS):
        raise DiskFailure(
            f"A new search base could not be checked in {library} ({problem}). The articles are "
            "in, and found all the same; free some space, and try again."
        )
    if problem:
        raise BrokenLibrary(
            f"A new search base failed its check ({problem}); the old one serves. "
            "Run `python -m index rebuild`."
        )
    return folder.name


def _write_collection(folder: Path, ids: Sequence[str], vectors: Vectors) -> None:
    import chromadb
    from chromadb.config import Settings

    client = chromadb.PersistentClient(str(folder), Settings(anonymized_telemetry=False))
    try:
        collection = client.create_collection(
            COLLECTION, configuration={"hnsw": INDEX_SETTINGS}, embedding_function=None
        )
        for first in range(0, len(ids), BATCH):
            part = slice(first, first + BATCH)
            collection.add(ids=list(ids[part]), embeddings=vectors[part])
    finally:
        client.close()


def base_problem(folder: Path, size: int, probe: Path | None = None) -> str | None:
    """Try a base in a process of its own, since a bad one can crash; return what is wrong."""
    command = [sys.executable, "-m", "index.base", str(folder), str(size)]
    done = subprocess.run(  # noqa: S603 - this very module
        [*command, *([str(probe)] if probe else [])],
        capture_output=True,
        text=True,
        cwd=Path(__file__).parent.parent,
        check=False,
    )
    if done.returncode == 0:
        return None
    said = done.stderr.strip().splitlines()
    return said[-1] if said else f"the reading process ended with {done.returncode}"


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


def sweep_bases(library: Path, keep: str | None) -> None:
    """Delete the bases that are neither current nor read by anybody."""
    for folder in library.glob(f"{PREFIX}*"):
        if folder.name != keep and folder.is_dir() and is_free(folder):
            shutil.rmtree(folder, ignore_errors=True)  # a later sweep takes what is left


@contextmanager
def _probe_file(folder: Path, ids: Sequence[str], vectors: Vectors) -> Iterator[Path]:
    path = folder / "probe.npz"
    np.savez(path, ids=np.array(ids), vectors=vectors)
    try:
        yield path
    finally:
        path.unlink()


def _check(folder: Path, size: int, probe: Path | None) -> str | None:
    base = Base(folder, size)
    if probe is None:
        base.search(base.any_vector(), 1)
        return None
    with np.load(probe) as rows:
        for passage_id, vector in zip(rows["ids"], rows["vectors"], strict=True):
            found = dict(base.search(vector, 10))
            best = max(found.values(), default=0.0)
            # passages of equal text share a vector, so equal nearness also counts
            if passage_id not in found and best < 0.999:
                return f"passage {passage_id} does not find itself"
    return None


def main() -> None:
    """Check a base; used by `base_problem` alone."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("size", type=int)
    parser.add_argument("probe", type=Path, nargs="?")
    arguments = parser.parse_args()
    sys.exit(_check(arguments.folder, arguments.size, arguments.probe))


if __name__ == "__main__":
    main()

"""Vectors on disk, in a SQLite file of their own, keyed by what they were made from."""

import hashlib
import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

from index.database import Database
from index.errors import BrokenLibrary
from index.models import EMBEDDING_WIDTH, Vectors

SCHEMA = "CREATE TABLE IF NOT EXISTS vectors (key BLOB PRIMARY KEY, vector BLOB NOT NULL) STRICT"
REMEDY = "It can be made again: delete it, and run `python -m index rebuild`."
KEYS_A_QUERY = 500
"""Keys in one `IN (...)`; SQLite allows 32,766 but parses short ones faster."""


def vector_key(identity: str, rules: str, text: str) -> bytes:
    """Return the key of a text's vector: 16 bytes over model, passage rules and text."""
    return hashlib.sha256("\0".join((identity, rules, text)).encode()).digest()[:16]


class VectorStore:
    """Keeps float32 vectors by key."""

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        """Open the file, made if missing."""
        self.database = Database(path, SCHEMA, REMEDY, read_only=read_only)

    def missing(self, keys: Iterable[bytes]) -> set[bytes]:
        """Return the keys that have no vector."""
        wanted = set(keys)
        return wanted - {key for key, _ in self._rows(sorted(wanted), "key, 1")}

    def put(self, keys: Sequence[bytes], vectors: Vectors) -> None:
        """Store vectors in one transaction."""
        blobs = (row.astype(np.float32).tobytes() for row in vectors)
        with self.database.transaction() as connection:
            connection.executemany(
                "INSERT OR REPLACE INTO vectors VALUES (?, ?)", zip(keys, blobs, strict=True)
            )

    def get(self, keys: Sequence[bytes]) -> Vectors:
        """Return vectors in the order of the keys, shape (len(keys), width).

        Raises:
            BrokenLibrary: a key has no vector.
        """
        if not keys:
            return np.zeros((0, EMBEDDING_WIDTH), dtype=np.float32)
        found = {
            key: np.frombuffer(vector, dtype=np.float32)
            for key, vector in self._rows(sorted(set(keys)), "key, vector")
        }
        lost = sum(key not in found for key in keys)
        if lost:
            raise BrokenLibrary(
                f"{self.database.path} lacks the vectors of {lost} passages. Make them anew: "
                "`python -m index rebuild`."
            )
        return np.stack([found[key] for key in keys])

    def count(self) -> int:
        """Count the vectors."""
        with self.database.reading():
            row = self.database.connection.execute("SELECT count(*) AS n FROM vectors").fetchone()
            return int(row["n"])

    def keep_only(self, keys: Iterable[bytes]) -> None:
        """Delete every vector that is not named."""
        with self.database.transaction() as connection:
            connection.execute("CREATE TEMP TABLE kept (key BLOB PRIMARY KEY)")
            connection.executemany("INSERT OR IGNORE INTO kept VALUES (?)", ((k,) for k in keys))
            connection.execute("DELETE FROM vectors WHERE key NOT IN (SELECT key FROM kept)")
            connection.execute("DROP TABLE kept")

    def _rows(self, keys: Sequence[bytes], columns: str) -> list[sqlite3.Row]:
        rows: list[sqlite3.Row] = []
        for first in range(0, len(keys), KEYS_A_QUERY):
            part = keys[first : first + KEYS_A_QUERY]
            marks = ",".join("?" * len(part))
            query = f"SELECT {columns} FROM vectors WHERE key IN ({marks})"
            with self.database.reading():
                rows += self.database.connection.execute(query, part).fetchall()
        return rows

"""Readers of one library, in so many threads, until a line comes: see `test_readers.py`."""

import json
import re
import sys
import threading
from collections import Counter
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent))

from made_library import in_groups, made_vectors

from index import Index, library
from index.identity import embedder_identity
from index.models import Embedder

K = 8
EDITION = re.compile(r"edition (\d+)")
QUESTIONS = ("Which ship brought salt?", "crates of wool", "the harbour's list", "edition 2 grain")


class Reader(threading.Thread):
    """Searches again and again, and counts what must not be."""

    def __init__(self, index: Index, number: int, enough: threading.Event) -> None:
        super().__init__()
        self.index, self.number, self.enough = index, number, enough
        self.counts: Counter[str] = Counter()
        self.editions = {0}
        self.searched = threading.Event()

    def run(self) -> None:
        turn = self.number
        while not self.enough.is_set():
            turn += 1
            try:
                self.search(QUESTIONS[turn % len(QUESTIONS)], limited=turn % 3 == 0)
            except Exception as error:  # noqa: BLE001 - whatever it is, it is counted and shown
                self.counts["errors"] += 1
                sys.stderr.write(f"{error!r}\n")
            self.searched.set()

    def search(self, question: str, *, limited: bool) -> None:
        since = "2025-10-01" if limited else None
        hits = self.index.search(question, K, since=since)
        self.counts["searches"] += 1
        self.counts["short"] += len(hits) < K
        seen = {int(edition) for hit in hits for edition in EDITION.findall(hit.passage.text)}
        self.counts["mixed"] += len(seen) != 1
        self.counts["backwards"] += min(seen, default=0) < max(self.editions)
        self.editions |= seen
        for hit in hits:
            text = self.index.article(hit.passage.article_id).text
            passage = hit.passage
            self.counts["no slices"] += text[passage.start : passage.end] != passage.text
            self.counts["hits"] += 1


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main() -> None:
    folder, count = sys.argv[1], int(sys.argv[2])
    made_vectors(in_groups, pytest.MonkeyPatch())
    embedder = Embedder(None, embedder_identity(), "")  # type: ignore[arg-type]
    library.load_embedder = lambda: embedder
    enough = threading.Event()
    shared = Index.open(folder)
    # every other thread has a library of its own: both are ways in which programs read
    readers = [
        Reader(shared if number % 2 else Index.open(folder), number, enough)
        for number in range(count)
    ]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.searched.wait()
    say("ready")
    sys.stdin.readline()
    enough.set()
    total: Counter[str] = Counter()
    for reader in readers:
        reader.join()
        total += reader.counts
        total["editions"] = max(total["editions"], len(reader.editions - {0}))
    say(json.dumps(total))


if __name__ == "__main__":
    main()

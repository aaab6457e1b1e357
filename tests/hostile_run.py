"""Read hostile files one by one, and print as JSON what became of each and what it cost.

A program of its own, so that what the system says of its children tells of readers alone:
`PYTHONPATH=. python tests/hostile_run.py FOLDER`.
"""

import json
import resource
import sys
import time
from pathlib import Path

from index.errors import UnreadableArticle
from index.passages import cut_passages
from index.reading import Reader

TICKS = 100
"""A second, in which /proc counts the time of a process."""


def seconds_of(reader: Reader) -> float:
    """Return the processor time that readers took: those that ended, and the one that lives."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    took = used.ru_utime + used.ru_stime
    if reader._process is not None:
        try:
            status = Path("/proc", str(reader._process.pid), "stat").read_text()
        except OSError:
            return took
        fields = status.rsplit(")", 1)[1].split()
        took += (int(fields[11]) + int(fields[12])) / TICKS
    return took


def main() -> None:
    """Read every file of a folder."""
    reader = Reader()
    files = []
    for path in sorted(Path(sys.argv[1]).iterdir()):
        before, began = seconds_of(reader), time.monotonic()
        try:
            articles, reason = reader.read(path), None
        except UnreadableArticle as error:
            articles, reason = [], error.reason
        took, waited = seconds_of(reader) - before, time.monotonic() - began
        began = time.process_time()
        for article in articles:
            cut_passages(article)
        files.append(
            {
                "name": path.name,
                "reason": reason,
                "characters": sum(len(article.text) for article in articles),
                "seconds": took,
                "waited": waited,
                "seconds_to_cut": time.process_time() - began,
            }
        )
    reader.close()
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    print(json.dumps({"files": files, "megabytes": peak / 1024}))  # noqa: T201


if __name__ == "__main__":
    main()

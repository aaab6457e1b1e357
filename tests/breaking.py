"""Break a change to a library at its n-th step of writing, and see what is left of it."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import pytest
from conftest import LACKING

HERE = Path(__file__).parent
COMPILER = shutil.which("cc")


class Breaker:
    """Runs changes in children of `breaking_worker.py`, and breaks them as it is told."""

    def __init__(self, folder: Path) -> None:
        """Build the shim in a folder, and start the worker with it."""
        if COMPILER is None or sys.platform != "linux":
            pytest.skip(f"{LACKING} a C compiler, or a loader that takes LD_PRELOAD")
        shim = folder / "breaking.so"
        subprocess.run(
            [COMPILER, "-shared", "-fPIC", "-O1", "-o", shim, HERE / "breaking.c", "-ldl"],
            check=True,
        )
        self._worker = subprocess.Popen(
            [sys.executable, HERE / "breaking_worker.py"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=HERE.parent,
            env={**os.environ, "LD_PRELOAD": str(shim), "PYTHONPATH": str(HERE.parent)},
        )
        assert self._hear() == "ready"

    def start(self, change: str, library: Path, articles: Path, **more: Any) -> int:
        """Start a change, and return its process; `finish` must follow."""
        self._tell({"change": change, "library": str(library), "articles": str(articles), **more})
        child: int = self._hear()["child"]
        return child

    def finish(self) -> dict[str, Any]:
        """Return what came of the change that was started last."""
        reply: dict[str, Any] = self._hear()
        return reply

    def run(self, change: str, library: Path, articles: Path, **more: Any) -> dict[str, Any]:
        """Make a change, and return what came of it."""
        self.start(change, library, articles, **more)
        return self.finish()

    def look(self, library: Path, articles: Path) -> dict[str, Any]:
        """Return what a library holds and finds."""
        reply = self.run("look", library, articles)
        assert reply["status"] == 0, reply
        assert reply["error"] is None, reply
        value: dict[str, Any] = reply["value"]
        return value

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        assert self._worker.stdin is not None
        assert self._worker.stdout is not None
        self._worker.stdin.close()
        self._worker.kill()  # taking apart what torch has set up would take seconds
        self._worker.wait()
        self._worker.stdout.close()

    def _tell(self, request: object) -> None:
        assert self._worker.stdin is not None
        self._worker.stdin.write(json.dumps(request) + "\n")
        self._worker.stdin.flush()

    def _hear(self) -> Any:
        assert self._worker.stdout is not None
        line = self._worker.stdout.readline()
        assert line, "the worker has ended"
        return json.loads(line)


@contextmanager
def copied(library: Path, to: Path) -> Iterator[Path]:
    """Give a copy of a library to be broken, and delete it."""
    if library.exists():
        shutil.copytree(library, to)
    try:
        yield to
    finally:
        shutil.rmtree(to, ignore_errors=True)

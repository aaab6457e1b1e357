"""A process that works for this one: it is asked in lines of JSON, and answers in them.

What it opens can crash it, stop it or fill it up; the one who asks is told how it ended.
"""

import json
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

SECONDS_TO_END = 5.0
"""After it closed its output."""

ROOT = Path(__file__).parent.parent


class WorkerFailed(Exception):
    """A process gave no answer, and is of no more use."""

    def __init__(self, how: Literal["late", "large", "hung", "ended"], code: int = 0) -> None:
        super().__init__(how)
        self.how = how
        """It did not answer in time; or more than it may; or closed its output, or made no sense,
        and goes on; or ended."""
        self.code = code
        """With what it ended, minus a signal's number."""

    @property
    def is_no_fault(self) -> bool:
        """Whether what it worked at is not to blame: it had been idle, or somebody killed it."""
        return self.how == "ended" and self.code in {0, -signal.SIGKILL, -signal.SIGTERM}


class WorkerProcess:
    """One process, asked by one thread at a time."""

    def __init__(
        self,
        module: str,
        *,
        flags: Sequence[str] = (),
        environment: Mapping[str, str] | None = None,
    ) -> None:
        """Start it.

        Args:
            module: What it runs, as `python -m` does.
            flags: Of the interpreter.
            environment: Its environment; this process's by default.

        Raises:
            OSError: it cannot be started.
        """
        self.asked = 0
        self._received = bytearray()
        self._popen = subprocess.Popen(  # noqa: S603 - our own module
            [sys.executable, *flags, "-m", module],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**(os.environ if environment is None else environment), "PYTHONPATH": str(ROOT)},
            start_new_session=True,  # Ctrl-C is for this process, which then ends that one
        )
        if self._popen.stdin is None or self._popen.stdout is None:
            raise AssertionError("unreachable")
        self._requests, self._replies = self._popen.stdin, self._popen.stdout

    @property
    def pid(self) -> int:
        """The number by which the system knows it."""
        return self._popen.pid

    def ask(self, request: Mapping[str, Any]) -> None:
        """Send a request; replies follow.

        Raises:
            WorkerFailed: it takes none.
        """
        self.asked += 1
        try:
            self._requests.write(json.dumps(request).encode("ascii") + b"\n")
            self._requests.flush()
        except BrokenPipeError as error:
            raise self._failure() from error

    def reply(self, seconds: float, largest: int) -> dict[str, Any]:
        """Return the next reply.

        Args:
            seconds: How long it is waited for.
            largest: Bytes that it may have.

        Raises:
            WorkerFailed: there is none in time, or none that makes sense.
        """
        deadline = time.monotonic() + seconds
        descriptor = self._replies.fileno()
        coming = select.poll()
        coming.register(descriptor, select.POLLIN)
        searched = 0
        while (end := self._received.find(b"\n", searched)) < 0:
            searched = len(self._received)
            left = deadline - time.monotonic()
            if left <= 0 or not coming.poll(left * 1_000):
                raise WorkerFailed("late")
            if searched > largest:
                raise WorkerFailed("large")
            part = os.read(descriptor, 1 << 20)
            if not part:
                raise self._failure()
            self._received += part
        line = bytes(self._received[:end])
        del self._received[: end + 1]
        try:
            return {**json.loads(line)}
        except (ValueError, TypeError, RecursionError) as error:
            raise self._failure() from error

    def end(self) -> None:
        """End it, whatever it is doing."""
        self._popen.kill()
        self._popen.wait()
        for stream in (self._requests, self._replies):
            try:
                stream.close()
            except BrokenPipeError:
                pass  # a request that nobody will read was still waiting to be written

    def _failure(self) -> WorkerFailed:
        """Return how it ended."""
        try:
            return WorkerFailed("ended", self._popen.wait(SECONDS_TO_END))
        except subprocess.TimeoutExpired:  # it goes on, but talks no more, or no sense
            return WorkerFailed("hung")

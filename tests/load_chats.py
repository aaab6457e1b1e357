"""`python tests/load_chats.py`: many people chat at once with the real server, as browsers do.

Starts `python -m ui` over the sample articles and drives the page's own endpoints: it opens the
page and its heartbeat, sends questions by Gradio's queue, reads the stream, calls what a browser
calls by itself after an answer (suggestions), and pauses to read. A conversation goes on in its
tab, and a follow-up comes after what it follows. What is measured is what a reader waits for: from
Enter to the first sentence or refusal of the new turn, or to the word that the server is busy. The
people run on the same cores as the server, so the figures include their work.
"""

import argparse
import asyncio
import math
import os
import random
import re
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

import httpx

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from page_session import Dependency, Message, Output, Page, Session  # noqa: E402

from eval.cases import load_cases  # noqa: E402
from eval.intervals import wilson  # noqa: E402
from eval.types import Case  # noqa: E402
from index import Index  # noqa: E402
from ui import strings  # noqa: E402

ASK = "ask"
"""The name of the page's endpoint that answers."""
GROWING = "now"
"""The id of the panel that shows the turn of the question at hand, and no other."""
FIRST = re.compile(r'<p class="sentence |<div class="refusal"')
"""What stands in that panel as soon as the first sentence, or the refusal, does."""
PROBLEM = 'class="problem"'
BUSY = strings.BUSY.partition("{")[0]
LONGEST_START = 120.0
SLOWEST_FIRST = 3.0
"""Seconds to the first sentence, at the 95th percentile: what tests/README.md promises."""

MOST_TOLD_BUSY = 0.05
"""Share of the questions."""


@dataclass
class Asked:
    """What came of one question; seconds count from Enter to what the reader sees."""

    first: float | None = None
    """To the first sentence of its answer, or its refusal."""
    told_busy: float | None = None
    """To the word that the server is busy."""
    error: str | None = None

    def look(self, shown: str, seconds: float) -> None:
        """Look at what the question's own turn shows, so many seconds after Enter."""
        if self.first is None and FIRST.search(shown):
            self.first = seconds
        if self.told_busy is None and PROBLEM in shown and BUSY in shown:
            self.told_busy = seconds

    def end(self, message: Message) -> None:
        """Look at the last message of the event."""
        if not message["success"]:
            self.error = f"failed: {message['output']}"
        elif self.first is None and self.told_busy is None:
            self.error = "nothing was shown"


class Chat:
    """One person at one tab."""

    def __init__(self, client: httpx.AsyncClient, cases: Sequence[Case], seed: int) -> None:
        self._client = client
        self._cases = cases
        self._random = random.Random(seed)
        self._session = Session(client, f"load{seed:06d}")
        self.asked: list[Asked] = []

    async def talk(self, end: float, pause: tuple[float, float]) -> None:
        """Load the page and ask until the end, with a pause after each answer."""
        await asyncio.sleep(self._random.uniform(0, pause[1]))
        await self._client.get("/")
        page = Page((await self._client.get("/config")).json())
        followers: list[asyncio.Task[None]] = []
        async with self._session.open():
            for event in page.on_load():
                await self._session.call(event, page.inputs(event, ""))
                followers.append(asyncio.create_task(self._follow(page, event)))
            for question in self._questions():
                if time.monotonic() >= end:
                    break
                asked, event = await self._ask(page, question)
                self.asked.append(asked)
                # What comes by itself after an answer is called while the reader reads it.
                followers.append(asyncio.create_task(self._follow(page, event, bool(asked.error))))
                await asyncio.sleep(self._random.uniform(*pause))
            await asyncio.gather(*followers)

    def _questions(self) -> Iterator[str]:
        """Yield questions; one that goes on from others comes after them, as a follow-up."""
        while True:
            case = self._random.choice(self._cases)
            yield from (question for question, _ in case.history)
            yield case.question

    async def _ask(self, page: Page, question: str) -> tuple[Asked, Dependency]:
        event, asked = page.endpoint(ASK), Asked()
        growing = Output(page.place_of(event, GROWING))
        began = time.monotonic()

        def watch(message: Message) -> None:
            seconds = time.monotonic() - began
            asked.look(growing.take(message), seconds)

        try:
            asked.end(await self._session.call(event, page.inputs(event, question), watch))
        except (httpx.HTTPError, KeyError, ValueError) as error:
            asked.error = f"{type(error).__name__}: {error}"
        return asked, event

    async def _follow(self, page: Page, event: Dependency, failed: bool = False) -> None:
        """Call what a browser calls by itself after an event, and what comes after that."""
        for each in page.after(event, failed=failed):
            message = await self._session.call(each, page.inputs(each, ""))
            await self._follow(page, each, not message["success"])


def work_of(process: int) -> float:
    """Return the seconds that a process has kept a core busy; 0 where the system does not tell."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def server(
    library: Path,
    *arguments: str,
    program: Sequence[str] = ("-m", "ui"),
    environment: Mapping[str, str] = MappingProxyType({}),
) -> Iterator[tuple[str, int]]:
    """Serve a library in a process of its own, warm, until the block ends.

    Yields the address and the number of the process.
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, *program, "--library", str(library), "--port", str(port)]
    with subprocess.Popen(
        [*command, *arguments],
        cwd=library,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        stdout=subprocess.DEVNULL,
    ) as process:
        address = f"http://127.0.0.1:{port}"
        try:
            end = time.monotonic() + LONGEST_START
            while time.monotonic() < end and process.poll() is None:
                with suppress(httpx.HTTPError):
                    if httpx.get(f"{address}/readyz").status_code == 200:
                        break
                time.sleep(0.2)
            if process.poll() is not None:
                raise SystemExit("the server did not start")
            yield address, process.pid
        finally:
            process.send_signal(signal.SIGTERM)


async def crowd(
    address: str, chats: int, seconds: float, pause: tuple[float, float]
) -> list[Asked]:
    """Let people chat at once, and return what came of all their questions."""
    cases = load_cases(ROOT / "seeds" / "cases.jsonl")
    limits = httpx.Limits(max_connections=None, max_keepalive_connections=chats)
    async with httpx.AsyncClient(base_url=address, timeout=60, limits=limits) as client:
        people = [Chat(client, cases, seed) for seed in range(chats)]
        end = time.monotonic() + seconds
        results = await asyncio.gather(
            *(person.talk(end, pause) for person in people), return_exceptions=True
        )
    broken = [Asked(error=repr(result)) for result in results if isinstance(result, BaseException)]
    return [asked for person in people for asked in person.asked] + broken


def percentile_95(seconds: Sequence[float]) -> float:
    """Return what 95 % of some times stay below; without any, no bound holds."""
    return sorted(seconds)[int(0.95 * len(seconds))] if seconds else math.inf


def broken_bounds(asked: Sequence[Asked]) -> list[str]:
    """Return in words which of the bounds the answers broke."""
    slow = percentile_95([a.first for a in asked if a.first is not None])
    busy = sum(a.told_busy is not None for a in asked)
    errors = sum(a.error is not None for a in asked)
    broken = []
    if errors:
        broken.append(f"{errors} errors, and none may be")
    if slow > SLOWEST_FIRST:
        broken.append(
            f"first sentence after {slow:.2f} s at the 95th percentile, above {SLOWEST_FIRST:.2f}"
        )
    if busy > MOST_TOLD_BUSY * len(asked):
        broken.append(f"{busy} of {len(asked)} told that it is busy, above {MOST_TOLD_BUSY:.0%}")
    return broken


def told_of(broken: Sequence[str]) -> int:
    """Print which bounds were broken, and return the exit code."""
    for bound in broken:
        print(f"FAILED: {bound}")  # noqa: T201
    return int(bool(broken))


def report(asked: Sequence[Asked]) -> str:
    """Return the figures in words."""
    first = [a.first for a in asked if a.first is not None]
    told = sorted(a.told_busy for a in asked if a.told_busy is not None)
    errors = Counter(a.error for a in asked if a.error)
    low, high = wilson(len(told), len(asked))
    lines = [
        f"questions: {len(asked)}; errors: {sum(errors.values())}",
        f"told that it is busy: {len(told)} ({len(told) / len(asked):.1%}, 95 % {low:.3f} to "
        f"{high:.3f})" + (f", after at most {told[-1]:.2f} s" if told else ""),
    ]
    if len(first) > 1:
        lines.append(
            f"first sentence: median {statistics.median(first):.2f} s, 95th percentile "
            f"{percentile_95(first):.2f} s, longest {max(first):.2f} s"
        )
    return "\n".join(lines + [f"  {count} × {error}" for error, count in errors.most_common(5)])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--chats", type=int, default=50)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--pause", type=float, nargs=2, default=(20, 40), metavar="SECONDS")
    parser.add_argument("server", nargs="*", help="options of `python -m ui`, after --")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        with Index.open(folder) as index:
            index.sync([ROOT / "seeds"])
        with server(Path(folder), *arguments.server) as (address, process):
            before = work_of(process)
            asked = asyncio.run(
                crowd(address, arguments.chats, 60 * arguments.minutes, tuple(arguments.pause))
            )
            work = work_of(process) - before
    print(report(asked))  # noqa: T201
    answered = max(1, sum(a.told_busy is None for a in asked))
    print(f"the server's cores were busy for {work / answered:.2f} s an answer")  # noqa: T201
    return told_of(broken_bounds(asked))


if __name__ == "__main__":
    sys.exit(main())

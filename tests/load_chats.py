"""`python tests/load_chats.py`: many people chat at once with the real server, as browsers do.

Starts `python -m ui` over the sample articles and drives the page's own endpoints: it opens the
page and its heartbeat, sends questions by Gradio's queue, reads the stream, and pauses to read.
The people run on the same cores as the server, so the figures include their work.
"""

import argparse
import asyncio
import json
import os
import random
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from eval.cases import load_cases  # noqa: E402
from eval.intervals import wilson  # noqa: E402
from index import Index  # noqa: E402
from ui import strings  # noqa: E402

ASK = "ask"
"""The name of the page's endpoint that answers."""
QUESTION = "question"
"""The id of the box into which the question is typed."""
SHOWN = ('class=\\"footnote', 'class=\\"refusal')
"""What stands in the page as soon as the first sentence, or the refusal, does."""
BUSY = strings.BUSY.partition("{")[0]
LONGEST_START = 120.0


@dataclass
class Asked:
    """What came of one question; seconds count from the moment it was sent."""

    first: float | None = None
    whole: float = 0.0
    busy: bool = False
    error: str | None = None


@dataclass
class Page:
    """What a browser knows of the page once it has loaded it."""

    config: dict[str, Any]
    ask: dict[str, Any] = field(init=False)

    def __post_init__(self) -> None:
        self.ask = next(d for d in self.config["dependencies"] if d["api_name"] == ASK)

    def after(self, event: str) -> list[dict[str, Any]]:
        """Return what the browser calls by itself: on load, or once the answer is there."""
        return [
            dependency
            for dependency in self.config["dependencies"]
            if any(target[1] == event for target in dependency["targets"])
            and (event == "load" or dependency["trigger_after"] == self.ask["id"])
        ]

    def inputs(self, dependency: dict[str, Any], question: str) -> list[Any]:
        """Return what the page's boxes hold, the question in its own."""
        components = {c["id"]: c["props"] | {"type": c["type"]} for c in self.config["components"]}
        boxes = [components[number] for number in dependency["inputs"]]
        return [
            question
            if box.get("elem_id") == QUESTION
            else None
            if box["type"] == "state"
            else box.get("value")
            for box in boxes
        ]


class Chat:
    """One person at one tab."""

    def __init__(self, client: httpx.AsyncClient, questions: Sequence[str], seed: int) -> None:
        self._client = client
        self._questions = questions
        self._random = random.Random(seed)
        self._session = f"load{seed:06d}"
        self.asked: list[Asked] = []

    async def talk(self, end: float, pause: tuple[float, float]) -> None:
        """Load the page and ask until the end, with a pause after each answer."""
        await asyncio.sleep(self._random.uniform(0, pause[1]))
        await self._client.get("/")
        page = Page((await self._client.get("/config")).json())
        heartbeat = asyncio.create_task(self._live())
        try:
            for dependency in page.after("load"):
                await self._call(page, dependency)
            while time.monotonic() < end:
                self.asked.append(await self._ask(page, self._random.choice(self._questions)))
                await asyncio.sleep(self._random.uniform(*pause))
        finally:
            heartbeat.cancel()
            with suppress(asyncio.CancelledError):
                await heartbeat

    async def _ask(self, page: Page, question: str) -> Asked:
        asked = Asked()
        began = time.monotonic()
        try:
            await self._follow(page, question, asked, began)
            for dependency in page.after("success"):
                await self._call(page, dependency)
        except (httpx.HTTPError, KeyError, ValueError) as error:
            asked.error = f"{type(error).__name__}: {error}"
        asked.whole = asked.whole or time.monotonic() - began
        return asked

    async def _follow(self, page: Page, question: str, asked: Asked, began: float) -> None:
        """Send a question, and read the stream to its end."""
        body = self._body(page.ask, page.inputs(page.ask, question))
        joined = await self._client.post("/gradio_api/queue/join", json=body)
        joined.raise_for_status()
        event = joined.json()["event_id"]
        data = {"session_hash": self._session}
        async with self._client.stream("GET", "/gradio_api/queue/data", params=data) as response:
            response.raise_for_status()
            before: tuple[int, int] | None = None
            async for line in response.aiter_lines():
                if not line.startswith("data:"):
                    continue
                since = time.monotonic() - began
                message = json.loads(line[5:])
                counts = sum(map(line.count, SHOWN)), line.count(BUSY)
                if before is None and message["msg"] == "process_generating":
                    before = counts  # the question, below the answers that were there before
                elif before is not None:
                    if asked.first is None and counts[0] > before[0]:
                        asked.first = since
                    asked.busy = asked.busy or counts[1] > before[1]
                if message["msg"] == "process_completed" and message["event_id"] == event:
                    asked.whole = since
                    if not message["success"]:
                        asked.error = f"failed: {message['output']}"
                    elif asked.first is None and not asked.busy:
                        asked.error = "nothing was shown"
                    return
        asked.error = "the stream broke off"

    async def _call(self, page: Page, dependency: dict[str, Any]) -> None:
        body = self._body(dependency, page.inputs(dependency, ""))
        (await self._client.post("/gradio_api/run/predict", json=body)).raise_for_status()

    def _body(self, dependency: dict[str, Any], inputs: list[Any]) -> dict[str, Any]:
        target = dependency["targets"][0][0]
        return {
            "data": inputs,
            "fn_index": dependency["id"],
            "session_hash": self._session,
            "event_data": None,
            "trigger_id": target,
        }

    async def _live(self) -> None:
        """Keep the session alive, as an open tab does."""
        address = f"/gradio_api/heartbeat/{self._session}"
        with suppress(httpx.HTTPError):
            async with self._client.stream("GET", address, timeout=None) as response:
                async for _ in response.aiter_lines():
                    pass


def work_of(process: int) -> float:
    """Return the seconds that a process has kept a core busy; 0 where the system does not tell."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def server(library: Path, *arguments: str) -> Iterator[tuple[str, int]]:
    """Serve a library in a process of its own, warm, until the block ends.

    Yields the address and the number of the process.
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "ui", "--library", str(library), "--port", str(port)]
    with subprocess.Popen(
        [*command, *arguments],
        cwd=library,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
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
    questions = [case.question for case in load_cases(ROOT / "seeds" / "cases.jsonl")]
    limits = httpx.Limits(max_connections=None, max_keepalive_connections=chats)
    async with httpx.AsyncClient(base_url=address, timeout=60, limits=limits) as client:
        people = [Chat(client, questions, seed) for seed in range(chats)]
        end = time.monotonic() + seconds
        results = await asyncio.gather(
            *(person.talk(end, pause) for person in people), return_exceptions=True
        )
    broken = [Asked(error=repr(result)) for result in results if isinstance(result, BaseException)]
    return [asked for person in people for asked in person.asked] + broken


def report(asked: Sequence[Asked]) -> str:
    """Return the figures in words."""
    first = sorted(a.first for a in asked if a.first is not None)
    told = sorted(a.whole for a in asked if a.busy)
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
            f"{first[int(0.95 * len(first))]:.2f} s, longest {first[-1]:.2f} s"
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
    answered = sum(not a.busy for a in asked)
    print(f"the server's cores were busy for {work / answered:.2f} s an answer")  # noqa: T201
    return int(any(a.error for a in asked))


if __name__ == "__main__":
    sys.exit(main())

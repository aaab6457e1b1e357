"""`python tests/soak_questions.py`: ten thousand questions to one server, and what is held after.

Starts the real server over a small library and lets visitors come and go: most use the page's own
calls, in a tab that has a heartbeat and follow-up questions, the others the API. A fifth of the
visits end as the connection drops in the middle of an answer, one question in fifty comes with an
article that is uploaded, and removed or erased. Every so many questions the server collects its
garbage; then its memory, open files, threads and temporary files are read, and held against the
bounds of `soak_bounds.py`.
"""

import argparse
import asyncio
import json
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from conftest import ARTICLES  # noqa: E402
from load_chats import ASK, server, told_of  # noqa: E402
from page_session import Message, Page, Session  # noqa: E402
from soak_bounds import Reading, broken_bounds, in_use, slope, warmed_up  # noqa: E402

from index import Index  # noqa: E402

FIRST_QUESTIONS = [
    "How much will the repairs of the ferry ramp cost?",
    "Who is the conductor of the brass band?",
    "What is the prize worth?",
    "Who bought the old paper mill?",
    "When is the ferry ramp to open again?",
    "How many flats does the Norden Group plan?",
    "What is the capital of Mongolia?",
    "Who won the chess championship of Lisbon?",
    "",
    "? " * 1_200,
]
"""Six that the articles answer, two that they do not, two that are refused at once."""

FOLLOW_UPS = ["Who said that?", "And when?", "What did it cost?", "Why was it closed?"]

UPLOADED_EVERY, DROPPED_SHARE, API_SHARE, SUGGESTED_SHARE = 50, 0.2, 0.4, 0.1
"""Of questions, of visits (whose last question it is), of visits, and of answers in the page."""
LONGEST_VISIT = 6
"""Questions in one tab."""
AT_ONCE = 2
"""Visitors at a time, as many as the server answers."""


@dataclass
class Soak:
    """A run: what is still to be asked, and what came of it."""

    client: httpx.AsyncClient
    total: int
    seed: int
    asked: int = 0
    visits: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    errors: Counter[str] = field(default_factory=Counter)

    async def go_on(self, until: int) -> None:
        """Let visitors come until so many questions were asked."""

        async def come() -> None:
            while self.asked < until:
                self.visits += 1
                chance = random.Random(f"{self.seed}-{self.visits}")
                try:
                    await self._visit(self.visits, chance)
                except (httpx.HTTPError, KeyError, ValueError, StopIteration) as error:
                    self.errors[f"{type(error).__name__}: {error}"[:200]] += 1

        async with asyncio.TaskGroup() as visitors:
            for _ in range(AT_ONCE):
                visitors.create_task(come())

    async def _visit(self, number: int, chance: random.Random) -> None:
        questions = [chance.choice(FIRST_QUESTIONS)]
        questions += chance.choices(FOLLOW_UPS, k=chance.randrange(LONGEST_VISIT))
        drops = chance.random() < DROPPED_SHARE
        if chance.random() < API_SHARE:
            await self._call(questions[0], chance, drops)
            return
        session = Session(self.client, f"soak{number:08d}")
        page = Page((await self.client.get("/config")).json())
        await self.client.get("/")
        async with session.open():
            for event in page.on_load():
                await session.call(event, page.inputs(event, ""))
            for question in questions:
                self.asked += 1
                if self.asked % UPLOADED_EVERY == 0:
                    await self._upload(page, session, chance)
                is_last = question is questions[-1]
                await self._ask(page, session, question, drops and is_last)
                if chance.random() < SUGGESTED_SHARE and not (drops and is_last):
                    await self._suggest(page, session)

    async def _ask(self, page: Page, session: Session, question: str, drops: bool) -> None:
        """Ask in a tab; who drops is gone with the first frame that comes."""
        event, begun = page.endpoint(ASK), asyncio.Event()

        def look(message: Message) -> None:
            if message["msg"] == "process_generating":
                begun.set()

        call = asyncio.create_task(session.call(event, page.inputs(event, question), look))
        if drops:
            await asyncio.wait(
                {call, asyncio.create_task(begun.wait())}, return_when=asyncio.FIRST_COMPLETED
            )
            begun.set()
            call.cancel()
            await asyncio.gather(call, return_exceptions=True)
            self.kinds["dropped in the page"] += 1
            return
        message = await call
        self.kinds["in the page"] += 1
        if not message["success"]:
            self.errors[f"ask: {message['output']}"[:200]] += 1

    async def _suggest(self, page: Page, session: Session) -> None:
        for each in page.after(page.endpoint(ASK)):
            await session.call(each, page.inputs(each, ""))
            for next_one in page.after(each):
                await session.call(next_one, page.inputs(next_one, ""))
        self.kinds["suggestions"] += 1

    async def _call(self, question: str, chance: random.Random, drops: bool) -> None:
        """Ask by the API, whole or as it grows."""
        self.asked += 1
        body = {"question": question, "history": [("Who is Jonas Wede?", "The harbour master.")]}
        streams = chance.random() < 0.5
        headers = {"accept": "text/event-stream"} if streams else {}
        limit = chance.uniform(0.02, 0.3) if drops else 60
        try:
            async with (
                asyncio.timeout(limit),
                self.client.stream("POST", "/api/answer", json=body, headers=headers) as answer,
            ):
                async for _ in answer.aiter_bytes():
                    if drops:
                        break
            self.kinds["dropped at the API" if drops else "by the API"] += 1
            if answer.status_code not in {200, 400, 422}:
                self.errors[f"API: {answer.status_code}"] += 1
        except TimeoutError:
            self.kinds["dropped at the API"] += 1

    async def _upload(self, page: Page, session: Session, chance: random.Random) -> None:
        """Upload an article through the page, find it, and remove or erase it."""
        number = self.asked
        text = f"The pier of Varnholm was painted {chance.random()} times, Ada Lunt said."
        article = f"---\ntitle: Lighthouse {number}\n---\n\n{text}\n"
        files = [("files", (f"lighthouse-{number}.md", article.encode()))]
        (path,) = (await self.client.post("/gradio_api/upload", files=files)).json()
        drop = page.triggered("files", "upload")
        data: list[Any] = page.inputs(drop, "")
        data[0] = [{"path": path, "meta": {"_type": "gradio.FileData"}}]
        await session.call(drop, data)
        search = {"search": f"Lighthouse {number}"}
        listed = (await self.client.get("/api/articles", params=search)).json()
        deeds = ["delete"] if chance.random() < 0.5 else ["clear", "clear"]  # to erase asks first
        for article in listed["articles"]:
            clicked = {"article": article["id"], "sure": "yes"}
            for name in ("edit", *deeds):
                deed = page.triggered("listing", name)
                await session.call(deed, page.inputs(deed, ""), event_data=clicked)
        left = (await self.client.get("/api/articles", params=search)).json()
        if not listed["total"] or left["total"]:
            self.errors[f"upload: {listed['total']} in, {left['total']} left"] += 1
        self.kinds["uploaded and removed"] += 1


def read(process: int, questions: int, told: Path, temporary: Path) -> Reading:
    """Have the server clean up, and read what it holds then."""
    told.unlink(missing_ok=True)
    os.kill(process, signal.SIGUSR1)
    end = time.monotonic() + 30
    while not told.exists() and time.monotonic() < end:
        time.sleep(0.05)
    status = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    fields = dict(line.split(":", 1) for line in status.splitlines())
    return Reading(
        questions=questions,
        memory=int(fields["RssAnon"].split()[0]) / 1000,
        files=len(list(Path(f"/proc/{process}/fd").iterdir())),
        threads=int(fields["Threads"]),
        temporary=len(list(temporary.rglob("*"))),
        objects=json.loads(told.read_text(encoding="utf-8")),
    )


async def soak(
    address: str, process: int, total: int, every: int, told: Path, temporary: Path, seed: int = 1
) -> tuple[list[Reading], Soak]:
    """Ask so many questions, and read what the server holds every so often."""
    limits = httpx.Limits(max_connections=None)
    async with httpx.AsyncClient(base_url=address, timeout=60, limits=limits) as client:
        run = Soak(client, total, seed)
        readings = []
        for until in range(every, total + every, every):
            await run.go_on(until)
            await asyncio.sleep(1)  # those who dropped are noticed within half a second
            reading = await asyncio.to_thread(read, process, run.asked, told, temporary)
            readings.append(reading)
            print(json.dumps(reading.__dict__), flush=True)  # noqa: T201
    return readings, run


def run(total: int, every: int, seed: int = 1) -> tuple[list[Reading], Soak]:
    """Serve a small library in a process of its own, and ask it so many questions."""
    with tempfile.TemporaryDirectory() as folder:
        library, temporary, told = (Path(folder) / name for name in ("library", "tmp", "told"))
        temporary.mkdir()
        news = Path(folder) / "news"
        news.mkdir()
        for name, text in ARTICLES.items():
            (news / name).write_text(text, encoding="utf-8")
        with Index.open(library) as index:
            index.sync([news])
        watched = {"TMPDIR": str(temporary), "WATCHED": str(told)}
        program = [str(ROOT / "tests" / "watched_server.py")]
        with server(library, program=program, environment=watched) as (address, process):
            return asyncio.run(soak(address, process, total, every, told, temporary, seed))


def report(readings: Sequence[Reading], asked: Soak) -> str:
    """Return the figures in words."""
    grown, spread = slope(readings)
    used, uncertain = slope(readings, in_use)
    after = warmed_up(readings)
    flat = ", ".join(
        f"{name} {getattr(after[0], name)} → {getattr(after[-1], name)}"
        for name in ("files", "threads", "temporary")
    )
    kinds = ", ".join(f"{count} {kind}" for kind, count in asked.kinds.most_common())
    return (
        f"{asked.asked} questions in {asked.visits} visits ({kinds}); "
        f"{sum(asked.errors.values())} errors; memory {after[0].memory:.0f} → "
        f"{after[-1].memory:.0f} MB, {grown:+.2f} ± {spread:.2f} MB per 1,000, of "
        f"it in use {used:+.2f} ± {uncertain:.2f}; {flat}"
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--questions", type=int, default=10_000)
    parser.add_argument("--every", type=int, default=250)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    readings, asked = run(arguments.questions, arguments.every, arguments.seed)
    print(report(readings, asked), *asked.errors.most_common(9), sep="\n")  # noqa: T201
    return told_of(broken_bounds(readings, sum(asked.errors.values())))


if __name__ == "__main__":
    sys.exit(main())

"""What the load is measured by, on frames of the real server: the new turn counts, no other."""

import asyncio
import math
from collections.abc import Iterator
from contextlib import nullcontext
from types import SimpleNamespace

import httpx
import load_chats
import pytest
from load_chats import ASK, GROWING, Asked
from page_session import Message, Output, Page, Session
from serving import held, serving

from index import Index
from ui.turnstile import Turnstile

ANSWERABLE = "How much will the repairs of the ferry ramp cost?"
UNANSWERABLE = "Who won the chess championship of Lisbon?"

Frames = list[Message]


@pytest.fixture(scope="module")
def turnstile() -> Turnstile:
    return Turnstile(at_once=1, most_waiting=0)


@pytest.fixture(scope="module")
def recorded(town: Index, turnstile: Turnstile) -> Iterator[tuple[Page, list[Frames]]]:
    """Frames of one conversation: an answer, a refusal, an answer again, and "busy"."""

    async def record(address: str) -> tuple[Page, list[Frames]]:
        async with httpx.AsyncClient(base_url=address, timeout=60) as client:
            page = Page((await client.get("/config")).json())
            event, session = page.endpoint(ASK), Session(client, "recorded00")
            frames: list[Frames] = []

            async def ask(question: str) -> None:
                frames.append([])
                await session.call(event, page.inputs(event, question), frames[-1].append)

            async with session.open():
                for question in (ANSWERABLE, UNANSWERABLE, ANSWERABLE):
                    await ask(question)
                with held(turnstile):
                    await ask(ANSWERABLE)
            return page, frames

    with serving(town, turnstile=turnstile) as address:
        yield asyncio.run(record(address))


def watched(page: Page, frames: Frames) -> tuple[Asked, list[str]]:
    """Return what is measured when a frame comes each second, and what the turn shows in each."""
    output, asked, shown = Output(page.place_of(page.endpoint(ASK), GROWING)), Asked(), []
    for second, frame in enumerate(frames):
        shown.append(output.take(frame))
        asked.look(shown[-1], second)
    asked.end(frames[-1])
    return asked, shown


@pytest.mark.parametrize(("place", "mark"), [(0, "<q>"), (2, "<q>"), (1, "Closest passages")])
def test_the_first_sentence_or_refusal_counts_once_the_new_turn_shows_it(
    recorded: tuple[Page, list[Frames]], place: int, mark: str
) -> None:
    page, frames = recorded
    asked, shown = watched(page, frames[place])
    assert asked.error is None
    assert asked.told_busy is None
    assert asked.first == next(second for second, turn in enumerate(shown) if mark in turn)
    begun = next(second for second, turn in enumerate(shown) if "<h2" in turn)
    assert asked.first > begun  # the question stands there before its answer
    assert all(turn.count("<section") == 1 for turn in shown[begun:])


def test_being_told_busy_is_no_answer_though_an_earlier_one_stands_above(
    recorded: tuple[Page, list[Frames]],
) -> None:
    page, frames = recorded
    asked, shown = watched(page, frames[3])
    assert 'class="sentence ' in str(frames[3])  # of the turn above, in another panel
    assert asked.first is None
    assert asked.told_busy == next(
        second for second, turn in enumerate(shown) if "Many people" in turn
    )
    assert asked.error is None


def test_an_event_that_shows_nothing_or_fails_is_an_error(
    recorded: tuple[Page, list[Frames]],
) -> None:
    page, frames = recorded
    empty, _ = watched(page, [frames[0][0], {**frames[0][-1], "output": {"data": None}}])
    assert empty.error == "nothing was shown"
    failed, _ = watched(page, [{**frames[0][-1], "success": False, "output": {"error": None}}])
    assert failed.error is not None
    assert failed.error.startswith("failed")


def test_the_suggestions_belong_to_the_load(recorded: tuple[Page, list[Frames]]) -> None:
    page, _ = recorded
    (done,) = page.after(page.endpoint(ASK))
    assert [each["api_name"] for each in page.after(done)] == ["suggest"]
    assert page.after(done)[0]["queue"]
    assert [each["api_name"] for each in page.after(page.endpoint(ASK), failed=True)] == ["tell"]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ([Asked(first=1.0)] * 95 + [Asked(first=9.0)] * 5, "95th percentile"),
        ([Asked(first=1.0)] * 96 + [Asked(first=9.0)] * 4, None),
        ([Asked(first=1.0)] * 95 + [Asked(told_busy=0.1)] * 5, None),
        ([Asked(first=1.0)] * 94 + [Asked(told_busy=0.1)] * 6, "6 of 100 told"),
        ([Asked(first=1.0)] * 99 + [Asked(error="nothing was shown")], "1 errors"),
    ],
)
def test_a_load_that_breaks_a_bound_fails_and_says_which(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    asked: list[Asked],
    said: str | None,
) -> None:
    async def crowd(*given: object) -> list[Asked]:
        return asked

    monkeypatch.setattr(load_chats, "crowd", crowd)
    monkeypatch.setattr(load_chats, "server", lambda *given: nullcontext(("", 0)))
    monkeypatch.setattr(
        load_chats.Index, "open", lambda folder: nullcontext(SimpleNamespace(sync=len))
    )
    monkeypatch.setattr("sys.argv", ["load_chats.py"])
    assert load_chats.main() == int(said is not None)
    failed = [line for line in capsys.readouterr().out.splitlines() if "FAILED" in line]
    assert len(failed) == int(said is not None)
    assert said is None or said in failed[0]


def test_where_nobody_is_answered_no_bound_holds() -> None:
    assert load_chats.percentile_95([]) == math.inf
    assert len(load_chats.broken_bounds([Asked(told_busy=0.1)] * 3)) == 2

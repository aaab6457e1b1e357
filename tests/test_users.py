"""Users against each other: nobody sees what is another's, or takes more than a share."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import httpx
import pytest
from page_session import Dependency, Page, Session
from serving import held, serving

from index import Index
from ui.gate import LARGEST_BODY
from ui.turnstile import MOST_OF_ONE, Turnstile

FEW, ALL = 3, 20
QUESTION = "How much will the repairs of the ferry ramp cost, asks {secret}?"
TAB = "the-same-name"
"""Every user's tab has the same name, as a thief would call it."""

Note = Callable[[int, str], None]


@dataclass(kw_only=True)
class User:
    """A user at a tab, with a conversation that nobody else may see."""

    name: str
    client: httpx.AsyncClient
    page: Page
    session: Session
    secret: str
    chat: str
    library: str
    upload: str

    async def call(self, event: Dependency, data: list[Any], clicked: Any, **address: str) -> str:
        """Call an event by hand, from a page with an address; return all that comes back."""
        body = {
            "data": data,
            "fn_index": event["id"],
            "session_hash": TAB,
            "event_data": clicked,
            "trigger_id": event["targets"][0][0],
        }
        answer = await self.client.post("/gradio_api/run/predict", json=body, params=address)
        assert answer.status_code < 500 or event["queue"], answer.text
        return answer.text


@asynccontextmanager
async def arrived(address: str, number: int) -> AsyncIterator[User]:
    """Let a user come, ask, and upload a file that is not added."""
    name, secret = f"user{number}", f"secret{number:04d}x"
    login = (name, f"password{number}")
    async with httpx.AsyncClient(base_url=address, auth=login, timeout=60) as client:
        page, session = Page((await client.get("/config")).json()), Session(client, TAB)
        ask, told = page.endpoint("ask"), []
        async with session.open():
            await session.call(ask, page.inputs(ask, QUESTION.format(secret=secret)), told.append)
            files = [("files", (f"{secret}.txt", f"{secret} is a spare key.".encode()))]
            (upload,) = (await client.post("/gradio_api/upload", files=files)).json()
            shown = str(told)
            assert secret in shown
            yield User(
                name=name,
                client=client,
                page=page,
                session=session,
                secret=secret,
                chat=shown.partition('data-chat="')[2].partition('"')[0],
                library=(await client.get("/api/libraries")).json()[0],
                upload=upload,
            )


async def attack(thief: User, victim: User) -> list[str]:
    """Try to see and to change what is the victim's; return all that came back."""
    page, back = thief.page, []
    click = {"turn": "0", "sentence": "0", "thumb": "up", "chat": victim.chat, "title": "Mine"}
    forged = {"turns": [{"question": "?", "id": "0"}], "chat_id": victim.chat}
    events = [page.triggered("now", name) for name in ("like", "expand", "edit")]
    events += [page.triggered("chats", name) for name in ("select", "edit", "delete")]
    events += page.on_load()[:1]
    for event in events:
        whole = page.inputs(event, "")
        back.append(await thief.call(event, whole, click, chat=victim.chat))
        back.append(
            await thief.call(event, [forged if each is None else each for each in whole], click)
        )
    its_name = f"{sha256(victim.name.encode()).hexdigest()}-{TAB}"
    for address in (
        f"/chats/{victim.library}/{victim.chat}.md",
        f"/chats/{victim.library}/{victim.chat}.html",
        f"/answers/{victim.library}/{victim.chat}",
        f"/gradio_api/queue/data?session_hash={its_name}",
        f"/gradio_api/file={victim.upload}",
        f"/originals/{victim.library}/..%2Fchats.sqlite",
        "/api/articles?library=..%2F",
        "/?" + f"chat={victim.chat}",
    ):
        answer = await thief.client.get(address)
        assert answer.status_code in {200, 404, 422}, (address, answer.status_code)
        back.append(answer.text)
    cancel = {"session_hash": its_name, "fn_index": 0, "event_id": "0" * 32}
    back.append((await thief.client.post("/gradio_api/cancel", json=cancel)).text)
    return back


@pytest.mark.parametrize(
    "count",
    [
        pytest.param(FEW, id="few"),
        pytest.param(ALL, id="all", marks=[pytest.mark.slow, pytest.mark.timeout(900)]),
    ],
)
def test_nobody_sees_or_changes_what_is_anothers(town: Index, count: int, figure: Note) -> None:
    tried = leaked = 0

    async def try_it(address: str) -> None:
        nonlocal tried, leaked
        async with AsyncExitStack() as stack:
            users = [
                await stack.enter_async_context(arrived(address, number)) for number in range(count)
            ]
            assert len({user.chat for user in users}) == count
            progress = f"/gradio_api/upload_progress?upload_id={TAB}"  # looked for, for seconds
            assert (await users[0].client.get(progress)).status_code == 404
            for thief in users:
                for victim in users:
                    if victim is not thief:
                        back = await attack(thief, victim)
                        tried += len(back)
                        leaked += sum(victim.secret in each for each in back)
            for user in users:
                kept = (await user.client.get(f"/chats/{user.library}/{user.chat}.md")).text
                assert user.secret in kept
                assert "Mine" not in kept
                listed = user.page.triggered("chats", "select")
                mine = await user.call(listed, user.page.inputs(listed, ""), {"chat": user.chat})
                assert user.secret in mine

    names = ",".join(f"user{number}:password{number}" for number in range(count))
    with serving(town, auth=names) as address:
        asyncio.run(try_it(address))
    assert leaked == 0
    figure(23, f"{count} users, {tried} forged calls for what is another's: {leaked} leaks")


def test_a_user_who_asks_for_all_places_gets_a_share_and_the_others_theirs(
    town: Index, figure: Note
) -> None:
    turnstile = Turnstile(at_once=1)
    asked = 12

    async def ask(client: httpx.AsyncClient) -> int:
        body = {"question": "How much will the repairs of the ferry ramp cost?"}
        return (await client.post("/api/answer", json=body)).status_code

    async def try_it(address: str) -> tuple[list[int], int]:
        async with (
            httpx.AsyncClient(base_url=address, auth=("ana", "one"), timeout=60) as ana,
            httpx.AsyncClient(base_url=address, auth=("bo", "two"), timeout=60) as bo,
        ):
            with held(turnstile):
                hers = [asyncio.create_task(ask(ana)) for _ in range(asked)]
                while sum(task.done() for task in hers) < asked - MOST_OF_ONE:
                    await asyncio.sleep(0.02)
                his = asyncio.create_task(ask(bo))
                await asyncio.sleep(0.1)
                assert not his.done()
            return list(await asyncio.gather(*hers)), await his

    with serving(town, auth="ana:one,bo:two", turnstile=turnstile) as address:
        hers, his = asyncio.run(try_it(address))
    assert sorted(hers) == [200] * MOST_OF_ONE + [503] * (asked - MOST_OF_ONE)
    assert his == 200
    figure(
        23,
        f"{asked} questions of one user at once: {hers.count(200)} answered, {hers.count(503)} "
        "told to wait; another's answered",
    )


def test_what_is_too_long_is_refused_in_a_word_and_long_histories_are_not_read(
    town: Index, figure: Note
) -> None:
    question = "Who said that?"
    with (
        serving(town, auth="ana:one") as address,
        httpx.Client(base_url=address, auth=("ana", "one"), timeout=60) as client,
    ):

        def status(**body: Any) -> int:
            return client.post("/api/answer", json={"question": question} | body).status_code

        turn = ("How much will the ramp cost?", "It costs 3.4 million crowns, Jonas Wede said.")
        refused = {
            "a question of 2,001 characters": status(question="a" * 2_001),
            "a question of 20,001": status(question="a" * 20_001),
            "101 turns": status(history=[turn] * 101),
            "a turn of three": status(history=[(*turn, "x")]),
            "a body of 20 MB": client.post("/api/answer", content=b" " * (LARGEST_BODY + 1)),
        }
        codes = {
            name: each if isinstance(each, int) else each.status_code
            for name, each in refused.items()
        }
        assert set(codes.values()) <= {400, 413, 422}, codes
        began = time.monotonic()
        long = [("a" * 90_000, "b" * 90_000)] * 92 + [turn] * 8
        answers = [
            client.post("/api/answer", json={"question": question, "history": history}).json()
            for history in (long, [turn] * 8)
        ]
        seconds = time.monotonic() - began
    assert answers[0]["asked"] == answers[1]["asked"]
    assert answers[0]["text"] == answers[1]["text"]
    assert seconds < 30
    figure(
        23,
        f"{len(codes)} kinds of too much: {len(codes)} refused; a history of 17 MB and one of 8 "
        f"turns answered alike, both in {seconds:.1f} s",
    )

"""The server remembers open tabs, little of closed ones, and finds a conversation again."""

import asyncio
from pathlib import Path
from typing import Any

import gradio as gr
import httpx
import pytest
from page_session import Page, Session
from serving import application, serving
from starlette.testclient import TestClient

from index import Index
from ui import tabs
from ui.tabs import KEPT_FOR, MOST_CLOSED, Tabs
from ui.temporary import sweep_empty

QUESTION = "How much will the repairs of the ferry ramp cost?"


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture(scope="module")
def site(town: Index) -> tuple[Any, gr.Blocks]:
    return application(town)


def held(page: gr.Blocks) -> set[str]:
    return set(page.state_holder.session_data)


def test_whatever_names_are_called_by_few_are_held(site: tuple[Any, gr.Blocks]) -> None:
    app, page = site
    stop = next(number for number, each in page.fns.items() if each.api_name == "_stop")
    with TestClient(app, base_url="http://127.0.0.1") as client:
        for number in range(MOST_CLOSED + 10):
            body = {"fn_index": stop, "data": [None], "session_hash": f"made-up-{number}"}
            client.post("/gradio_api/run/predict", json=body).raise_for_status()
    assert "made-up-59" in held(page)
    assert len(held(page)) <= MOST_CLOSED
    assert len(page.state_holder.time_last_used) <= MOST_CLOSED


def test_a_closed_tab_is_forgotten_after_a_while_and_an_open_one_never(
    site: tuple[Any, gr.Blocks],
) -> None:
    _, page = site
    clock = Clock()
    known = Tabs(page, clock)
    for name in ("open", "closed"):
        assert page.state_holder[name]
    with known.opened("open"):
        with known.opened("closed"):
            pass
        clock.now = KEPT_FOR - 1
        with known.opened("other"):
            pass
        assert {"open", "closed"} <= held(page)
        clock.now = KEPT_FOR + 1
        with known.opened("open"):  # one of its two connections ends
            pass
        assert "closed" not in held(page)
        assert "open" in held(page)


def test_a_tab_that_comes_back_is_open_again(site: tuple[Any, gr.Blocks]) -> None:
    _, page = site
    clock = Clock()
    known = Tabs(page, clock)
    with known.opened("back"):
        page.state_holder["back"].is_closed = True
    with known.opened("back"):
        assert not page.state_holder["back"].is_closed
        clock.now = 2 * KEPT_FOR
        with known.opened("other"):
            pass
        assert "back" in held(page)


def test_a_conversation_goes_on_in_a_tab_that_was_forgotten(
    town: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tabs, "MOST_CLOSED", 0)

    async def ask(client: httpx.AsyncClient, question: str) -> str:
        """Ask in a tab that is forgotten afterwards, and return all that it was sent."""
        told: list[Any] = []
        page, session = Page((await client.get("/config")).json()), Session(client, "the-same")
        event = page.endpoint("ask")
        await session.call(event, page.inputs(event, question), told.append)
        stop = page.endpoint("_stop")
        for number in range(2):  # whoever calls next has those who left forgotten
            await Session(client, f"other-{number}").call(stop, page.inputs(stop, ""))
        return str(told)

    async def try_it(address: str) -> None:
        login = ("ana", "one")
        async with httpx.AsyncClient(base_url=address, auth=login, timeout=30) as client:
            first = await ask(client, QUESTION)
            assert QUESTION in first
            assert QUESTION not in await ask(client, "Who won the prize?")
        chat = first.partition('data-chat="')[2].partition('"')[0]
        assert chat
        for login, is_hers in ((("ana", "one"), True), (("bo", "two"), False)):
            named = httpx.AsyncClient(
                base_url=address, auth=login, timeout=30, params={"chat": chat}
            )
            async with named as client:
                told = await ask(client, "When will the ramp open again?")
                assert (QUESTION in told) is is_hers
                assert (f'data-chat="{chat}"' in told) is is_hers

    with serving(town, auth="ana:one,bo:two") as address:
        asyncio.run(try_it(address))


def test_what_uploads_left_empty_is_swept_but_for_what_is_new(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("empty", "full"):
        (tmp_path / name).mkdir()
    (tmp_path / "full" / "a.txt").write_text("An article.")
    (tmp_path / "b.txt").write_text("Another.")
    (tmp_path / "tmp0").touch()
    sweep_empty(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {"empty", "full", "b.txt", "tmp0"}
    monkeypatch.setattr("ui.temporary.EMPTY_FOR", -1)
    sweep_empty(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {"full", "b.txt"}

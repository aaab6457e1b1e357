"""MCP is off unless it is asked for; then there are two tools, and they work."""

import asyncio
import base64
import json
from typing import Any

import httpx
from serving import held, serving

from index import Index
from ui.turnstile import Turnstile

PLACE = "/gradio_api/mcp/"
QUESTION = "How much will the repairs of the ferry ramp cost?"


def use(address: str, calls: list[tuple[str, dict[str, Any]]], **headers: str) -> tuple[Any, Any]:
    """Return the tools that are there, and what each call returned."""
    from mcp import ClientSession
    from mcp.client.streamable_http import streamable_http_client

    async def talk() -> tuple[Any, Any]:
        async with (
            httpx.AsyncClient(headers=headers, timeout=60) as client,
            streamable_http_client(address + PLACE, http_client=client) as (reading, writing, _),
            ClientSession(reading, writing) as session,
        ):
            await session.initialize()
            tools = (await session.list_tools()).tools
            return tools, [await session.call_tool(name, given) for name, given in calls]

    return asyncio.run(talk())


def test_both_tools_are_listed_and_work(town: Index) -> None:
    with serving(town, mcp=True) as address:
        tools, results = use(
            address,
            [
                ("answer", {"question": QUESTION}),
                (
                    "answer",
                    {"question": "What is the prize worth?", "sources": ["Varnholm Courier"]},
                ),
                ("search", {"question": "music prize", "k": 2}),
                ("answer", {"question": " "}),
                ("answer", {"question": QUESTION, "library": "nowhere"}),
            ],
        )
    assert {tool.name for tool in tools} == {"answer", "search"}
    for tool in tools:
        assert "news articles" in tool.description
        assert "question" in tool.inputSchema["properties"]
    answered, limited, found, empty, nowhere = results
    answer = json.loads(answered.content[0].text)
    assert "3.4 million crowns" in answer["text"]
    (citation, *_) = answer["sentences"][0]["citations"]
    text = town.article(citation["article_id"]).text
    assert text[citation["start"] : citation["end"]] == citation["quote"]
    assert "12,000" in json.loads(limited.content[0].text)["text"]
    hits = json.loads(found.content[0].text)
    assert len(hits) == 2
    assert hits[0]["passage"]["text"]
    assert empty.isError
    assert "Ask something" in empty.content[0].text
    assert nowhere.isError
    assert "library" in nowhere.content[0].text


def test_a_password_is_asked_for_and_busy_is_told(town: Index) -> None:
    turnstile = Turnstile(1, most_waiting=0)
    with (
        held(turnstile),
        serving(town, mcp=True, auth="desk:secret", turnstile=turnstile) as address,
    ):
        assert httpx.post(address + PLACE, json={}).status_code == 401
        login = "Basic " + base64.b64encode(b"desk:secret").decode()
        _, (busy,) = use(address, [("answer", {"question": QUESTION})], Authorization=login)
    assert busy.isError
    assert "Ask again in about" in busy.content[0].text


def test_without_the_setting_there_is_nothing(town: Index) -> None:
    body = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
    with serving(town) as address:
        for place in (PLACE, PLACE.rstrip("/"), PLACE + "sse", PLACE + "messages/", PLACE + "http"):
            for method in ("GET", "POST", "DELETE"):
                assert httpx.request(method, address + place, json=body).status_code == 404
        config = httpx.get(f"{address}/config").json()
        assert not config["mcp_server"]
        names = {dependency["api_name"] for dependency in config["dependencies"]}
        assert "search" not in names


def test_with_the_setting_nothing_else_becomes_public(town: Index) -> None:
    with serving(town, mcp=True) as address:
        dependencies = httpx.get(f"{address}/config").json()["dependencies"]
        public = {d["api_name"] for d in dependencies if d["api_visibility"] != "private"}
        assert public == {"answer", "search"}
        for place in ("sse", "messages/", "schema"):
            assert httpx.post(address + PLACE + place).status_code == 404
        assert httpx.post(f"{address}/gradio_api/call/answer", json={"data": []}).status_code == 404

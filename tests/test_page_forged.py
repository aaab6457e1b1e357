"""Events as no page sends them: files that nobody uploaded, numbers and texts of any size."""

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from page_session import Page, Session
from serving import serving

from index import Index
from ui import strings

SECRET = "The secret of the lighthouse keeper is a spare key."


@pytest.fixture(scope="module")
def site(town: Index) -> Iterator[httpx.Client]:
    with serving(town) as address, httpx.Client(base_url=address, timeout=30) as client:
        yield client


def call(endpoint: dict[str, Any], data: list[Any], event: Any = None) -> dict[str, Any]:
    """Return what the page sends for an event."""
    return {
        "data": data,
        "fn_index": endpoint["id"],
        "session_hash": "forged0001",
        "event_data": event,
        "trigger_id": endpoint["targets"][0][0],
    }


def send(site: httpx.Client, endpoint: dict[str, Any], data: list[Any], event: Any = None) -> str:
    """Send an event as the page would, and return all that comes back."""
    joined = site.post("/gradio_api/queue/join", json=call(endpoint, data, event))
    told = joined.text
    if joined.status_code != 200:
        return told
    with site.stream("GET", "/gradio_api/queue/data?session_hash=forged0001") as response:
        for line in response.iter_lines():
            told += line
            if "process_completed" in line or "close_stream" in line:
                break
    return told


def endpoints(site: httpx.Client, event: str) -> list[dict[str, Any]]:
    config = site.get("/config").json()
    return [each for each in config["dependencies"] if each["targets"][0][1] == event]


@pytest.mark.parametrize("outside", ["file", "address"])
def test_no_file_is_read_that_nobody_uploaded(
    site: httpx.Client, town: Index, tmp_path: Path, outside: str
) -> None:
    file = tmp_path / "secret.txt"
    file.write_text(SECRET)
    path = str(file) if outside == "file" else "http://127.0.0.1:9/secret.txt"
    forged = {"path": path, "meta": {"_type": "gradio.FileData"}}
    before = len(town.articles())
    uploads = endpoints(site, "upload")
    assert len(uploads) == 2
    for endpoint in uploads:
        for payload in (forged, [forged]):
            data = [payload, *[None] * (len(endpoint["inputs"]) - 1)]
            assert "spare key" not in send(site, endpoint, data)
    assert file.read_text() == SECRET
    assert len(town.articles()) == before


@pytest.mark.parametrize("above", [0, 1])
def test_no_folder_of_uploads_is_taken_for_one(
    site: httpx.Client, above: int, capfd: pytest.CaptureFixture[str]
) -> None:
    files = [("files", ("mine.txt", SECRET.encode()))]
    (path,) = site.post("/gradio_api/upload", files=files).json()
    forged = {"path": str(Path(path).parents[above]), "meta": {"_type": "gradio.FileData"}}
    for endpoint in endpoints(site, "upload"):
        for payload in (forged, [forged]):
            data = [payload, *[None] * (len(endpoint["inputs"]) - 1)]
            assert strings.NOT_OF_THE_PAGE in send(site, endpoint, data)
    assert Path(path).read_bytes() == SECRET.encode()
    assert "Traceback" not in capfd.readouterr().err


def test_an_endless_id_is_not_sent_back(site: httpx.Client) -> None:
    for endpoint in endpoints(site, "click"):
        data = [None] * len(endpoint["inputs"])
        event = {"article": "a" * 10**6, "start": "-1", "end": "9" * 400}
        answer = site.post("/gradio_api/run/predict", json=call(endpoint, data, event))
        assert len(answer.text) < 100_000
        assert "Traceback" not in json.dumps(answer.text)


@pytest.mark.parametrize("value", [None, {"a": [1]}, "\x00" * 9, [["x"]], -1])
def test_boxes_that_hold_what_they_cannot_are_refused_without_a_traceback(
    site: httpx.Client, value: object, capfd: pytest.CaptureFixture[str]
) -> None:
    for endpoint in site.get("/config").json()["dependencies"]:
        if not endpoint["backend_fn"]:
            continue
        data = [value] * len(endpoint["inputs"])
        if endpoint["queue"]:
            told = send(site, endpoint, data, {"turn": "x"})
        else:
            told = site.post("/gradio_api/run/predict", json=call(endpoint, data)).text
        assert '"error": null' not in told.replace('":null', '": null'), endpoint["api_name"]
    assert "Traceback" not in capfd.readouterr().err


@pytest.mark.parametrize("path", ["queue/join", "run/predict", "cancel", "reset"])
@pytest.mark.parametrize(
    "change",
    [
        {"fn_index": 10**6},
        {"fn_index": "0"},
        {"fn_index": True},
        {"data": []},
        {"data": "text"},
        {"trigger_id": {"a": 1}},
        {"session_hash": None},
        {"session_hash": "a" * 10**6},
        {"session_hash": "a\nb"},
        b"\xff{{",
        b"[" * 10**5,
        b"[]",
    ],
    ids=lambda change: str(change)[:30],
)
def test_calls_that_no_page_makes_are_a_client_error(
    site: httpx.Client, path: str, change: Any, capfd: pytest.CaptureFixture[str]
) -> None:
    whole = call(endpoints(site, "click")[0], [None] * 4)
    content = change if isinstance(change, bytes) else json.dumps(whole | change).encode()
    headers = {"content-type": "application/json"}
    answer = site.post(f"/gradio_api/{path}", content=content, headers=headers)
    assert answer.status_code in {400, 422}
    assert "Traceback" not in capfd.readouterr().err


def test_nobody_waits_under_a_name_that_was_never_used(
    site: httpx.Client, capfd: pytest.CaptureFixture[str]
) -> None:
    assert site.get("/gradio_api/queue/data?session_hash=never").status_code == 404
    assert site.get("/gradio_api/queue/data").status_code == 422
    assert site.get("/gradio_api/heartbeat/a%0ab").status_code == 422
    assert "Traceback" not in capfd.readouterr().err


def test_a_user_cannot_read_along_in_the_tab_of_another(town: Index) -> None:
    question = "How much will the repairs of the ferry ramp cost?"

    async def try_it(address: str) -> None:
        async with (
            httpx.AsyncClient(base_url=address, auth=("ana", "one"), timeout=30) as ana,
            httpx.AsyncClient(base_url=address, auth=("bo", "two"), timeout=30) as bo,
        ):
            page = Page((await ana.get("/config")).json())
            hers, his = Session(ana, "the-same-name"), Session(bo, "the-same-name")
            ask, rate = page.endpoint("ask"), page.endpoint("rate")
            async with hers.open():
                asked = await hers.call(ask, page.inputs(ask, question))
                assert "3.4 million" in str(asked)
                click = {"turn": "0", "thumb": "up"}
                seen = await his.call(rate, page.inputs(rate, ""), event_data=click)
                assert question not in str(seen)
                seen = await hers.call(rate, page.inputs(rate, ""), event_data=click)
                assert question in str(seen)
                body = {**call(ask, page.inputs(ask, question)), "session_hash": "the-same-name"}
                (await ana.post("/gradio_api/queue/join", json=body)).raise_for_status()
                # Her answer is on its way; he asks for what is sent to this tab.
                along = await bo.get("/gradio_api/queue/data?session_hash=the-same-name")
                assert along.status_code == 404

    with serving(town, auth="ana:one,bo:two") as address:
        asyncio.run(try_it(address))

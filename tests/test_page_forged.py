"""Events as no page sends them: files that nobody uploaded, numbers and texts of any size."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from serving import serving

from index import Index

SECRET = "The secret of the lighthouse keeper is a spare key."


@pytest.fixture(scope="module")
def site(town: Index) -> Iterator[httpx.Client]:
    with serving(town) as address, httpx.Client(base_url=address, timeout=30) as client:
        yield client


def send(site: httpx.Client, endpoint: dict[str, Any], data: list[Any], event: Any = None) -> str:
    """Send an event as the page would, and return all that comes back."""
    body = {
        "data": data,
        "fn_index": endpoint["id"],
        "session_hash": "forged0001",
        "event_data": event,
        "trigger_id": endpoint["targets"][0][0],
    }
    site.post("/gradio_api/queue/join", json=body)
    told = ""
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


def test_an_endless_id_is_not_sent_back(site: httpx.Client) -> None:
    for endpoint in endpoints(site, "click"):
        data = [None] * len(endpoint["inputs"])
        body = {
            "data": data,
            "fn_index": endpoint["id"],
            "session_hash": "forged0002",
            "event_data": {"article": "a" * 10**6, "start": "-1", "end": "9" * 400},
            "trigger_id": endpoint["targets"][0][0],
        }
        answer = site.post("/gradio_api/run/predict", json=body)
        assert len(answer.text) < 100_000
        assert "Traceback" not in json.dumps(answer.text)

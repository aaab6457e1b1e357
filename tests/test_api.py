"""The API answers as the command line does, whole or as it grows, and tells problems as such."""

import inspect
import json
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import httpx
import pytest
from model_server import ModelServer, Reply
from serving import application, hold, serving
from starlette.testclient import TestClient

from index import Index, IndexFailure
from index.errors import BrokenLibrary, LibraryBusy, ModelMismatch
from rag import __main__ as command_line
from rag import stream
from rag.settings import rag_settings
from ui import api, strings
from ui.errors import UnknownLibrary
from ui.shelf import Shelf
from ui.turnstile import Turnstile

QUESTION = "How much will the repairs of the ferry ramp cost?"
SSE = {"accept": "text/event-stream"}


class TwoLibraries(Shelf):
    """A main library, and one that cannot be opened."""

    @property
    def main_name(self) -> str:
        return "town"

    def names(self) -> list[str]:
        return ["town", "broken"]

    def open(self, name: str | None = None) -> Index:
        if name == "broken":
            raise BrokenLibrary("The library is damaged. Move it aside.")
        if name not in (None, "town"):
            raise UnknownLibrary(f"There is no library {name!r}. Choose one of these: town.")
        return super().open()


@pytest.fixture(scope="module")
def asked(town: Index) -> Iterator[TestClient]:
    """The API without a server, over the town's three articles."""
    app, _ = application(town, shelf=TwoLibraries(town))
    with TestClient(app, base_url="http://127.0.0.1", raise_server_exceptions=False) as client:
        yield client


@pytest.fixture(scope="module")
def address(town: Index) -> Iterator[str]:
    with serving(town) as address:
        yield address


def events(text: str) -> list[tuple[str, Any]]:
    """Read server-sent events, comments left out."""
    read = []
    for block in text.strip().split("\n\n"):
        fields = dict(line.split(": ", 1) for line in block.split("\n") if not line.startswith(":"))
        if fields:
            read.append((fields["event"], json.loads(fields["data"])))
    return read


def timeless(answer: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in answer.items() if name != "timings"}


@pytest.mark.parametrize("question", [QUESTION, "What is the capital of Mongolia?"])
def test_the_answer_is_the_one_of_the_command_line(
    asked: TestClient,
    town: Index,
    question: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    command = ["rag", "--library", str(town.folder), question, "--json"]
    monkeypatch.setattr(sys, "argv", command)
    assert command_line.main() == 0
    printed = json.loads(capsys.readouterr().out)
    answer = asked.post("/api/answer", json={"question": question})
    assert answer.status_code == 200
    assert timeless(answer.json()) == timeless(printed)
    assert answer.json().keys() == printed.keys()
    streamed = asked.post("/api/answer", json={"question": question}, headers=SSE)
    *_, (kind, last) = events(streamed.text)
    assert kind == "answer"
    assert timeless(last) == timeless(printed)


def test_a_stream_grows_by_sentences_and_says_when_it_is_complete(asked: TestClient) -> None:
    question = "Who bought the old paper mill, and for what?"
    answer = asked.post("/api/answer", json={"question": question}, headers=SSE)
    assert answer.headers["content-type"].startswith("text/event-stream")
    parts = events(answer.text)
    assert {kind for kind, _ in parts} == {"answer"}
    assert [part["complete"] for _, part in parts] == [False] * (len(parts) - 1) + [True]
    counts = [len(part["sentences"]) for _, part in parts]
    assert counts == sorted(counts)
    assert counts[-1] >= 1


def test_what_limits_the_search_is_passed_on(asked: TestClient) -> None:
    def ask(**limits: Any) -> dict[str, Any]:
        given = {"question": "What is the music prize worth?"} | limits
        return asked.post("/api/answer", json=given).json()

    assert "12,000" in ask()["text"]
    assert "12,000" in ask(since="2025-10-20", until="2025-10-20")["text"]
    assert ask(until="2025-10-19")["refused"]
    assert ask(as_of="2025-10-19")["refused"]
    assert "12,000" in ask(sources=["Varnholm Courier"], library="town")["text"]
    follow_up = [["Who conducts the brass band?", "Mara Quist conducts it."]]
    assert ask(question="What did she say?", history=follow_up)["asked"] != "What did she say?"
    assert ask(sources=[], articles=[], history=[], since=None)["text"]


@pytest.mark.xfail(
    "articles" not in inspect.signature(stream).parameters,
    raises=AssertionError,
    strict=True,
    reason="`rag.stream` takes no `articles` yet",
)
def test_an_answer_can_be_limited_to_articles(asked: TestClient, town: Index) -> None:
    mill = next(info for info in town.articles() if "mill" in (info.path or ""))
    answer = asked.post("/api/answer", json={"question": QUESTION, "articles": [mill.id]})
    assert answer.status_code == 200
    assert {hit["article"]["id"] for hit in answer.json()["hits"]} <= {mill.id}


@pytest.mark.parametrize(
    ("body", "status", "words"),
    [
        (b"{", 400, "no JSON"),
        (b"", 422, "Field required"),
        (b"[]", 422, "body"),
        (b"{}", 422, "question"),
        ({"question": 3}, 422, "question"),
        ({"question": " "}, 422, "empty"),
        ({"question": "why " * 600}, 422, "Ask for one thing"),
        ({"question": "x" * 20_001}, 422, "20000"),
        ({"question": QUESTION, "sauces": ["x"]}, 422, "sauces"),
        ({"question": QUESTION, "since": "soon"}, 422, "2025-10-28"),
        ({"question": QUESTION, "since": "2025-10-28", "until": "2025-10-01"}, 422, "2025"),
        ({"question": QUESTION, "sources": ["The Unheard"]}, 422, "Varnholm Courier"),
        ({"question": QUESTION, "sources": "The Unheard"}, 422, "sources"),
        ({"question": QUESTION, "sources": ["x"] * 101}, 422, "sources"),
        ({"question": QUESTION, "history": [["a"]]}, 422, "history"),
        ({"question": QUESTION, "history": [["a", "b"]] * 101}, 422, "history"),
        ({"question": QUESTION, "library": "nowhere"}, 404, "town"),
        ({"question": QUESTION, "library": "../town"}, 404, "town"),
        ({"question": QUESTION, "library": "broken"}, 503, "Move it aside"),
    ],
    ids=str,
)
@pytest.mark.parametrize("accept", ["application/json", "text/event-stream"])
def test_what_cannot_be_used_is_a_problem_with_a_remedy(
    asked: TestClient, body: Any, status: int, words: str, accept: str
) -> None:
    given = {"content": body} if isinstance(body, bytes) else {"json": body}
    answer = asked.post(
        "/api/answer", **given, headers={"content-type": "application/json", "accept": accept}
    )
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert problem["status"] == status
    assert words in problem["detail"]
    assert "Traceback" not in answer.text


def test_an_empty_library_is_no_fault_of_the_question(tmp_path: Path) -> None:
    with Index.open(tmp_path / "bare") as bare:
        app, _ = application(bare)
        with TestClient(app, base_url="http://127.0.0.1") as client:
            answer = client.post("/api/answer", json={"question": QUESTION})
            assert answer.status_code == 409
            assert "python -m index add" in answer.json()["detail"]


@pytest.mark.parametrize(
    ("error", "status", "told"),
    [
        (LibraryBusy("busy"), 503, "busy"),
        (ModelMismatch("rebuild"), 409, "rebuild"),
        (IndexFailure("odd"), 503, "odd"),
        (ZeroDivisionError("secret"), 500, strings.FAULT_IN_API),
    ],
)
def test_faults_have_a_status_and_no_traceback(
    asked: TestClient, monkeypatch: pytest.MonkeyPatch, error: Exception, status: int, told: str
) -> None:
    def fail(*given: object, **more: object) -> Iterator[None]:
        raise error
        yield

    monkeypatch.setattr(api, "stream", fail)
    answer = asked.post("/api/answer", json={"question": QUESTION})
    assert answer.status_code == status
    assert answer.json()["detail"] == told
    assert "secret" not in answer.text
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_what_breaks_off_a_stream_is_its_last_event(
    asked: TestClient, town: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = next(stream(QUESTION, index=town))

    def fail(*given: object, **more: object) -> Iterator[Any]:
        yield first
        raise LibraryBusy("Another process is writing.")

    monkeypatch.setattr(api, "stream", fail)
    answer = asked.post("/api/answer", json={"question": QUESTION}, headers=SSE)
    assert answer.status_code == 200
    (_, _), (kind, problem) = events(answer.text)
    assert kind == "error"
    assert problem == {
        "status": 503,
        "title": "Service Unavailable",
        "detail": "Another process is writing.",
    }


def test_a_silent_stream_shows_that_it_lives(
    asked: TestClient, town: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(api, "PATIENCE", 0.05)
    monkeypatch.setattr(api, "HEARTBEAT", 0.1)
    first = next(stream(QUESTION, index=town))

    def slow(*given: object, **more: object) -> Iterator[Any]:
        time.sleep(0.4)
        yield first
        time.sleep(0.4)
        yield first

    monkeypatch.setattr(api, "stream", slow)
    answer = asked.post("/api/answer", json={"question": QUESTION}, headers=SSE)
    assert answer.text.startswith(": working\n\n")
    assert 4 <= answer.text.count(": working\n\n") <= 12
    assert [kind for kind, _ in events(answer.text)] == ["answer", "answer"]


# Being busy, and leaving: over a real connection.


@pytest.mark.parametrize("headers", [{}, SSE])
def test_when_many_ask_it_says_within_a_second_when_to_come_again(
    town: Index, headers: dict[str, str]
) -> None:
    turnstile, release = Turnstile(1, most_waiting=0), threading.Event()
    thread = hold(turnstile, release)
    with serving(town, turnstile=turnstile) as address:
        began = time.monotonic()
        answer = httpx.post(f"{address}/api/answer", json={"question": QUESTION}, headers=headers)
        assert time.monotonic() - began < 1
        assert answer.status_code == 503
        assert int(answer.headers["retry-after"]) >= 1
        assert "Ask again in about" in answer.json()["detail"]
        release.set()
        thread.join()
        again = httpx.post(f"{address}/api/answer", json={"question": QUESTION}, headers=headers)
        assert again.status_code == 200


@pytest.mark.parametrize("headers", [{}, SSE])
def test_a_client_that_leaves_stops_the_work(
    town: Index, monkeypatch: pytest.MonkeyPatch, headers: dict[str, str]
) -> None:
    turnstile, closed, worked = Turnstile(1), threading.Event(), []
    first = next(stream(QUESTION, index=town))

    def endless(*given: object, **more: object) -> Iterator[Any]:
        try:
            for number in range(600):
                worked.append(number)
                yield first
                time.sleep(0.1)
        finally:
            closed.set()

    monkeypatch.setattr(api, "stream", endless)
    with serving(town, turnstile=turnstile) as address:
        asked = {"json": {"question": QUESTION}, "headers": headers, "timeout": 1}
        with (
            suppress(httpx.ReadTimeout),
            httpx.stream("POST", f"{address}/api/answer", **asked) as response,
        ):
            next(response.iter_lines())
        assert closed.wait(3)
        end = time.monotonic() + 3
        while not turnstile.is_empty and time.monotonic() < end:
            time.sleep(0.01)
        assert turnstile.is_empty
        assert len(worked) < 60


def test_sentences_of_a_slow_model_come_one_by_one(
    town: Index, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = "The repairs will cost 3.4 million crowns [1]. The bus ride is free for holders [1]."
    with ModelServer(Reply(text=said, pause_between=0.1)) as server:
        monkeypatch.setenv("FOOTNOTE_LLM_BASE_URL", server.url)
        monkeypatch.setenv("FOOTNOTE_LLM_MODEL", "scripted")
        rag_settings.cache_clear()
        try:
            times = []
            asked = {"json": {"question": QUESTION}, "headers": SSE, "timeout": 60}
            with httpx.stream("POST", f"{address}/api/answer", **asked) as response:
                for line in response.iter_lines():
                    if line.startswith("data: "):
                        times.append((time.monotonic(), len(json.loads(line[6:])["sentences"])))
        finally:
            rag_settings.cache_clear()
    assert times[0][1] < times[-1][1]
    assert times[-1][0] - times[0][0] > 0.3


# Reading.


def test_articles_are_listed_filtered_and_paged(asked: TestClient, town: Index) -> None:
    def listed(**query: Any) -> dict[str, Any]:
        answer = asked.get("/api/articles", params=query)
        assert answer.status_code == 200, answer.text
        return answer.json()

    whole = listed()
    assert whole["total"] == 3
    assert whole["articles"] == [info.to_dict() for info in town.articles()]
    assert listed(limit=1, offset=1) == {"total": 3, "articles": whole["articles"][1:2]}
    assert listed(offset=9) == {"total": 3, "articles": []}
    (school,) = listed(search="MUSIC courier")["articles"]
    assert school["title"] == "School wins music prize"
    assert listed(search="music herald")["total"] == 0
    assert listed(source="varnholm courier")["articles"] == [school]
    assert listed(since="2025-10-20", until="2025-10-20")["articles"] == [school]
    assert listed(since="2025-10-21")["total"] == 0
    article = asked.get(f"/api/articles/{school['id']}").json()
    assert article == json.loads(json.dumps(town.article(school["id"]).to_dict()))
    assert asked.get("/api/libraries").json() == ["town", "broken"]


def test_search_returns_hits(asked: TestClient, town: Index) -> None:
    hits = asked.get("/api/search", params={"q": "paper mill", "k": 2}).json()
    assert hits == json.loads(json.dumps([h.to_dict() for h in town.search("paper mill", 2)]))
    assert len(hits) == 2
    one = asked.get("/api/search", params={"q": "prize", "source": "Varnholm Courier"}).json()
    assert {hit["article"]["source"] for hit in one} == {"Varnholm Courier"}


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/api/articles/0123456789abcdef", 404, "python -m index list"),
        ("/api/articles/..%2f..%2fcatalogue.sqlite", 404, "address"),
        ("/api/articles?limit=0", 422, "limit"),
        ("/api/articles?offset=-1", 422, "offset"),
        ("/api/articles?since=soon", 422, "since"),
        ("/api/articles?source=The+Unheard", 422, "Varnholm Courier"),
        ("/api/articles?library=nowhere", 404, "town"),
        ("/api/articles?library=broken", 503, "Move it aside"),
        ("/api/search", 422, "q"),
        ("/api/search?q=", 422, "empty"),
        ("/api/search?q=x&k=51", 422, "k"),
        ("/api/nowhere", 404, ""),
    ],
)
def test_problems_of_reading(asked: TestClient, address: str, status: int, words: str) -> None:
    answer = asked.get(address)
    assert answer.status_code == status
    if words:
        assert words in answer.json()["detail"]
    assert "Traceback" not in answer.text


def test_what_writes_is_told_without_its_key(asked: TestClient) -> None:
    told = asked.get("/api/writer").json()
    assert told == {"writer": "quotes", "host": None, "reach": "reachable"}


def test_the_schema_names_every_route_and_the_documentation_needs_no_network(
    asked: TestClient,
) -> None:
    schema = asked.get("/openapi.json").json()
    assert set(schema["paths"]) >= {
        "/api/answer",
        "/api/articles",
        "/api/articles/{article_id}",
        "/api/search",
        "/healthz",
        "/readyz",
        "/originals/{library}/{article_id}",
    }
    assert "text" in schema["components"]["schemas"]["Answer"]["properties"]
    assert {"question", "as_of", "articles"} <= set(
        schema["components"]["schemas"]["Question"]["properties"]
    )
    page = asked.get("/docs")
    assert "http" not in page.text.replace("http://www.w3.org", "")
    assert "sha256-" in page.headers["content-security-policy"]
    for file in ("swagger-ui-bundle.js", "swagger-ui.css", "favicon.png"):
        assert asked.get(f"/docs/files/{file}").status_code == 200
    assert asked.get("/docs/files/../core.py").status_code == 404

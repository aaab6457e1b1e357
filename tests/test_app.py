"""One application: the page is mounted with its settings, knows its visitor, and stops cleanly."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import gradio as gr
import httpx
import pytest
from model_server import ModelServer, Reply
from page_browser import needs_browser, playwright
from serving import application, free_port, held, serving
from starlette.testclient import TestClient

from index import Index
from ui import strings
from ui.address import listen
from ui.errors import CannotServe
from ui.settings import UiSettings
from ui.turnstile import Turnstile

ROOT = Path(__file__).parent.parent
QUESTION = "How much will the repairs of the ferry ramp cost?"


@pytest.fixture(scope="module")
def address(town: Index) -> Iterator[str]:
    with serving(town) as address:
        yield address


def test_the_page_is_mounted_with_the_settings_that_it_was_launched_with(address: str) -> None:
    config = httpx.get(f"{address}/config").json()
    assert config["max_file_size"] == 10 * 1024**2
    for off in ("show_error", "analytics_enabled", "run_history", "mcp_server", "pwa", "is_colab"):
        assert not config[off], off
    assert config["footer_links"] == []
    assert config["root"] == address
    assert "<style>" in config["head"]
    assert all(d["api_visibility"] == "private" for d in config["dependencies"])


def test_another_site_reads_nothing_even_where_gradio_would_let_it(town: Index) -> None:
    # Called by a name other than localhost, Gradio answers any origin, password and all.
    app, _ = application(town, UiSettings(host="0.0.0.0", auth="desk:secret"))
    with TestClient(app, base_url="http://news.example") as client:
        for headers in ({"origin": "https://evil.example"}, {"origin": "http://news.example"}, {}):
            answer = client.get("/config", auth=("desk", "secret"), headers=headers)
            assert answer.status_code == (403 if "evil" in str(headers) else 200)
            assert not [name for name in answer.headers if name.startswith("access-control-")]
        preflight = {"origin": "https://evil.example", "access-control-request-method": "POST"}
        refused = client.options("/gradio_api/queue/join", headers=preflight)
        assert refused.status_code == 403
        assert not [name for name in refused.headers if name.startswith("access-control-")]


@pytest.mark.parametrize(("auth", "name"), [(None, ""), ("desk:secret,ana:b", "desk")])
def test_the_page_knows_its_visitor_by_name(town: Index, auth: str | None, name: str) -> None:
    def who(request: gr.Request) -> str:
        return f"<{request.username}>"

    def make_page(*given: object) -> gr.Blocks:
        with gr.Blocks(analytics_enabled=False) as page:
            page.load(who, outputs=gr.Textbox(), queue=False)
        return page

    app, _ = application(town, UiSettings(auth=auth), make_page=make_page)
    body = {"data": [], "fn_index": 0, "session_hash": "abc"}
    login = ("desk", "secret") if auth else None
    with TestClient(app, base_url="http://127.0.0.1") as client:
        answer = client.post("/gradio_api/run/predict", json=body, auth=login)
        assert answer.json()["data"] == [f"<{name}>"]
        if auth:
            assert client.post("/gradio_api/run/predict", json=body).status_code == 401


def test_an_upload_waits_in_the_temporary_folder_within_its_size(
    town: Index, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GRADIO_TEMP_DIR", str(tmp_path))
    app, _ = application(town)
    with TestClient(app, base_url="http://127.0.0.1") as client:
        files = [("files", ("../../a.txt", b"An article."))]
        (path,) = client.post("/gradio_api/upload", files=files).json()
        assert Path(path).is_relative_to(tmp_path)
        assert Path(path).read_bytes() == b"An article."
        large = [("files", ("b.txt", b"x" * (10 * 1024**2 + 1)))]
        assert client.post("/gradio_api/upload", files=large).status_code == 413
        assert client.get(f"/gradio_api/file={path}").status_code == 404


def test_an_address_that_is_taken_or_open_to_others_is_refused() -> None:
    settings = UiSettings(port=free_port())
    with listen(settings), pytest.raises(CannotServe, match=f"--port {settings.port + 1}"):
        listen(settings)
    with pytest.raises(CannotServe, match="FOOTNOTE_AUTH"):
        listen(UiSettings(host="0.0.0.0", port=free_port()))


# Being busy, and leaving, on the page itself.


def ask(address: str, session: str = "abc") -> Iterator[dict[str, Any]]:
    """Send a question as the browser does, and yield Gradio's messages."""
    config = httpx.get(f"{address}/config").json()
    endpoint = next(d for d in config["dependencies"] if d["api_name"] == "ask")
    boxes = {c["id"]: c for c in config["components"]}
    data = [
        QUESTION
        if boxes[number]["props"].get("elem_id") == "question"
        else None
        if boxes[number]["type"] == "state"
        else boxes[number]["props"].get("value")
        for number in endpoint["inputs"]
    ]
    body = {
        "data": data,
        "fn_index": endpoint["id"],
        "session_hash": session,
        "trigger_id": endpoint["targets"][0][0],
    }
    httpx.post(f"{address}/gradio_api/queue/join", json=body).raise_for_status()
    following = {"params": {"session_hash": session}, "timeout": 30}
    with httpx.stream("GET", f"{address}/gradio_api/queue/data", **following) as response:
        for line in response.iter_lines():
            if line.startswith("data:"):
                yield json.loads(line[5:])


SOON = 3.0
"""Seconds: a tenth of one on a machine that does nothing else."""


def test_a_visitor_is_told_soon_that_it_is_busy(town: Index) -> None:
    turnstile = Turnstile(1, most_waiting=0)
    with serving(town, turnstile=turnstile) as address:
        with held(turnstile):
            began = time.monotonic()
            told = [str(message) for message in ask(address)]
            assert time.monotonic() - began < SOON
        assert strings.BUSY.partition("{")[0] in "".join(told)
        again = "".join(str(message) for message in ask(address))
        assert "3.4 million" in again


def test_whoever_closes_the_tab_gives_the_place_back(
    town: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ui import asking

    first = next(asking.stream(QUESTION, index=town))

    def endless(*given: object, **more: object) -> Iterator[Any]:
        for _ in range(300):
            time.sleep(0.1)
            yield first

    monkeypatch.setattr(asking, "stream", endless)
    turnstile = Turnstile(1)
    with serving(town, turnstile=turnstile) as address:
        messages = ask(address)
        while next(messages)["msg"] != "process_generating":
            pass
        assert not turnstile.is_empty
        messages.close()
        end = time.monotonic() + 12  # Gradio looks every ten seconds
        while not turnstile.is_empty and time.monotonic() < end:
            time.sleep(0.05)
        assert turnstile.is_empty


# Stopping.


def started(library: Path, folder: Path, **variables: str) -> "tuple[subprocess.Popen[str], str]":
    port = free_port()
    command = [sys.executable, "-m", "ui", "--library", str(library), "--port", str(port)]
    process = subprocess.Popen(
        command,
        cwd=folder,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": str(ROOT)} | variables,
    )
    assert process.stdout
    assert process.stdout.readline().strip() == f"Footnote is ready: http://127.0.0.1:{port}"
    address = f"http://127.0.0.1:{port}"
    end = time.monotonic() + 60
    while httpx.get(f"{address}/readyz").status_code != 200 and time.monotonic() < end:
        time.sleep(0.1)
    return process, address


def follow(address: str, path: str, begun: threading.Event, **given: Any) -> threading.Thread:
    """Hold a stream open in the background until the server ends it."""

    def read() -> None:
        with (
            suppress(httpx.HTTPError),
            httpx.stream(url=address + path, timeout=60, **given) as response,
        ):
            for _ in response.iter_raw():
                begun.set()

    thread = threading.Thread(target=read)
    thread.start()
    return thread


@pytest.mark.parametrize(
    "number", [signal.SIGTERM, pytest.param(signal.SIGINT, marks=pytest.mark.slow)]
)
def test_it_stops_within_two_seconds_though_streams_are_open(
    town: Index, tmp_path: Path, number: signal.Signals
) -> None:
    slow = Reply(text="The repairs will cost 3.4 million crowns [1]. " * 40, pause_between=0.2)
    with ModelServer(Reply(text="Warm [1]."), slow) as model:
        process, address = started(
            town.folder, tmp_path, FOOTNOTE_LLM_BASE_URL=model.url, FOOTNOTE_LLM_MODEL="scripted"
        )
        with process:
            living, answering, asking = (threading.Event() for _ in range(3))
            threads = [
                follow(address, "/gradio_api/heartbeat/abc", living, method="GET"),
                follow(
                    address,
                    "/api/answer",
                    answering,
                    method="POST",
                    json={"question": QUESTION},
                    headers={"accept": "text/event-stream"},
                ),
            ]

            def page() -> None:
                with suppress(httpx.HTTPError):
                    for _ in ask(address):
                        asking.set()

            threads.append(threading.Thread(target=page))
            threads[-1].start()
            for begun in (living, answering, asking):
                assert begun.wait(30)
            began = time.monotonic()
            process.send_signal(number)
            out, errors = process.communicate(timeout=20)
            seconds = time.monotonic() - began
        for thread in threads:
            thread.join(10)
    assert process.returncode == 0
    logged = [json.loads(line)["event"] for line in errors.splitlines()]
    assert set(logged) <= {"answer"}, "nothing but the log's line an answer"
    assert out.strip().endswith(strings.STOPPED_SERVER)
    assert seconds < 2


@pytest.mark.slow
def test_it_stops_while_the_models_are_still_being_loaded(town: Index, tmp_path: Path) -> None:
    port = free_port()
    command = [sys.executable, "-m", "ui", "--library", str(town.folder), "--port", str(port)]
    with subprocess.Popen(
        command,
        cwd=tmp_path,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": str(ROOT), "TMPDIR": str(tmp_path)},
    ) as process:
        assert process.stdout
        process.stdout.readline()
        assert httpx.get(f"http://127.0.0.1:{port}/readyz").status_code == 503
        process.send_signal(signal.SIGTERM)
        _, errors = process.communicate(timeout=60)
    assert process.returncode == 0
    # the question that loads the models may be answered before the server has stopped
    assert [line for line in errors.splitlines() if '"event": "answer"' not in line] == []
    assert not list(tmp_path.glob("footnote-*"))


# In a real browser.


@needs_browser
def test_a_browser_logs_in_once_and_the_whole_page_works(
    town: Index, browser: "playwright.Browser"
) -> None:
    with serving(town, auth="desk:secret") as address:
        stranger = browser.new_page()
        with pytest.raises(playwright.Error, match="ERR_INVALID_AUTH_CREDENTIALS"):
            stranger.goto(address)
        stranger.close()
        context = browser.new_context(http_credentials={"username": "desk", "password": "secret"})
        tab = context.new_page()
        bad: list[str] = []
        tab.on("response", lambda r: bad.append(f"{r.status} {r.url}") if r.status >= 400 else None)
        tab.on("pageerror", lambda error: bad.append(str(error)))
        tab.on("console", lambda m: bad.append(m.text) if m.type == "error" else None)
        tab.goto(address)
        tab.wait_for_selector("#now .welcome")
        tab.fill("#question textarea", QUESTION)
        tab.keyboard.press("Enter")
        tab.wait_for_selector(".turn .sources", timeout=60_000)
        context.close()
        assert bad == []


@needs_browser
def test_inline_scripts_and_script_links_do_not_run(
    address: str, browser: "playwright.Browser"
) -> None:
    tab = browser.new_page()
    tab.goto(address)
    tab.wait_for_selector("#now .welcome")
    tab.evaluate("""() => {
        const script = document.createElement("script");
        script.textContent = "window.hacked = 1";
        document.body.append(script);
        const link = document.createElement("a");
        link.href = "javascript:window.hacked = 1";
        document.body.append(link);
        link.click();
        document.body.insertAdjacentHTML("beforeend", "<img src=x onerror='window.hacked = 1'>");
    }""")
    tab.wait_for_timeout(300)
    assert tab.evaluate("window.hacked") is None
    tab.close()


@needs_browser
def test_the_documentation_is_shown_without_a_network(
    address: str, browser: "playwright.Browser"
) -> None:
    tab = browser.new_page()
    asked: list[str] = []
    bad: list[str] = []
    tab.on("request", lambda request: asked.append(request.url))
    tab.on("console", lambda m: bad.append(m.text) if m.type == "error" else None)
    tab.goto(f"{address}/docs")
    tab.wait_for_selector(".opblock-post")
    tab.locator(".opblock-post .opblock-summary").first.click()
    tab.wait_for_selector(".try-out")
    assert not [url for url in asked if not url.startswith((address, "data:"))]
    assert bad == []
    tab.close()

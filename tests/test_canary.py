"""Keys and passwords show up nowhere, whatever a language model's server does or says.

A server that fails in every way also says the key itself, in errors, in its text and in its names.
Logs are read at every level, those of the clients too.
"""

import json
import logging
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import ARTICLES, QUESTION
from model_faults import NO_SUCH_NAME, QUICK, SLOW, event, served
from model_server import Reply
from serving import application
from starlette.testclient import TestClient
from test_model_faults import in_haste  # noqa: F401 - a fixture

from eval.provenance import public_settings
from eval.settings import EvalSettings
from index import Index
from index.settings import index_settings
from rag.breaker import breaker_of
from rag.logs import LOGGER, set_up_logging
from rag.settings import RagSettings, rag_settings
from ui.asking import ask
from ui.export_html import to_html
from ui.export_markdown import to_markdown
from ui.keeping import keep
from ui.render_turns import render_turns
from ui.settings import ui_settings
from ui.shelf import Shelf
from ui.turnstile import Turnstile
from ui.types import Conversation, Turn
from ui.writer_status import WriterWatch

KEY, PASSWORD, IN_ADDRESS = "sk-canary-7f3a", "canary-hush-91", "canary-url-55"
CANARIES = (KEY, PASSWORD, IN_ADDRESS)

TALKATIVE = {
    "an error with the key": Reply(status=500, error=f"wrong key {KEY}"),
    "a refusal with the key": Reply(
        status=401, error=f"{KEY} {IN_ADDRESS}", headers=(("WWW-Authenticate", KEY),)
    ),
    "a stream that says the key": Reply(raw=f'data: {{"error": {{"message": "{KEY}"}}}}\n\n'),
    "a key as text": Reply(text=f"Repairs will cost 3.4 million crowns with {KEY}. [1]"),
    "a key alone": Reply(text=f"{KEY} [1]"),
    "a key in the model's name": Reply(raw=event("It rained. [1]").replace('"m"', f'"{KEY}"')),
    "a redirect to the key": Reply(status=302, headers=(("Location", f"http://x/{KEY}"),)),
}
FAULTS: dict[str, Reply | None] = {"no server": None, **TALKATIVE, **QUICK, **SLOW}
FAST = ("no server", "an error with the key", "a key as text", "a redirect to the key")

LOUD = ("", "footnote", "httpx", "httpcore", "httpcore.connection", "httpcore.http11", "openai")
LOUDER = ("openai._base_client", "llama_index", "asyncio", "uvicorn", "uvicorn.error", "gradio")


@pytest.fixture
def everything(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> Iterator[Any]:
    """Ask in every way while a server fails; returns all that anybody could read, by place."""
    for name, text in ARTICLES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    for name in (*LOUD, *LOUDER):
        caplog.set_level(logging.DEBUG, logger=name or None)
    monkeypatch.setenv("FOOTNOTE_LLM_MODEL", "scripted")
    monkeypatch.setenv("FOOTNOTE_LLM_API_KEY", KEY)
    monkeypatch.setenv("FOOTNOTE_AUTH", f"ana:{PASSWORD}")
    monkeypatch.setenv("FOOTNOTE_LOG_LEVEL", "debug")

    def ask_everywhere(url: str) -> dict[str, str]:
        address = url.replace("http://", f"http://user:{IN_ADDRESS}@")
        monkeypatch.setenv("FOOTNOTE_LLM_BASE_URL", address)
        rag_settings.cache_clear()
        breaker_of.cache_clear()
        set_up_logging("debug")
        return read_everywhere(tmp_path, index)

    with Index.open(tmp_path / "library") as index:
        index.sync([tmp_path / name for name in ARTICLES])
        yield lambda url: ask_everywhere(url) | {"log": logged(caplog)}
    LOGGER.handlers = []
    LOGGER.setLevel(logging.NOTSET)
    rag_settings.cache_clear()


def read_everywhere(folder: Path, index: Index) -> dict[str, str]:
    """Ask on the page and by the API, keep and export it, and return all of it as text."""
    with Shelf(index) as shelf:
        *_, talk = ask(index, Conversation(), Turn(question=QUESTION), Turnstile())
        kept = keep(lambda: shelf.chats(shelf.main_name), index, "ana", talk)
        app, _ = application(index, ui_settings(), shelf=shelf)
        with TestClient(app, base_url="http://127.0.0.1", raise_server_exceptions=False) as client:
            client.get("/config", auth=("ana", "wrong"))
            auth = ("ana", PASSWORD)
            api = [
                client.post("/api/answer", json={"question": QUESTION}, auth=auth).text,
                client.get("/api/writer", auth=auth).text,
                client.post("/api/answer", json={"wrong": 1}, auth=auth).text,
            ]
            page = [client.get(path, auth=auth).text for path in ("/config", "/openapi.json")]
        assert "3.4 million crowns" in api[0]
        watch = WriterWatch(rag_settings())
        watch.look()
        reports = public_settings(index_settings(), rag_settings(), ui_settings(), EvalSettings())
        return {
            "page": " ".join([*page, render_turns(kept.turns)]),
            "api": " ".join(api),
            "exports": to_html("t", kept.turns) + to_markdown("t", kept.turns),
            "writer": repr(watch.status()) + repr(rag_settings().llm_api_key) + repr(ui_settings()),
            "report": json.dumps(reports, default=str),
            "library": " ".join(
                file.read_bytes().decode("latin-1")
                for file in sorted((folder / "library").rglob("*"))
                if file.is_file()
            ),
        }


def logged(caplog: pytest.LogCaptureFixture) -> str:
    """Return every record at every level, with tracebacks, and what was given along."""
    records = [f"{record.getMessage()} {record.__dict__}" for record in caplog.records]
    return caplog.text + " ".join(records)


def found(read: dict[str, str]) -> list[tuple[str, str]]:
    """Return which canary stands where."""
    return [(place, each) for place, text in read.items() for each in CANARIES if each in text]


@pytest.mark.usefixtures("in_haste")
def test_keys_and_passwords_show_up_nowhere(everything: Any) -> None:
    for name in FAST:
        with served(FAULTS[name]) as url:
            assert found(everything(url)) == [], name


@pytest.mark.slow
@pytest.mark.timeout(1200)
@pytest.mark.usefixtures("in_haste")
def test_keys_and_passwords_show_up_nowhere_through_all_faults(
    everything: Any, capfd: pytest.CaptureFixture[str], figure: Callable[[int, str], None]
) -> None:
    hits: list[tuple[str, ...]] = []
    read: dict[str, str] = {}
    for name, reply in FAULTS.items():
        with served(reply) as url:
            read = everything(url)
        hits += [(name, *each) for each in found(read)]
    read = everything(NO_SUCH_NAME)
    hits += [("no such name", *each) for each in found(read)]
    streams = "".join(capfd.readouterr())
    hits += found({"standard streams": streams})
    figure(
        20,
        f"{len(CANARIES)} canaries through {len(FAULTS) + 1} faults, in {len(read) + 1} places "
        f"({', '.join(read)}, standard streams): {len(hits)} hits",
    )
    assert hits == []


def test_a_key_in_an_address_does_not_reach_a_report() -> None:
    address = f"https://user:{KEY}@models.example/{IN_ADDRESS}/v1?key={KEY}#{KEY}"
    settings = RagSettings(llm_base_url=address, llm_model="m", llm_api_key=KEY)
    told = json.dumps(public_settings(settings), default=str)
    assert found({"report": told}) == []
    assert "models.example" in told


def test_a_setting_that_cannot_be_used_is_told_without_its_value(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    import traceback

    monkeypatch.setenv("FOOTNOTE_LLM_BASE_URL", f"user:{KEY}@models.example")
    monkeypatch.setenv("FOOTNOTE_LLM_MODEL", "m")
    rag_settings.cache_clear()
    with pytest.raises(Exception, match="FOOTNOTE_LLM_BASE_URL") as caught:
        rag_settings()
    assert KEY not in "".join(traceback.format_exception(caught.value))


def test_a_password_is_a_secret_as_it_stands_in_the_address_and_as_it_is_sent() -> None:
    settings = RagSettings(llm_base_url="http://me:hush%40canary@127.0.0.1:1/v1", llm_model="m")
    assert settings.tells_secret("It is hush%40canary.")
    assert settings.tells_secret("It is hush@canary.")
    assert not settings.tells_secret("It is me at 127.0.0.1.")

"""What the tests share: a small town's articles, and a library made of them."""

import json
import logging
import os
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from model_server import ModelServer, Reply
from rich.console import Console
from torture_table import ROWS, Figure, table

from index import Index
from rag import Answer, stream
from rag.breaker import breaker_of
from rag.pipeline import WHOLE, Pipeline
from rag.settings import rag_settings

os.environ.pop("PYTHONUNBUFFERED", None)
"""The commands that tests run end as a user's do, who seldom sets it."""

settings.register_profile("footnote", deadline=None)
settings.load_profile("footnote")
"""A busy machine is no fault of the rule that is tried; pytest's own limit stops what hangs."""

ARTICLES = {
    "ferry.txt": (
        "Ferry ramp closed until mid-November\n\n"
        "By Ilse Brandt\n\n"
        "The harbour office of Varnholm closed the east ferry ramp on Monday after divers found "
        "cracks in two of its six supports. Repairs will cost 3.4 million crowns, the harbour "
        "master Jonas Wede said. The ramp is to open again on 14 November 2025. Until then buses "
        "take passengers to the west ramp, four kilometres upstream. The bus ride is free for "
        "holders of a monthly ticket.\n"
    ),
    "school.md": (
        "---\ntitle: School wins music prize\nsource: Varnholm Courier\n"
        "date: 2025-10-20\nauthor: Tom Aalto\n---\n\n"
        "The brass band of the Lindgate school won the county prize for young musicians. Its "
        "conductor, Mara Quist, said that the band had rehearsed three evenings a week since "
        "spring. The prize is worth 12,000 crowns and pays for eleven new instruments. The band "
        "will play at the town hall in December.\n"
    ),
    "mill.txt": (
        "The old paper mill at Sorrel Bridge has a new owner. The Norden Group bought it from the "
        "town for 8.1 million crowns and plans ninety flats. The council voted for the sale by "
        "eleven to six. Councillor Petra Holm, who voted against it, called the price far too "
        "low. Building is to begin once the river bank has been made safe.\n"
    ),
}

QUESTION = "How much will the repairs of the ferry ramp cost?"
KEY = "sk-very-secret"

LACKING = "this machine lacks"
"""A skip is excused in CI only if its reason says what the machine lacks."""


@pytest.fixture(autouse=True)
def _closed_breakers() -> Iterator[None]:
    """Let no test's server suffer for one that had its address before."""
    yield
    breaker_of.cache_clear()


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    """A folder of three articles, to be changed at will."""
    folder = tmp_path / "articles"
    folder.mkdir()
    for name, text in ARTICLES.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    """An empty library of one's own."""
    with Index.open(tmp_path / "library") as opened:
        yield opened


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    """A library of the three articles, shared and so only to be read."""
    folder = tmp_path_factory.mktemp("town")
    for name, text in ARTICLES.items():
        (folder / name).write_text(text, encoding="utf-8")
    with Index.open(folder / "library") as opened:
        opened.sync([folder])
        yield opened


@pytest.fixture(scope="session")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    """A library of the sample articles, shared and so only to be read."""
    with Index.open(tmp_path_factory.mktemp("seeds") / "library") as opened:
        opened.sync([Path(__file__).parent.parent / "seeds"])
        yield opened


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Chromium, driven by Playwright, for the tests of one module."""
    # Late, so that the other tests need neither.
    from page_browser import BROWSER, playwright

    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def breaker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A process that changes libraries and is broken off at any step; see `breaking.py`."""
    from breaking import Breaker

    with Breaker(tmp_path_factory.mktemp("breaker")) as breaker:
        yield breaker


@pytest.fixture
def ask(
    town: Index, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> Iterator[Any]:
    """Ask with a server that gives these replies; returns what the stream yielded."""

    def ask(
        *replies: Reply,
        question: str = QUESTION,
        url: str | None = None,
        index: Index = town,
        pipeline: Pipeline = WHOLE,
    ) -> tuple[list[Answer], ModelServer]:
        with ModelServer(*replies) as server:
            monkeypatch.setenv("FOOTNOTE_LLM_BASE_URL", url or server.url)
            monkeypatch.setenv("FOOTNOTE_LLM_MODEL", "scripted")
            monkeypatch.setenv("FOOTNOTE_LLM_API_KEY", KEY)
            rag_settings.cache_clear()
            partials = list(stream(question, index=index, pipeline=pipeline))
        check_always(partials, index, checked=pipeline.check)
        return partials, server

    with caplog.at_level(logging.DEBUG):
        yield ask
    rag_settings.cache_clear()
    assert KEY not in caplog.text


def check_always(partials: Sequence[Answer], index: Index, *, checked: bool = True) -> None:
    """Check what must hold whatever a server does."""
    for before, after in pairwise(partials):
        assert after.sentences[: len(before.sentences)] == before.sentences
        assert after.withheld >= before.withheld
    assert [partial.complete for partial in partials] == [False] * (len(partials) - 1) + [True]
    given = partials[-1]
    assert KEY not in json.dumps(given.to_dict())
    for sentence in given.sentences:
        assert sentence.support.verdict in {"quoted", "supported"} or not checked
        assert sentence.citations
    for citation in given.citations:
        text = index.article(citation.article_id).text
        assert text[citation.start : citation.end] == citation.quote
    assert [c.number for c in given.citations] == list(range(1, len(given.citations) + 1))


@pytest.fixture
def figure(request: pytest.FixtureRequest) -> Callable[[int, str], None]:
    """Note what a test measured for a row of the table that ends the run."""

    def figure(row: int, measured: str) -> None:
        assert row in ROWS
        request.node.user_properties.append(("figure", (row, measured)))

    return figure


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the table of what was measured, whether the tests passed or not."""
    figures = [
        Figure(row=row, test=report.nodeid, outcome=outcome, measured=measured)
        for outcome in ("passed", "failed")
        for report in terminalreporter.stats.get(outcome, [])
        for name, (row, measured) in getattr(report, "user_properties", [])
        if name == "figure"
    ]
    if figures:
        Console(width=160).print(table(figures))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    """Under CI a skipped test fails, unless it names what this kind of machine cannot have."""
    report = yield
    if os.environ.get("CI") and report.skipped and not hasattr(report, "wasxfail"):
        reason = str(report.longrepr[2]) if isinstance(report.longrepr, tuple) else ""
        if LACKING not in reason:
            report.outcome = "failed"
            report.longrepr = f"skipped under CI without naming what {LACKING}: {reason}"
    return report

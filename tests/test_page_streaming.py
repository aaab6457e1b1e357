"""An answer grows in the page by whole sentences, without a jump, and can be stopped."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from model_server import ModelServer, Reply
from test_page import (  # noqa: F401 - fixtures
    address,
    library,
    needs_browser,
    page,
)

from rag.settings import rag_settings
from ui import strings

FIRST = "The ferry will stop for six weeks from 3 November [1].\n"
SECOND = "The repair of its hull will cost 1.8 million crowns [1].\n"
QUESTION = "How long will the Brinmouth ferry stop, and what will it cost?"
OTHER = "Who opened a bakery in Ostley?"


class Writer(ModelServer):
    """A model that writes one sentence, waits to be told to go on, and writes another."""

    def reply_to(self, number: int, request: dict[str, Any]) -> Reply:
        """Make it wait while it answers the first question alone."""
        held = QUESTION in json.dumps(request)
        return Reply(text=FIRST.ljust(60) + SECOND, chunk=60, held=held)


@pytest.fixture
def writer(monkeypatch: pytest.MonkeyPatch) -> Iterator[Writer]:
    with Writer() as server:
        monkeypatch.setenv("FOOTNOTE_LLM_BASE_URL", server.url)
        monkeypatch.setenv("FOOTNOTE_LLM_MODEL", "scripted")
        rag_settings.cache_clear()
        yield server
    rag_settings.cache_clear()


def begin(page) -> None:  # noqa: F811
    page.evaluate(
        """() => {
            window.shift = 0;
            new PerformanceObserver((list) => {
                for (const entry of list.getEntries())
                    if (!entry.hadRecentInput) window.shift += entry.value;
            }).observe({ type: "layout-shift" });
        }"""
    )
    page.fill("#question textarea", QUESTION)
    page.keyboard.press("Enter")
    page.wait_for_selector("#now .sentence", timeout=30_000)


def wait_until_kept(page) -> None:  # noqa: F811
    """Turn to the conversations until the answer that was left is among them."""
    kept = page.locator(f"#chats li:has-text('{QUESTION[:30]}')")
    for _ in range(100):
        page.get_by_role("tab", name=strings.ASK_VIEW, exact=True).click()
        page.get_by_role("tab", name=strings.CHATS_VIEW).click()
        page.wait_for_timeout(200)
        if kept.count():
            return
    pytest.fail("the answer was not kept")


@needs_browser
def test_the_first_sentence_is_there_before_the_second_and_nothing_moves(page, writer):  # noqa: F811
    begin(page)
    assert page.locator("#now .sentence").count() == 1
    assert page.locator("#now .busy").is_visible()
    footnote = page.locator("#now button.footnote").first
    footnote.focus()
    before = footnote.bounding_box()
    writer.go_on.set()
    page.wait_for_selector("#now .sources", timeout=30_000)
    assert page.locator("#now .sentence").count() == 2
    assert footnote.bounding_box() == before
    assert page.evaluate("document.activeElement.matches('#now button.footnote')")
    assert page.evaluate("window.shift") < 0.1
    assert strings.VERDICTS["supported"] in page.inner_text("#now .sentence")


@needs_browser
def test_an_answer_is_stopped_and_keeps_what_it_has(page, writer):  # noqa: F811
    begin(page)
    page.get_by_role("button", name=strings.STOP, exact=True).click()
    page.wait_for_selector(f"#question button:has-text('{strings.STOPPING}')")
    writer.go_on.set()
    page.wait_for_selector(f"#now .notice:has-text('{strings.STOPPED}')", timeout=30_000)
    assert page.locator("#now .sentence").count() >= 1
    assert page.locator("#now .busy").count() == 0
    page.wait_for_selector(f"#question button:has-text('{strings.ASK}')")


@needs_browser
def test_what_is_begun_anew_while_an_answer_grows_is_not_overwritten(page, writer):  # noqa: F811
    begin(page)
    page.get_by_role("button", name=strings.NEW_CONVERSATION).click()
    page.wait_for_selector("#now .welcome")
    page.fill("#question textarea", OTHER)
    page.keyboard.press("Enter")
    page.wait_for_selector("#now .question:has-text('bakery')", timeout=15_000)
    page.wait_for_selector("#now .turn :is(.sources, .refusal)", timeout=60_000)
    writer.go_on.set()
    wait_until_kept(page)
    page.get_by_role("tab", name=strings.ASK_VIEW, exact=True).click()
    assert "bakery" in page.inner_text("#now .question")
    assert page.locator(".turn").count() == 1


@needs_browser
def test_an_answer_that_is_left_by_a_reload_is_kept(page, writer):  # noqa: F811
    begin(page)
    page.reload()
    page.wait_for_selector(".welcome")
    writer.go_on.set()
    wait_until_kept(page)

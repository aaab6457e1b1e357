"""Hostile markup in every place that a stranger can fill: it is text, on every view.

The `page` fixture fails on any dialog, any error and any request to another host.
"""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from model_server import ModelServer, Reply
from payloads import BEACON, PAYLOADS
from serving import serving
from test_page import ask, needs_browser, page  # noqa: F401 - fixtures

from index import Article, Index
from rag.settings import rag_settings
from ui import strings

LEAST = 150
TEXT = "The mayor of Quillmouth read aloud the words {payload} from a banner on pier {number}."
QUESTION = "What words did the mayor of Quillmouth read aloud from a banner on pier {number}?"
FOREIGN = (
    ".html-container :is(script, style, link, meta, base, img, picture, source, svg, iframe, frame,"
    " object, embed, form, video, audio, dialog, marquee, textarea, template, math)"
)
"""What no panel of ours ever holds."""

CHECK = """foreign => ({
    foreign: [...document.querySelectorAll(foreign)].map(node => node.outerHTML),
    handlers: [...document.querySelectorAll(".html-container *")].flatMap(node =>
        [...node.attributes].filter(each => each.name.startsWith("on")).map(each => each.name)),
    links: [...document.querySelectorAll("a")].map(node => node.href)
        .filter(href => !/^https?:/.test(href)),
    hacked: window.hacked ?? null,
})"""
CLEAN = {"foreign": [], "handlers": [], "links": [], "hacked": None}


def hostile_articles() -> Iterator[Article]:
    for number, payload in enumerate(PAYLOADS):
        text = TEXT.format(payload=payload.replace("\0", ""), number=number)
        yield Article(
            id=f"{number:016x}",
            key=f"{number} {payload}",
            title=payload,
            source=payload,
            author=payload,
            url=payload,
            path=f"/articles/{payload}.txt",
            text=f"{text} Season tickets cost 30 crowns there, the harbour office of pier {number} "
            "said on Monday.",
        )


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    with Index.open(tmp_path_factory.mktemp("hostile") / "library") as index:
        index.add_articles(hostile_articles())
        assert len(index.articles()) >= LEAST
        yield index


@pytest.fixture(scope="module")
def address(library: Index) -> Iterator[str]:
    with serving(library) as address:
        yield address


def check(page) -> None:  # noqa: F811
    assert page.evaluate(CHECK, FOREIGN) == CLEAN


def test_there_are_as_many_payloads_as_promised():
    assert len(set(PAYLOADS)) == len(PAYLOADS) >= LEAST


@needs_browser
def test_titles_outlets_authors_addresses_and_texts_stay_text(page):  # noqa: F811
    page.get_by_role("tab", name=strings.ARTICLES_VIEW).click()
    page.wait_for_selector("#listing .source-link")
    more = page.locator("#listing [data-event=expand]")
    while more.count():
        count = page.locator("#listing .source-link").count()
        more.first.click()
        page.wait_for_function(
            "count => document.querySelectorAll('#listing .source-link').length > count",
            arg=count,
        )
    assert page.locator("#listing .source-link").count() >= LEAST
    check(page)
    for place in range(0, LEAST, 10):
        title = page.locator("#listing .source-link").nth(place)
        title.click()
        page.wait_for_selector("#source article.source")
        page.wait_for_timeout(50)
        check(page)


@needs_browser
def test_questions_and_the_quotes_that_answer_them_stay_text(page):  # noqa: F811
    for number in range(0, len(PAYLOADS), 33):
        ask(page, " ".join(PAYLOADS[number : number + 33])[:2_000])
        ask(page, QUESTION.format(number=number))
        page.locator("#now :is(button.footnote, button.passage)").first.click()
        page.wait_for_selector("#source #cited")
        check(page)
    page.get_by_role("tab", name=strings.CHATS_VIEW).click()
    page.wait_for_selector("#chats li")
    check(page)
    address = page.locator("#chats a").nth(1).get_attribute("href")
    exported = httpx.get(page.url.split("?")[0].rstrip("/") + address)
    page.set_content(exported.text)
    assert page.locator("script, img, iframe, form, [onerror], [onload]").count() == 0
    assert page.evaluate("window.hacked ?? null") is None


@needs_browser
def test_what_a_model_writes_stays_text(page, library: Index, monkeypatch):  # noqa: F811
    shown = 0
    for number in range(0, len(PAYLOADS), 55):
        lines = [
            f"{TEXT.format(payload=payload, number=number)} [1]"
            for payload in PAYLOADS[number : number + 55]
        ]
        with ModelServer(Reply(text="\n".join(lines), chunk=200)) as server:
            monkeypatch.setenv("FOOTNOTE_LLM_BASE_URL", server.url)
            monkeypatch.setenv("FOOTNOTE_LLM_MODEL", "hostile <img src=x onerror=hacked=1>")
            rag_settings.cache_clear()
            ask(page, QUESTION.format(number=number))
            rag_settings.cache_clear()
        check(page)
        shown += page.locator("#now .sentence").count()
    assert shown


@needs_browser
def test_a_draft_and_a_mention_stay_text(page):  # noqa: F811
    page.get_by_role("tab", name=strings.DRAFT_VIEW).click()
    draft = "\n".join(f"{payload} is what he said." for payload in PAYLOADS[::10])
    page.fill("#draft-text textarea", draft)
    page.click("#check")
    page.wait_for_selector("#checked .sentence, #checked .line, #checked .problem", timeout=60_000)
    page.wait_for_selector("#stop-check", state="hidden", timeout=120_000)
    check(page)
    page.get_by_role("tab", name=strings.ARTICLES_VIEW).click()
    page.fill("#search input, #search textarea", PAYLOADS[0])
    page.keyboard.press("Enter")
    page.wait_for_timeout(500)
    check(page)


@needs_browser
def test_nothing_hostile_in_an_upload_gets_out(page, library: Index, tmp_path: Path):  # noqa: F811
    files = []
    for number, payload in enumerate(PAYLOADS[::15]):
        name = "".join("_" if each == "/" or not each.isprintable() else each for each in payload)
        file = tmp_path / f"{name[:80]}{number}.html"
        file.write_text(
            f'<html><head><title>{payload}</title><meta name=author content="{payload}"></head>'
            f"<body><article><h1>{payload}</h1><p>{TEXT.format(payload=payload, number=number)} "
            f"It was read out twice on that day, to much applause.</p>{payload}</article></body>"
        )
        files.append(file)
    page.get_by_role("tab", name=strings.ARTICLES_VIEW).click()
    page.locator("#adding button").first.click()
    page.set_input_files("#files input[type=file]", files)
    done = strings.ADDED_ALL.partition(":")[0]
    page.locator("#added .told", has_text=f"{done}:").wait_for(timeout=60_000)
    assert page.locator("#added li.added").count()
    check(page)
    loaded = page.evaluate("performance.getEntriesByType('resource').map(each => each.name)")
    assert loaded
    assert not [name for name in loaded if BEACON in name]

"""Hostile markup in every place that a stranger can fill: it is text, on every view.

The `page` fixture fails on any dialog, any error and any request to another host.
"""

from collections.abc import Callable, Iterator, Sequence
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
SOME = PAYLOADS[::8]
"""Of every kind a few, for the quick form; the slow one shows all, everywhere."""

QUOTED_IN_ALL = 3
"""One payload in so many is asked for by its own question; all are listed and opened."""

LONGEST = 2_000
"""Characters of a question."""

Note = Callable[[int, str], None]
TEXT = "The mayor of Quillmouth read aloud the words {payload} from a banner on pier {number}."
QUESTION = "Who read words aloud from a banner on pier {number}?"
ANY_PIER = "Who read words aloud from a banner?"
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


@pytest.fixture(
    scope="module",
    params=[
        pytest.param(SOME, id="some"),
        pytest.param(PAYLOADS, id="all", marks=[pytest.mark.slow, pytest.mark.timeout(1800)]),
    ],
)
def payloads(request: pytest.FixtureRequest) -> Sequence[str]:
    chosen: Sequence[str] = request.param
    return chosen


def hostile_articles(payloads: Sequence[str]) -> Iterator[Article]:
    for number, payload in enumerate(payloads):
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
def library(payloads: Sequence[str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    with Index.open(tmp_path_factory.mktemp("hostile") / "library") as index:
        index.add_articles(hostile_articles(payloads))
        assert len(index.articles()) == len(payloads)
        yield index


@pytest.fixture(scope="module")
def address(library: Index) -> Iterator[str]:
    with serving(library) as address:
        yield address


def check(page) -> None:  # noqa: F811
    assert page.evaluate(CHECK, FOREIGN) == CLEAN


def packed(payloads: Sequence[str]) -> list[str]:
    """Return texts that hold all payloads, each as long as a question may be."""
    texts = [""]
    for payload in payloads:
        if len(texts[-1]) + len(payload) >= LONGEST:
            texts.append("")
        texts[-1] += f" {payload}"
    return texts


def harmless(count: int, places: str) -> str:
    """Say what was shown where; whatever runs, asks or builds fails the test."""
    return f"{count} payloads × {places}: 0 ran, 0 asked for anything, 0 became elements"


def test_there_are_as_many_payloads_as_promised():
    assert len(set(PAYLOADS)) == len(PAYLOADS) >= LEAST


@needs_browser
def test_titles_outlets_authors_addresses_and_texts_stay_text(
    page,  # noqa: F811
    payloads: Sequence[str],
    figure: Note,
):
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
    titles = page.locator("#listing .source-link")
    assert titles.count() == len(payloads)
    check(page)
    for place in range(len(payloads)):
        titles.nth(place).click()
        article = titles.nth(place).get_attribute("data-article")
        page.wait_for_selector(f"#source article.source[data-article='{article}']")
        check(page)
    figure(15, harmless(len(payloads), "title, outlet, author, address, path and text"))


@needs_browser
def test_questions_and_the_quotes_that_answer_them_stay_text(
    page,  # noqa: F811
    payloads: Sequence[str],
    figure: Note,
):
    for question in packed(payloads):
        ask(page, question)
        check(page)
    quoted = range(0, len(payloads), QUOTED_IN_ALL if payloads is PAYLOADS else len(payloads) - 1)
    for number in quoted:
        if number % 10 == 0:  # a page of its own for every few: a long one takes ever longer
            page.click("#fresh button, button#fresh")
            page.wait_for_selector("#now .welcome")
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
    figure(15, harmless(len(payloads), "question, conversation and export"))
    figure(15, harmless(len(quoted), "quote and its source"))


@needs_browser
def test_what_a_model_writes_stays_text(
    page,  # noqa: F811
    payloads: Sequence[str],
    monkeypatch: pytest.MonkeyPatch,
    figure: Note,
):
    shown, batch = 0, 55
    for number in range(0, len(payloads), batch):
        lines = [
            f"{TEXT.format(payload=payload, number=number)} [1]"
            for payload in payloads[number : number + batch]
        ]
        with ModelServer(Reply(text="\n".join(lines), chunk=200)) as server:
            monkeypatch.setenv("FOOTNOTE_LLM_BASE_URL", server.url)
            monkeypatch.setenv("FOOTNOTE_LLM_MODEL", "hostile <img src=x onerror=hacked=1>")
            rag_settings.cache_clear()
            ask(page, ANY_PIER)
            rag_settings.cache_clear()
        check(page)
        shown += page.locator("#now .sentence").count()
    assert shown
    figure(15, harmless(len(payloads), "a model's sentence"))


@needs_browser
def test_a_draft_and_a_mention_stay_text(page, payloads: Sequence[str], figure: Note):  # noqa: F811
    drafted = payloads if payloads is PAYLOADS else payloads[::4]
    page.get_by_role("tab", name=strings.DRAFT_VIEW).click()
    page.fill("#draft-text textarea", "\n".join(f"{each} is what he said." for each in drafted))
    page.click("#check")
    page.wait_for_selector("#checked .sentence, #checked .line, #checked .problem", timeout=60_000)
    page.wait_for_selector("#stop-check", state="hidden", timeout=900_000)
    check(page)
    page.get_by_role("tab", name=strings.ARTICLES_VIEW).click()
    sought = drafted if payloads is PAYLOADS else drafted[:1]
    for payload in sought:
        page.fill("#search input, #search textarea", payload)
        page.keyboard.press("Enter")
        page.wait_for_timeout(200)
        check(page)
    figure(15, harmless(len(drafted), "a draft's sentence"))
    figure(15, harmless(len(sought), "what is looked for"))


@needs_browser
def test_nothing_hostile_in_an_upload_gets_out(
    page,  # noqa: F811
    payloads: Sequence[str],
    tmp_path: Path,
    figure: Note,
):
    files = []
    uploaded = payloads if payloads is PAYLOADS else payloads[::3]
    for number, payload in enumerate(uploaded):
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
    page.locator("#added .told", has_text=f"{done}:").wait_for(timeout=300_000)
    assert page.locator("#added li.added").count()
    check(page)
    loaded = page.evaluate("performance.getEntriesByType('resource').map(each => each.name)")
    assert loaded
    assert not [name for name in loaded if BEACON in name]
    figure(15, harmless(len(uploaded), "file name, title, author and body of an upload"))

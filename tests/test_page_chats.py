"""What is asked is kept: found again after a reload, listed, exported, rated, deleted."""

import json
from pathlib import Path

import httpx
from test_page import (  # noqa: F401 - fixtures
    FERRY,
    UNANSWERABLE,
    address,
    ask,
    library,
    marked,
    needs_browser,
    page,
    serving,
)

from index import Index
from ui import strings
from ui.feedback import CASES_FILE

BAKERY = "Who opened a bakery in Ostley?"
LOAVES = "How many loaves of rye bread does Ines Vale bake?"


def open_list(page) -> None:  # noqa: F811
    page.get_by_role("tab", name=strings.CHATS_VIEW).click()
    page.wait_for_selector("#chats li")


def saved_address(page) -> str:  # noqa: F811
    page.wait_for_function("location.search.includes('chat=')")
    return page.url


@needs_browser
def test_a_conversation_is_there_again_after_a_reload_and_its_footnotes_open(page):  # noqa: F811
    ask(page, FERRY)
    ask(page, UNANSWERABLE)
    where = saved_address(page)
    before = page.locator("#past .sentence").all_inner_texts()
    page.goto(where)
    page.wait_for_selector("#past .turn")
    assert page.locator("#past .sentence").all_inner_texts() == before
    page.locator("#past button.footnote").first.click()
    assert "six weeks" in marked(page)
    ask(page, BAKERY)
    assert page.url == where
    assert page.locator(".turn").count() == 3


@needs_browser
def test_conversations_are_listed_searched_opened_renamed_and_deleted(page):  # noqa: F811
    ask(page, LOAVES)
    saved_address(page)
    page.get_by_role("button", name=strings.NEW_CONVERSATION).click()
    page.wait_for_selector(".welcome")
    assert "chat=" not in page.url
    open_list(page)
    page.get_by_label(strings.SEARCH_CHATS).fill(LOAVES)
    page.wait_for_function("document.querySelectorAll('#chats li').length === 1")
    row = page.locator("#chats li")
    row.get_by_text(strings.RENAME, exact=True).first.click()
    row.locator("input[name=title]").fill("Bread <b>")
    row.locator("[data-event=edit]").click()
    page.wait_for_selector("#chats .source-link:has-text('Bread <b>')")
    page.locator("#chats .source-link").click()
    page.wait_for_selector("#now .sentence")
    assert LOAVES in page.inner_text("#now .question")
    open_list(page)
    page.wait_for_selector(f"#chats li:has-text('{strings.ON_THE_PAGE}')")
    row = page.locator("#chats li", has_text="Bread <b>")
    row.get_by_text(strings.DELETE, exact=True).click()
    row.locator("[data-event=delete]").click()
    page.wait_for_function("!document.querySelector('#chats').innerText.includes('Bread')")


@needs_browser
def test_a_conversation_is_exported_with_its_quotes_and_an_answer_has_an_address(
    page,  # noqa: F811
    address,  # noqa: F811
    library,  # noqa: F811
):
    ask(page, FERRY)
    saved_address(page)
    open_list(page)
    links = [each.get_attribute("href") for each in page.locator("#chats li a").all()[:2]]
    markdown, html = (httpx.get(address + link) for link in links)
    assert "attachment" in markdown.headers["content-disposition"]
    for exported in (markdown.text, html.text):
        assert "will stop for six weeks from 3 November" in exported
        assert FERRY in exported
    page.get_by_role("tab", name=strings.ASK_VIEW).click()
    one = page.locator(f"#now a:has-text('{strings.OPEN_ALONE}')").get_attribute("href")
    page.goto(address + one)
    assert "six weeks" in page.inner_text("body")
    assert httpx.get(f"{address}/answers/library/unknown").status_code == 404
    assert httpx.get(f"{address}/answers/elsewhere/unknown").status_code == 404


@needs_browser
def test_a_thumb_with_its_reason_becomes_a_case_for_the_evaluation(page, library: Index):  # noqa: F811
    ask(page, FERRY)
    saved_address(page)
    page.locator("#now [data-event=like]", has_text=strings.THUMB_UP).first.click()
    page.wait_for_selector(f"#now button:has-text('{strings.THUMB_UP_GIVEN}')")
    rows = [json.loads(row) for row in (library.folder / CASES_FILE).read_text().splitlines()]
    assert rows[-1]["question"] == FERRY
    assert rows[-1]["answerable"]
    assert "six weeks" in rows[-1]["spans"][0]["quote"]
    page.locator("#now details.rating summary").click()
    page.locator("#now select[name=reason]").select_option("incomplete")
    page.locator("#now input[name=note]").fill("and the buses?")
    page.locator("#now .fields [data-event=like]").click()
    page.wait_for_selector(f"#now summary:has-text('{strings.THUMB_DOWN_GIVEN}')")
    (row,) = [
        json.loads(row)
        for row in (library.folder / CASES_FILE).read_text().splitlines()
        if json.loads(row)["question"] == FERRY
    ]
    assert any("incomplete" in tag for tag in row["tags"])


@needs_browser
def test_a_kept_answer_warns_when_its_source_has_changed_or_was_erased(browser, tmp_path: Path):
    folder = tmp_path / "articles"
    folder.mkdir()
    file = folder / "ferry.txt"
    file.write_text(
        "Ferry to stop\n\nThe Brinmouth ferry will stop for six weeks from 3 November, the harbour "
        "board said. Passengers will travel by bus over the Tarn bridge.\n"
    )
    with Index.open(tmp_path / "library") as index, serving(index) as where:
        index.sync([folder])
        tab = browser.new_page()
        tab.goto(where)
        ask(tab, FERRY)
        kept = saved_address(tab)
        file.write_text(file.read_text().replace("six weeks", "nine weeks"))
        index.sync([folder])
        tab.goto(kept)
        tab.wait_for_selector("#now .notice:has-text('has changed since')")
        assert "six weeks" in tab.inner_text("#now .sentence")
        (article,) = index.articles()
        index.erase(article.id)
        tab.goto(kept)
        tab.wait_for_selector("#now .turn")
        tab.close()


@needs_browser
def test_users_have_conversations_of_their_own(browser, library: Index):  # noqa: F811
    with serving(library, auth="ana:one,bo:two") as where:
        tabs = {
            name: browser.new_context(
                http_credentials={"username": name, "password": password}
            ).new_page()
            for name, password in (("ana", "one"), ("bo", "two"))
        }
        for tab in tabs.values():
            tab.goto(where)
            tab.wait_for_selector(".welcome")
        ask(tabs["ana"], BAKERY)
        kept = saved_address(tabs["ana"])
        tabs["bo"].goto(kept)
        tabs["bo"].wait_for_selector(".notice, .welcome")
        assert tabs["bo"].locator(".turn").count() == 0
        tabs["bo"].get_by_role("tab", name=strings.CHATS_VIEW).click()
        tabs["bo"].wait_for_selector(f"#chats :has-text('{strings.NO_CHATS}')")
        for tab in tabs.values():
            tab.context.close()


@needs_browser
def test_two_tabs_on_one_conversation_lose_nothing(page):  # noqa: F811
    ask(page, FERRY)
    where = saved_address(page)
    other = page.context.new_page()
    other.goto(where)
    other.wait_for_selector("#now .turn")
    ask(other, BAKERY)
    page.fill("#question textarea", LOAVES)
    page.keyboard.press("Enter")
    page.wait_for_selector("#now .turn[data-turn='2'] :is(.sources, .refusal)", timeout=60_000)
    page.goto(where)
    page.wait_for_selector("#now .turn[data-turn='2']")
    questions = page.locator(".turn .question").all_inner_texts()
    assert [text.splitlines()[-1] for text in questions] == [FERRY, BAKERY, LOAVES]


@needs_browser
def test_a_question_goes_on_after_its_conversation_was_deleted(page):  # noqa: F811
    ask(page, FERRY)
    saved_address(page)
    open_list(page)
    row = page.locator("#chats li", has_text=strings.ON_THE_PAGE)
    row.get_by_text(strings.DELETE, exact=True).click()
    row.locator("[data-event=delete]").click()
    row.wait_for(state="detached")
    page.get_by_role("tab", name=strings.ASK_VIEW).click()
    ask(page, BAKERY)
    page.wait_for_selector("#now .turn[data-turn='1'] [data-go=copy]")  # once it is kept
    page.reload()
    page.wait_for_selector("#past .turn")
    assert page.locator(".turn").count() == 2


@needs_browser
def test_an_early_question_is_asked_again_at_the_end(page):  # noqa: F811
    ask(page, FERRY)
    ask(page, BAKERY)
    page.locator("#past [data-event=retry]").first.click()
    page.wait_for_selector("#now .turn[data-turn='2'] .sources", timeout=60_000)
    assert FERRY in page.inner_text("#now .question")
    assert page.locator(".turn").count() == 3

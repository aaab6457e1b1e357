"""The view that checks a draft, in a real browser: it grows, leads to sources, can be stopped."""

from pathlib import Path

from test_page import (  # noqa: F401 - fixtures
    address,
    library,
    marked,
    needs_browser,
    page,
)

from ui import strings

DRAFT = (
    "Ferry news\n\n"
    "The Brinmouth ferry will stop for six weeks. The repair of its hull will cost 9.9 million "
    "crowns.\n\n"
    "The opera of Lisbon <img src=x onerror=window.hacked=1> was sold to a bank from Oslo.\n"
)


def turn_to_draft(page) -> None:  # noqa: F811
    page.get_by_role("tab", name=strings.DRAFT_VIEW).click()


def open_file(page, path: Path) -> None:  # noqa: F811
    with page.expect_file_chooser() as chooser:
        page.click("#open-draft")
    chooser.value.set_files(path)


@needs_browser
def test_a_draft_is_footnoted_and_flagged_in_words_and_leads_to_the_source(page):  # noqa: F811
    turn_to_draft(page)
    page.fill("#draft-text textarea", DRAFT)
    page.click("#check")
    page.wait_for_selector("#checked .sources", timeout=60_000)
    lines = page.locator("#checked .line")
    kinds = [str(line.get_attribute("class")) for line in lines.all()]
    assert kinds == ["line unchecked", "line supported", "line differs", "line silent"]
    assert "the source says 1.8 million" in lines.nth(2).inner_text()
    assert "<img src=x" in lines.nth(3).inner_text()
    assert page.locator("#checked .sheet p").count() == 3
    assert page.locator("#checked img").count() == 0
    assert page.evaluate("window.hacked") is None
    page.locator("#checked .differs button.footnote").click()
    assert "1.8 million crowns" in marked(page)
    page.click("#source [data-go=previous]")
    page.wait_for_function("document.querySelector('#cited').textContent.includes('six weeks')")
    page.click("#source [data-go=back]")
    page.wait_for_function("document.activeElement.matches('#checked .supported .footnote')")
    assert page.locator("#check").is_visible()
    assert not page.locator("#stop-check").is_visible()


@needs_browser
def test_a_draft_comes_from_a_file_and_its_check_can_be_stopped(page, tmp_path: Path):  # noqa: F811
    turn_to_draft(page)
    page.click("#check")
    page.locator("#checked .problem", has_text="The draft is empty").wait_for()
    page.wait_for_selector("#check:visible")
    film = tmp_path / "film.txt"
    film.write_bytes(b"\x00\x01\x02")
    open_file(page, film)
    page.locator("#checked .problem", has_text="film.txt is no text").wait_for()
    draft = tmp_path / "draft.txt"
    draft.write_text("The Brinmouth ferry will stop for nine weeks.\n\n" * 60, encoding="utf-8")
    open_file(page, draft)
    page.wait_for_function("document.querySelector('#draft-text textarea').value.length > 2000")
    page.click("#check")
    page.wait_for_selector("#checked .line.differs", timeout=60_000)
    page.click("#stop-check")
    page.locator("#checked .told", has_text="Stopped after").wait_for()
    assert page.locator("#checked .line.waiting").count() > 0
    page.wait_for_selector("#check:visible")

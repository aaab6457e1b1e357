"""Footnotes that cite the same words: the one that was clicked is the one that is open."""

from page_browser import needs_browser
from test_page import (  # noqa: F401 - fixtures
    FERRY,
    address,
    ask,
    library,
    marked,
    page,
)

CURRENT = "#talk button.footnote[aria-current]"


@needs_browser
def test_the_footnote_that_was_clicked_stays_the_one_that_is_open(page):  # noqa: F811
    for _ in range(2):
        ask(page, FERRY)
    old, new = ".turn[data-turn='0']", ".turn[data-turn='1']"
    page.locator(f"{old} .sources button.source-link").first.click()
    marked(page)
    page.wait_for_selector(f"{old} button.footnote[aria-current]")
    page.locator(f"{new} button.footnote").first.click()
    page.wait_for_selector(f"{new} button.footnote[aria-current]")
    page.locator(f"{old} button.footnote").first.click()
    page.wait_for_selector(f"{old} button.footnote[aria-current]")
    assert page.locator(CURRENT).count() == 1
    page.keyboard.press("Escape")
    page.wait_for_function("document.activeElement.closest('.turn')?.dataset.turn === '0'")
    # An answer that grows draws the turns again, and moves the second one elsewhere.
    page.locator(f"{new} button.footnote").first.click()
    ask(page, FERRY)
    page.wait_for_selector(f"#past {new} button.footnote[aria-current]")
    assert page.locator(CURRENT).count() == 1

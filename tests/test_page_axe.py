"""axe-core finds no serious fault of accessibility on any view, in light and (slow) in dark."""

from collections.abc import Iterator, Sequence

import pytest
from serving import serving
from test_page import ask, needs_browser

from index import Index
from ui import strings

axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="needs axe-core")

DIFFERING = "How many people will Ostrel hire at the battery plant?"
REFUSED = "Who won the chess championship of Lisbon?"
SERIOUS = {"serious", "critical"}
NO_FADING = """() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync("* { transition: none !important; animation: none !important }");
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}"""
"""Colours that fade would be measured half-way."""


@pytest.fixture(scope="module")
def address(seeds: Index) -> Iterator[str]:
    with serving(seeds) as address:
        yield address


def faults(tab, schemes: Sequence[bool]) -> list[str]:
    """Return the serious faults of what is shown, in light or dark or both."""
    found = []
    for dark in schemes:
        tab.evaluate("dark => document.body.classList.toggle('dark', dark)", dark)
        response = axe.Axe().run(tab).response
        assert response["passes"]
        found += [
            f"{'dark' if dark else 'light'}: {fault['id']}: {fault['nodes'][0]['html'][:200]}"
            for fault in response["violations"]
            if fault["impact"] in SERIOUS
        ]
    return found


@needs_browser
@pytest.mark.parametrize(
    "schemes",
    [
        pytest.param([False], id="light"),
        pytest.param([False, True], id="light and dark", marks=pytest.mark.slow),
    ],
)
def test_no_view_has_a_serious_fault(browser, address: str, schemes: Sequence[bool]):
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    tab = context.new_page()
    tab.goto(address)
    tab.wait_for_selector(".welcome")
    tab.evaluate(NO_FADING)
    found = {"welcome": faults(tab, schemes)}
    ask(tab, DIFFERING)
    tab.locator("#now button.footnote").first.click()
    tab.wait_for_selector("#cited")
    tab.locator("#now details.rating summary").click()
    tab.click("#filters button")
    found["answer"] = faults(tab, schemes)
    ask(tab, REFUSED)
    found["refusal"] = faults(tab, schemes)
    tab.get_by_role("tab", name=strings.ARTICLES_VIEW).click()
    tab.wait_for_selector("#listing .source-link")
    tab.click("#adding button")
    found["articles"] = faults(tab, schemes)
    tab.get_by_role("tab", name=strings.DRAFT_VIEW).click()
    tab.fill("#draft-text textarea", "Ground is to be broken in May 2027. The king will visit.")
    tab.click("#check")
    tab.wait_for_selector("#checked .sources", timeout=60_000)
    found["draft"] = faults(tab, schemes)
    tab.get_by_role("tab", name=strings.CHATS_VIEW).click()
    tab.wait_for_selector("#chats li")
    found["conversations"] = faults(tab, schemes)
    context.close()
    assert not any(found.values()), found

"""What a conversation of several turns shows: the newest answer, limits, the open footnote."""

import json

import pytest
from page_browser import needs_browser
from test_page import (  # noqa: F401 - fixtures
    FERRY,
    address,
    ask,
    library,
    marked,
    page,
)

from ui import strings

CURRENT = "#talk button.footnote[aria-current]"
MOVED = """() => {
    window.shift = 0;
    new PerformanceObserver((list) => {
        for (const entry of list.getEntries())
            if (!entry.hadRecentInput) window.shift += entry.value;
    }).observe({ type: "layout-shift" });
}"""
PLACES = """() => {
    const box = (selector) => document.querySelector(selector).getBoundingClientRect();
    return {
        view: box("#conversation"), turn: box("#now .turn"), next: box("#next .suggestions"),
    };
}"""


@needs_browser
def test_what_to_ask_next_stands_right_below_a_short_answer_and_in_sight(page):  # noqa: F811
    ask(page, "How many loaves of rye bread does Ines Vale bake?")
    page.evaluate(MOVED)
    ask(page, FERRY)
    page.wait_for_selector("#next .suggestion", timeout=30_000)
    page.wait_for_function(
        "() => { const top = (s) => document.querySelector(s).getBoundingClientRect().top;"
        "return Math.abs(top('#now .turn') - top('#conversation')) < 2; }"
    )  # the question stands at the top
    places = page.evaluate(PLACES)
    assert places["next"]["top"] - places["turn"]["bottom"] == pytest.approx(0, abs=30)
    assert places["next"]["bottom"] <= places["view"]["bottom"]
    assert page.evaluate("window.shift") < 0.05


@needs_browser
def test_what_limits_the_search_takes_one_line_that_says_so(page):  # noqa: F811
    label = page.locator("#filters > button")
    assert label.inner_text().startswith(strings.FILTERS)
    label.click()
    page.get_by_label(strings.SINCE).fill("1 January 2031")
    page.locator("#filters > button", has_text="since 2031-01-01").wait_for()
    ask(page, FERRY)
    page.locator("#filters [data-testid=accordion-content]").wait_for(state="hidden")
    assert page.locator("#filters").bounding_box()["height"] < 50
    # It still limits while it is folded up.
    ask(page, FERRY)
    told = strings.ONLY_SINCE.format(day="2031-01-01")
    assert page.locator(".turn .understood", has_text=told).count() == 2
    assert page.locator(".turn .footnote").count() == 0


@needs_browser
def test_the_label_of_the_limits_tells_the_last_of_two_changes(page):  # noqa: F811
    def hold_the_first(route):
        if not held and tells_of_since(route.request):
            held.append(route)
        else:
            route.continue_()

    def tells_of_since(request):
        data = json.loads(request.post_data or "{}").get("data")
        return data == ["2031-01-01", "", [], []]

    held = []
    page.route("**/run/predict*", hold_the_first)
    label = page.locator("#filters > button")
    label.click()
    with page.expect_request(tells_of_since):
        page.get_by_label(strings.SINCE).fill("2031-01-01")
    page.get_by_label(strings.UNTIL).fill("2031-02-01")
    page.wait_for_timeout(1000)  # long enough for what could be overtaken to be there
    with page.expect_response(lambda response: response.request == held[0].request):
        held[0].continue_()
    page.wait_for_timeout(500)  # and for what would overtake it to be drawn
    page.locator("#filters > button", has_text="up to 2031-02-01").wait_for()


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

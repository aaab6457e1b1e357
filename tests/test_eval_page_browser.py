"""The page of a report in a real browser: nothing runs or is asked for, and it is usable."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from made_reports import hostile, report
from page_browser import needs_browser
from payloads import PAYLOADS

from eval.measures import MEASURES
from eval.page import to_page
from eval.types import Floor, Report

axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="needs axe-core")

SERIOUS = {"serious", "critical"}
FEW = 12
"""Payloads for axe, which looks at every element."""

OPEN = "document.querySelectorAll('details').forEach(each => { each.open = true })"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("report")
    (folder / "all.html").write_text(to_page(hostile(PAYLOADS)), encoding="utf-8")
    (folder / "few.html").write_text(to_page(hostile(PAYLOADS[:FEW])), encoding="utf-8")
    (folder / "figures.html").write_text(to_page(all_figures()), encoding="utf-8")
    return folder


def all_figures() -> Report:
    """A report in which every figure has a value, an interval and a floor."""
    columns = {column for measure in MEASURES.values() for column in measure.columns}
    made = report({column: [0.123, 0.9, 0.4, 1.0] * 8 for column in sorted(columns)})
    floors = [Floor(metric=name, value=0.123, method=f"how {name} is got") for name in MEASURES]
    return replace(made, floors=tuple(floors))


@pytest.fixture
def tab(browser) -> Iterator:
    """A fresh tab in which nothing may be asked for, said or done."""
    told: list[str] = []
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    tab = context.new_page()
    tab.set_default_timeout(10_000)
    tab.on("request", lambda request: told.append(f"asks for {request.url}"))
    tab.on("console", lambda message: told.append(message.text))
    tab.on("pageerror", lambda error: told.append(str(error)))
    tab.on("dialog", lambda dialog: told.append(dialog.message) or dialog.dismiss())
    yield tab
    told = [each for each in told if not each.startswith("asks for file://")]
    context.close()
    assert told == []


@needs_browser
def test_hostile_text_runs_nothing_and_asks_for_nothing(
    tab, folder: Path, figure: Callable[[int, str], None]
) -> None:
    tab.goto(f"file://{folder}/all.html")
    tab.evaluate(OPEN)
    tab.wait_for_timeout(500)
    assert tab.locator("script, img, iframe, object, embed, form, link, base").count() == 0
    assert tab.evaluate("window.hacked ?? null") is None
    assert tab.locator("#cases .row").count() == len(PAYLOADS)
    assert tab.locator("#claims .row").count() == len(PAYLOADS)
    figure(15, f"{len(PAYLOADS)} payloads × a case and a claim of a report: 0 ran, 0 asked for")


@needs_browser
def test_filters_narrow_the_list_together_and_without_a_script(tab, folder: Path) -> None:
    tab.goto(f"file://{folder}/few.html")
    rows = tab.locator("#cases .row:visible")
    assert rows.count() == FEW
    tab.get_by_role("radio", name="false refusal").check()
    refused = rows.count()
    assert 0 < refused < FEW
    assert tab.locator("#cases .row.is-false-refusal:visible").count() == refused
    tag = tab.locator("input[id^='cases-tag-tag-']").first
    tag.check()
    assert rows.count() <= 1
    tab.get_by_role("radio", name="wrongly accepted").check()
    wrong = tab.locator("#claims .row:visible").count()
    assert 0 < wrong < FEW
    assert tab.locator("#claims .row.is-accepted:visible").count() == wrong


@needs_browser
def test_a_link_to_a_case_opens_it(tab, folder: Path) -> None:
    tab.goto(f"file://{folder}/few.html")
    place = tab.locator("#cases .body").nth(3).get_attribute("id")
    tab.goto("about:blank")
    tab.goto(f"file://{folder}/few.html#{place}")
    assert tab.locator("#cases details").nth(3).get_attribute("open") is not None
    assert tab.locator("#cases details[open]").count() == 1


@needs_browser
@pytest.mark.parametrize("width", [480, 390, 360, 320])
def test_every_figure_fits_a_narrow_window(tab, folder: Path, width: int) -> None:
    tab.set_viewport_size({"width": width, "height": 740})
    tab.goto(f"file://{folder}/figures.html")
    assert tab.locator("table.figures tbody th[scope=row]").count() > len(MEASURES) / 2
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    # a cell as wide as its longest word breaks no number in two
    broken = """cells => cells.filter(cell => cell.scrollWidth > cell.clientWidth + 1).length"""
    assert tab.locator("table.figures td.n:visible").evaluate_all(broken) == 0


@needs_browser
@pytest.mark.parametrize(
    ("scheme", "width"),
    [
        ("light", 1280),
        ("dark", 390),
        pytest.param("dark", 1280, marks=pytest.mark.slow),
        pytest.param("light", 390, marks=pytest.mark.slow),
    ],
)
def test_axe_finds_no_serious_fault(browser, folder: Path, scheme: str, width: int) -> None:
    # axe-core itself must run, which the page's policy would not allow.
    context = browser.new_context(
        color_scheme=scheme, viewport={"width": width, "height": 800}, bypass_csp=True
    )
    tab = context.new_page()
    tab.goto(f"file://{folder}/few.html")
    tab.evaluate(OPEN)
    found = axe.Axe().run(tab).response
    wide = tab.evaluate("document.documentElement.scrollWidth")
    context.close()
    assert found["passes"]
    faults = [
        f"{fault['id']}: {fault['nodes'][0]['html'][:200]}"
        for fault in found["violations"]
        if fault["impact"] in SERIOUS
    ]
    assert faults == []
    assert wide <= width

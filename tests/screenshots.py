"""`make screenshots`: the main states of the page as pictures for the README, from the samples."""

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, sync_playwright
from serving import serving

from index import Index
from ui import strings

ROOT = Path(__file__).parent.parent
PICTURES = ROOT / "docs"
WIDE = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}

ANSWERED = "How many drones will draw pictures at the lantern festival?"
DIFFERING = "How many people will Ostrel hire at the battery plant?"
REFUSED = "Who won the chess championship of Lisbon?"
DRAFT = (
    "Ostrel Cells will build a battery plant south of Marrowby. Ground is to be broken in "
    "May 2027. Mayor Odile Brandvold will set the first of 12,000 paper lanterns on the Ansel."
)


def ask(page: Page, question: str) -> None:
    page.wait_for_selector("#question textarea")
    page.fill("#question textarea", question)
    page.keyboard.press("Enter")
    page.wait_for_selector("#now :is(.sources, .refusal)", timeout=60_000)


def answered(page: Page) -> None:
    ask(page, ANSWERED)
    page.locator("#now button.footnote").first.click()
    page.wait_for_selector("#cited")
    page.wait_for_selector("#next .suggestion", timeout=30_000)


def differing(page: Page) -> None:
    ask(page, DIFFERING)
    page.locator("#now .disagreement button.footnote").first.click()
    page.wait_for_selector("#cited")


def refused(page: Page) -> None:
    ask(page, REFUSED)
    page.locator("#now button.passage").first.click()
    page.wait_for_selector("#cited")


def articles(page: Page) -> None:
    page.get_by_role("tab", name=strings.ARTICLES_VIEW).click()
    page.locator("#listing .source-link").first.click()
    page.wait_for_selector("#source article")


def drafting(page: Page) -> None:
    page.get_by_role("tab", name=strings.DRAFT_VIEW).click()
    page.fill("#draft-text textarea", DRAFT)
    page.click("#check")
    page.wait_for_selector("#checked .sources", timeout=60_000)
    page.locator("#checked button.footnote").first.click()
    page.wait_for_selector("#cited")


STATES: dict[str, tuple[Callable[[Page], None], dict[str, int], str]] = {
    "answer": (answered, WIDE, "light"),
    "differing": (differing, WIDE, "light"),
    "refusal": (refused, WIDE, "dark"),
    "articles": (articles, WIDE, "light"),
    "draft": (drafting, WIDE, "light"),
    "phone": (differing, PHONE, "light"),
}


def main() -> None:
    browser_path = shutil.which("chromium") or shutil.which("chrome")
    with tempfile.TemporaryDirectory() as folder, Index.open(Path(folder) / "library") as index:
        index.sync([ROOT / "seeds"])
        with serving(index) as address, sync_playwright() as driver:
            browser = driver.chromium.launch(executable_path=browser_path, args=["--no-sandbox"])
            for name, (reach, size, scheme) in STATES.items():
                page = browser.new_page(viewport=size, color_scheme=scheme)
                page.goto(address)
                page.wait_for_selector(".welcome")
                reach(page)
                page.wait_for_timeout(800)
                page.screenshot(path=PICTURES / f"{name}.png")
                print(PICTURES / f"{name}.png")
                page.close()
            browser.close()


if __name__ == "__main__":
    main()

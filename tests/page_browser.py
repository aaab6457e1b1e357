"""The browser that the tests of the page drive: Chromium as this machine has it."""

import shutil

import pytest

playwright = pytest.importorskip("playwright.sync_api", reason="needs Chromium by Playwright")

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "chrome"))), None)
needs_browser = pytest.mark.skipif(
    BROWSER is None, reason="needs Chromium, which this machine lacks: apt-get install chromium"
)

"""The page itself: in a real browser, over a real library, served as `python -m ui` serves it."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from page_browser import needs_browser, playwright
from serving import free_port, serving

from index import Index
from ui import __main__ as command_line
from ui import strings

REPOSITORY = Path(__file__).parent.parent
ARTICLES = {
    "ferry.txt": (
        "Ferry to stop for repairs\n\n"
        "The Brinmouth ferry will stop for six weeks from 3 November, the harbour board said. "
        "The repair of its hull will cost 1.8 million crowns.\n\n"
        "Passengers will travel by bus over the Tarn bridge. "
        "Season tickets will be extended by eight weeks.\n"
    ),
    "bakery.txt": (
        "Bakery opens on the market square\n\n"
        "Ines Vale opened a bakery on the market square of Ostley on Saturday. "
        "She bakes 200 loaves of rye bread a day in an oven built in 1931.\n"
    ),
    "school.txt": (
        "Second classroom <script>window.hacked = 1</script>\n\n"
        'The village school <svg onload="window.hacked = 1"> of Selby will open a second '
        "classroom in January. ${window.hacked = 1} {{value}} The new classroom will hold 24 "
        'pupils <input autofocus onfocus="window.hacked = 1">and a piano</a>.\n'
    ),
}
FERRY = "How long will the Brinmouth ferry stop?"
SCHOOL = "How many pupils will the new classroom of the Selby school hold?"
UNANSWERABLE = "Who won the chess championship of Lisbon?"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    folder = tmp_path_factory.mktemp("town")
    for name, text in ARTICLES.items():
        (folder / name).write_text(text, encoding="utf-8")
    with Index.open(tmp_path_factory.mktemp("library")) as index:
        report = index.sync([folder])
        assert len(report.added) == 3, report
        yield index


@pytest.fixture(scope="module")
def address(library: Index) -> Iterator[str]:
    with serving(library) as address:
        yield address


@pytest.fixture
def page(browser: "playwright.Browser", address: str) -> Iterator["playwright.Page"]:
    """The page in a fresh tab, which must ask nobody else for anything and never raise."""
    strangers: list[str] = []
    errors: list[str] = []
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    tab = context.new_page()
    tab.set_default_timeout(10_000)
    tab.on("request", lambda request: strangers.append(request.url))
    tab.on("pageerror", lambda error: errors.append(str(error)))
    tab.on("dialog", lambda dialog: errors.append(dialog.message) or dialog.dismiss())
    tab.goto(address)
    tab.wait_for_selector("#now .welcome")
    yield tab
    context.close()
    assert not [url for url in strangers if not url.startswith((address, "data:", "blob:"))]
    assert errors == []


def ask(page: "playwright.Page", question: str) -> None:
    page.wait_for_selector(f"#question button:has-text('{strings.ASK}')")
    place = page.locator(".turn").count()
    page.fill("#question textarea", question)
    page.keyboard.press("Enter")
    wait_for_answer(page, place)


def wait_for_answer(page: "playwright.Page", place: int) -> None:
    ended = f"#now .turn[data-turn='{place}'] :is(.sources, .refusal, .problem)"
    page.wait_for_selector(ended, timeout=60_000)


def marked(page: "playwright.Page") -> str:
    page.wait_for_selector("#cited")
    return "".join(page.locator("#source mark").all_text_contents())


@needs_browser
def test_a_footnote_opens_the_article_at_the_cited_characters(page, library: Index):
    ask(page, FERRY)
    footnote = page.locator("button.footnote").first
    assert "six weeks" in footnote.get_attribute("data-tip")
    footnote.click()
    article = library.article(footnote.get_attribute("data-article"))
    start, end = (int(footnote.get_attribute(f"data-{side}")) for side in ("start", "end"))
    assert marked(page) == article.text[start:end]
    assert page.locator("#cited").evaluate("mark => mark.getBoundingClientRect().top < innerHeight")
    assert footnote.get_attribute("aria-current") == "true"
    assert "Season tickets" in page.inner_text("#source .text")


@needs_browser
def test_the_keyboard_alone_reaches_the_source_and_comes_back(page):
    ask(page, FERRY)
    page.focus("#question textarea")
    for _ in range(30):
        page.keyboard.press("Shift+Tab")
        if page.evaluate("document.activeElement.matches('button.footnote')"):
            break
    page.keyboard.press("Enter")
    page.wait_for_selector("#cited")
    page.wait_for_function("document.activeElement.matches('#source .title')")
    page.focus("[data-go=back]")
    page.keyboard.press("Enter")
    page.wait_for_function("document.activeElement.matches('button.footnote')")


@needs_browser
def test_articles_cannot_bring_script_or_markup_into_the_page(page):
    ask(page, SCHOOL)
    opener = page.locator("button.footnote, button.passage").first
    opener.click()
    marked(page)
    assert "onload" in page.inner_text("#source .text")
    panels = page.locator(":is(#source, #talk) .text :is(script, svg, input, [onload], [onfocus])")
    assert panels.count() == 0
    assert page.locator("a[href^='javascript']").count() == 0
    assert page.evaluate("window.hacked") is None


@needs_browser
def test_a_question_that_holds_markup_is_shown_as_text(page):
    ask(page, "Is <img src=x onerror='window.hacked=1'> the ferry?")
    assert "<img src=x" in page.inner_text(".turn .question")
    assert page.evaluate("window.hacked") is None


@needs_browser
def test_a_refusal_shows_the_closest_passages_and_opens_them(page):
    ask(page, UNANSWERABLE)
    assert page.locator(".turn .footnote").count() == 0
    passage = page.locator(".refusal button.passage").first
    words = passage.locator(".snippet").inner_text().removesuffix(" …")
    passage.click()
    assert " ".join(marked(page).split()).startswith(words)


@needs_browser
def test_a_day_that_is_none_is_told_in_the_chat_without_a_traceback(page):
    page.click("#filters button")
    page.get_by_label(strings.SINCE).fill("the day before")
    ask(page, FERRY)
    problem = page.inner_text(".problem")
    assert "the day before" in problem
    assert "Traceback" not in problem


@needs_browser
def test_a_conversation_goes_on_and_can_be_begun_anew(page):
    ask(page, FERRY)
    ask(page, "Who opened a bakery in Ostley?")
    assert page.locator(".turn").count() == 2
    page.get_by_role("button", name=strings.NEW_CONVERSATION).click()
    page.wait_for_selector(".welcome")
    assert page.locator(".turn").count() == 0


@needs_browser
def test_what_a_footnote_quotes_is_shown_while_the_pointer_or_the_focus_is_on_it(page):
    ask(page, FERRY)
    footnote = page.locator("#now button.footnote").first
    footnote.hover()
    page.wait_for_selector("#tip:not([hidden])")
    assert page.inner_text("#tip").replace("\n", " ") in footnote.get_attribute("data-tip").replace(
        "\n", " "
    )
    page.keyboard.press("Escape")
    assert page.locator("#tip").is_hidden()
    page.mouse.move(0, 0)
    page.focus("#question textarea")
    page.keyboard.press("Tab")
    page.locator("#now button.footnote").first.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    page.wait_for_selector("#tip:not([hidden])")


@needs_browser
def test_a_quote_is_widened_by_the_sentences_around_it(page, library: Index):
    ask(page, "How much will the repair of the Brinmouth ferry cost?")
    before = page.locator("#now .sentence q").first.inner_text()
    page.locator("#now button.wider").first.click()
    page.wait_for_function(
        "before => document.querySelector('#now .sentence q').innerText.length > before",
        arg=len(before),
    )
    after = page.locator("#now .sentence q").first.inner_text()
    assert before in after
    page.locator("#now button.footnote").first.click()
    assert " ".join(marked(page).split()) == after


@needs_browser
def test_a_question_is_asked_again_and_edited(page):
    ask(page, FERRY)
    ask(page, "Who opened a bakery in Ostley?")
    page.evaluate("document.querySelector('#now .turn').dataset.old = 1")
    page.locator("#now button.step", has_text=strings.RETRY).click()
    page.wait_for_selector("#now .turn[data-turn='1']:not([data-old]) .sources")
    assert page.locator(".turn").count() == 2
    page.wait_for_selector(f"#question button:has-text('{strings.ASK}')")
    page.locator("#past button.step", has_text=strings.EDIT).click()
    page.wait_for_function(
        "asked => document.querySelector('#question textarea').value === asked", arg=FERRY
    )
    page.fill("#question textarea", "Who bakes bread in Ostley?")
    page.keyboard.press("Enter")
    page.wait_for_function("document.querySelectorAll('.turn').length === 1")
    wait_for_answer(page, 0)
    assert "Who bakes bread" in page.inner_text("#now .question")


@needs_browser
def test_how_a_follow_up_was_taken_is_shown_and_can_be_undone(page):
    ask(page, FERRY)
    ask(page, "And when will it stop?")
    assert "Brinmouth ferry" in page.inner_text("#now .understood")
    page.locator("#now button.step", has_text=strings.AS_TYPED).click()
    page.wait_for_selector(f"#now .understood:has-text('{strings.ASKED_ALONE}')")
    wait_for_answer(page, 1)


@needs_browser
def test_keys_lead_to_the_question_and_through_the_footnotes(page):
    ask(page, "What will the repair of the Brinmouth ferry cost, and how will passengers travel?")
    page.locator("#now button.footnote").first.click()
    marked(page)
    page.keyboard.press("Escape")
    page.wait_for_function("document.activeElement.matches('button.footnote')")
    page.keyboard.press("/")
    page.wait_for_function("document.activeElement.matches('#question textarea')")
    page.keyboard.type("a/b[c]")
    assert page.input_value("#question textarea") == "a/b[c]"


@needs_browser
@pytest.mark.parametrize(("key", "place"), [("]", 0), ("[", -1)])
def test_keys_open_an_end_of_the_footnotes_of_a_fresh_answer(page, key: str, place: int):
    page.locator("body").press(key)  # without an answer there is nowhere to go
    ask(page, FERRY)
    ask(page, "What will the repair of the Brinmouth ferry cost, and how will passengers travel?")
    notes = page.locator("#now button.footnote").all()
    assert len(notes) > 1
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press(key)
    marked(page)
    assert notes[place].get_attribute("aria-current") == "true"
    page.keyboard.press("[" if key == "]" else "]")  # there is none beyond
    page.keyboard.press(key)
    page.wait_for_function(
        "place => [...document.querySelectorAll('#now button.footnote')].at(place)"
        ".hasAttribute('aria-current')",
        arg=1 if key == "]" else -2,
    )


@needs_browser
def test_light_and_dark_can_be_chosen_and_are_remembered(page):
    was = page.evaluate("document.body.classList.contains('dark')")
    page.click("[data-go=theme]")
    page.reload()
    page.wait_for_selector(".welcome")
    page.wait_for_function("was => document.body.classList.contains('dark') !== was", arg=was)


@needs_browser
def test_on_a_phone_the_source_stands_below_the_chat(page):
    page.set_viewport_size({"width": 390, "height": 844})
    ask(page, FERRY)
    page.locator("button.footnote").first.click()
    marked(page)
    below = (
        "document.querySelector('#source').getBoundingClientRect().top >= "
        "document.querySelector('#question').getBoundingClientRect().bottom"
    )
    assert page.evaluate(below)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@needs_browser
def test_an_empty_library_says_how_to_add_articles(browser, tmp_path: Path):
    with Index.open(tmp_path / "bare") as index, serving(index) as address:
        tab = browser.new_page()
        tab.goto(address)
        tab.wait_for_selector(f".welcome:has-text('{strings.EMPTY_LIBRARY}')")
        ask(tab, FERRY)
        assert tab.inner_text(".problem")
        tab.close()


def run_page(*arguments: str, folder: Path, **variables: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "ui", *arguments],
        cwd=folder,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": str(REPOSITORY)} | variables,
    )


@pytest.mark.parametrize(
    ("arguments", "variables", "words"),
    [
        (["--library", "nowhere"], {}, "python -m index add"),
        (["--host", "0.0.0.0"], {}, "FOOTNOTE_AUTH"),
        (["--auth", "nopassword"], {}, "user:password"),
        (["--host", "::1"], {}, "127.0.0.1"),
        (["--port", "70000"], {}, "--port"),
        ([], {"FOOTNOTE_PORT": "many"}, "FOOTNOTE_PORT"),
        (["--host", "no.such.host.invalid"], {"FOOTNOTE_AUTH": "a:b"}, "no.such.host.invalid"),
    ],
)
def test_bad_input_ends_with_a_message_and_exit_code_2(
    arguments: list[str],
    variables: dict[str, str],
    words: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", ["python -m ui", *arguments])
    monkeypatch.setattr(signal, "signal", lambda *given: None)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert command_line.main() == 2
    errors = capfd.readouterr().err
    assert words in errors
    assert "Traceback" not in errors
    assert "nopassword" not in errors


def test_a_port_in_use_is_told_with_another_to_try(tmp_path: Path, library: Index):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        arguments = ["--port", str(port), "--library", str(library.folder)]
        with run_page(*arguments, folder=tmp_path) as process:
            _, errors = process.communicate(timeout=60)
    assert process.returncode == 2
    assert f"--port {port + 1}" in errors
    assert "Traceback" not in errors


@pytest.mark.slow  # as test_app.py does with SIGTERM
def test_it_says_when_it_is_ready_and_ends_cleanly_on_ctrl_c(tmp_path: Path, library: Index):
    port = free_port()
    arguments = ["--port", str(port), "--library", str(library.folder)]
    with run_page(*arguments, folder=tmp_path) as process:
        assert process.stdout.readline().strip() == f"Footnote is ready: http://127.0.0.1:{port}"
        assert httpx.get(f"http://127.0.0.1:{port}").status_code == 200
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=60)
    assert process.returncode == 0
    assert errors == ""

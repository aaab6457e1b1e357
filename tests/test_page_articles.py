"""The view of articles in a real browser: add, search, correct, remove, erase, mentions, choose."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from gradio.utils import get_upload_folder
from payloads import PAYLOADS
from serving import serving
from test_page import ARTICLES, ask, marked, needs_browser

from index import Index
from index.lock import writer_lock
from index.uploads import MOST_BYTES
from ui import parts, strings
from ui.shelf import BENEATH

BRIDGE = (
    "---\ntitle: Ostley bridge closes\ndate: 2026-05-04\n---\n\n"
    "The bridge over the Tarn at Ostley will close for nine weeks, the council said.\n"
)
QUARRY = "Dara Quill will open the old quarry of Selby as a park in June, the parish council said."


@pytest.fixture(scope="module")
def main(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    """A library that others stand beneath."""
    with Index.open(tmp_path_factory.mktemp("desks") / "main") as index:
        yield index


@pytest.fixture(scope="module")
def address(main: Index) -> Iterator[str]:
    with serving(main) as address:
        yield address


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library to be copied, with files outside it."""
    folder = tmp_path_factory.mktemp("town")
    for name, text in ARTICLES.items():
        (folder / name).write_text(text, encoding="utf-8")
    with Index.open(tmp_path_factory.mktemp("copied")) as index:
        index.sync([folder])
        return index.folder


@pytest.fixture
def library(main: Index, town: Path, tmp_path: Path) -> Iterator[Index]:
    """A library of one's own on the same server."""
    folder = shutil.copytree(town, main.folder / BENEATH / tmp_path.name)
    with Index.open(folder) as index:
        yield index


@pytest.fixture
def desk(browser, address: str, library: Index):
    """The page, turned to the articles of that library; it must ask nobody else for anything."""
    strangers: list[str] = []
    errors: list[str] = []
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.set_default_timeout(10_000)
    page.on("request", lambda request: strangers.append(request.url))
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("dialog", lambda dialog: errors.append(dialog.message) or dialog.dismiss())
    page.goto(f"{address}?library={library.folder.name}")
    page.wait_for_selector("#now .welcome")
    turn_to(page, strings.ARTICLES_VIEW)
    page.wait_for_selector("#listing .entry")
    yield page
    context.close()
    assert not [url for url in strangers if not url.startswith((address, "data:", "blob:"))]
    assert errors == []


def turn_to(page, name: str) -> None:
    page.get_by_role("tab", name=name, exact=True).click()


def open_details(page, title: str) -> None:
    page.locator("#listing .entry", has_text=title).locator("[data-event=edit]").click()
    page.wait_for_selector("#listing .editor")


def rows(page) -> list[str]:
    return page.locator("#listing .entry .source-link").all_inner_texts()


def wait_for(page, said: str) -> None:
    page.locator("#listing .said", has_text=said).wait_for()


def wait_for_rows(page, count: int) -> None:
    page.wait_for_function(f"document.querySelectorAll('#listing .entry').length == {count}")


def wait_for_head(page, words: str) -> None:
    page.locator("#masthead", has_text=words).wait_for()


def add(page, way: str) -> None:
    page.get_by_role("button", name=strings.ADD_ARTICLES).click()
    turn_to(page, way)


@needs_browser
def test_files_are_added_one_by_one_and_what_is_refused_says_why(desk, tmp_path: Path, library):
    good, bad = tmp_path / f"{uuid4().hex}.md", tmp_path / "photo.txt"
    good.write_text(BRIDGE, encoding="utf-8")
    bad.write_bytes(b"\x00\x01\x02")
    desk.get_by_role("button", name=strings.ADD_ARTICLES).click()
    desk.locator("#files input[type=file]").set_input_files([good, bad])
    desk.locator("#added .told", has_text="1 refused").wait_for(timeout=30_000)
    entries = desk.locator("#added li").all_inner_texts()
    assert f"{good.name} added: Ostley bridge closes" in entries[0]
    assert "photo.txt refused" in entries[1]
    assert "binary data" in entries[1]
    wait_for_rows(desk, 4)
    wait_for_head(desk, "4 articles, newest 4 May 2026")
    kept = [path for info in library.articles() for path in library.files(info.id)]
    assert str(library.folder / "uploads" / good.name) in kept
    assert [*Path(get_upload_folder()).rglob(good.name)] == []  # no copy is left behind
    desk.locator("#added .step").click()
    desk.wait_for_selector("#source .title:has-text('Ostley bridge closes')")
    # Another can be dropped at once; the same again is there already.
    desk.locator("#files input[type=file]").set_input_files([good])
    desk.locator("#added li.known").wait_for()


DROP = """(place, [name, size]) => {
    const files = new DataTransfer();
    files.items.add(new File(["The mill of Brask burned down on Monday, the mayor said."], name));
    files.items.add(new File([new Uint8Array(size).fill(97)], "whole-year.txt"));
    place.dispatchEvent(new DragEvent("drop", { dataTransfer: files, bubbles: true }));
}"""


@needs_browser
@pytest.mark.parametrize("way", ["chosen", "dropped"])
def test_a_file_that_is_too_large_is_refused_alone(desk, tmp_path: Path, way: str):
    name, size = f"{uuid4().hex}.txt", 12 * MOST_BYTES
    desk.get_by_role("button", name=strings.ADD_ARTICLES).click()
    if way == "chosen":
        small, large = tmp_path / name, tmp_path / "whole-year.txt"
        small.write_text("The quay of Brask was flooded on Monday, the mayor said.")
        large.write_bytes(b"a" * size)
        desk.locator("#files input[type=file]").set_input_files([small, large])
    else:
        desk.locator("#files button").first.evaluate(DROP, [name, size])
    desk.locator("#added .told", has_text="1 refused").wait_for(timeout=30_000)
    small, large = desk.locator("#added li").all_inner_texts()
    assert f"{name} added" in small
    assert "whole-year.txt refused: is larger than 10 MB" in large


def test_the_page_cuts_files_where_the_library_refuses_them():
    script = (parts.HERE / "files.js").read_text(encoding="utf-8")
    assert f"const LARGEST = {MOST_BYTES:_};" in script


@needs_browser
def test_a_text_is_pasted_and_waits_for_another_writer(desk, library: Index, address: str):
    add(desk, strings.ADD_TEXT)
    desk.fill("#text textarea", QUARRY)
    desk.fill("#text-title input", "A park <b>in</b> the quarry")
    desk.fill("#text-published input", "2026-05-01")
    with writer_lock(library.folder):
        desk.click("#add-text")
        desk.locator("#added li.held", has_text=strings.HELD_UP).wait_for()
    desk.locator("#added li.added").wait_for(timeout=30_000)
    desk.locator("#listing", has_text="A park <b>in</b> the quarry").wait_for()
    assert desk.input_value("#text textarea") == ""
    wait_for_head(desk, "newest 1 May 2026")
    # What cannot be used stays to be put right.
    desk.fill("#text textarea", "Another text that is long enough to be read as an article.")
    desk.fill("#text-published input", "some day")
    desk.click("#add-text")
    desk.locator("#added li.refused", has_text="some day").wait_for()
    assert desk.input_value("#text-published input") == "some day"
    # An address that leads into this machine is never asked.
    turn_to(desk, strings.ADD_ADDRESS)
    desk.fill("#address input", address)
    desk.press("#address input", "Enter")
    desk.locator("#added li.refused", has_text=address).wait_for()


@needs_browser
def test_words_narrow_the_list_and_facts_are_corrected_by_keyboard(desk, library: Index):
    desk.locator("#search input").press_sequentially("bakery")
    wait_for_rows(desk, 1)
    assert "1 of 3 articles" in desk.inner_text("#listing .head")
    open_details(desk, "bakery.txt")
    desk.keyboard.press("Tab")
    desk.wait_for_function("document.activeElement.name == 'title'")
    desk.keyboard.press("Control+A")
    desk.keyboard.type("Bread for Ostley")
    desk.fill("#listing input[name=published]", "13/13/2025")
    desk.keyboard.press("Enter")
    desk.locator("#listing .problem", has_text="'13/13/2025' is no full date").wait_for()
    assert desk.input_value("#listing input[name=title]") == "Bread for Ostley"
    desk.fill("#listing input[name=published]", "12 October 2025")
    desk.press("#listing input[name=published]", "Enter")
    wait_for(desk, "Bread for Ostley")
    assert desk.locator("#listing .corrected").count() == 1
    wait_for_head(desk, "newest 12 October 2025")
    open_details(desk, "Bread for Ostley")
    assert strings.NOTHING_READ in desk.inner_text("#listing .editor")
    desk.click("#listing [data-event=retry]")
    wait_for(desk, "as it was read")
    assert all(info.published is None for info in library.articles())


@needs_browser
def test_what_is_removed_comes_back_with_undo_and_what_is_erased_does_not(desk, library: Index):
    erased = next(info.id for info in library.articles() if "ferry" in str(info.path))
    title = rows(desk)[[info.id for info in library.articles()].index(erased)]
    open_details(desk, title)
    desk.click("#listing [data-event=delete]")
    wait_for(desk, title)
    assert len(rows(desk)) == 2
    wait_for_head(desk, "2 articles")
    desk.click("#listing [data-event=undo]")
    wait_for(desk, strings.PUT_BACK)
    assert len(rows(desk)) == 3
    # After a reload, too.
    open_details(desk, title)
    desk.click("#listing [data-event=delete]")
    wait_for(desk, title)
    desk.reload()
    desk.wait_for_selector("#now .welcome")  # until then a click on a tab is heard by nobody
    turn_to(desk, strings.ARTICLES_VIEW)
    desk.get_by_role("button", name=strings.ALL_REMOVED.format(count=1)).click()
    desk.get_by_role("button", name=strings.RESTORE_OF.format(title=title)).click()
    wait_for(desk, strings.PUT_BACK)
    wait_for_rows(desk, 3)
    assert desk.locator("#listing .removed").count() == 0
    desk.locator(f"#listing .source-link[data-article='{erased}']").click()
    desk.wait_for_selector("#source article.source")
    desk.locator(f"#listing [data-event=edit][data-article='{erased}']").click()
    desk.click("#listing [data-event=clear]")
    desk.locator("#listing .erasing", has_text="ferry.txt").wait_for()
    desk.wait_for_function("document.activeElement.textContent == '" + strings.ERASE_NO + "'")
    assert not library.is_erased(erased)
    desk.click("#listing [data-sure]")
    wait_for(desk, "Erased for good")
    assert len(rows(desk)) == 2
    assert library.is_erased(erased)
    desk.wait_for_selector("#source .closed")


@needs_browser
def test_an_erased_article_takes_its_quotes_from_the_conversation_on_the_page(desk):
    turn_to(desk, strings.ASK_VIEW)
    ask(desk, "Who opened a bakery in Ostley?")
    assert "Ines Vale" in desk.inner_text("#now")
    turn_to(desk, strings.ARTICLES_VIEW)
    desk.locator("#search input").press_sequentially("bakery")
    wait_for_rows(desk, 1)
    desk.click("#listing [data-event=edit]")
    desk.click("#listing [data-event=clear]")
    desk.click("#listing [data-sure]")
    wait_for(desk, "Erased for good")
    turn_to(desk, strings.ASK_VIEW)
    desk.locator("#now .notice", has_text=strings.ERASED_ALL).wait_for()
    assert "Ines Vale" not in desk.inner_text("#now")


@needs_browser
def test_every_mention_is_marked_and_opens_the_article_at_it(desk):
    desk.locator("#search input").press_sequentially("brinmouth FERRY")
    # every letter searches anew: an offer clicked earlier would be of fewer of them
    desk.locator("#listing .offer button", has_text="brinmouth FERRY").click()
    desk.locator("#listing .found", has_text="is mentioned once").wait_for()
    assert desk.inner_text("#listing mark") == "Brinmouth ferry"
    desk.click("#listing .mention")
    assert marked(desk) == "Brinmouth ferry"
    desk.click("#source [data-go=back]")
    desk.wait_for_function("document.activeElement.matches('#listing .mention')")
    desk.get_by_role("button", name=strings.BACK_TO_LIST).click()
    desk.wait_for_selector("#listing .entry, #listing .notice")
    desk.fill("#search input", "the")
    desk.press("#search input", "Enter")
    desk.locator("#listing .found", has_text="“the” is mentioned").wait_for()
    first, second = (desk.locator("#listing .mention").nth(place) for place in (0, 1))
    first.click()
    start = first.get_attribute("data-start")  # what was open before has its mark, too
    desk.wait_for_selector(f"#source article.source[data-start='{start}'] #cited")
    desk.keyboard.press("]")
    desk.wait_for_function(
        "document.querySelectorAll('#listing .mention')[1].hasAttribute('aria-current')"
    )
    assert first.get_attribute("aria-current") is None
    assert marked(desk).lower() == "the"
    start = desk.get_attribute("#source article.source", "data-start")
    assert start == second.get_attribute("data-start")


@needs_browser
def test_enter_shows_the_mentions_though_what_was_typed_is_answered_late(desk):
    def hold_the_first(route):
        if not held and "ferry" in (route.request.post_data or ""):
            held.append(route)
        else:
            route.continue_()

    held = []
    desk.route("**/run/predict*", hold_the_first)
    with desk.expect_request(lambda request: "ferry" in (request.post_data or "")):
        desk.fill("#search input", "ferry")
    desk.press("#search input", "Enter")
    desk.wait_for_timeout(1000)  # long enough for what could be overtaken to be there
    with desk.expect_response(lambda response: response.request == held[0].request):
        held[0].continue_()
    desk.wait_for_timeout(500)  # and for what would overtake it to be drawn
    desk.locator("#listing .found", has_text="“ferry” is mentioned").wait_for()
    desk.get_by_role("button", name=strings.BACK_TO_LIST).click()
    desk.wait_for_selector("#listing .entry")
    assert "1 of 3 articles" in desk.inner_text("#listing .head")  # those that have the words
    desk.press("#search input", "Enter")  # on the same words once more
    desk.wait_for_selector("#listing .found")


@needs_browser
def test_the_open_article_is_asked_alone_and_ticked_ones_together(desk, library: Index):
    desk.locator("#listing .source-link", has_text="Second classroom").click()
    desk.click("#source [data-event=select]")
    desk.wait_for_function("document.activeElement.matches('#question textarea')")
    ask(desk, "Who opened a bakery in Ostley?")
    assert "Ines Vale" not in desk.inner_text("#now")
    assert strings.ONLY_ARTICLES.format(count=1) in desk.inner_text("#now .understood")
    turn_to(desk, strings.ARTICLES_VIEW)
    for place in range(3):
        desk.locator("#listing button.tick").nth(place).click()
        desk.locator("#listing .chosen", has_text=f"{place + 1} article").wait_for()
    desk.click("#listing .chosen [data-event=select]")
    ask(desk, "Who opened a bakery in Ostley?")
    assert "Ines Vale" in desk.inner_text("#now")


@needs_browser
def test_another_library_is_made_opened_and_kept_apart(desk):
    add(desk, strings.ADD_LIBRARY)
    desk.fill("#library-name input", "../elsewhere")
    desk.press("#library-name input", "Enter")
    desk.locator("#added [role=alert]", has_text="cannot name a library").wait_for()
    desk.fill("#library-name input", "Night desk")
    desk.press("#library-name input", "Enter")
    desk.locator("#listing", has_text=strings.EMPTY_LIBRARY).wait_for()
    assert desk.input_value("#library input") == "Night desk"
    assert strings.EMPTY_LIBRARY in desk.inner_text("#masthead")
    turn_to(desk, strings.ADD_TEXT)
    desk.fill("#text textarea", QUARRY)
    desk.click("#add-text")
    desk.locator("#added li.added").wait_for(timeout=30_000)
    wait_for_rows(desk, 1)
    turn_to(desk, strings.ASK_VIEW)
    ask(desk, "Who will open the quarry of Selby?")
    assert "Dara Quill" in desk.inner_text("#now")
    ask(desk, "How long will the Brinmouth ferry stop?")
    assert "six weeks" not in desk.inner_text("#now")
    desk.reload()
    desk.wait_for_selector("#now .turn, #now .welcome")
    assert desk.input_value("#library input") == "Night desk"


@needs_browser
def test_hostile_names_and_texts_stay_text_in_every_part_of_the_view(desk, library: Index):
    with_payloads = [text for text in PAYLOADS if "\x00" not in text]
    mill = library.articles()[0].id
    library.correct(mill, title=" ".join(with_payloads), source=with_payloads[0])
    desk.locator("#search input").press_sequentially("script")
    desk.wait_for_selector("#listing .offer")
    desk.click("#listing [data-event=edit]")
    desk.wait_for_selector("#listing .editor")
    desk.click("#listing [data-event=clear]")
    desk.wait_for_selector("#listing .erasing")
    desk.fill("#search input", "<img src=x onerror=window.hacked=1>")
    desk.press("#search input", "Enter")
    desk.wait_for_selector("#listing .head [data-event=submit]")
    strange = "#listing :is(script, img, iframe, form, svg, a, style, [onerror], [onclick])"
    assert desk.locator(strange).count() == 0
    assert desk.evaluate("window.hacked") is None


@needs_browser
def test_on_a_phone_nothing_of_the_view_is_wider_than_the_page(desk):
    desk.set_viewport_size({"width": 390, "height": 844})

    def fits() -> bool:
        return desk.evaluate("document.documentElement.scrollWidth <= innerWidth")

    open_details(desk, rows(desk)[0])
    assert fits()
    add(desk, strings.ADD_LIBRARY)
    assert fits()
    turn_to(desk, strings.DRAFT_VIEW)
    assert fits()

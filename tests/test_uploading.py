"""Adding articles without the page: what became of each comes out step by step."""

import threading
from contextlib import ExitStack
from pathlib import Path

from index import Index
from index.lock import writer_lock
from index.types import FetchedPage
from ui import strings, uploading
from ui.listing import Facts
from ui.shelf import Shelf
from ui.uploading import add_address, add_files, add_text
from ui.view_upload import _dropper

STORM = "A storm took the roof of the town hall of Varnholm on Friday, the mayor said.\n"


def write(folder: Path, name: str, text: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_each_file_is_told_as_it_goes_and_a_bad_one_keeps_none_back(index: Index, tmp_path: Path):
    files = [
        write(tmp_path, "storm.txt", STORM),
        write(tmp_path, "photo.txt", b"\x00\x01"),
        write(tmp_path, "film.mp4", b"film"),
        write(tmp_path, "again.txt", STORM),
    ]
    steps = [*add_files(index, files)]
    assert [entry.state for entry in steps[0]] == ["waiting"] * 4
    assert [entry.state for entry in steps[1]] == ["reading", "waiting", "waiting", "waiting"]
    assert [entry.state for entry in steps[2]] == ["added", "waiting", "waiting", "waiting"]
    last = steps[-1]
    assert [entry.state for entry in last] == ["added", "refused", "refused", "known"]
    assert "binary" in last[1].reason
    assert ".docx" in last[2].reason
    assert last[3].twins == ("storm.txt",)
    (info,) = index.articles()
    assert [entry.articles[0].id for entry in (last[0], last[3])] == [info.id] * 2
    assert all(entry.is_done for entry in last)


def test_the_same_file_again_is_there_already(index: Index, tmp_path: Path):
    file = write(tmp_path, "storm.txt", STORM)
    for state in ("added", "known"):
        assert [*add_files(index, [file])][-1][0].state == state
    assert len(index.articles()) == 1


def test_a_pasted_text_brings_its_facts_and_a_bad_day_is_told(index: Index):
    facts = Facts(title="Roof gone", source="Post", author="Ann Other", published="1 May 2026")
    (done,) = [*add_text(index, STORM, facts)][-1]
    assert done.state == "added"
    (info,) = index.articles()
    assert (info.title, info.source, info.author) == ("Roof gone", "Post", "Ann Other")
    assert info.published == "2026-05-01"
    (refused,) = [*add_text(index, STORM * 2, Facts(published="some day"))][-1]
    assert (refused.state, refused.name) == ("refused", strings.PASTED_TEXT)
    assert "some day" in refused.reason
    assert [*add_text(index, "", Facts())][-1][0].state == "refused"


def test_an_address_on_this_machine_is_refused(index: Index):
    for address in ("http://127.0.0.1:1/a", "http://localhost/a", "ftp://example.org/a", "", "x"):
        (entry,) = [*add_address(index, address)][-1]
        assert entry.state == "refused", address
        assert entry.reason


def test_an_upload_says_that_it_waits_for_another_writer_and_then_goes_on(
    index: Index, tmp_path: Path
):
    file = write(tmp_path, "storm.txt", STORM)
    held, go_on = threading.Event(), threading.Event()

    def hold() -> None:
        with writer_lock(index.folder):
            held.set()
            go_on.wait(20)

    writer = threading.Thread(target=hold)
    writer.start()
    held.wait()
    states = []
    for (entry,) in add_files(index, [file]):
        states.append(entry.state)
        if entry.state == "held":
            assert entry.reason == strings.HELD_UP
            go_on.set()
    writer.join()
    assert states == ["waiting", "reading", "held", "added"]


def test_a_page_is_fetched_once_though_it_waits_for_another_writer(index: Index, monkeypatch):
    asked: list[str] = []

    def fetch_page(url: str) -> FetchedPage:
        asked.append(url)
        return FetchedPage(url=url, media_type="text/plain", charset="utf-8", body=STORM.encode())

    monkeypatch.setattr("index.fetch.fetch_page", fetch_page)
    held = ExitStack()
    held.enter_context(writer_lock(index.folder))
    for (entry,) in add_address(index, "http://news.example/storm"):
        if entry.state == "held":
            held.close()
    assert entry.state == "added"
    assert asked == ["http://news.example/storm"]


def test_what_two_visitors_upload_alike_is_taken_from_neither(index: Index, tmp_path: Path):
    # Gradio keeps the same file under the same name in the same place.
    place = write(tmp_path, "storm.txt", STORM)
    with Shelf(index) as shelf:
        drop = _dropper(shelf)
        first = drop([str(place)], shelf.main_name)
        next(first)
        write(tmp_path, "storm.txt", STORM)
        assert "added" in [*first][-1][1]
        assert "there already" in [*drop([str(place)], shelf.main_name)][-1][1]
    assert not place.exists()


def test_an_upload_gives_up_in_words_when_another_writer_does_not_end(
    index: Index, tmp_path: Path, monkeypatch
):
    monkeypatch.setattr(uploading, "AT_FIRST", 0.0)
    monkeypatch.setattr(uploading, "LONGEST_WAIT", 0.1)
    file = write(tmp_path, "storm.txt", STORM)
    with writer_lock(index.folder):
        (entry,) = [*add_files(index, [file])][-1]
    assert entry.state == "refused"
    assert "Try again" in entry.reason
    assert index.articles() == []

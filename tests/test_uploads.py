"""What is uploaded, pasted or fetched is kept in the library's own folder, once and whole."""

import io
import json
import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from test_read import make_pdf
from web_server import Names, Network, WebServer, always, reply

from index import Index
from index import fetch as fetching
from index.errors import BadValue, BrokenLibrary, FetchFailure, LibraryBusy, MissingPath
from index.lock import waiting_lock, writer_lock
from index.types import Kept
from index.uploads import MOST_BYTES, Uploads

_texts = iter(range(1_000_000))


def text(words: str = "") -> str:
    """Return an article that no other test has."""
    n = next(_texts)
    return (
        f"Ship number {n} reached the quay of Varnholm on Monday with {n + 7} crates of herring. "
        f"{words} Its captain said that the voyage had taken {n + 3} days longer than planned.\n"
    )


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    """A library that the tests share; each looks at its own articles alone."""
    with Index.open(tmp_path_factory.mktemp("uploads") / "library") as index:
        yield index


@pytest.fixture
def uploads(library: Index) -> Uploads:
    return Uploads(library)


def content(uploads: Uploads, kept: Kept) -> bytes:
    return (uploads.folder / kept.name).read_bytes()


def left_over(uploads: Uploads) -> list[str]:
    return [path.name for path in uploads.folder.iterdir() if path.name.startswith(".")]


def test_a_file_is_kept_and_read(uploads: Uploads, library: Index, tmp_path: Path) -> None:
    words = text()
    kept = uploads.keep("ship.txt", words.encode())
    assert (kept.name, kept.outcome, kept.reason) == ("ship.txt", "added", None)
    assert content(uploads, kept) == words.encode()
    (article,) = kept.articles
    assert article.path == str(library.folder / "uploads" / "ship.txt")
    assert article in library.articles()
    assert library.article(article.id).text == words.strip()

    path = tmp_path / "elsewhere.txt"
    path.write_text(text())
    from_path = uploads.keep("path.txt", path)
    from_stream = uploads.keep("stream.txt", io.BytesIO(text().encode()))
    assert [from_path.outcome, from_stream.outcome] == ["added", "added"]
    path.unlink()
    assert "Ship number" in library.article(from_path.articles[0].id).text
    assert left_over(uploads) == []


def test_progress_is_passed_on(uploads: Uploads) -> None:
    seen: list[tuple[int, int]] = []
    uploads.keep("p.txt", text().encode(), progress=lambda done, total, name: seen.append(
        (done, total)))  # fmt: skip
    assert seen[0] == (0, 1)
    assert seen[-1] == (1, 1)


def test_the_same_file_is_kept_once_and_another_gets_a_number(uploads: Uploads) -> None:
    first, second, third = text(), text(), text()
    outcomes = [
        uploads.keep("report.txt", words.encode())
        for words in (first, second, first, third, second)
    ]
    assert [kept.name for kept in outcomes] == [
        "report.txt", "report (2).txt", "report.txt", "report (3).txt", "report (2).txt",
    ]  # fmt: skip
    assert [kept.outcome for kept in outcomes] == [
        "added", "added", "unchanged", "added", "unchanged",
    ]  # fmt: skip
    assert outcomes[2].articles == outcomes[0].articles


def test_a_twin_says_whose_it_is(uploads: Uploads, library: Index, tmp_path: Path) -> None:
    words = text()
    other = tmp_path / "other.txt"
    other.write_text(words)
    library.sync([other])
    kept = uploads.keep("twin.txt", f"{words}\n\n".encode())
    assert (kept.outcome, kept.twin_of) == ("twin", (str(other),))
    mine = str(uploads.folder / kept.name)
    assert library.files(kept.articles[0].id) == sorted([str(other), mine])


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("run.exe", b"MZ", "is of no kind that is read"),
        ("noext", b"text", "is of no kind that is read"),
        ("empty.txt", b"", "holds no text"),
        ("binary.txt", bytes(range(256)) * 64, "binary data"),
        ("broken.pdf", b"%PDF-1.4 no document", ""),
        ("bad.jsonl", b'{"text": "A mill was sold."}\nnot json\n', "line 2"),
        ("big.txt", b"a" * (MOST_BYTES + 1), "larger than 10 MB"),
    ],
)
def test_what_cannot_be_read_does_not_stay(
    uploads: Uploads, library: Index, name: str, data: bytes, reason: str
) -> None:
    before = library.articles()
    for source in (data, io.BytesIO(data)):
        kept = uploads.keep(name, source)
        assert kept.outcome == "rejected"
        assert reason in str(kept.reason)
        assert kept.articles == ()
    assert not (uploads.folder / name).exists()
    assert left_over(uploads) == []
    assert not any(name in path for path in library.catalogue.files())
    assert library.articles() == before


def test_a_source_that_fails_leaves_nothing(uploads: Uploads, tmp_path: Path) -> None:
    class Breaking(io.RawIOBase):
        def read(self, size: int = -1) -> bytes:
            raise ConnectionResetError(104, "Connection reset by peer")

    with pytest.raises(BrokenLibrary, match="reset"):
        uploads.keep("a.txt", Breaking())  # type: ignore[arg-type]
    os.mkfifo(tmp_path / "pipe.txt")
    for missing in (tmp_path / "gone.txt", tmp_path, tmp_path / "pipe.txt"):
        with pytest.raises(MissingPath, match="is not there"):
            uploads.keep("a.txt", missing)
    assert not (uploads.folder / "a.txt").exists()
    assert left_over(uploads) == []


@pytest.mark.parametrize(
    "name",
    ["../../escape.txt", "/tmp/escape.txt", "..\\..\\escape.txt", "a/../../escape.txt",
     "\u202e../escape.txt", "C:\\escape.txt", "//server/share/escape.txt",
     "escape.txt\x00.exe/../e.txt"],
)  # fmt: skip
def test_no_name_leads_out_of_the_folder(uploads: Uploads, name: str) -> None:
    kept = uploads.keep(name, text().encode())
    assert kept.outcome == "added"
    assert (uploads.folder / kept.name).parent == uploads.folder
    assert (uploads.folder / kept.name).is_file()
    assert not list(uploads.folder.parent.glob("*.txt"))


def test_a_link_in_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    target = tmp_path / "target"
    target.mkdir()
    with Index.open(tmp_path / "library") as index:
        (index.folder / "uploads").symlink_to(target)
        with pytest.raises(BrokenLibrary, match="is a link"):
            Uploads(index).keep("a.txt", text().encode())
        with pytest.raises(BrokenLibrary, match="is a link"):
            Uploads(index).recover()
        (index.folder / "uploads").unlink()
        (index.folder / "uploads").write_text("a file")
        with pytest.raises(BrokenLibrary, match="or a file"):
            Uploads(index).keep("a.txt", text().encode())
    assert list(target.iterdir()) == []


def test_a_link_in_place_of_a_file_is_never_followed(
    uploads: Uploads, library: Index, tmp_path: Path
) -> None:
    words = text().encode()
    victim = tmp_path / "victim.txt"
    victim.write_bytes(words)
    (uploads.folder / "link.txt").symlink_to(victim)
    (uploads.folder / "dangling.txt").symlink_to(tmp_path / "nowhere.txt")
    (uploads.folder / "folder.txt").mkdir()
    for name in ("link", "dangling", "folder"):
        kept = uploads.keep(f"{name}.txt", words if name == "link" else text().encode())
        assert kept.name == f"{name} (2).txt"
    assert victim.read_bytes() == words
    assert not (tmp_path / "nowhere.txt").exists()
    assert uploads.recover().added == ()

    kept = uploads.keep("swapped.txt", text().encode())
    (uploads.folder / "swapped.txt").unlink()
    (uploads.folder / "swapped.txt").symlink_to(victim)
    erased = uploads.erase(kept.articles[0].id)
    assert erased.deleted == (str(uploads.folder / "swapped.txt"),)
    assert victim.read_bytes() == words
    assert not (uploads.folder / "swapped.txt").is_symlink()


def test_many_uploads_at_once_are_all_kept(uploads: Uploads, library: Index) -> None:
    same, texts = text(), [text() for _ in range(6)]
    results: list[Kept] = []

    def keep(words: str) -> None:
        results.append(Uploads(library).keep("race.txt", words.encode()))

    threads = [threading.Thread(target=keep, args=(words,)) for words in [*texts, same, same, same]]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    names = sorted({kept.name for kept in results})
    assert len(names) == 7
    assert sorted(kept.outcome for kept in results) == ["added"] * 7 + ["unchanged"] * 2
    found = {(uploads.folder / name).read_text() for name in names}
    assert found == {*texts, same}
    live = {info.path for info in library.articles()}
    assert {str(uploads.folder / name) for name in names} <= live
    assert left_over(uploads) == []


def test_it_waits_for_another_writer_but_not_for_ever(uploads: Uploads, library: Index) -> None:
    words = text().encode()
    released = threading.Event()

    def write() -> None:
        with writer_lock(library.folder):
            released.wait(10)

    writer = threading.Thread(target=write)
    writer.start()
    time.sleep(0.1)
    impatient = Uploads(library, patience=0.3)
    with pytest.raises(LibraryBusy, match=r"process [0-9]+"):
        impatient.keep("wait.txt", words)
    assert not (uploads.folder / "wait.txt").exists()
    threading.Timer(0.5, released.set).start()
    assert uploads.keep("wait.txt", words).outcome == "added"
    writer.join()
    with waiting_lock(library.folder / "uploads.lock", 1.0), pytest.raises(LibraryBusy):
        impatient.discard("0" * 16)


def test_a_read_only_library_says_so(tmp_path: Path, articles: Path) -> None:
    with Index.open(tmp_path / "library") as index:
        index.sync([articles])
    with Index(tmp_path / "library", read_only=True) as index:
        assert Uploads(index).recover().added == ()
        assert Uploads(index).discarded() == []
    (tmp_path / "file").write_text("")
    with Index.open(tmp_path / "library") as index:
        index.folder = tmp_path / "file"
        with pytest.raises(BrokenLibrary, match=r"cannot be opened|is a link"):
            Uploads(index).keep("a.txt", b"text")


def test_what_a_kill_left_is_taken_up(uploads: Uploads, library: Index) -> None:
    (uploads.folder / "left.txt").write_text(text())
    old, new = uploads.folder / ".old.part", uploads.folder / ".new.part"
    for part in (old, new):
        part.write_text("half")
    os.utime(old, (0, 0))
    report = uploads.recover()
    assert [Path(path).name for path in report.added] == ["left.txt"]
    assert not old.exists()
    assert new.exists()
    new.unlink()
    assert uploads.recover().added == ()


# Pasted text.


def test_pasted_text_is_an_article_with_what_is_known(uploads: Uploads, library: Index) -> None:
    kept = uploads.paste(
        text("* It is *new*.\nA line of its own, with <b>, [1] and 2 * 3."),
        title="Ship / quay\nlate", source="Courier", author="Ada Poe",
        published="28 October 2025", url="https://example.org/ships?a=1",
    )  # fmt: skip
    assert kept.name == "Ship quay late.md"
    (info,) = kept.articles
    article = library.article(info.id)
    assert "* It is *new*.\nA line of its own, with <b>, [1] and 2 * 3. Its captain" in article.text
    assert (article.title, article.source) == ("Ship / quay late", "Courier")
    assert article.author == "Ada Poe"
    assert (article.published, article.url) == ("2025-10-28", "https://example.org/ships?a=1")


def test_pasted_text_without_a_title_is_called_by_its_beginning(uploads: Uploads) -> None:
    kept = uploads.paste(f"\n\n{text()}")
    assert kept.name.startswith("Ship number ")
    assert " reached the quay of Varnholm on Monday with " in kept.name
    assert len(kept.name.split()) == 12
    assert uploads.paste(" \n").outcome == "rejected"
    with pytest.raises(BadValue, match="no full date"):
        uploads.paste(text(), published="soon")


# Fetched pages.


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> Iterator[WebServer]:
    """A server that every public address leads to."""
    with WebServer() as server:
        monkeypatch.setattr(
            fetching, "fetch_page",
            lambda url: fetching.fetch(url, Names(), Network(server), 10.0),
        )  # fmt: skip
        yield server


def test_a_fetched_page_keeps_its_address_and_letters(
    uploads: Uploads, library: Index, web: WebServer
) -> None:
    body = (
        f"<html><body><article><h1>Späte Schiffe</h1><p>Größe: {text()}</p></article></body></html>"
    )
    for charset, name in (("windows-1252", "a"), ("utf-8", "b"), ("nonsense", "c"), ("hex", "d")):
        encoding = "utf-8" if charset in {"nonsense", "hex"} else charset
        web.script = always(
            reply(body.replace("Größe", f"Größe {name}").encode(encoding),
                  content_type=f"text/html; charset={charset}")
        )  # fmt: skip
        kept = uploads.fetch(f"http://news.example/2025/{name}--x.html?id=1#top")
        assert (kept.name, kept.outcome) == (f"news.example {name}--x.html", "added")
        (info,) = kept.articles
        assert info.url == info.key == f"http://news.example/2025/{name}--x.html?id=1"
        assert f"Größe {name}: Ship" in library.article(info.id).text
        assert b"<!-- saved from url=(" in content(uploads, kept)


def test_a_page_that_names_its_own_address_is_believed(uploads: Uploads, web: WebServer) -> None:
    page = (
        '<!DOCTYPE html><html><head><link rel="canonical" href="http://news.example/true"></head>'
        f"<body><article><p>{text()}</p></article></body></html>"
    )
    web.script = always(reply(page.encode()))
    (info,) = uploads.fetch("http://news.example/false").articles
    assert info.url == "http://news.example/true"


def test_other_kinds_are_kept_as_they_are(uploads: Uploads, library: Index, web: WebServer) -> None:
    words = text().replace(".  Its", ".\n\n- first of all, *\n- second\n\nIts")
    web.script = always(reply(words.encode(), content_type="text/plain"))
    kept = uploads.fetch("http://news.example/notes/today.txt")
    assert kept.name == "news.example today.md"
    assert kept.articles[0].url == "http://news.example/notes/today.txt"
    assert "- first of all, *\n- second\n" in library.article(kept.articles[0].id).text
    xhtml = (
        '<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html><html '
        f'xmlns="http://www.w3.org/1999/xhtml"><body><p>{text()}</p></body></html>'
    )
    web.script = always(reply(xhtml.encode(), content_type="application/xhtml+xml"))
    kept = uploads.fetch("http://news.example/")
    assert kept.reason is None
    assert kept.articles[0].url == "http://news.example/"
    line = f"Ship {next(_texts)} reached the quay of Varnholm with its crates on Monday."
    pdf = make_pdf([[line]])
    web.script = always(reply(pdf, content_type="application/pdf"))
    kept = uploads.fetch("http://news.example/paper.PDF")
    assert (kept.name, kept.outcome) == ("news.example paper.pdf", "added")
    assert content(uploads, kept) == pdf
    web.script = always(reply(b"\x00\x01" * 900, content_type="text/html"))
    with pytest.raises(FetchFailure, match="binary"):
        uploads.fetch("http://news.example/x")
    with pytest.raises(FetchFailure):
        uploads.fetch("http://127.0.0.1/")


def test_jsonl_is_kept_too(uploads: Uploads) -> None:
    lines = "".join(json.dumps({"text": text(), "title": f"Line {n}"}) + "\n" for n in range(3))
    kept = uploads.keep("lines.jsonl", lines.encode())
    assert kept.outcome == "added"
    assert [info.title for info in kept.articles] == ["Line 0", "Line 1", "Line 2"]

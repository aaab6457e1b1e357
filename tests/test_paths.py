"""No name, path or link leads a file route out of the folder that it may touch."""

import hashlib
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from serving import application
from starlette.testclient import TestClient

from index import Article, Index, IndexFailure
from index.fetched import to_file
from index.types import FetchedPage
from index.uploads import Uploads
from ui.errors import LibraryFailure
from ui.shelf import Shelf

SECRET = "the Zyxwu of another folder"

NAMES = [
    *"""
    ../outside/secret.txt ../../outside/secret.txt ../../../outside/secret.txt
    ..\\outside\\secret.txt
    ..\\..\\outside\\secret.txt ....//....//outside/secret.txt ..;/..;/outside/secret.txt
    ..%2foutside%2fsecret.txt ..%252foutside%252fsecret.txt %2e%2e/%2e%2e/outside/secret.txt
    ..%c0%af..%c0%afoutside%c0%afsecret.txt ..%5c..%5coutside%5csecret.txt
    ..／..／outside／secret.txt
    ‥/outside/secret.txt ．．/outside/secret.txt ..∕outside∕secret.txt ..⁄outside⁄secret.txt
    {outside}/secret.txt /{outside}/secret.txt //{outside}/secret.txt file://{outside}/secret.txt
    file:{outside}/secret.txt ./../outside/secret.txt uploads/../../outside/secret.txt
    x/../../../outside/secret.txt /etc/passwd /etc/passwd.txt //etc//passwd /proc/self/environ
    /proc/self/cwd/secret.txt /proc/self/root/etc/passwd /dev/stdin /dev/zero.txt /dev/fd/0
    ~/secret.txt ~root/.ssh/id_rsa.txt $HOME/secret.txt ${HOME}.txt `id`.txt $(id).txt |id.txt
    -rf.txt --help.txt .. . ... / \\ ../ ..\\ ../.txt ./.txt .txt ..txt C:\\secret.txt
    \\\\127.0.0.1\\share\\secret.txt \\\\?\\C:\\secret.txt C:secret.txt CON.txt nul.md
    catalogue.sqlite ../catalogue.sqlite ../catalogue.sqlite.txt ../uploads.lock .footnoteignore
    ../removed/.footnoteignore link.txt dangling.txt folder-link/new.txt {outside}
    """.split(),
    "a\0../outside/secret.txt", "../outside/secret.txt\0.txt", "../outside/secret.txt\n.md",
    "\u202e../outside/secret.txt", "../outside/secret.txt ", " ../outside/secret.txt",
    "../" * 40 + "etc/passwd", "a/" * 2_000 + "b.txt", "a" * 5_000 + ".txt", "",
]  # fmt: skip

STEPS = pytest.mark.parametrize(
    "step", [23, pytest.param(1, marks=[pytest.mark.slow, pytest.mark.timeout(1_800)])]
)
"""Of so many cases one is tried in the fast form."""

_watched: list[str] = []
_watching = False


def _note(event: str, arguments: tuple[Any, ...]) -> None:
    if _watching and event in {"open", "os.remove", "os.rename", "os.mkdir", "os.listdir",
                               "os.scandir", "os.rmdir", "os.truncate", "os.link", "os.symlink",
                               "shutil.rmtree", "sqlite3.connect", "os.chmod"}:  # fmt: skip
        _watched.extend(
            os.fsdecode(path) for path in arguments[:2] if isinstance(path, str | bytes | Path)
        )


sys.addaudithook(_note)


@contextmanager
def watched() -> Iterator[list[str]]:
    """Note the path of every file that this process opens, makes, moves or deletes."""
    global _watching
    _watched.clear()
    _watching = True
    try:
        yield _watched
    finally:
        _watching = False


class Place:
    """A root that may be touched, and a folder beside it that may not."""

    def __init__(self, folder: Path) -> None:
        self.outside = folder / "outside"
        self.outside.mkdir()
        (self.outside / "secret.txt").write_text(SECRET, encoding="utf-8")
        self.root = folder / "root"
        self.root.mkdir()
        self.before = self.state()

    def state(self) -> dict[str, tuple[str, int]]:
        """Return content and time of all that lies outside."""
        return {
            str(path): (hashlib.sha256(path.read_bytes()).hexdigest(), path.stat().st_mtime_ns)
            for path in self.outside.rglob("*")
        } | {str(path): ("", 0) for path in self.outside.parent.iterdir()}

    def names(self) -> list[str]:
        return [name.replace("{outside}", str(self.outside)) for name in NAMES]

    def is_untouched(self, paths: list[str]) -> bool:
        """Say whether nothing outside changed, and none of the paths leads there."""
        led = [
            path for path in paths
            if os.path.realpath(path).startswith((str(self.outside), "/etc/passwd", "/proc/self/e"))
            or ("/" in path and not path.startswith("/") and "outside" in path)
        ]  # fmt: skip
        assert led == []
        return self.state() == self.before


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


def test_there_are_many_names() -> None:
    assert len(set(NAMES)) == len(NAMES) >= 60


@STEPS
def test_no_upload_leads_out(place: Place, step: int, figure: Any) -> None:
    with Index.open(place.root / "library") as index:
        uploads = Uploads(index)
        uploads.keep("first.txt", b"A mill was sold on Monday.")
        for name, target in {"link.txt": place.outside / "secret.txt",
                             "dangling.txt": place.outside / "new.txt",
                             "folder-link": place.outside}.items():  # fmt: skip
            (uploads.folder / name).symlink_to(target)
        kept_files = 0
        with watched() as paths:
            for number, name in enumerate(place.names()):
                ways = (
                    lambda n=name, i=number: uploads.keep(n, f"Report {i} was read.".encode()),
                    lambda n=name, i=number: uploads.paste(f"Paper {i} was read.", title=n),
                    lambda n=name, i=number: uploads.keep(
                        *to_file(FetchedPage(url=f"https://a.example/{quote(n)}",
                                             body=f"Page {i} was read.".encode(),
                                             media_type="text/plain"))
                    ),
                )  # fmt: skip
                for way in ways if number % step == 0 else ways[: number % 6 == 0 or step == 1]:
                    with suppress(IndexFailure):
                        kept = way()
                        kept_files += kept.outcome == "added"
                        assert Path(kept.name).name == kept.name
        assert place.is_untouched(paths)
        texts = [index.article(info.id).text for info in index.articles()]
        assert not any(SECRET in text for text in texts)
        assert len(texts) > kept_files > 10
        index.erase(index.articles()[0].id)
        assert place.is_untouched([])
    figure(13, f"{kept_files} uploads, pasted texts and pages under such names kept: 0 files "
               f"outside read or written, {len(paths)} paths watched")  # fmt: skip


@STEPS
def test_no_article_leads_out_by_the_path_or_key_that_it_claims(
    place: Place, step: int, figure: Any
) -> None:
    folder = place.root / "articles"
    folder.mkdir()
    lines = [
        {"text": f"Report {number} was read on Monday.", "url": name, "id": name, "key": name,
         "path": name, "title": name, "source": name}
        for number, name in enumerate(place.names())
    ]  # fmt: skip
    (folder / "a.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    with Index.open(place.root / "library") as index:
        uploads = Uploads(index)
        uploads.keep("first.txt", b"A mill was sold on Monday.")
        with watched() as paths:
            report = index.sync([folder])
            assert report.rejected == ()
            claimed = [
                Article(id=f"{number:016x}", key=name, path=name, text=f"Paper {number} was read.")
                for number, name in enumerate(
                    [*place.names(), *(f"{uploads.folder}/{name}" for name in place.names())]
                )
                if "\0" not in name and number % step < 7
            ]
            index.add_articles(claimed)
            app, _ = application(index)
            with TestClient(app, base_url="http://127.0.0.1") as client:
                for info in index.articles():
                    answer = client.get(f"/originals/library/{info.id}")
                    assert SECRET not in answer.text
                    assert "root:" not in answer.text
            for article in claimed[::step]:
                if index.current(article.id):
                    discarded = uploads.discard(article.id)
                    with suppress(IndexFailure):
                        uploads.restore(discarded)
                    uploads.erase(article.id)
        assert place.is_untouched(paths)
        assert (uploads.folder / "first.txt").exists()
    figure(13, f"{len(lines) + len(claimed)} articles that claim such paths or keys, shown; "
               f"{len(claimed[::step])} discarded, restored, erased: 0 files outside")  # fmt: skip


def test_no_library_leads_out(place: Place, figure: Any) -> None:
    made = 0
    with Index.open(place.root / "library") as index, Shelf(index) as shelf, watched() as paths:
        for name in place.names():
            with suppress(IndexFailure):
                shelf.open(name)
            with suppress(LibraryFailure):
                folder = shelf.make(name).folder
                assert folder.parent == index.folder / "libraries"
                made += 1
    assert place.is_untouched(paths)
    figure(13, f"{len(NAMES)} names of libraries, {made} made: 0 outside")


@STEPS
def test_no_route_leads_out(place: Place, step: int, figure: Any) -> None:
    tried = asked = 0
    with Index.open(place.root / "library") as index:
        index.sync([Path(__file__).parent.parent / "seeds" / "takaichi-trade-rules.txt"])
        app, _ = application(index)
        (info,) = index.articles()
        with (
            TestClient(app, base_url="http://127.0.0.1", raise_server_exceptions=False) as client,
            watched() as paths,
        ):
            for name in place.names():
                for spelled in {quote(name, safe=""), quote(name, safe="/.\\")}:
                    for address in (
                        "/originals/{}/" + info.id, "/originals/library/{}", "/answers/{}/x",
                        "/answers/library/{}", "/chats/{}/x.html", "/chats/library/{}.html",
                        "/chats/library/x.{}", "/api/articles/{}", "/api/articles?library={}",
                        "/docs/files/{}", "/gradio_api/file={}", "/static/{}", "/assets/{}",
                        "/{}", "/theme.css/{}", "/svelte/{}",
                    ):  # fmt: skip
                        tried += 1
                        if tried % step:
                            continue
                        asked += 1
                        url = f"http://127.0.0.1{address.format(spelled)[:60_000]}"
                        answer = client.get(url)
                        assert answer.status_code != 500, url
                        assert SECRET not in answer.text
                        assert "root:x:" not in answer.text
                        assert "SQLite format" not in answer.text
        assert place.is_untouched(paths)
    figure(13, f"{asked} requests of {len(NAMES)} names: 0 files of outside told, 0 opened")

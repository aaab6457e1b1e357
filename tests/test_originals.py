"""Original files: the very bytes that were read, never as a page of ours, and nothing else."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from page_browser import BROWSER, needs_browser, playwright
from serving import application, serving
from starlette.testclient import TestClient

from index import Article, Index
from index.read import decode
from ui.errors import NoOriginal
from ui.originals import POLICY, original_files, original_url, read_original

SEEDS = Path(__file__).parent.parent / "seeds"
READER = "chrome-extension://"
"""Where Chromium's own reader of PDF lives."""
SECRET = "the secret of another folder"

TEXT = (
    "The harbour office of {place} closed the ferry ramp on Monday after divers found cracks in "
    "two of its six supports. Repairs will cost 3.4 million crowns, the harbour master said.\n"
)


WAYS = ["gone", "changed", "folder", "pipe", "forgotten", "unreadable"]
ENCODINGS = {"old.txt": "cp1252", "wide.txt": "utf-16"}
ADDRESSES = [
    "/originals/library/..%2f..%2f..%2fetc%2fpasswd",
    "/originals/library/%2e%2e%2f%2e%2e%2fpasswd",
    "/originals/library//etc/passwd",
    "/originals/library/%2fetc%2fpasswd",
    "/originals/..%2f..%2fetc/passwd",
    "/originals/%2e%2e/%2e%2e/etc/passwd",
    "/originals/../../etc/passwd",
    "/originals/library/..\\..\\etc\\passwd",
    "/originals/library/file:%2f%2f%2fetc%2fpasswd",
    "/originals/library/0%00.txt",
    "/originals/library/ID/../../../etc/passwd",
    "/originals/library/ID%00.pdf",
    "/originals/library/ID%2f..%2fcatalogue.sqlite",
    "/originals/library/catalogue.sqlite",
    "/originals/library/ID?file=/etc/passwd",
    "/originals/library/ID?file=..%2fsecret.txt",
    "/originals/library/ID?path=/etc/passwd&file=9",
    "/originals/./library/..;/etc/passwd",
    "/originals/LIBRARY/ID",
    "/originals//ID",
    "/originals/library/",
    "/originals/library",
    "/originals/%252e%252e/ID",
    "/originals/library%00/ID",
    "/originals/library/" + "a" * 5000,
    "/originals/library%2f..%2f../ID",
    "/originals/libraries/ID",
    "/originals/~root/ID",
]
LINKS = [
    "file",
    "parent",
    "chain",
    "dangling",
    "loop",
    "proc",
    "zero",
    "library",
    "hard",
    "swapped",
]
NAMES = [
    'quote".txt',
    "semi;colon.txt",
    "comma,name.txt",
    "new\nline.txt",
    "return\rline.txt",
    "Set-Cookie: a=b\r\n\r\n.txt",
    "tab\tname.txt",
    "back\\slash.txt",
    "per%cent%0d%0a.txt",
    "öäü€.txt",
    "\u202etxt.exe.txt",
    "zero\u200bwidth.txt",
    "emoji\U0001f600.txt",
    "<script>alert(1)<.txt",
    "'single'.txt",
    "$(touch x).txt",
    "`touch x`.txt",
    "|pipe.txt",
    "-rf.txt",
    "space name.txt",
    "a" * 240 + ".txt",
    "CON.txt",
    "name.html.txt",
    "x.txt.TXT",
]


class Shelf:
    """A library with a file for each test, read in one go, and the application over it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.outside = folder / "outside" / "a.txt"
        self.outside.parent.mkdir()
        self.outside.write_text(SECRET)
        for number, name in enumerate([*WAYS, *LINKS]):
            write(folder / "articles" / name, "a.txt", f"Varnholm {number}")
        for number, name in enumerate(NAMES):
            write(folder / "articles" / "names", name, f"Selby {number}")
        for name in ("one", "two"):
            write(folder / "articles" / name, "twin.txt", "Twinholm")
        for name, encoding in ENCODINGS.items():
            written = TEXT.format(place=f"Bärnholm {encoding}").encode(encoding)
            (folder / "articles" / name).write_bytes(written)
        self.index = Index.open(folder / "library")
        report = self.index.sync(folder / "articles")
        assert not report.rejected
        app, _ = application(self.index)
        self.client = TestClient(app, base_url="http://127.0.0.1")

    def id_of(self, path: Path) -> str:
        return next(info.id for info in self.index.articles() if info.path == str(path))

    def address(self, path: Path, file: int = 0) -> str:
        return original_url(self.index.folder.name, self.id_of(path), file=file)


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    shelf = Shelf(tmp_path_factory.mktemp("shelf"))
    with shelf.client:
        yield shelf
    shelf.index.close()


def write(folder: Path, name: str, place: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(TEXT.format(place=place), encoding="utf-8")
    return path


def test_each_kind_of_file_is_shown_as_what_it_may_be(
    seeds: Index,
) -> None:
    kinds = {
        ".pdf": ("application/pdf", "inline"),
        ".docx": ("application/vnd.openxml", "attachment"),
        ".html": ("text/plain; charset=utf-8", "inline"),
        ".md": ("text/plain; charset=utf-8", "inline"),
        ".txt": ("text/plain; charset=utf-8", "inline"),
        ".jsonl": ("text/plain; charset=utf-8", "inline"),
    }
    app, _ = application(seeds)
    seen = set()
    with TestClient(app, base_url="http://127.0.0.1") as client:
        for info in seeds.articles():
            path = Path(info.path or "")
            answer = client.get(original_url(seeds.folder.name, info.id))
            assert answer.status_code == 200
            kind, placed = kinds[path.suffix]
            written = path.read_bytes()
            assert answer.content == (decode(written).encode() if "text" in kind else written)
            assert answer.headers["content-type"].startswith(kind)
            assert answer.headers["content-disposition"].startswith(f"{placed}; filename=")
            assert answer.headers["content-security-policy"] == POLICY
            assert answer.headers["x-content-type-options"] == "nosniff"
            seen.add(path.suffix)
    assert seen == kinds.keys()


def test_the_address_of_an_original_holds_any_name() -> None:
    assert original_url("a b/ü", "0a", page=3) == "/originals/a%20b%2F%C3%BC/0a#page=3"
    assert original_url("lib", "0a", file=1) == "/originals/lib/0a?file=1"


@pytest.mark.parametrize(("name", "encoding"), ENCODINGS.items())
def test_an_older_encoding_is_shown_as_what_it_says(shelf: Shelf, name: str, encoding: str) -> None:
    answer = shelf.client.get(shelf.address(shelf.folder / "articles" / name))
    assert f"Bärnholm {encoding}" in answer.content.decode("utf-8")


def test_every_file_with_the_same_text_can_be_had_and_no_others(shelf: Shelf) -> None:
    twins = [info for info in shelf.index.articles() if (info.path or "").endswith("twin.txt")]
    (info,) = twins
    address = original_url(shelf.index.folder.name, info.id)
    assert len(original_files(shelf.index, info.id)) == 2
    for number in (0, 1):
        assert shelf.client.get(f"{address}?file={number}").status_code == 200
    for number in ("2", "1" + "0" * 30, "-1", "x", "../../etc/passwd"):
        assert shelf.client.get(f"{address}?file={number}").status_code in {404, 422}


@pytest.mark.parametrize("way", WAYS)
def test_a_file_that_is_not_what_was_read_is_not_shown(shelf: Shelf, way: str) -> None:
    path = shelf.folder / "articles" / way / "a.txt"
    address = shelf.address(path)
    assert shelf.client.get(address).status_code == 200
    if way == "changed":
        path.write_text("A new version.\n" + SECRET)
    elif way == "forgotten":
        shelf.index.remove(path)
    elif way == "unreadable":
        path.write_bytes(b"\0\1\2" * 100)
        assert shelf.index.sync(path).rejected
    else:
        path.unlink()
        {"gone": lambda: None, "folder": path.mkdir, "pipe": lambda: os.mkfifo(path)}[way]()
    answer = shelf.client.get(address)
    assert answer.status_code == 404
    assert "The file of this article" in answer.json()["detail"]
    assert SECRET not in answer.text


def test_a_file_that_is_too_large_is_told(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.originals.LARGEST", 100)
    answer = shelf.client.get(shelf.address(shelf.folder / "articles" / "old.txt"))
    assert answer.status_code == 404
    assert "too large" in answer.json()["detail"]


def test_articles_that_come_from_no_file_have_no_original(
    index: Index, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.originals._read", lambda path: pytest.fail(f"{path} was opened"))
    claimed = [
        str(shelf.outside),
        str(shelf.folder / "articles" / "old.txt"),
        "/etc/passwd",
        "../a.txt",
        "file:///etc/passwd",
        "secret.txt",
    ]
    articles = [
        Article(id=f"{n:016x}", key=f"k{n}", path=path, text=TEXT.format(place=f"Place {n}"))
        for n, path in enumerate(claimed)
    ]
    index.add_articles(articles)
    assert len(index.articles()) == len(claimed)
    for info in index.articles():
        with pytest.raises(NoOriginal):
            read_original(index, info.id)


# Hostile names, paths and links.


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_address_leads_outside(shelf: Shelf, address: str) -> None:
    path = shelf.folder / "articles" / "old.txt"
    named = address.replace("library", shelf.index.folder.name, 1)
    answer = shelf.client.get(named.replace("ID", shelf.id_of(path)))
    own = decode(path.read_bytes()).encode()
    assert answer.status_code in {404, 422} or answer.content == own
    for inside in (SECRET, "root:", "SQLite format"):
        assert inside not in answer.text


@pytest.mark.parametrize("link", LINKS)
def test_no_link_leads_outside(shelf: Shelf, link: str) -> None:
    path = shelf.folder / "articles" / link / "a.txt"
    address = shelf.address(path)
    if link == "parent":
        shutil.rmtree(path.parent)
        path.parent.symlink_to(shelf.outside.parent)
    elif link == "hard":
        path.unlink()
        path.hardlink_to(shelf.outside)
    elif link == "swapped":
        shutil.copy(shelf.outside, path)
    else:
        path.unlink()
        chain = shelf.folder / "chain"
        targets = {
            "file": shelf.outside,
            "dangling": shelf.folder / "nowhere",
            "loop": path,
            "proc": Path("/proc/self/environ"),
            "zero": Path("/dev/zero"),
            "chain": chain,
            "library": shelf.index.folder / "catalogue.sqlite",
        }
        if link == "chain":
            chain.symlink_to(shelf.outside)
        path.symlink_to(targets[link])
    answer = shelf.client.get(address)
    assert answer.status_code == 404
    for inside in (SECRET, "SQLite", "PATH="):
        assert inside not in answer.text


@pytest.mark.parametrize("name", NAMES)
def test_no_name_breaks_out_of_its_header(shelf: Shelf, name: str) -> None:
    path = shelf.folder / "articles" / "names" / name
    answer = shelf.client.get(shelf.address(path))
    assert answer.status_code == 200
    assert answer.content == path.read_bytes()
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert "set-cookie" not in answer.headers
    plain, _, encoded = answer.headers["content-disposition"].partition("; filename*=UTF-8''")
    inner = plain.removeprefix('inline; filename="').removesuffix('"')
    assert inner.isascii()
    assert not set(inner) & set('"\\;%\r\n<>/')
    assert encoded == quote(name.translate({ord(c): None for c in "\r\n\t\u202e\u200b"}), safe="")


@needs_browser
def test_a_browser_shows_a_pdf_at_its_page_and_runs_nothing_of_a_page(
    seeds: Index, index: Index, tmp_path: Path
) -> None:
    path = tmp_path / "page.html"
    path.write_text(
        "<html><title>Ferry</title><article><p>"
        + TEXT.format(place="Varnholm") * 3
        + "</p></article><script>document.title = 'hacked'</script></html>"
    )
    index.sync(path)
    pdf = next(info for info in seeds.articles() if (info.path or "").endswith(".pdf"))
    with serving(seeds) as first, serving(index) as second, playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=BROWSER,
            args=["--no-sandbox", "--headless=new"],
            ignore_default_args=["--headless"],
        )
        tab = browser.new_page()
        tab.goto(first + original_url(seeds.folder.name, pdf.id, page=2))
        while not (reader := next((f for f in tab.frames if f.url.startswith(READER)), None)):
            tab.wait_for_timeout(100)
        reader.wait_for_function(
            "() => document.querySelector('pdf-viewer')?.shadowRoot"
            "?.querySelector('viewer-toolbar')?.pageNo === 2"
        )
        (page,) = index.articles()
        tab.goto(second + original_url(index.folder.name, page.id))
        assert "<script>" in tab.inner_text("pre")
        assert tab.title() != "hacked"
        browser.close()

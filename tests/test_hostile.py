"""Hostile files and folders: each is read or refused with a reason, within bounds; nothing ends."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from conftest import ARTICLES
from hostile_files import hostile_files
from hostile_pages import external
from hostile_traps import make_deep, set_traps
from hostile_word import paragraph, word_file
from web_server import WebServer

from index import Index
from index.errors import UnreadableArticle
from index.reading import Reader

SEED = 20_261
SECONDS = 10.0
MEGABYTES = 512

KINDS = pytest.mark.parametrize(
    "count",
    [None, pytest.param(500, marks=[pytest.mark.slow, pytest.mark.timeout(3_600)])],
    ids=["light", "all"],
)


def make(folder: Path, count: int | None, *, every: int = 1) -> None:
    folder.mkdir()
    for name, content in [*hostile_files(count, SEED)][::every]:
        (folder / name).write_bytes(content)


def read_all(folder: Path) -> dict[str, Any]:
    root = Path(__file__).parent.parent
    done = subprocess.run(
        [sys.executable, root / "tests" / "hostile_run.py", folder],
        capture_output=True, text=True, check=True, cwd=root, env={"PYTHONPATH": str(root)},
    )  # fmt: skip
    return json.loads(done.stdout)


@KINDS
def test_every_hostile_file_is_read_or_refused_within_bounds(
    tmp_path: Path, count: int | None, figure: Any
) -> None:
    make(tmp_path / "hostile", count)
    found = read_all(tmp_path / "hostile")
    files = found["files"]
    assert len(files) == (count or len(files)) >= 55
    slow = max(files, key=lambda file: file["seconds"])
    assert slow["seconds"] <= SECONDS, slow
    assert max(file["seconds_to_cut"] for file in files) <= SECONDS
    assert found["megabytes"] <= MEGABYTES
    refused = [file for file in files if file["reason"] is not None]
    assert all(file["reason"] or file["characters"] for file in files)
    bounded = sum("than a file may" in file["reason"] for file in refused)
    figure(11, f"{len(files)} files: {len(files) - len(refused)} read, {len(refused)} refused with "
               f"a reason ({bounded} at a bound), at most {slow['seconds']:.1f} s of processor and "
               f"{found['megabytes']:.0f} MB")  # fmt: skip


def too_long(folder: Path) -> list[str]:
    """Return the names of files of more text than there is time to embed here."""
    return [f["name"] for f in read_all(folder)["files"] if f["characters"] > 3_000]


@KINDS
def test_the_other_files_beside_hostile_ones_are_indexed(
    tmp_path: Path, count: int | None, figure: Any
) -> None:
    folder = tmp_path / "articles"
    make(folder, count, every=1 if count else 3)
    for name in too_long(folder) if count else ():
        (folder / name).unlink()  # sound for all we know; embedding it takes its ordinary time
    for number, (name, text) in enumerate(ARTICLES.items()):
        (folder / f"{number * 250:03}-{name}").write_text(text, encoding="utf-8")
    given = {str(path) for path in folder.iterdir()}
    set_traps(folder, tmp_path / "outside")
    with Index.open(tmp_path / "library") as index:
        report = index.sync([folder])
        told = {path for path, reason in report.rejected if reason}
        assert given <= {*report.added, *told}
        assert {Path(path).name[4:] for path in report.added} >= ARTICLES.keys()
        kept = "".join(index.article(info.id).text for info in index.articles())
        assert "Zyxwu" not in kept
        assert "root:" not in kept
        assert index.verify() == []
        again = index.sync([folder])
        assert again.added == again.updated == again.removed == ()
        assert sorted(again.rejected) == sorted(report.rejected)
    trapped = [path for path in told if "/traps/" in path]
    figure(11, f"{len(given)} files and {len(trapped)} traps in a folder: the 3 sound ones "
               f"indexed, {len(told)} refusals reported, 0 left out")  # fmt: skip


def test_every_trap_is_reported_and_no_link_out_is_followed(tmp_path: Path, figure: Any) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "mill.txt").write_text(ARTICLES["mill.txt"], encoding="utf-8")
    traps = set_traps(folder, tmp_path / "outside")
    (folder / "alias.txt").symlink_to("mill.txt")
    with Index.open(tmp_path / "library") as index:
        report = index.sync([folder])
        assert {Path(path).name for path in report.added} == {"mill.txt", "alias.txt"}
        reasons = dict(report.rejected)
        untold = [trap for trap in traps if str(trap) not in reasons]
        assert untold == []
        assert "leads out" in reasons[str(folder / "traps" / "passwd.txt")]
        assert "too large" in reasons[str(folder / "traps" / "sparse.jsonl")]
        assert any("folders deep" in reason for reason in reasons.values())
        assert index.verify() == []
    deep = tmp_path / "deep"
    try:
        make_deep(deep, 1_200)
        with Index.open(tmp_path / "library") as index:
            report = index.sync([deep])
        assert report.added == ()
        assert "folders deep" in report.rejected[0][1]
    finally:
        subprocess.run(["rm", "-rf", deep], check=True)
    figure(11, f"{len(traps)} traps: 0 followed, {len(traps) - len(untold)} reported")


def test_no_entity_reads_a_file_or_asks_a_server(tmp_path: Path, figure: Any) -> None:
    reader = Reader()
    tried = 0
    with WebServer() as server:
        document = external("d", server.port)
        inside = external("document", server.port).replace("&a;", paragraph("&a;"))
        for name, content in {
            "a.docx": word_file(document=document), "b.docx": word_file(document=inside),
            "c.docx": word_file(paragraph(), types=external("Types", server.port)),
            "d.docx": word_file(paragraph(), relations=external("Relationships", server.port)),
            "e.html": external("html", server.port).encode(),
            "f.html": document.replace("&a;", "<p>A mill was sold. &a;</p>").encode(),
        }.items():  # fmt: skip
            path = tmp_path / name
            path.write_bytes(content)
            try:
                kept = "".join(article.text for article in reader.read(path))
            except UnreadableArticle as refused:
                kept = str(refused)
            assert "root:" not in kept
            tried += 1
        assert server.asked == []
    reader.close()
    figure(11, f"{tried} files with external entities: 0 files read, 0 connections")


@pytest.mark.parametrize("way", ["pipe", "folder", "link", "huge", "patterns"])
def test_an_ignore_file_that_cannot_be_read_keeps_its_folder_out(tmp_path: Path, way: str) -> None:
    folder = tmp_path / "articles"
    (folder / "private").mkdir(parents=True)
    (folder / "mill.txt").write_text(ARTICLES["mill.txt"], encoding="utf-8")
    (folder / "private" / "ferry.txt").write_text(ARTICLES["ferry.txt"], encoding="utf-8")
    path = folder / "private" / ".footnoteignore"
    {
        "pipe": lambda: os.mkfifo(path),
        "folder": path.mkdir,
        "link": lambda: path.symlink_to("/dev/zero"),
        "huge": lambda: os.truncate(os.open(path, os.O_CREAT | os.O_RDWR), 1 << 40),
        "patterns": lambda: path.write_text("*a*a*a*a*a*a*b\n" * 5_000),
    }[way]()
    with Index.open(tmp_path / "library") as index:
        report = index.sync([folder])
        names = {Path(name).name for name in report.added}
        assert names == ({"mill.txt", "ferry.txt"} if way == "folder" else {"mill.txt"})
        assert (way == "folder") != any(".footnoteignore" in why for _, why in report.rejected)

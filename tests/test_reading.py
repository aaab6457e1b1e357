"""Files are read in a process of its own: bounded, replaced where it dies, and no dearer for it."""

import json
import os
import shlex
import signal
import sys
from pathlib import Path

import pytest

from index import read_worker, reading, worker_process
from index.errors import BrokenReader, UnreadableArticle
from index.read import SUFFIXES, read_file
from index.reading import Reader, _article, _Died

SEEDS = sorted(
    path
    for path in (Path(__file__).parent.parent / "seeds").iterdir()
    if path.suffix in SUFFIXES and path.name not in {"cases.jsonl", "planted.jsonl"}
)


@pytest.fixture
def reader():
    reader = Reader()
    yield reader
    reader.close()


@pytest.fixture
def starts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Have readers be started by a script, and return how often it ran; given, its own command."""
    log = tmp_path / "starts"
    log.touch()

    def by(command: str = f'exec {shlex.quote(sys.executable)} "$@"') -> Path:
        script = tmp_path / "starter"
        script.write_text(f"#!/bin/sh\necho >> {shlex.quote(str(log))}\n{command}\n")
        script.chmod(0o755)
        monkeypatch.setattr("sys.executable", str(script))
        return log

    return by


def process_of(reader: Reader) -> int:
    assert reader._process is not None
    return reader._process.pid


def test_one_process_reads_every_kind_as_this_one_would(reader: Reader) -> None:
    assert {path.suffix for path in SEEDS} >= {".txt", ".md", ".html", ".pdf", ".docx", ".jsonl"}
    seen = set()
    for path in SEEDS:
        assert reader.read(path) == read_file(path)
        seen.add(process_of(reader))
    assert len(seen) == 1
    assert reader.read(SEEDS[-1], "story-7") == read_file(SEEDS[-1], key="story-7")


def test_a_refusal_is_told_and_costs_no_process(reader: Reader, tmp_path: Path) -> None:
    reader.read(SEEDS[-1])
    before = process_of(reader)
    (tmp_path / "a.txt").write_bytes(b"\0\1\2" * 500)
    for path in (tmp_path / "a.txt", tmp_path / "missing.txt"):
        with pytest.raises(UnreadableArticle) as here:
            read_file(path)
        with pytest.raises(UnreadableArticle) as there:
            reader.read(path)
        assert str(there.value) == str(here.value)
    assert process_of(reader) == before


def test_a_bad_line_leaves_nothing_of_its_file(reader: Reader, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({"text": "A mill was sold."}) + "\n{broken\n", encoding="utf-8")
    with pytest.raises(UnreadableArticle, match="line 2"):
        reader.read(path)
    assert reader.read(SEEDS[-1]) == read_file(SEEDS[-1])


def test_a_process_that_is_killed_between_two_files_is_replaced(reader: Reader) -> None:
    reader.read(SEEDS[-1])
    before = process_of(reader)
    os.kill(before, signal.SIGKILL)
    assert reader.read(SEEDS[-1]) == read_file(SEEDS[-1])
    assert process_of(reader) != before


def test_the_process_knows_no_key_and_may_write_no_file(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FOOTNOTE_LLM_API_KEY", "sk-very-secret")
    reader.read(SEEDS[-1])
    process = Path("/proc", str(process_of(reader)))
    if not process.is_dir():
        pytest.skip("this machine lacks /proc")
    assert b"sk-very-secret" not in (process / "environ").read_bytes()
    limits = (process / "limits").read_text().splitlines()
    (written,) = [line.split() for line in limits if line.startswith("Max file size")]
    assert written[3:5] == ["0", "0"]


def test_a_process_that_cannot_start_says_what_to_do(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    for executable in ("/nowhere/python", "/bin/false"):
        monkeypatch.setattr("sys.executable", executable)
        with pytest.raises(BrokenReader, match="did not start"):
            reader.read(SEEDS[-1])


def test_what_a_reply_claims_to_be_is_not_believed(reader: Reader) -> None:
    (article,) = reader.read(SEEDS[-1])
    forged = {**article.to_dict(), "id": "0" * 16, "path": "/etc/passwd"}
    assert _article(forged, SEEDS[-1]) == article
    for lost in ("text", "cut", "key"):
        broken = {name: value for name, value in forged.items() if name != lost}
        with pytest.raises(_Died, match="without sense"):
            _article(broken, SEEDS[-1])


def test_an_article_that_is_too_large_once_read_says_so_and_is_read_once(
    reader: Reader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, starts
) -> None:
    log = starts()
    monkeypatch.setattr(reading, "LARGEST_REPLY", 10_000)
    path = tmp_path / "a.txt"
    path.write_text("A mill was sold in Varnholm on Monday.\n\n" * 8_000, encoding="utf-8")
    with pytest.raises(UnreadableArticle, match="is too large"):
        reader.read(path)
    assert log.read_text() == "\n"
    assert reader.read(SEEDS[0]) == read_file(SEEDS[0])


@pytest.mark.parametrize("said", ["no JSON", "[[1, 2, 3]]", "7"])
def test_a_file_that_has_its_reader_talk_no_sense_is_refused_after_one_reading(
    reader: Reader, monkeypatch: pytest.MonkeyPatch, starts, said: str
) -> None:
    log = starts(f"echo '{{}}'; read -r asked; echo {shlex.quote(said)}; exec sleep 60")
    monkeypatch.setattr(worker_process, "SECONDS_TO_END", 0.2)
    with pytest.raises(UnreadableArticle, match="kept the process that read it from answering"):
        reader.read(SEEDS[0])
    assert log.read_text() == "\n"
    assert reader._process is None


def test_a_file_whose_reader_somebody_else_kills_is_read_again(reader: Reader, starts) -> None:
    log = starts("echo '{}'; read -r asked; kill -9 $$")
    with pytest.raises(UnreadableArticle, match="SIGKILL"):
        reader.read(SEEDS[0])
    assert log.read_text() == "\n\n"


@pytest.mark.parametrize(
    ("status", "worn"),
    [
        ("Name:\tpython\nVmHWM:\t  150000 kB\n", False),
        ("Name:\tpython\nVmHWM:\t  600000 kB\n", True),
        ("Name:\tpyth\u00f6n\nState:\tR (running)\n", False),
        ("", False),
        (None, False),
    ],
)
def test_a_system_that_does_not_tell_of_memory_has_files_read_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, status: str | None, worn: bool
) -> None:
    path = tmp_path / "status"
    if status is not None:
        path.write_text(status, encoding="utf-8")
    monkeypatch.setattr(read_worker, "STATUS", path)
    assert read_worker.is_worn() == worn

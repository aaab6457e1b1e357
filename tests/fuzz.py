"""Fuzz the readers and the citation parser with atheris: `make fuzz`, half an hour by default.

A reader may refuse a file in words of its own, or take more memory than it may. Whatever else it
raises, and whatever the parser does, ends the run, and the bytes that did it are kept beneath the
folder for temporary files. `python tests/fuzz.py SECONDS` shares the time between the two.
"""

import logging
import subprocess
import sys
import tempfile
import traceback
import zipfile
from pathlib import Path

import atheris
from hostile_pdf import pdf_page
from hostile_word import word_file

with atheris.instrument_imports(include=["index", "rag", "pypdf", "docx", "markdown_it"]):
    # the readers import these late, when nothing is instrumented any more
    import docx  # noqa: F401
    import markdown_it  # noqa: F401
    import pypdf  # noqa: F401

    from index.errors import UnreadableArticle
    from index.read import read_articles
    from rag.drafted import SentenceStream
    from rag.repair import read_repair

ROOT = Path(__file__).parent.parent
SEEDS = ROOT / "seeds"
KINDS = (".txt", ".md", ".html", ".pdf", ".docx", ".jsonl")
PACKED = {6: (".docx", lambda text: word_file(document=text)), 7: (".pdf", pdf_page)}
"""More kinds: what a file packs, which else would not unpack once a byte of it is another."""

STREAM = b"q BT /F1 11 Tf 1 0 0 1 60 700 Tm (A mill) Tj 0 -14 TD [(was) -300 (sold.)] TJ T* ET Q\n"
REPLIES = (
    "The repairs cost 3.4 million crowns [1]. Jonas Wede said so [1, 2].\n",
    "<think>Hm [9]</think>1: “It held,” said Ada Poe[1][2] (see [3]).\n- [4]\n[",
)
LONGEST = 60_000

logging.disable()  # parsers tell of what is malformed, which here is everything

place = Path(tempfile.mkdtemp())


def read(data: bytes) -> None:
    """Read bytes as the kind of file that the first of them names."""
    kind, content = (data[0] if data else 0) % (len(KINDS) + len(PACKED)), data[1:]
    if kind in PACKED:
        suffix, pack = PACKED[kind]
        content = pack(content)
    else:
        suffix = KINDS[kind]
    path = place / f"a{suffix}"
    path.write_bytes(content)
    try:
        for _ in read_articles(path):
            pass
    except MemoryError:
        pass
    except UnreadableArticle as refused:
        refuse_foreign(refused.__cause__)


def refuse_foreign(cause: BaseException | None) -> None:
    """Raise what refused a file if a library did, whose words would tell its owner nothing."""
    while isinstance(cause, ValueError | OSError):
        raised = traceback.extract_tb(cause.__traceback__)[-1].filename
        if not Path(raised).is_relative_to(ROOT / "index"):
            raise cause
        cause = cause.__cause__ if str(cause).startswith("line ") else None


def parse(data: bytes) -> None:
    """Hear bytes as what a language model says, in pieces; it must not matter where they end."""
    text = data.decode("utf-8", "replace")
    whole, pieces = SentenceStream(), SentenceStream()
    heard = [*whole.feed(text), *whole.finish()]
    cut = len(text) // 2
    assert [*pieces.feed(text[:cut]), *pieces.feed(text[cut:]), *pieces.finish()] == heard
    for sentence in heard:
        assert all(number >= 0 for number in sentence.numbers)
    read_repair(text)


def read_samples() -> list[bytes]:
    """Return sound files, each after the byte that names its kind."""
    files = [path for path in SEEDS.iterdir() if path.suffix in KINDS]
    (word,) = [path for path in files if path.suffix == ".docx"]
    with zipfile.ZipFile(word) as packed:
        document = packed.read("word/document.xml")
    whole = [bytes([KINDS.index(path.suffix)]) + path.read_bytes() for path in files]
    return [*whole, b"\x06" + document, b"\x07" + STREAM]


def fuzz(target: str, seconds: int) -> None:
    """Fuzz one target, from a corpus of sound samples."""
    corpus = place / "corpus"
    corpus.mkdir()
    samples = read_samples() if target == "read" else [reply.encode() for reply in REPLIES]
    for number, sample in enumerate(samples):
        (corpus / str(number)).write_bytes(sample)
    options = [sys.argv[0], f"-max_total_time={seconds}", f"-max_len={LONGEST}", "-timeout=20",
               "-rss_limit_mb=2048", "-seed=20261", "-print_final_stats=1",
               f"-artifact_prefix={place}/", str(corpus)]  # fmt: skip
    atheris.Setup(options, {"read": read, "parse": parse}[target])
    atheris.Fuzz()


if __name__ == "__main__":
    if len(sys.argv) == 3:
        fuzz(sys.argv[1], int(sys.argv[2]))
    seconds = int(sys.argv[1]) // 2
    ended = [
        subprocess.run([sys.executable, __file__, target, str(seconds)], check=False).returncode
        for target in ("parse", "read")
    ]
    sys.exit(max(map(abs, ended)))

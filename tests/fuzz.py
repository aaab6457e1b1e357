"""Fuzz the readers and the citation parser with atheris: `make fuzz`, half an hour by default.

What the readers' own process lets through, and whatever the parser raises, ends the run with the
bytes that did it. `python tests/fuzz.py SECONDS` shares the time between the two.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["index", "rag", "pypdf", "docx"]):
    from index.read_worker import replies_to
    from rag.drafted import SentenceStream
    from rag.repair import read_repair

SEEDS = Path(__file__).parent.parent / "seeds"
KINDS = (".txt", ".md", ".html", ".pdf", ".docx", ".jsonl")
REPLIES = (
    "The repairs cost 3.4 million crowns [1]. Jonas Wede said so [1, 2].\n",
    "<think>Hm [9]</think>1: “It held,” said Ada Poe[1][2] (see [3]).\n- [4]\n[",
)
LONGEST = 60_000

failures: set[str] = set()
place = Path(tempfile.mkdtemp())


def read(data: bytes) -> None:
    """Read bytes as the kind of file that the first of them names."""
    path = place / f"a{KINDS[data[0] % len(KINDS)] if data else '.txt'}"
    path.write_bytes(data[1:])
    for reply in replies_to(str(path), None):
        said = str(reply.get("refused", ""))
        if said.startswith("cannot be read (") and said not in failures:
            failures.add(said)
            print(f"{path.suffix}: {said}", flush=True)  # noqa: T201


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


def fuzz(target: str, seconds: int) -> None:
    """Fuzz one target, from a corpus of sound samples."""
    corpus = place / "corpus"
    corpus.mkdir()
    samples = (
        [bytes([KINDS.index(path.suffix)]) + path.read_bytes()
         for path in SEEDS.iterdir() if path.suffix in KINDS]
        if target == "read" else [reply.encode() for reply in REPLIES]
    )  # fmt: skip
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

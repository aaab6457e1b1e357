"""Files that were made to harm whoever reads them: bombs, wrong extensions, wreckage.

Everything follows from a seed. Bombs are tried once each; wrecks are drawn as often as needed.
"""

import gzip
from collections.abc import Iterator
from itertools import chain, islice
from pathlib import Path
from random import Random

from hostile_pages import html_bombs
from hostile_pdf import pdf_bombs
from hostile_texts import PROSE, Content, json_bombs, markdown_bombs, text_bombs
from hostile_word import word_bombs

SEEDS = Path(__file__).parent.parent / "seeds"


def wrong_kinds() -> Iterator[tuple[str, bytes]]:
    """Yield contents under the extension of another kind."""
    contents = {
        "pdf": (SEEDS / "maternity-ward-nights.pdf").read_bytes(),
        "docx": (SEEDS / "kestrel-fire-nine-hurt.docx").read_bytes(),
        "html": (SEEDS / "ferry-lapwing-repair-dearer.html").read_bytes(),
        "png": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(99),
        "elf": b"\x7fELF\2\1\1" + bytes(500),
        "sqlite": b"SQLite format 3\0" + bytes(500),
        "gz": gzip.compress(PROSE.encode() * 9),
        "empty": b"",
    }
    for kind, content in contents.items():
        for suffix in ("txt", "md", "html", "htm", "pdf", "docx", "jsonl"):
            if kind != suffix:
                yield f"{kind}.{suffix}", content


def bombs() -> Iterator[tuple[str, Content]]:
    """Yield names and contents of all that is tried once."""
    kinds = (text_bombs, markdown_bombs, html_bombs, json_bombs, pdf_bombs, word_bombs)
    yield from chain.from_iterable(kind() for kind in (*kinds, wrong_kinds))


def wrecks(seed: int) -> Iterator[tuple[str, bytes]]:
    """Yield sound files that were cut off, or hit by noise, without end."""
    random = Random(seed)
    whole = [
        path for path in sorted(SEEDS.iterdir())
        if path.suffix in {".txt", ".md", ".html", ".pdf", ".docx"} and path.name != "README.md"
    ] + [SEEDS / "battery-plant-three-papers.jsonl"]  # fmt: skip
    number = 0
    while True:
        path = random.choice(whole)
        content = bytearray(path.read_bytes())
        match random.randrange(4):
            case 0:
                del content[random.randrange(len(content)) :]
            case 1:
                for _ in range(random.randint(1, 40)):
                    content[random.randrange(len(content))] = random.randrange(256)
            case 2:
                start = random.randrange(len(content))
                content[start : start + random.randrange(500)] = random.randbytes(
                    random.randrange(500)
                )
            case 3:
                start, end = sorted(random.choices(range(len(content)), k=2))
                content[start:start] = content[start:end] * random.randint(1, 3)
        number += 1
        yield f"{number}{path.suffix}", bytes(content)


LIGHT = frozenset(
    """
    nul.txt utf16-surrogates.txt utf32-wild.txt overlong.txt surrogates.txt high.txt escape.txt
    marks.txt overrides.txt too-large.txt line-10mb.txt quotes.md lists.md front-bomb.md
    deep-div.html captions.html ld-deep.html laughs.html external.html gzip-bomb.html nul.html
    deep.jsonl integer.jsonl infinite.jsonl surrogates.jsonl types.jsonl flate-1.pdf kids-loop.pdf
    itself.pdf previous-loop.pdf length.pdf table-huge.pdf laughs.docx laughs-inside.docx
    external-inside.docx deep.docx target.docx header-8.docx names.docx
    """.split()
)
"""Bombs that take little time to defuse: a sample of every kind."""


def hostile_files(count: int | None, seed: int) -> Iterator[tuple[str, bytes]]:
    """Yield names, each once, and contents: all bombs, and wrecks up to so many files.

    Without a count only the light bombs are among them, with twenty wrecks.
    """
    made = 0
    for name, content in bombs():
        if count is not None or name in LIGHT:
            made += 1
            yield f"{made:03}-{name}", content if isinstance(content, bytes) else content()
    more = 20 if count is None else count - made
    for name, content in islice(wrecks(seed), more):
        made += 1
        yield f"{made:03}-wreck-{name}", content

"""Read files into articles: text, Markdown, HTML, PDF, Word and JSON Lines.

Nothing is taken from the file's own date, and nothing from today's: what an article does not say
about itself stays unknown.
"""

import codecs
import hashlib
import json
import os
from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from index.byline import Byline
from index.clean import clean, normalise
from index.dates import parse_date
from index.errors import UnreadableArticle
from index.formats import Draft, read_docx, read_markdown
from index.pdf import read_pdf
from index.regular import open_regular
from index.types import Article
from index.webpage import read_html

MAX_BYTES = 20_000_000
"""The largest article: a file, or a line of a .jsonl file."""

MAX_LINES_BYTES = 100_000_000
MOST_ARTICLES = 50_000
"""Of one .jsonl file, which is committed whole and so held in memory: some 500 MB at most."""

MOST_CHARACTERS = 2_000_000
"""The longest article; a longer text is a book or a pile, and its footnotes would help nobody."""

SHORTEST_FOR_LANGUAGE = 80
"""Characters; the language of a shorter text is not guessed."""

LANGUAGE_SAMPLE = 5_000
"""Characters that are read to recognise a language."""

ENCODING_SAMPLE = 100_000
"""Bytes that are read to recognise an encoding."""

MOST_CONTROL = 0.01
"""Share of control characters above which a file is no text."""

MOST_DAMAGED = 0.2
"""Share of UTF-8's longer characters that may be damaged; above it, it is another encoding."""

_BINARY_READERS: dict[str, Callable[[bytes], Draft]] = {".pdf": read_pdf, ".docx": read_docx}
_TEXT_READERS: dict[str, Callable[[str], Draft]] = {
    ".txt": lambda text: Draft(text=text),
    ".md": read_markdown,
    ".html": read_html,
    ".htm": read_html,
}
SUFFIXES = frozenset({*_BINARY_READERS, *_TEXT_READERS, ".jsonl"})
"""The kinds of files that are read."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROL = bytes(range(9)) + bytes(range(14, 27)) + bytes(range(28, 32)) + b"\x7f"
_WESTERN = frozenset("‘’“”–—…•€£¥§°©®™·«»„‚‹›¿¡ªº½¼¾²³±×÷ \u00a0\u00ad")


def read_file(path: Path, *, key: str | None = None) -> list[Article]:
    """Return the articles in a file, read in this process: see `index/reading.py` for strangers'.

    `key` is the story's address where the file names none; without it, it is the path. Raises
    `UnreadableArticle` with the reason; a .jsonl file with a bad line is refused whole, so that no
    file is silently half read.
    """
    return [*read_articles(path, key=key)]


def read_articles(path: Path, *, key: str | None = None) -> Iterator[Article]:
    """Yield the articles in a file, several for .jsonl, else one; see `read_file`.

    An error can come after the first articles, which then do not count.
    """
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        kinds = ", ".join(sorted(SUFFIXES))
        raise UnreadableArticle(path, f"is of no kind that is read ({kinds})")
    try:
        if suffix == ".jsonl":
            yield from _read_lines(path, key)
            return
        data = _read_bytes(path)
        binary = _BINARY_READERS.get(suffix)
        draft = binary(data) if binary else _TEXT_READERS[suffix](decode(data))
        yield _article(draft, path, key or path.as_posix())
    except ValueError as error:
        raise UnreadableArticle(path, str(error)) from error
    except OSError as error:
        reason = f"cannot be opened ({error.strerror or error})"
        raise UnreadableArticle(path, reason, is_final=False) from error


def decode(data: bytes) -> str:
    """Return the text of bytes in UTF-8, in UTF-16 or -32 with a mark, or in an older encoding.

    Raises `ValueError` where they are no text.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace").lstrip("\ufeff")
    sample = data[:ENCODING_SAMPLE]
    control = len(sample) - len(sample.translate(None, _CONTROL))
    if b"\0" in sample or control > MOST_CONTROL * len(sample):
        raise ValueError("is no text but binary data: check what kind of file it is")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _decode_older(data, sample)


def _decode_older(data: bytes, sample: bytes) -> str:
    text = data.decode("utf-8", errors="replace")
    longer = sum(not character.isascii() for character in text)
    if text.count("\ufffd") <= MOST_DAMAGED * longer:
        return text
    western = sample.decode("cp1252", errors="replace")
    odd = [c for c in western if not (c.isascii() or c.isalpha() or c in _WESTERN)]
    letters = sum(c.isalpha() for c in western)
    foreign = sum(c.isalpha() and not c.isascii() for c in western)
    if not odd and foreign <= letters / 4:
        return data.decode("cp1252", errors="replace")
    from charset_normalizer import from_bytes

    best = from_bytes(sample).best()
    if best is None:
        raise ValueError("is in no encoding that is recognised: save it as UTF-8")
    return data.decode(best.encoding, errors="replace")


def _read_bytes(path: Path) -> bytes:
    with open_regular(path) as file:
        size = os.fstat(file.fileno()).st_size
        if size > MAX_BYTES:
            raise ValueError(_too_large(size))
        return file.read(MAX_BYTES)


def largest(path: str | Path) -> int:
    """Return the bytes of the largest file of its kind that is read."""
    return MAX_LINES_BYTES if Path(path).suffix.lower() == ".jsonl" else MAX_BYTES


def _too_large(size: int, most: int = MAX_BYTES) -> str:
    return f"is too large ({size:,} bytes; at most {most:,} are read): split it into its articles"


def without_articles(path: Path, article_ids: Collection[str]) -> bytes | None:
    """Return a .jsonl file with the lines of some articles left empty, so that others keep theirs.

    Returns None where no other article is left, or where a file is of another kind.
    """
    if path.suffix.lower() != ".jsonl":
        return None
    lines, left = [], False
    try:
        for line, article in _lines(path, None):
            out = article is not None and article.id in article_ids
            lines.append(b"\n" if out else line)
            left = left or (article is not None and not out)
    except ValueError as error:
        raise UnreadableArticle(path, str(error)) from error
    return b"".join(lines) if left else None


def _read_lines(path: Path, key: str | None) -> Iterator[Article]:
    found = 0
    for _, article in _lines(path, key):
        if article is not None:
            found += 1
            if found > MOST_ARTICLES:
                raise ValueError(f"holds more than {MOST_ARTICLES:,} articles: split it")
            yield article
    if not found:
        raise ValueError("holds no text")


def _lines(path: Path, key: str | None) -> Iterator[tuple[bytes, Article | None]]:
    """Yield each line with its article, None for an empty one; the first bad line is named."""
    with open_regular(path) as file:
        size = os.fstat(file.fileno()).st_size
        if size > MAX_LINES_BYTES:
            raise ValueError(_too_large(size, MAX_LINES_BYTES))
        number = 0
        while line := file.readline(MAX_BYTES + 2):
            number += 1
            if number == 1:
                line = line.removeprefix(codecs.BOM_UTF8)
            if not line.strip():
                yield line, None
                continue
            try:
                draft = _read_record(line)
                address = draft.key or f"{key or path.as_posix()}#{number}"
                yield line, _article(draft, path, address)
            except ValueError as error:
                raise ValueError(f"line {number}: {error}") from error


def _read_record(line: bytes) -> Draft:
    if len(line.rstrip(b"\r\n")) > MAX_BYTES:
        raise ValueError(_too_large(len(line)))
    try:
        record = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise ValueError("is not in UTF-8, as JSON Lines must be") from error
    except (json.JSONDecodeError, RecursionError) as error:
        raise ValueError(f"is no JSON ({error})") from error
    if not isinstance(record, dict):
        raise ValueError("is no JSON object with a text")

    def field(*names: str) -> str | None:
        """Return the first of the fields that is there; numbers serve as identifiers."""
        values = (record.get(name) for name in names)
        found = next(
            (value for value in values if isinstance(value, str | int) and value != ""), None
        )
        return None if found is None else str(found)

    text = field("text", "body", "content")
    if text is None:
        raise ValueError('holds no text: a "text", "body" or "content" is needed')
    return Draft(
        text=text,
        title=field("title", "headline"),
        author=field("author", "byline"),
        source=field("source", "outlet", "publisher"),
        url=field("url", "link"),
        published=parse_date(field("published", "date") or ""),
        updated=parse_date(field("updated") or ""),
        language=field("language", "lang"),
        key=field("key", "id"),
    )


def id_of(text: str) -> str:
    """Return the id of the article with a cleaned text."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _article(draft: Draft, path: Path, key: str) -> Article:
    """Clean a draft; what the file states about itself goes before what its text says."""
    draft = _one_line_facts(draft)
    cleaned = clean(draft.text, title=draft.title)
    if not cleaned.text:
        raise ValueError("holds no text")
    if len(cleaned.text) > MOST_CHARACTERS:
        raise ValueError(
            f"is too long ({len(cleaned.text):,} characters; at most {MOST_CHARACTERS:,} make an "
            "article): split it into its articles"
        )
    said = Byline(
        author=draft.author,
        source=draft.source,
        published=draft.published,
        updated=draft.updated,
    ).merged(
        Byline(
            author=cleaned.author,
            source=cleaned.source,
            published=cleaned.published,
            updated=cleaned.updated,
        )
    )
    return Article(
        id=id_of(cleaned.text),
        key=draft.url or key,
        title=cleaned.title,
        source=said.source,
        author=said.author,
        url=draft.url,
        published=said.published,
        updated=said.updated,
        path=path.as_posix(),
        language=draft.language or _language(cleaned.text),
        text=cleaned.text,
        cut=draft.cut + cleaned.cut,
        pages=tuple(cleaned.offset(start) for start in draft.pages),
    )


def _one_line_facts(draft: Draft) -> Draft:
    """Return a draft whose facts hold no line breaks, control characters or broken letters.

    They are shown on terminals, where a control character could clear the screen.
    """
    names = ("title", "author", "source", "url", "language", "key")
    facts: dict[str, Any] = {name: _one_line(getattr(draft, name)) for name in names}
    return replace(draft, **facts)


def _one_line(fact: str | None) -> str | None:
    if fact is None:
        return None
    text = fact.encode("utf-8", "replace").decode("utf-8")
    return " ".join(normalise(text).split()) or None


def _language(text: str) -> str | None:
    """Return the ISO 639-1 code of a text's language, or None where it is too short to tell."""
    return language_of(text) if len(text) >= SHORTEST_FOR_LANGUAGE else None


def language_of(text: str) -> str:
    """Return the ISO 639-1 code of the language that a text is most like."""
    import py3langid  # here, since it takes a while to import

    return str(py3langid.classify(text[:LANGUAGE_SAMPLE])[0])

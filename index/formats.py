"""Take text and metadata out of Markdown and Word files, into the form all formats share."""

import io
import json
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.dates import parse_date
from index.types import Cut

if TYPE_CHECKING:
    from lxml.etree import _Element as Element  # type: ignore[import-untyped]
    from markdown_it.token import Token

LARGEST_UNPACKED = 200_000_000
"""Bytes of a Word file once unzipped; a larger one is a trap, not an article."""

_FRONT_MATTER = re.compile(r"---[ \t]*\n(.*?\n)(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_FACT = re.compile(r"(\w+)[ \t]*:[ \t]*(\S.*)")
_TAG = re.compile(r"<[^<>]*>")
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_BREAKS = {
    f"{_WORD}tab": "\t",
    f"{_WORD}br": "\n",
    f"{_WORD}cr": "\n",
    f"{_WORD}noBreakHyphen": "-",
}


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A file's text before cleaning, and what the file itself says about it."""

    text: str
    title: str | None = None
    author: str | None = None
    source: str | None = None
    url: str | None = None
    published: str | None = None
    updated: str | None = None
    language: str | None = None
    key: str | None = None
    """The story's own identifier, where its file holds several."""
    pages: tuple[int, ...] = ()
    """Offset in `text` at which each page starts."""
    cut: tuple[Cut, ...] = ()


def read_markdown(text: str) -> Draft:
    """Read Markdown: front matter, and the text without its marks."""
    from markdown_it import MarkdownIt

    facts, body = _front_matter(text.replace("\r\n", "\n"))
    tokens = MarkdownIt("commonmark").enable("table").parse(body)
    headings = (
        tokens[i + 1] for i, t in enumerate(tokens) if t.type == "heading_open" and t.tag == "h1"
    )
    heading = next(headings, None)
    return Draft(
        text="\n\n".join(_markdown_blocks(tokens)),
        title=facts.get("title") or (_markdown_line(heading) if heading else None),
        author=facts.get("author") or facts.get("authors"),
        source=facts.get("source") or facts.get("outlet") or facts.get("publisher"),
        url=facts.get("url") or facts.get("link"),
        published=parse_date(facts.get("published") or facts.get("date") or ""),
        updated=parse_date(facts.get("updated") or facts.get("modified") or ""),
        language=facts.get("language") or facts.get("lang"),
    )


def _front_matter(text: str) -> tuple[dict[str, str], str]:
    """Split off "name: value" lines between two rules at the top; lists and blocks are not read."""
    match = _FRONT_MATTER.match(text.lstrip("\ufeff"))
    if match is None:
        return {}, text
    facts = {}
    for line in match[1].splitlines():
        if fact := _FACT.fullmatch(line.rstrip()):
            facts[fact[1].lower()] = _front_value(fact[2])
    return facts, text.lstrip("\ufeff")[match.end() :]


def _front_value(written: str) -> str:
    """Return a value of front matter without its quotes; what they enclose may be escaped."""
    if written.startswith('"'):
        try:
            return str(json.loads(written))
        except (ValueError, RecursionError):
            pass  # quoted in another way, or not at all: what is there is taken as it stands
    return written.strip("[]").strip().strip("\"'")


def _markdown_blocks(tokens: Sequence["Token"]) -> Iterator[str]:
    """Yield headings, paragraphs, list items and table rows as plain lines."""
    mark = ""
    cells: list[str] | None = None
    for token in tokens:
        if token.type == "list_item_open":
            mark = f"{token.info}. " if token.info else "- "
        elif token.type == "tr_open":
            cells = []
        elif token.type == "tr_close" and cells is not None:
            yield "\t".join(cells)
            cells = None
        elif token.type in {"code_block", "fence"}:
            yield token.content.strip("\n")
        elif token.type == "html_block":
            if plain := _TAG.sub("", token.content).strip():
                yield plain
        elif token.type == "inline" and cells is not None:
            cells.append(_markdown_line(token))
        elif token.type == "inline" and (plain := _markdown_line(token)):
            yield mark + plain
            mark = ""


def _markdown_line(token: "Token") -> str:
    """Return a line's text: link texts stay, images go, wrapped lines are joined."""
    parts = []
    for child in token.children or []:
        if child.type in {"text", "code_inline"}:
            parts.append(child.content)
        elif child.type in {"softbreak", "hardbreak"}:
            parts.append(" " if child.type == "softbreak" else "\n")
    return "".join(parts).strip()


def read_docx(data: bytes) -> Draft:
    """Read a Word file: its paragraphs, and its tables with a tab between cells.

    The author in its properties is not taken: it is often whoever set up the machine.
    """
    body, styles = _unpack_word(data)
    return Draft(text="\n\n".join(_word_blocks(body)), title=_word_title(body, styles))


def _unpack_word(data: bytes) -> tuple["Element", "Element"]:
    """Return the body of a Word file, and its styles."""
    from docx import Document

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            size = sum(part.file_size for part in archive.infolist())
        if size <= LARGEST_UNPACKED:
            document = Document(io.BytesIO(data))
            body = next(document.element.iterchildren(f"{_WORD}body"))
            return body, document.styles.element
    except MemoryError:
        raise
    # zipfile and python-docx take what a file holds for granted, and raise whatever comes of it
    except Exception as error:
        raise ValueError(
            "is no Word file that can be read (damaged, protected by a password, or an old .doc): "
            "open it in a word processor and save it as .docx or .txt"
        ) from error
    raise ValueError("unpacks to more than 200 MB: save its text as .txt instead")


def _word_title(body: "Element", styles: "Element") -> str | None:
    """Return the first paragraph in the style of titles, which is looked up once, not for each."""
    titles = {
        style.get(f"{_WORD}styleId")
        for style in styles.iterchildren(f"{_WORD}style")
        for name in style.iterchildren(f"{_WORD}name")
        if (name.get(f"{_WORD}val") or "").lower() == "title"
    }
    for paragraph in body.iterchildren(f"{_WORD}p"):
        for style in paragraph.iterfind(f"{_WORD}pPr/{_WORD}pStyle"):
            if style.get(f"{_WORD}val") in titles:
                return _word_text(paragraph) or None
    return None


def _word_blocks(element: "Element") -> Iterator[str]:
    """Yield paragraphs and table rows in order, those in content controls and revisions too."""
    for child in element:
        if child.tag == f"{_WORD}p":
            if text := _word_text(child):
                yield text
        elif child.tag == f"{_WORD}tbl":
            for row in child.iter(f"{_WORD}tr"):
                cells = [
                    " ".join(_word_text(part) for part in cell.iter(f"{_WORD}p")).strip()
                    for cell in row.iterchildren(f"{_WORD}tc")
                ]
                if any(cells):
                    yield "\t".join(cells)
        elif child.tag != f"{_WORD}del":
            yield from _word_blocks(child)


def _word_text(paragraph: "Element") -> str:
    """Return a paragraph's text; deleted text has another tag, so it is left out."""
    parts = []
    for part in paragraph.iter():
        if part.tag == f"{_WORD}t" and next(part.iterancestors(_FALLBACK), None) is None:
            parts.append(part.text or "")
        elif part.tag in _BREAKS and part.getparent().tag == f"{_WORD}r":
            parts.append(_BREAKS[part.tag])
    return "".join(parts).strip()

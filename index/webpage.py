"""Take the article and its metadata out of an HTML page.

trafilatura finds the article. Its dates are not taken, since it also guesses them from addresses
and from the text; only what the page states in meta tags, JSON-LD or <time> counts.
"""

import json
import re
from collections import deque
from collections.abc import Iterator
from typing import TYPE_CHECKING

from index.dates import parse_date
from index.formats import Draft

if TYPE_CHECKING:
    from lxml.html import HtmlElement  # type: ignore[import-untyped]

MOST_DEPTH = 200
"""Nested elements that are followed; deeper ones are malformed."""

PUBLISHED = frozenset(
    "published_time datepublished pubdate publishdate publication_date dc.date dc.date.issued date "
    "parsely-pub-date sailthru.date".split()
)
UPDATED = frozenset(
    "modified_time datemodified updated_time lastmod last-modified dc.date.modified".split()
)
"""Names of meta tags, without the prefix of their vocabulary."""

SAVED_FROM = "<!-- saved from url=({length:04d}){url} -->"
"""How browsers note in a saved page where it came from: the "Mark of the Web"."""

MOST_BEFORE_MARK = 4_000
"""Characters in which that note must begin."""

_SAVED_FROM = re.compile(
    r"<!--\s{0,3}saved from url=\(\d{1,5}\)(https?://[^\s<>]{1,2000}?)\s{0,3}-->", re.IGNORECASE
)
_DOCTYPE = re.compile(r"\ufeff?\s{0,99}(<!doctype\s{1,9}html[^<>]{0,500}>)", re.IGNORECASE)
_PARAGRAPHS = frozenset({"p", "item", "list", "head", "quote"})
_SPACES = re.compile(r"[ \t\r\n]+")


def read_html(data: str) -> Draft:
    """Read a web page: the article as trafilatura finds it, with captions, and its metadata."""
    from lxml.etree import LxmlError  # type: ignore[import-untyped]
    from trafilatura import bare_extraction, html2txt, load_html
    from trafilatura.metadata import extract_metadata

    try:
        # trafilatura refuses input above its own limit; read_file has checked ours
        tree = load_html(data, len(data) * 4 + 1)
    except (LxmlError, ValueError) as error:
        raise ValueError(f"is no HTML that can be read ({error})") from error
    if tree is None:
        raise ValueError("is no HTML: save the page from the browser, or paste its text")
    facts = extract_metadata(tree)
    published, updated = _html_dates(tree)
    _keep_captions(tree)
    found = bare_extraction(tree, favor_recall=True, include_comments=False, include_tables=True)
    blocks = list(_html_blocks(found.body)) if found is not None else []
    return Draft(
        text="\n\n".join(blocks) or html2txt(tree),
        title=facts.title,
        author=facts.author and facts.author.replace("; ", ", "),
        source=facts.sitename,
        url=facts.url or _saved_from(data),
        published=published,
        updated=updated,
    )


def mark_saved(page: str, url: str) -> str:
    """Return a web page with the note of where it was saved from, before any other.

    It follows a doctype, as browsers have it; without one in front, what trafilatura sees first
    would not look like HTML to it.
    """
    safe = url.replace("--", "-%2D")  # two hyphens could end the comment that it is
    doctype = _DOCTYPE.match(page)
    first, rest = (doctype[1], page[doctype.end() :]) if doctype else ("<!DOCTYPE html>", page)
    return f"{first}\n{SAVED_FROM.format(length=len(safe), url=safe)}\n{rest}"


def _saved_from(page: str) -> str | None:
    """Return where a page was saved from, if it says so; only an address on the web counts."""
    found = _SAVED_FROM.search(page[:MOST_BEFORE_MARK])
    return found[1].replace("-%2D", "--") if found else None


def _keep_captions(tree: "HtmlElement") -> None:
    """Turn figures and their captions into plain blocks, since trafilatura drops captions."""
    for caption in list(tree.iter("figcaption")):
        text, tail = " ".join(" ".join(caption.itertext()).split()), caption.tail
        caption.clear()
        caption.tag, caption.text, caption.tail = "p", text, tail
    for figure in list(tree.iter("figure")):
        figure.tag = "div"


def _html_blocks(element: "HtmlElement", depth: int = 0) -> Iterator[str]:
    """Yield the paragraphs, list items and table rows of trafilatura's result."""
    for child in element:
        if child.tag == "table":
            for row in child.iter("row"):
                if cells := "\t".join(_inline(cell) for cell in row.iter("cell")).strip():
                    yield cells
        elif depth < MOST_DEPTH and any(part.tag in _PARAGRAPHS for part in child):
            yield from _html_blocks(child, depth + 1)
        elif text := _inline(child):
            yield f"- {text}" if child.tag == "item" else text


def _inline(element: "HtmlElement") -> str:
    """Return an element's text on one line, or on several where the page breaks lines."""
    parts = []
    for part in element.iter():
        if part.tag == "lb":
            parts.append("\n")
        elif part.text:
            parts.append(_SPACES.sub(" ", part.text))
        if part.tail and part is not element:
            parts.append(_SPACES.sub(" ", part.tail))
    lines = "".join(parts).split("\n")
    return "\n".join(line.strip() for line in lines).strip()


def _html_dates(tree: "HtmlElement") -> tuple[str | None, str | None]:
    """Return (published, updated) as the page itself states them: meta, JSON-LD, <time>."""
    published, updated = _meta_date(tree, PUBLISHED), _meta_date(tree, UPDATED)
    data_published, data_updated = _json_dates(tree)
    published = published or data_published or _time_date(tree, "publ", default=True)
    updated = updated or data_updated or _time_date(tree, "modif", default=False)
    return published, updated if updated != published else None


def _meta_date(tree: "HtmlElement", names: frozenset[str]) -> str | None:
    for meta in tree.iter("meta"):
        for attribute in ("property", "name", "itemprop"):
            name = (meta.get(attribute) or "").lower()
            if name.removeprefix("article:").removeprefix("og:") in names:
                found = parse_date(meta.get("content") or "")
                if found:
                    return found
    return None


def _json_dates(tree: "HtmlElement") -> tuple[str | None, str | None]:
    """Return the dates of the first article that JSON-LD describes."""
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or ""):
            continue
        try:
            queue = deque([json.loads(script.text_content())])
        except (ValueError, RecursionError):
            continue  # a broken description tells nothing; the page can still be read
        while queue:
            item = queue.popleft()
            if isinstance(item, list):
                queue.extend(item)
            elif isinstance(item, dict):
                if isinstance(item.get("datePublished"), str):
                    modified = item.get("dateModified")
                    updated = parse_date(modified) if isinstance(modified, str) else None
                    return parse_date(item["datePublished"]), updated
                queue.extend(item.values())
    return None, None


def _time_date(tree: "HtmlElement", mark: str, *, default: bool) -> str | None:
    """Return the date of a <time> marked by its attributes, or by default of the first one."""
    times = tree.xpath("(//article|//main)//time[@datetime][not(ancestor::aside)]")
    marked = [
        time
        for time in times
        if mark in f"{time.get('itemprop', '')} {time.get('class', '')}".lower()
    ]
    for time in marked or (times if default else []):
        return parse_date(time.get("datetime"))
    return None

"""Turn a page that was fetched into a file that remembers its address."""

import codecs
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from index.errors import FetchFailure
from index.filenames import safe_name
from index.pasted import to_markdown
from index.read import SUFFIXES, decode
from index.types import FetchedPage
from index.webpage import mark_saved

PDF = "application/pdf"
TEXT = "text/plain"


def to_file(page: FetchedPage) -> tuple[str, bytes]:
    """Return the name and the content of the file in which a page is kept.

    HTML gets the note that browsers write into saved pages, plain text becomes Markdown with the
    address above it; a PDF has no place for one.

    Raises:
        FetchFailure: what should be text is none.
    """
    if page.media_type == PDF:
        return _name(page.url, ".pdf"), page.body
    text = _decoded(page)
    if page.media_type == TEXT:
        return _name(page.url, ".md"), to_markdown(text, url=page.url).encode()
    # the mark at the beginning tells browsers as well that the encoding is no longer the page's own
    return _name(page.url, ".html"), mark_saved(text, page.url).encode("utf-8-sig")


def _decoded(page: FetchedPage) -> str:
    """Return a page's text, in the encoding that its server states, else in the one it is in."""
    try:
        stated = codecs.lookup(page.charset).name if page.charset else None
        text = page.body.decode(stated, "replace") if stated else decode(page.body)
    except LookupError:  # no such encoding, or none of text
        text = decode(page.body)
    except ValueError as error:
        raise FetchFailure(f"{page.url} {error}") from error
    return text.lstrip("\ufeff")


def _name(url: str, suffix: str) -> str:
    """Return a name made of the host and the last part of the path."""
    parts = urlsplit(url)
    last = PurePosixPath(unquote(parts.path)).name
    stem = PurePosixPath(last).stem if PurePosixPath(last).suffix.lower() in SUFFIXES else last
    return safe_name(f"{parts.hostname} {stem}".strip() + suffix)

"""The file that an article was read from, as it was read, and never as a page of ours.

No part of a request names a path: the catalogue does. And what is sent are bytes whose hash is
that of the file when it was read, so nothing else can be had by putting another file, or a link,
in its place.
"""

import hashlib
import os
import stat
import unicodedata
from pathlib import Path
from urllib.parse import quote

from fastapi import APIRouter, Query
from starlette.responses import Response

from index import Index
from index.read import decode
from ui import strings
from ui.errors import NoOriginal
from ui.problems import PROBLEMS
from ui.shelf import Shelf

LARGEST = 50_000_000
"""Bytes of a file that is shown; only files with many articles are ever larger."""

PDF, WORD, TEXT = (
    "application/pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "text/plain; charset=utf-8",
)
KINDS = {
    ".pdf": PDF,
    ".docx": WORD,
    # Never as HTML: a page of strangers would run in our name.
    ".txt": TEXT,
    ".md": TEXT,
    ".jsonl": TEXT,
    ".html": TEXT,
    ".htm": TEXT,
}

POLICY = "default-src 'none'; sandbox; frame-ancestors 'none'"
"""No script, and an origin of its own; Chromium shows a PDF under it all the same."""

UNSHOWN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""Kinds of characters that steer instead of being shown, such as those that turn text round."""


def build_originals(shelf: Shelf) -> APIRouter:
    """Return the route of the original files."""
    router = APIRouter(tags=["original files"])

    @router.get(
        "/originals/{library}/{article_id}",
        responses=PROBLEMS,
        response_class=Response,
    )
    def show_original(
        library: str,
        article_id: str,
        file: int = Query(default=0, ge=0, description="which of its files, counted from 0"),
    ) -> Response:
        """Return the very file that an article was read from; of a PDF, `#page=3` shows a page."""
        return read_original(shelf.open(library), article_id, file)

    return router


def original_url(library: str, article_id: str, page: int | None = None, file: int = 0) -> str:
    """Return the address of an article's file, at a page of it if it has pages."""
    which = f"?file={file}" if file else ""
    place = f"#page={page}" if page else ""
    return f"/originals/{quote(library, safe='')}/{quote(article_id, safe='')}{which}{place}"


def original_files(index: Index, article_id: str) -> list[str]:
    """Return the paths of an article's files, the one that it was read from first.

    Raises:
        UnknownArticle: there is no article of this id.
    """
    own = index.article(article_id).path
    return sorted(index.files(article_id), key=lambda path: path != own)


def read_original(index: Index, article_id: str, number: int = 0) -> Response:
    """Return one of an article's files, as it may be shown.

    Raises:
        UnknownArticle: there is no article of this id.
        NoOriginal: there is no such file, it is gone, or it is not what was read.
    """
    paths = original_files(index, article_id)
    if number >= len(paths):
        raise NoOriginal(strings.ORIGINAL_GONE)
    path = Path(paths[number])
    kind, digest = KINDS.get(path.suffix.lower()), index.digest(paths[number])
    if kind is None or not path.is_absolute():
        raise NoOriginal(strings.NO_ORIGINAL)
    if digest is None:  # a program may claim any path, so what was not read there is not opened
        raise NoOriginal(strings.ORIGINAL_NOT_READ)
    data = _read(path)
    if hashlib.sha256(data).hexdigest() != digest:
        raise NoOriginal(strings.ORIGINAL_CHANGED)
    if kind == TEXT:
        data = decode(data).encode("utf-8", "replace")
    placed = "attachment" if kind == WORD else "inline"
    headers = {
        "Content-Security-Policy": POLICY,
        "Content-Disposition": f"{placed}; {_file_name(path)}",
    }
    return Response(data, media_type=kind, headers=headers)


def _read(path: Path) -> bytes:
    """Return what is in a regular file of reasonable size; a pipe would keep us waiting for ever.

    Raises:
        NoOriginal: it is not there, is no such file, or is too large.
    """
    try:
        if not path.is_file():
            raise NoOriginal(strings.ORIGINAL_GONE)
        # Between that look and this one, it may have become something that never opens.
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except (OSError, ValueError) as error:
        raise NoOriginal(strings.ORIGINAL_GONE) from error
    with os.fdopen(descriptor, "rb") as file:
        status = os.fstat(file.fileno())
        if not stat.S_ISREG(status.st_mode):
            raise NoOriginal(strings.ORIGINAL_GONE)
        data = file.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise NoOriginal(
            strings.ORIGINAL_TOO_LARGE.format(
                size=f"{status.st_size / 1e6:,.0f}", most=f"{LARGEST / 1e6:,.0f}"
            )
        )
    return data


def _file_name(path: Path) -> str:
    """Return the two forms in which a header gives a file's name (RFC 6266)."""
    name = os.fsencode(path.name).decode("utf-8", "replace")
    name = "".join(c for c in name if unicodedata.category(c) not in UNSHOWN)
    plain = "".join(c if c.isascii() and (c.isalnum() or c in "._-") else "_" for c in name)
    return f"filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"

"""Take an article out of a PDF: lines joined to paragraphs, and the place where pages start."""

import io
import re
from collections import Counter

from index.clean import normalise
from index.formats import Draft
from index.types import Cut

FEWEST_PAGES = 3
"""A line at the edge of fewer pages than this is not yet a running header."""

ROOM = 0.75
ROOM_AFTER_STOP = 0.9
"""Shares of the usual line length: with the next word, a line below it was ended on purpose."""

_PAGE_NUMBER = re.compile(
    r"[-–—|\s]*(?:page |seite |p\.\s?)?\d{1,4}(?: ?(?:of|von|/|sur) ?\d{1,4})?[-–—|\s]*",
    re.IGNORECASE,
)
_STOP = re.compile(r"[.!?:…][\"'”’»)\]]*\Z")
_LIST_MARK = re.compile(r"(?:[•▪●◦–-]|\d{1,2}[.)])\s")
_DIGITS = re.compile(r"\d+")


def read_pdf(data: bytes) -> Draft:
    """Read a PDF with a text layer.

    Its own metadata is not taken: the title is often a file's name, the date that of printing.
    """
    pages = [normalise(text.replace("\u00ad\n", "")).split("\n") for text in _page_texts(data)]
    if not any(line for page in pages for line in page):
        raise ValueError("has no text layer (a scan?): run it through OCR first, e.g. ocrmypdf")
    cut = _drop_running_lines(pages)
    text, starts = _join_pages(pages)
    return Draft(text=text, pages=starts, cut=cut)


def _page_texts(data: bytes) -> list[str]:
    from pypdf import PdfReader
    from pypdf.errors import FileNotDecryptedError

    try:
        reader = PdfReader(io.BytesIO(data))
        if not reader.is_encrypted or reader.decrypt(""):
            return [page.extract_text() for page in reader.pages]
    except FileNotDecryptedError:
        pass
    except MemoryError:
        raise
    except Exception as error:  # pypdf lets whatever a malformed object causes through
        raise ValueError(
            f"is no PDF that can be read ({type(error).__name__}: {error}): "
            "print it to a new PDF, or save its text as .txt"
        ) from error
    raise ValueError("is encrypted: save a copy without a password")


def _drop_running_lines(pages: list[list[str]]) -> tuple[Cut, ...]:
    """Take page numbers, and headers that most pages share, from the edges of all pages."""
    seen: Counter[str] = Counter()
    for page in pages:
        seen.update({_DIGITS.sub("#", page[edge]) for edge in (0, -1) if page[edge]})
    most = max(FEWEST_PAGES, len(pages) // 2 + 1)
    cut: dict[str, None] = {}
    for page in pages:
        for edge in (0, -1):
            while page and (not page[edge] or _is_running(page[edge], seen, most)):
                line = page.pop(edge)
                if line:
                    cut[line] = None
    return tuple(Cut(kind="furniture", text=line) for line in cut)


def _is_running(line: str, seen: Counter[str], most: int) -> bool:
    return seen[_DIGITS.sub("#", line)] >= most or _PAGE_NUMBER.fullmatch(line) is not None


def _join_pages(pages: list[list[str]]) -> tuple[str, tuple[int, ...]]:
    """Join all lines to paragraphs, across pages too; return the text and each page's start."""
    lengths = sorted(len(line) for page in pages for line in page if line)
    usual = lengths[len(lengths) * 9 // 10] if lengths else 0
    hyphenated = {
        word.lower()
        for page in pages
        for line in page
        for word in line.split()
        if "-" in word[1:-1]
    }
    text: list[str] = []
    starts: list[int] = []
    length = 0
    last = ""
    for page in pages:
        first = True
        for line in (*page, "") if not page else page:
            joint = _joint(last, line, usual, hyphenated) if text and line else ""
            if joint is None:
                text[-1] = text[-1][:-1]
                length -= 1
                joint = ""
            if first:
                starts.append(length + len(joint))
                first = False
            text.append(joint + line)
            length += len(joint) + len(line)
            last = line
    return "".join(text), tuple(starts)


def _joint(last: str, line: str, usual: int, hyphenated: set[str]) -> str | None:
    """Return what stands between two lines; None where the first one's hyphen goes."""
    if not last or _LIST_MARK.match(line):
        return "\n\n"
    if last.endswith("-") and last[-2:-1].isalpha() and line[0].islower():
        word = (last.split()[-1] + line.split()[0]).lower().strip(".,;:!?\"'”’)(“‘")
        return "" if word in hyphenated else None
    if line[0].islower():
        return " "
    share = ROOM_AFTER_STOP if _STOP.search(last) else ROOM
    needed = len(last) + 1 + len(line.split(maxsplit=1)[0])
    return "\n\n" if needed <= share * usual else " "

"""Turn text pasted from a web page into the article alone, keeping what was cut and why.

The rules judge whole lines and know no site. Where it is open whether a line belongs to the
article it stays: a line too many is a nuisance, a sentence lost is an error.
"""

import re
import unicodedata
from bisect import bisect_right
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

from index.byline import Byline, is_name, is_outlet, parse_byline
from index.furniture import Block, is_protected, mark_furniture, mark_related
from index.sentences import block_spans, is_sentence, sentence_spans
from index.types import Cut

LONGEST_TITLE = 200
"""Characters; a longer block is prose, even without a full stop."""

HEAD_BLOCKS = 40
"""Blocks before the prose in which a headline and byline are looked for."""

FEWEST_TITLE_WORDS = 4
"""A shorter line above the headline is a section's label."""

SHORTEST_REPEATED = 80
"""Characters; a shorter paragraph may well be said twice on purpose."""

GLUED_WINDOW = 3000
"""Characters before a broken sentence in which the sentence it was broken from is looked for."""

FEWEST_GLUED_WORDS = 4

_NEWLINES = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_HIDDEN = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f"
    r"\ufeff\ufff9-\ufffb\ud800-\udfff]|(?<=[\t-\u024f])[\u200c\u200d]|[\u200c\u200d](?=[\t-\u024f])"
)
"""Control and zero-width characters; joiners stay where a script other than Latin needs them."""

_FIXED_SPACES = re.compile(r"[\u00a0\u2007\u202f]")
_STACKED = re.compile(r"([\u0300-\u036f]{30})[\u0300-\u036f]+")
"""Unicode's own bound for combining marks; normalising longer runs takes quadratic time."""

_BLANK_LINES = re.compile(r"\n{3,}")
_BREADCRUMB = re.compile(r"[^>›»/]{1,30}(?:(?:\s*[>›»]\s*|\s+/\s+)[^>›»/]{1,60})+")
_CAPTION = re.compile(r"(?:photo|image|picture|credit|file|foto|bild)s?\b.{0,20}[:：]|\(", re.I)
_INFORMS = re.compile(rf"{_CAPTION.pattern}|.*\d", re.I)
"""What above a headline is no mere label: a caption, or a date without a year."""

_GLUED = re.compile(r"(?<=\w[.!?])[\"'”’)]?([^\W\d_A-Z][\w’'-]*)((?: [\w‑’',-]+){3,})")


@dataclass(frozen=True)
class Cleaned:
    """An article's text, what its page said about it, and what was cut."""

    text: str
    title: str | None = None
    author: str | None = None
    published: str | None = None
    updated: str | None = None
    cut: tuple[Cut, ...] = ()
    source: str | None = None
    kept: tuple[tuple[int, int], ...] = ()
    """Every run of text that was kept: (its offset in `normalise(raw)`, its offset in `text`)."""

    def offset(self, position: int) -> int:
        """Return where a character of `normalise(raw)` is in `text`, or what follows it, if cut."""
        place = bisect_right(self.kept, (position, len(self.text))) - 1
        if place < 0:
            return 0
        before, after = self.kept[place]
        following = self.kept[place + 1][1] if place + 1 < len(self.kept) else len(self.text)
        return min(after + position - before, following)


def clean(raw: str, *, title: str | None = None) -> Cleaned:
    """Return the article in a page's text.

    A `title` that is already known (from HTML or Markdown) is looked for, and no other taken.
    """
    text = normalise(raw)
    blocks = [_block(text, start, end) for start, end in block_spans(text)]
    mark_furniture(blocks)
    mark_related(blocks)
    found, byline = _read_head(blocks, title)
    _mark_repeated(blocks)
    broken = [span for block in blocks if block.fate is None for span in _glued(text, block)]
    result, kept = _assemble(text, blocks, broken)
    return Cleaned(
        text=result,
        title=title or found,
        author=byline.author,
        published=byline.published,
        updated=byline.updated,
        source=byline.source,
        cut=_cuts(text, blocks, broken),
        kept=kept,
    )


def normalise(raw: str) -> str:
    """Return the text in NFC without control characters and with at most one blank line."""
    text = _HIDDEN.sub("", _NEWLINES.sub("\n", raw))
    text = unicodedata.normalize("NFC", _STACKED.sub(r"\1", _FIXED_SPACES.sub(" ", text)))
    lines = "\n".join(line.rstrip() for line in text.split("\n"))
    return _BLANK_LINES.sub("\n\n", lines).strip()


def _block(text: str, start: int, end: int) -> Block:
    part = text[start:end]
    prose = len(part) > LONGEST_TITLE or is_sentence(part)
    return Block(start, end, part, prose=prose, protected=is_protected(part))


def _read_head(blocks: list[Block], known: str | None) -> tuple[str | None, Byline]:
    """Find and mark the headline, what stands above it, and the lines that name author and date."""
    prose = [place for place, b in enumerate(blocks) if b.prose and b.fate is None]
    if not prose:
        return None, Byline()
    zone = blocks[: min(HEAD_BLOCKS, prose[1] if len(prose) > 1 else len(blocks))]
    byline = Byline()
    for block in zone:
        facts = parse_byline(block.text) if block.fate is None else None
        if facts:
            block.fate = "byline"
            byline = byline.merged(facts)
    byline = _with_bare_outlet(zone, byline)
    title = _find_title(zone, known)
    if title is None:
        return None, byline
    title.fate = "headline"
    for block in zone:
        label = block.start < title.start and not block.prose and not _INFORMS.match(block.text)
        if block.fate is None and (label or block.text == title.text):
            block.fate = "furniture"
    return title.text, _with_bare_name(zone, title, byline)


def _with_bare_outlet(zone: list[Block], byline: Byline) -> Byline:
    """Return a byline with the outlet that stands alone between "By Jan Pell" and the date.

    Below a byline and above no other it may as well be the headline.
    """
    if byline.source:
        return byline
    for above, block, below in zip(zone, zone[1:], zone[2:], strict=False):
        between = above.fate == below.fate == "byline" and block.fate is None
        if between and is_outlet(block.text):
            block.fate = "byline"
            return byline.merged(Byline(source=block.text.strip()))
    return byline


def _find_title(zone: list[Block], known: str | None) -> Block | None:
    """Return the block that is the headline, if one is."""
    if known:
        wanted = " ".join(known.split()).casefold()
        return next((b for b in zone if " ".join(b.text.split()).casefold() == wanted), None)
    left = [b for b in zone if b.fate in (None, "byline")]
    lines = []
    for block in left:
        if block.prose:
            break
        if block.fate is None and not _CAPTION.match(block.text):
            lines.append(block)
    bylines = [b.start for b in left if b.fate == "byline"]
    lines = [b for b in lines if not _BREADCRUMB.fullmatch(b.text)] or lines
    for block in lines:
        if len(block.text.split()) >= FEWEST_TITLE_WORDS:
            return block
    if bylines:
        above = [b for b in lines if b.start < bylines[0]]
        if above:
            return above[-1]
        # a headline that is a whole sentence, with the byline right below it
        first, second = (*left, None, None)[:2]
        if first and second and first.prose and second.fate == "byline":
            return first if len(first.text) <= LONGEST_TITLE else None
    return None


def _with_bare_name(zone: list[Block], title: Block, byline: Byline) -> Byline:
    """Take a lone name between the headline and the date as the author's."""
    if byline.author or not byline.published:
        return byline
    left = [b for b in zone if b.fate in (None, "byline", "headline")]
    for above, block, below in zip(left, left[1:], left[2:], strict=False):
        if above is title and below.fate == "byline" and is_name(block.text):
            block.fate = "byline"
            return byline.merged(Byline(author=block.text))
    return byline


def _mark_repeated(blocks: list[Block]) -> None:
    """Mark every long paragraph that was pasted before."""
    seen: set[str] = set()
    for block in blocks:
        if block.fate is None and block.prose and len(block.text) >= SHORTEST_REPEATED:
            if block.text in seen and not block.protected:
                block.fate = "repeated"
            seen.add(block.text)


def _glued(text: str, block: Block) -> list[tuple[int, int]]:
    """Find beheaded copies of earlier sentences, glued to a full stop without a space.

    The piece of a word it starts with must end a word that stands earlier before the same three
    words; so a web address or a lost space is no broken sentence.
    """
    found: list[tuple[int, int]] = []
    ends: list[int] = []
    for match in _GLUED.finditer(block.text):
        piece, following = match.groups()
        start = block.start + match.start(1)
        copied = piece + " ".join(following.split(" ")[:FEWEST_GLUED_WORDS])
        before = text[max(0, start - GLUED_WINDOW) : start]
        if not re.search(rf"(?<=\w){re.escape(copied)}", before):
            continue
        ends = ends or [stop for _, stop in sentence_spans(block.text)]
        end = block.start + ends[bisect_right(ends, match.start(1))]
        if not found or start >= found[-1][1]:
            found.append((start, end))
    return found


def _assemble(
    text: str, blocks: list[Block], broken: list[tuple[int, int]]
) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Join what is kept as it was parted, and tell where each run of it came from."""
    parts: list[str] = []
    kept: list[tuple[int, int]] = []
    length = last = 0
    for start, end in _kept_spans(text, blocks, broken):
        gap = text[last:start]
        joint = "\n\n" if "\n\n" in gap else "\n" if "\n" in gap else " "
        if parts:
            parts.append(joint)
            length += len(joint)
        kept.append((start, length))
        parts.append(text[start:end])
        length += end - start
        last = end
    return "".join(parts), tuple(kept)


def _kept_spans(
    text: str, blocks: list[Block], broken: list[tuple[int, int]]
) -> Iterator[tuple[int, int]]:
    """Yield what is left of each block that stays."""
    waiting = deque(broken)
    for block in blocks:
        if block.fate is not None:
            continue
        start = block.start
        while waiting and waiting[0][0] < block.end:
            cut_start, cut_end = waiting.popleft()
            yield start, cut_start
            start = cut_end
            while start < block.end and text[start].isspace():
                start += 1
        if start < block.end:
            yield start, block.end


def _cuts(text: str, blocks: list[Block], broken: list[tuple[int, int]]) -> tuple[Cut, ...]:
    """Return what was cut in order; neighbours of one kind are one piece."""
    pieces = [(b.start, b.end, b.fate) for b in blocks if b.fate is not None]
    pieces = sorted(pieces + [(start, end, "glued") for start, end in broken])
    merged: list[tuple[int, int, str]] = []
    for start, end, kind in pieces:
        if merged and merged[-1][2] == kind and not text[merged[-1][1] : start].strip():
            merged[-1] = (merged[-1][0], end, kind)
        else:
            merged.append((start, end, kind))
    return tuple(Cut(kind=kind, text=text[start:end]) for start, end, kind in merged)

"""What a sentence puts between quotation marks, of whatever kind, closed or not.

A straight single mark may as well be an apostrophe. One inside a word always is; one that opens
nothing ("'em", "the '90s") is known from a list; one after an "s" ("the workers' union") closes a
quotation only where the next word cannot be what is owned, or where nothing else closes it.

Limits: what is quoted in single marks right after a name that begins with one ("'Abd").
"""

import re
from collections.abc import Iterator

from index.stopwords import STOPWORDS

_PLAIN = r"(?:(?<!\d)\"|\"(?=\w))"
"""After a figure it stands for inches."""
DOUBLE = re.compile(
    rf"“([^“”]{{1,1000}})”|{_PLAIN}(?:([^\"“”]{{1,1000}})[\"”]|([^\"]{{1,1000}})\")"
    r"|„([^„“”]{1,1000})[“”]"
    r"|«([^«»]{1,1000})»|»([^«»]{1,1000})«|‹([^‹›]{1,1000})›|[「『]([^「」『』]{1,1000})[」』]"
    # a quotation of which a part stands in another sentence, or that is closed by another mark
    r"|[“„]([^“”„\"]{1,1000})(?:\"|\Z)|(?<!\w)\"(?=\w)([^\"]{1,1000})\Z|«([^«»]{1,1000})\Z"
    r"|\A([^“”„\"]{1,1000})”|\A([^«»]{1,1000})»"
)
"""Of up to 1,000 characters: as long as a whole sentence of a model's may be."""

SINGLE_MARKS = str.maketrans("‘’‚‛`´＇", "'" * 7)
MARK = re.compile(r"(?<!\w)'|'(?!\w)")
"""A single mark that does not stand inside a word."""

AND = re.compile(r"(?<!\w)'(n)'(?!\w)", re.IGNORECASE)
"""The "and" of "rock 'n' roll"."""

ELISION = re.compile(r"'(?:\d\ds?|em|till?|tis|twas|cause|cos|bout|round|ere|s|t)\b", re.IGNORECASE)
"""Begins with an apostrophe; it is a quotation only where something surely closes it."""

SAYING = "said says told added adds asked asks replied insisted wrote warned argued claimed".split()
NEVER_OWNED = STOPWORDS - set("own only other same few more most".split()) | {*SAYING}
OWNED = re.compile(rf"'\s(?!(?:{'|'.join(sorted(NEVER_OWNED))})\b)\w", re.IGNORECASE)
"""A mark and a word that may be what somebody owns: "the workers' union"."""
OWNING = "szxSZX."
"""What an owner's name ends with where only an apostrophe follows ("the U.S.' role")."""

STOPS = ".,!?…"
BEFORE_OPENING = ' ([{-–—:"'
INTRODUCED = re.compile(rf"(?:\A|[,:]|\b(?:{'|'.join(SAYING)}|that))\s?\Z", re.IGNORECASE)
LOOK_BACK = 12
"""Characters before a mark that are read to see whether a quotation is introduced."""


def quotations_in(sentence: str) -> Iterator[str]:
    """Yield what stands in quotation marks, without them; what is nested comes more than once."""
    for match in DOUBLE.finditer(sentence):
        yield next(filter(None, match.groups()))
    yield from _in_single_marks(with_plain_singles(sentence))


def with_plain_singles(text: str) -> str:
    """Return text with one kind of single marks and apostrophes, and none around an "n"."""
    return AND.sub(r"\1", text.translate(SINGLE_MARKS))


def _in_single_marks(line: str) -> Iterator[str]:
    opened: int | None = None
    owner: int | None = None  # the last mark that closes a quotation unless it is an apostrophe
    sure = True  # that what is opened is a quotation
    for match in MARK.finditer(line):
        place = match.start()
        elided = ELISION.match(line, place) is not None
        if opened is not None and line[place + 1 : place + 2].isalnum():
            if elided or (sure and owner is None):
                continue
            if sure:
                yield line[opened + 1 : owner]
            opened = None
        if opened is None:
            if _may_open(line, place):
                opened, owner, sure = place, None, not elided
            elif line[place - 1] in STOPS and not OWNED.match(line, place):
                yield line[:place]  # it began in the sentence before
        elif line[place - 1] in OWNING and OWNED.match(line, place):
            owner = place
        else:
            yield line[opened + 1 : place]
            opened = None
    if opened is not None and sure:
        yield from _left_open(line, opened, owner)


def _may_open(line: str, place: int) -> bool:
    """Say whether a mark is not attached to what stands before it alone."""
    before = line[max(0, place - 1) : place]
    return not before.strip(BEFORE_OPENING) or line[place + 1 : place + 2].isalnum()


def _left_open(line: str, opened: int, owner: int | None) -> Iterator[str]:
    """Yield a quotation that nothing surely closes."""
    if owner is not None:
        yield line[opened + 1 : owner]
    elif INTRODUCED.search(line[max(0, opened - LOOK_BACK) : opened]):
        yield line[opened + 1 :]  # it goes on in the next sentence

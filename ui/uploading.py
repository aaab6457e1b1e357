"""Adding articles: files, a text or an address go in, what became of each comes out as it goes."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path, PurePath
from typing import Literal

from index import Index, IndexFailure
from index.errors import LibraryBusy
from index.types import ArticleInfo, Kept, Value
from index.uploads import Uploads
from ui import strings
from ui.curating import one_line
from ui.listing import Facts

State = Literal["waiting", "reading", "held", "added", "known", "refused"]

AT_FIRST = 0.5
"""Seconds that an upload waits for another writer without a word."""

LONGEST_WAIT = 180.0
"""Seconds that it then waits, with a word; a folder of some 400 articles takes as long."""


@dataclass(frozen=True, kw_only=True)
class Entry(Value):
    """What became of one file, one text, one address."""

    name: str
    state: State = "waiting"
    articles: tuple[ArticleInfo, ...] = ()
    """Those that it holds."""
    twins: tuple[str, ...] = ()
    """Names of other files that hold the same."""
    reason: str = ""
    """Why it was refused, or what it waits for."""

    @property
    def is_done(self) -> bool:
        """Whether nothing more will become of it."""
        return self.state in {"added", "known", "refused"}


Entries = tuple[Entry, ...]


def add_files(index: Index, files: Sequence[Path]) -> Iterator[Entries]:
    """Add files one after the other; yield what became of all after each step."""
    entries = tuple(Entry(name=file.name) for file in files)
    yield entries
    for place, file in enumerate(files):
        for entry in _kept(index, file.name, partial(_keep_file, file)):
            entries = (*entries[:place], entry, *entries[place + 1 :])
            yield entries


def add_text(index: Index, text: str, facts: Facts) -> Iterator[Entries]:
    """Add a text that was pasted; yield what becomes of it."""
    given = {name: one_line(value) or None for name, value in facts.to_dict().items()}
    name = given["title"] or strings.PASTED_TEXT
    for entry in _kept(index, name, lambda uploads: uploads.paste(text, **given)):
        yield (entry,)


def add_address(index: Index, address: str) -> Iterator[Entries]:
    """Add a page of the web; yield what becomes of it."""
    from index.fetch import fetch_page  # here, since only this needs the web
    from index.fetched import to_file

    address = one_line(address)

    @cache
    def fetched() -> tuple[str, bytes]:
        """Return the page as a file; it is fetched once, however often it has to wait."""
        return to_file(fetch_page(address))

    for entry in _kept(index, address, lambda uploads: uploads.keep(*fetched())):
        yield (entry,)


def _keep_file(file: Path, uploads: Uploads) -> Kept:
    return uploads.keep(file.name, file)


def _kept(index: Index, name: str, keep: Callable[[Uploads], Kept]) -> Iterator[Entry]:
    """Yield an entry as it goes on: being read, held up by another writer, done."""
    entry = Entry(name=name, state="reading")
    yield entry
    try:
        try:
            kept = keep(Uploads(index, patience=AT_FIRST))
        except LibraryBusy:
            yield replace(entry, state="held", reason=strings.HELD_UP)
            kept = keep(Uploads(index, patience=LONGEST_WAIT))
        yield _outcome(entry, kept)
    except IndexFailure as error:
        yield replace(entry, state="refused", reason=str(error))


def _outcome(entry: Entry, kept: Kept) -> Entry:
    if kept.outcome == "rejected":
        return replace(entry, state="refused", reason=kept.reason or "")
    state: State = "added" if kept.outcome == "added" else "known"
    twins = tuple(PurePath(path).name for path in kept.twin_of)
    return replace(entry, state=state, articles=kept.articles, twins=twins)

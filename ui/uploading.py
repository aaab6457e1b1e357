"""Adding articles: files, a text or an address go in, what became of each comes out as it goes."""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Literal

from index import Index, IndexFailure
from index.errors import LibraryBusy
from index.types import ArticleInfo, Value
from index.uploads import Kept, Uploads
from ui import strings
from ui.curating import one_line
from ui.listing import Facts

State = Literal["waiting", "reading", "held", "added", "known", "refused"]

PATIENCE = 180.0
"""Seconds that an upload waits for another writer; a folder of some 400 articles takes as long."""

LOOK_AGAIN = 0.5
"""Seconds between two tries."""


@dataclass(frozen=True, kw_only=True)
class Entry(Value):
    """What became of one file, one text, one address."""

    name: str
    state: State = "waiting"
    articles: tuple[ArticleInfo, ...] = ()
    """Those that it holds."""
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
    uploads = Uploads(index)
    for place, file in enumerate(files):
        for entry in _kept(index, file.name, partial(uploads.keep, file.name, file)):
            entries = (*entries[:place], entry, *entries[place + 1 :])
            yield entries


def add_text(index: Index, text: str, facts: Facts) -> Iterator[Entries]:
    """Add a text that was pasted; yield what becomes of it."""
    given = {name: one_line(value) or None for name, value in facts.to_dict().items()}
    name = given["title"] or strings.PASTED_TEXT

    def write() -> Kept:
        return Uploads(index).paste(text, **given)

    for entry in _kept(index, name, write):
        yield (entry,)


def add_address(index: Index, address: str) -> Iterator[Entries]:
    """Add a page of the web; yield what becomes of it."""
    address = one_line(address)
    for entry in _kept(index, address, lambda: Uploads(index).fetch(address)):
        yield (entry,)


def _kept(index: Index, name: str, write: Callable[[], Kept]) -> Iterator[Entry]:
    """Yield an entry as it goes on: being read, held up by another writer, done."""
    entry = Entry(name=name, state="reading")
    yield entry
    until = time.monotonic() + PATIENCE
    while True:
        try:
            yield _outcome(index, entry, write())
            return
        except LibraryBusy as error:
            if time.monotonic() > until:
                yield replace(entry, state="refused", reason=str(error))
                return
            yield replace(entry, state="held", reason=strings.HELD_UP)
            time.sleep(LOOK_AGAIN)
        except IndexFailure as error:
            yield replace(entry, state="refused", reason=str(error))
            return


def _outcome(index: Index, entry: Entry, kept: Kept) -> Entry:
    if kept.reason:
        return replace(entry, state="refused", reason=kept.reason)
    articles = tuple(index.article(article_id).info for article_id in kept.article_ids)
    return replace(entry, state="known" if kept.known else "added", articles=articles)

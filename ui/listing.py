"""The list of articles: what is looked for, in which order, how much of it is shown."""

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from operator import itemgetter
from typing import Any, Literal

from index import Index
from index.types import ArticleInfo, Discarded, Value
from index.uploads import Uploads

Order = Literal["newest", "oldest", "added", "title", "outlet", "longest"]

PAGE_LENGTH = 50
"""Articles, or mentions, that are shown first, and that each "show more" adds."""


@dataclass(frozen=True, kw_only=True)
class Facts(Value):
    """What can be corrected of an article by hand, as it stands in the fields."""

    title: str = ""
    source: str = ""
    author: str = ""
    published: str = ""


@dataclass(frozen=True, kw_only=True)
class Desk(Value):
    """What a reader has in hand among the articles of a library."""

    library: str = ""
    """The library that it was opened in; in another one, ids may name other things."""
    words: str = ""
    """What is looked for in titles, outlets, authors and paths."""
    order: Order = "newest"
    most: int = PAGE_LENGTH
    phrase: str = ""
    """Every mention of it is shown instead of the list, unless it is empty."""
    ticked: tuple[str, ...] = ()
    """Ids of the articles that are to be asked about."""
    opened: str | None = None
    """The article whose facts are being corrected."""
    typed: Facts | None = None
    """What was typed into its fields, where it could not be used."""
    erasing: bool = False
    """Whether the reader is being asked if that article is to go for good."""
    removed: Discarded | None = None
    """What was taken out last, and can be put back by a word beside what was said of it."""
    shows_removed: bool = False
    """Whether all that was taken out is shown, too."""
    said: str = ""
    """What was done, in words."""
    problem: str = ""
    """Why something could not be done, fit to show."""

    def settled(self) -> "Desk":
        """Return the desk without what belongs to the last action alone."""
        return replace(self, typed=None, erasing=False, removed=None, said="", problem="")


@dataclass(frozen=True, kw_only=True)
class Row(Value):
    """An article in the list."""

    info: ArticleInfo
    corrected: tuple[str, ...] = ()
    """Names of the fields that were corrected by hand."""


@dataclass(frozen=True, kw_only=True)
class Listing(Value):
    """A part of the list."""

    rows: tuple[Row, ...]
    found: int
    """Articles that match, shown or not."""
    total: int
    removed: tuple[ArticleInfo, ...] = ()
    """Articles that were taken out and can be put back, the last taken out first."""


def list_articles(index: Index, desk: Desk) -> Listing:
    """Return the articles that a desk looks for, in its order, as many as it shows."""
    articles = index.articles()
    wanted = plain_letters(desk.words).split()
    found = [info for info in articles if _has(info, wanted)] if wanted else articles
    rows = [_row(index, info) for info in in_order(index, found, desk.order)[: desk.most]]
    removed = tuple(each.article for each in Uploads(index).discarded())
    return Listing(rows=tuple(rows), found=len(found), total=len(articles), removed=removed)


def facts_of(info: ArticleInfo) -> Facts:
    """Return an article's facts as they stand in the fields."""
    return Facts(
        title=info.title or "",
        source=info.source or "",
        author=info.author or "",
        published=info.published or "",
    )


def in_order(index: Index, articles: Sequence[ArticleInfo], order: Order) -> list[ArticleInfo]:
    """Return articles in an order; those that lack what it goes by come last.

    Args:
        index: The library that holds them.
        articles: Articles, newest first; that order holds among equals.
        order: What to go by.
    """
    if order == "newest":
        return list(articles)
    if order == "added":
        places = {article_id: place for place, article_id in enumerate(index.added())}
        return sorted(articles, key=lambda info: places.get(info.id, len(places)))
    key, reverse = _KEYS[order]
    keyed = [(key(info), info) for info in articles]
    known = sorted((pair for pair in keyed if pair[0]), key=itemgetter(0), reverse=reverse)
    return [info for _, info in [*known, *(pair for pair in keyed if not pair[0])]]


def plain_letters(text: str) -> str:
    """Return a text in small letters without accents, so that "szabo" finds Szabó."""
    text = text.casefold()
    if text.isascii():
        return text
    letters = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


_KEYS: dict[str, tuple[Callable[[ArticleInfo], Any], bool]] = {
    "oldest": (lambda info: info.published, False),
    "title": (lambda info: plain_letters(info.title or ""), False),
    "outlet": (lambda info: plain_letters(info.source or ""), False),
    "longest": (lambda info: info.words, True),
}
"""What each order goes by, and whether the greatest comes first."""


def _has(info: ArticleInfo, wanted: Sequence[str]) -> bool:
    told = filter(None, (info.title, info.source, info.author, info.path, info.url))
    text = plain_letters(" ".join(told))
    return all(word in text for word in wanted)


def _row(index: Index, info: ArticleInfo) -> Row:
    return Row(info=info, corrected=tuple(index.corrections(info.id)))

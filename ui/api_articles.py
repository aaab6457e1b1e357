"""The API's reading side: list the libraries and articles, read one, search."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import Field

from index.search import articles_within
from index.types import Article, ArticleInfo, Hit, Value
from ui.problems import PROBLEMS
from ui.shelf import Shelf

MOST_LISTED = 200
"""Articles on one page of the list."""

MOST_HITS = 50

LONGEST_QUERY = 2_000
"""Characters, as of a question."""

Name = Annotated[str, Field(max_length=200)]
Library = Annotated[
    str | None, Field(max_length=200, description="a library's name; the main one by default")
]
Day = Annotated[date | None, Query(description="a day of publication, such as 2025-10-28")]
Outlets = Annotated[list[Name] | None, Query(max_length=100, description="outlets; repeat it")]
Words = Annotated[
    str, Query(max_length=200, description="words that title, outlet and author together hold")
]


@dataclass(frozen=True, kw_only=True)
class Listing(Value):
    """One page of the list of articles."""

    total: int
    """How many there are on all pages."""
    articles: tuple[ArticleInfo, ...]


def add_articles(router: APIRouter, shelf: Shelf) -> None:
    """Add the routes that read."""

    @router.get("/libraries")
    def list_libraries() -> list[str]:
        """Name the shelf, the main one first."""
        return shelf.names()

    @router.get("/articles", responses=PROBLEMS)
    def list_articles(
        since: Day = None,
        until: Day = None,
        source: Outlets = None,
        search: Words = "",
        offset: Annotated[int, Query(ge=0)] = 0,
        limit: Annotated[int, Query(ge=1, le=MOST_LISTED)] = 50,
        library: Library = None,
    ) -> Listing:
        """List the articles, newest first."""
        articles = shelf.open(library).articles()
        within = set(articles_within(articles, _text(since), _text(until), source))
        words = search.casefold().split()
        found = [info for info in articles if info.id in within and _tells_of(info, words)]
        return Listing(total=len(found), articles=tuple(found[offset : offset + limit]))

    @router.get("/articles/{article_id}", responses=PROBLEMS)
    def read_article(article_id: str, library: Library = None) -> Article:
        """Return an article with its text, what was cut from it, and where its pages start."""
        return shelf.open(library).article(article_id)

    @router.get("/search", responses=PROBLEMS)
    def search_passages(
        q: Annotated[str, Query(max_length=LONGEST_QUERY, description="what is looked for")],
        k: Annotated[int, Query(ge=1, le=MOST_HITS, description="passages at most")] = 8,
        since: Day = None,
        until: Day = None,
        source: Outlets = None,
        library: Library = None,
    ) -> list[Hit]:
        """Find the passages that match best, by meaning and by words."""
        index = shelf.open(library)
        return index.search(q, k, since=_text(since), until=_text(until), sources=source)


def _text(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _tells_of(info: ArticleInfo, words: Iterable[str]) -> bool:
    """Say whether an article's title, outlet and author together hold all words."""
    told = " ".join(filter(None, (info.title, info.source, info.author))).casefold()
    return all(word in told for word in words)

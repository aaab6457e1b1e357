"""The values that flow through Footnote's index: articles, passages and hits.

All are frozen and keyword-only; dates are ISO 8601 text ("2026-11-03" or with a time), because
an article often gives a day without a clock, and offsets count characters of `Article.text`.
"""

from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Value:
    """What every value type shares."""

    def to_dict(self) -> dict[str, Any]:
        """Return the value as plain dictionaries and lists, ready for JSON."""
        return asdict(self)


@dataclass(frozen=True, kw_only=True)
class Cut(Value):
    """A piece that cleaning removed from an article."""

    kind: str
    """Why it went: "player", "related", "byline", "furniture", "glued"."""
    text: str


@dataclass(frozen=True, kw_only=True)
class ArticleInfo(Value):
    """What a list of articles shows."""

    id: str
    """Sixteen hex digits of a hash over the cleaned text: the same text has the same id."""
    key: str
    """The story's address (URL, else path); it joins the versions of one article."""
    title: str | None = None
    source: str | None = None
    """The outlet."""
    author: str | None = None
    url: str | None = None
    published: str | None = None
    updated: str | None = None
    path: str | None = None
    language: str | None = None
    words: int | None = None
    """How many words the text has; None outside a library, and in scripts without spaces."""


@dataclass(frozen=True, kw_only=True)
class Article(ArticleInfo):
    """An article: its clean text, and what was cut from it."""

    text: str
    cut: tuple[Cut, ...] = ()
    pages: tuple[int, ...] = ()
    """Offset in `text` at which each page starts; empty where the file has no pages."""

    @property
    def info(self) -> ArticleInfo:
        """The same article without its text."""
        names = ArticleInfo.__dataclass_fields__
        return ArticleInfo(**{name: getattr(self, name) for name in names})

    def page(self, offset: int) -> int | None:
        """Return the page, counted from 1, on which a character stands, or None."""
        return sum(start <= offset for start in self.pages) or None


@dataclass(frozen=True, kw_only=True)
class Passage(Value):
    """A run of whole sentences: `article.text[start:end] == text`."""

    id: str
    article_id: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, kw_only=True)
class Hit(Value):
    """A passage that a query found, with its place in each ranking that found it."""

    passage: Passage
    article: ArticleInfo
    score: float
    ranks: dict[str, int] = field(default_factory=dict)
    """Rank by retriever, counted from 1: {"dense": 1, "words": 3}."""


@dataclass(frozen=True, kw_only=True)
class Mention(Value):
    """A place where a phrase stands; offsets count characters of the article's text."""

    article: ArticleInfo
    start: int
    end: int
    """`text[start:end]` is the phrase as it is written there."""
    sentence_start: int
    sentence_end: int
    sentence: str
    """The sentence around it, `text[sentence_start:sentence_end]`; a very long one is cut."""


@dataclass(frozen=True, kw_only=True)
class SyncReport(Value):
    """What a sync did; paths are those of the files."""

    added: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    rejected: tuple[tuple[str, str], ...] = ()
    """(path, reason) of every file that could not be read."""

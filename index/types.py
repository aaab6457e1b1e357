"""The values that flow through Footnote's index: articles, passages and hits.

All are frozen and keyword-only; dates are ISO 8601 text ("2026-11-03" or with a time), because
an article often gives a day without a clock, and offsets count characters of `Article.text`.
"""

from dataclasses import asdict, dataclass, field
from typing import Any, Literal

Retriever = Literal["dense", "words"]
"""What finds passages: nearness of meaning, or the words themselves (BM25)."""

RETRIEVERS: tuple[Retriever, ...] = ("dense", "words")


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
class FetchedPage(Value):
    """What an address on the web held."""

    url: str
    """Where it came from in the end, after redirects."""
    body: bytes
    media_type: str
    """As its server states it: "text/html"."""
    charset: str | None = None
    """The encoding that its server states, in small letters."""


@dataclass(frozen=True, kw_only=True)
class Kept(Value):
    """What became of a file that was to be kept in the library."""

    name: str
    """Under which it lies in the library's `uploads/`."""
    outcome: Literal["added", "twin", "unchanged", "rejected"]
    """"twin": every text in it was there already, in another file. "unchanged": it was kept before,
    under this very name. "rejected": it is not kept, and `reason` says why."""
    articles: tuple[ArticleInfo, ...] = ()
    """What it holds."""
    twin_of: tuple[str, ...] = ()
    """Paths of the other files that hold the same."""
    reason: str | None = None


@dataclass(frozen=True, kw_only=True)
class HeldFile(Value):
    """A file that held an article when it was discarded, or what stands for one."""

    path: str
    digest: str
    reader: str
    position: int
    info: ArticleInfo
    own: bool
    """Whether it lay in `uploads/`, held nothing else and so lies in `removed/` now."""


@dataclass(frozen=True, kw_only=True)
class Discarded(Value):
    """An article that was taken out of the library, with all that it takes to put it back."""

    article: ArticleInfo
    files: tuple[HeldFile, ...]


@dataclass(frozen=True, kw_only=True)
class Erased(Value):
    """What went for good, and what did not."""

    article_ids: tuple[str, ...]
    """The article and its older versions."""
    deleted: tuple[str, ...]
    """Paths of the library's own files that were deleted from `uploads/`."""
    rewritten: tuple[str, ...]
    """Paths of those that hold other articles too, and were written anew without it."""
    elsewhere: tuple[str, ...]
    """Paths of files outside the library that hold it still."""


@dataclass(frozen=True, kw_only=True)
class SyncReport(Value):
    """What a sync did; paths are those of the files."""

    added: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    rejected: tuple[tuple[str, str], ...] = ()
    """(path, reason) of every file that could not be read."""

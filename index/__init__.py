"""Footnote's index: articles in, searchable passages out."""

from index.errors import IndexFailure
from index.library import Index
from index.types import Article, ArticleInfo, Cut, Hit, Mention, Passage, SyncReport

__all__ = [
    "Article",
    "ArticleInfo",
    "Cut",
    "Hit",
    "Index",
    "IndexFailure",
    "Mention",
    "Passage",
    "SyncReport",
]

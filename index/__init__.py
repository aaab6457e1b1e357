"""Footnote's index: articles in, searchable passages out."""

import os

# onnxruntime reports to its maker from its native code, and looks for this once, while it is
# imported; its `disable_telemetry_events` comes too late.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"

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

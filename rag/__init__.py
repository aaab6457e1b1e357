"""Footnote's answers: a question in, checked sentences with footnotes out."""

from rag.answer import answer, stream
from rag.citations import widen
from rag.draft import check_draft, stream_draft
from rag.errors import AnswerFailure
from rag.support import check_support
from rag.types import Answer, Citation, Disagreement, Sentence, Side, Support

__all__ = [
    "Answer",
    "AnswerFailure",
    "Citation",
    "Disagreement",
    "Sentence",
    "Side",
    "Support",
    "answer",
    "check_draft",
    "check_support",
    "stream",
    "stream_draft",
    "widen",
]

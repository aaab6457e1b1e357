"""Citations: exact spans of articles, and the span of a passage that covers a claim best."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from index import Article, Hit
from index.sentences import Span, block_spans, is_sentence, sentence_spans
from rag.late_interaction import (
    CoveredWord,
    load_token_encoder,
    telling,
    word_coverage,
)
from rag.orders import overlaps_order
from rag.speakers import speaker_of
from rag.types import Citation, Sentence
from rag.windows import Window, windows_of

SENTENCE_COST = 0.01
"""Cosine that each further sentence of a span must gain; else the shorter span is cited."""


def cite_span(article: Article, start: int, end: int, number: int) -> Citation:
    """Return a footnote to `article.text[start:end]`."""
    return Citation(
        number=number,
        article_id=article.id,
        title=article.title,
        source=article.source,
        url=article.url,
        published=article.published,
        start=start,
        end=end,
        quote=article.text[start:end],
        speaker=speaker_of(article.text, start, end),
        page=article.page(start),
    )


def widen(citation: Citation, article: Article) -> Citation:
    """Return a citation that has one more sentence before it and one after.

    Both come from the paragraphs in which it starts and ends. Where there is none, or a caption or
    text that gives orders stands there, that side stays as it is.

    Args:
        citation: A span of the article.
        article: The article that it cites.
    """
    text, start, end = article.text, citation.start, citation.end
    blocks = [span for span in block_spans(text) if span[0] < end and start < span[1]]
    if not blocks:
        return citation
    before = [span for span in _sentences_in(text, blocks[0]) if span[1] <= start][-1:]
    after = [span for span in _sentences_in(text, blocks[-1]) if span[0] >= end][:1]
    for span in filter(lambda span: _is_quotable(text, span), before + after):
        start, end = min(start, span[0]), max(end, span[1])
    return cite_span(article, start, end, citation.number)


def _sentences_in(text: str, block: Span) -> list[Span]:
    return [(block[0] + a, block[0] + b) for a, b in sentence_spans(text[slice(*block)])]


def _is_quotable(text: str, span: Span) -> bool:
    return is_sentence(text[slice(*span)]) and not overlaps_order(text, *span)


class Footnotes:
    """Gives numbers to citations in the order in which they are shown, one to each span."""

    def __init__(self, given: Sequence[Citation] = ()) -> None:
        """Start with the numbers that were given already."""
        self._numbers = {(c.article_id, c.start, c.end): c.number for c in given}

    def numbered(self, sentence: Sentence) -> Sentence:
        """Return a sentence whose citations bear their numbers."""
        return replace(sentence, citations=tuple(map(self.number, sentence.citations)))

    def number(self, citation: Citation) -> Citation:
        """Return a citation with its number: the one that its span has, or the next."""
        span = (citation.article_id, citation.start, citation.end)
        following = max(self._numbers.values(), default=0) + 1
        return replace(citation, number=self._numbers.setdefault(span, following))


def narrow(claim: str, hit: Hit) -> Window | None:
    """Return the one to three sentences of a passage that cover a claim best.

    None where the passage holds no whole sentence, only captions and the like.
    """
    windows = windows_of(hit)
    if not windows:
        return None
    gains = coverages(claim, windows)
    costs = [SENTENCE_COST * len(window.sentences) for window in windows]
    return windows[int(np.argmax(np.array(gains) - costs))]


def coverages(claim: str, windows: Sequence[Window]) -> list[float]:
    """Return the mean cosine by which each window covers the claim's telling words."""
    return [
        float(np.mean([word.coverage for word in covered_words(claim, window)]))
        for window in windows
    ]


def covered_words(claim: str, window: Window) -> Sequence[CoveredWord]:
    """Return the claim's telling words in order, and how well a window covers each."""
    passage = window.hit.passage
    claimed, read = load_token_encoder().encode([claim, passage.text])
    vectors = read.within(window.start - passage.start, window.end - passage.start)
    return telling(word_coverage(claimed, vectors))

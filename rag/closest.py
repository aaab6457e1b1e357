"""The closest passages of a refusal, without text that gives orders to programs, as in quotes."""

from collections.abc import Sequence
from dataclasses import replace

from index import Hit, Index
from index.sentences import Span
from rag.orders import order_spans


def closest_passages(evidence: Sequence[Hit], library: Index) -> tuple[Hit, ...]:
    """Return the passages that a refusal may show: of each, the longest part without orders.

    A passage that is an order from end to end goes. Orders are looked for in the whole article,
    since one may begin before the passage.

    Args:
        evidence: The reranked passages, best first.
        library: Where the articles are.
    """
    shown = []
    for hit in evidence:
        passage, text = hit.passage, library.article(hit.article.id).text
        start, end = _longest_part(text, passage.start, passage.end)
        if (start, end) == (passage.start, passage.end):
            shown.append(hit)
        elif any(map(str.isalnum, text[start:end])):
            part = replace(passage, start=start, end=end, text=text[start:end])
            shown.append(replace(hit, passage=part))
    return tuple(shown)


def _longest_part(text: str, start: int, end: int) -> Span:
    """Return the longest span of `text[start:end]` that no order reaches; an empty one if none."""
    parts = []
    for first, last in order_spans(text):
        if first < end and start < last:
            parts.append((start, max(start, first)))
            start = min(last, end)
    if not parts:
        return start, end
    parts.append((start, end))
    first, last = max(parts, key=lambda part: len(text[slice(*part)].strip()))
    part = text[first:last]
    return last - len(part.lstrip()), first + len(part.rstrip())

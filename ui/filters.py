"""What the filters of the first view offer, and which articles are chosen."""

from collections.abc import Sequence

import gradio as gr

from index import Index
from ui import strings

MOST_CHOICES = 1_000
"""Articles that the filter offers, the newest; others are offered while they are chosen."""


def outlet_filter(index: Index, chosen: Sequence[str] = ()) -> gr.Dropdown:
    """Return the filter of outlets; what was chosen stays so while the library has it."""
    outlets = sorted({info.source for info in index.articles() if info.source})
    there = [name for name in chosen if name in outlets]
    return gr.Dropdown(choices=outlets, value=there, multiselect=True)


def article_filter(index: Index, chosen: Sequence[str] = ()) -> gr.Dropdown:
    """Return the filter of articles; what was chosen stays so while the library has it."""
    wanted = set(chosen)
    articles = index.articles()
    offered = [
        info for place, info in enumerate(articles) if place < MOST_CHOICES or info.id in wanted
    ]
    there = {info.id for info in offered}
    return gr.Dropdown(
        choices=[(info.title or strings.UNTITLED, info.id) for info in offered],
        value=[article_id for article_id in chosen if article_id in there],
        multiselect=True,
    )

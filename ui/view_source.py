"""The right-hand column: the article that was clicked, at the words that were clicked."""

from collections.abc import Callable
from pathlib import PurePath

import gradio as gr

from index import Index, IndexFailure
from index.types import ArticleInfo
from ui.originals import original_url
from ui.parts import Clicked, panel, told
from ui.render_source import render_closed, render_source
from ui.shelf import Shelf

MOST_TWINS = 8
"""Other articles with the same words that are named."""


def build_source() -> gr.HTML:
    """Return the panel that shows articles; any view opens them with `opener`."""
    return panel("source")


def opener(shelf: Shelf) -> Callable[[gr.EventData, str], str]:
    """Return what shows an article of a library when a button that names it is clicked."""

    def open_article(event: gr.EventData, library: str) -> str:
        """Show the article with its span marked, or why it cannot be shown."""
        clicked = Clicked(event)
        article_id = clicked.text("article")
        if not article_id:
            return render_closed()
        start, end = clicked.number("start"), clicked.number("end")
        span = (0, 0) if start is None or end is None else (start, end)
        also = clicked.text("also").split()[:MOST_TWINS]
        return told(lambda: _article(shelf, library, article_id, span, also))

    return open_article


def _article(
    shelf: Shelf, library: str, article_id: str, span: tuple[int, int], also: list[str]
) -> str:
    index = shelf.open(library)
    article = index.article(article_id)
    files = index.files(article_id)
    return render_source(
        article,
        *span,
        files=[PurePath(path).name for path in files if path != article.path],
        twins=[twin for each in also if (twin := _info(index, each)) is not None],
        original=original_url(library, article_id) if files else None,
    )


def _info(index: Index, article_id: str) -> ArticleInfo | None:
    """Return an article without its text, or None where it is gone."""
    try:
        return index.article(article_id).info
    except IndexFailure:
        return None

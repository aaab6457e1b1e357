"""The right-hand panel as HTML: one article with its cited span, or the list of all of them."""

import re
from collections.abc import Sequence
from html import escape

from index.types import Article, ArticleInfo, Cut
from rag.speakers import speaker_of
from ui import strings
from ui.render import render_date, safe_url, target_attributes

PARAGRAPH = re.compile(r"[^\n]+\n*|\n+")
"""A paragraph with the line breaks after it, so that the pieces join up to the whole text."""


def render_source(
    article: Article, start: int, end: int, also_in: Sequence[str] = ()
) -> str:
    """Return an article in full, `text[start:end]` marked character by character.

    Args:
        article: The article to show.
        start: First cited character of `article.text`.
        end: The character after the last; nothing is marked where it is not beyond `start`.
        also_in: Names of other files or outlets with the same text.
    """
    title = escape(article.title or strings.UNTITLED)
    also = strings.ALSO_IN.format(places=", ".join(also_in)) if also_in else ""
    return (
        f'<article class="source" {target_attributes(article.id, start, end)}>'
        f"{_steps()}"
        f'<h2 class="title" tabindex="-1">{title}</h2>'
        f'<p class="facts">{_article_facts(article, start, end)}</p>'
        + (f'<p class="facts">{escape(also)}</p>' if also else "")
        + f'<div class="text">{_marked_paragraphs(article.text, start, end)}</div>'
        f"{_cut(article.cut)}</article>"
    )


def render_library(articles: Sequence[ArticleInfo]) -> str:
    """Return the list of articles, each a button that opens it."""
    rows = "".join(
        f'<li><button type="button" class="source-link" {target_attributes(info.id, 0, 0)}>'
        f"{escape(info.title or strings.UNTITLED)}</button> "
        f'<span class="facts">{escape(info.source or strings.UNKNOWN_OUTLET)} · '
        f"{render_date(info.published)}</span></li>"
        for info in articles
    )
    hint = f'<p class="facts">{escape(strings.LIBRARY_HINT)}</p>' if articles else ""
    return (
        f'<section class="library"><h2 class="title" tabindex="-1">'
        f"{escape(strings.ALL_ARTICLES)} ({len(articles)})</h2>{hint}<ul>{rows}</ul></section>"
    )


def render_problem(message: str) -> str:
    """Return why no article can be shown."""
    return f'<p class="problem" role="alert">{escape(message)}</p>'


def _steps() -> str:
    """Return the buttons that lead on from an article; `page.js` knows them by `data-go`."""
    names = {
        "previous": strings.PREVIOUS,
        "next": strings.NEXT,
        "back": strings.BACK,
        "library": strings.ALL_ARTICLES,
    }
    buttons = "".join(
        f'<button type="button" class="step" data-go="{step}">{escape(name)}</button>'
        for step, name in names.items()
    )
    return f'<nav class="steps" aria-label="{escape(strings.SOURCE_PANEL)}">{buttons}</nav>'


def _article_facts(article: Article, start: int, end: int) -> str:
    facts = [escape(article.source or strings.UNKNOWN_OUTLET)]
    if article.author:
        facts.append(escape(article.author))
    facts.append(render_date(article.published))
    if article.updated and article.updated != article.published:
        facts.append(strings.UPDATED.format(date=render_date(article.updated)))
    page = article.page(start) if end > start else None
    if page is not None:
        facts.append(escape(strings.PAGE.format(page=page)))
    speaker = speaker_of(article.text, start, end) if end > start else None
    if speaker is not None:
        facts.append(escape(strings.SAID_BY.format(speaker=speaker)))
    url = safe_url(article.url)
    if url is not None:
        facts.append(
            f'<a href="{escape(url)}" target="_blank" rel="noopener noreferrer nofollow">'
            f"{escape(strings.OPEN_ORIGINAL)}</a>"
        )
    return " · ".join(facts)


def _marked_paragraphs(text: str, start: int, end: int) -> str:
    """Return the text in paragraphs; a span over several has a mark in each, the first named."""
    paragraphs = []
    named = False
    for match in PARAGRAPH.finditer(text):
        offset, piece = match.start(), match.group()
        first = max(start - offset, 0)
        last = min(end - offset, len(piece))
        if first >= last:
            paragraphs.append(f"<p>{escape(piece)}</p>")
            continue
        name = "" if named else ' id="cited"'
        named = True
        paragraphs.append(
            f"<p>{escape(piece[:first])}<mark{name}>{escape(piece[first:last])}</mark>"
            f"{escape(piece[last:])}</p>"
        )
    return "".join(paragraphs)


def _cut(cut: Sequence[Cut]) -> str:
    if not cut:
        return ""
    rows = "".join(
        f'<li><span class="kind">{escape(piece.kind)}</span> {escape(piece.text)}</li>'
        for piece in cut
    )
    summary = escape(strings.CUT.format(count=len(cut)))
    return f'<details class="cut"><summary>{summary}</summary><ul>{rows}</ul></details>'

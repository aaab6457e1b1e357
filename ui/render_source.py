"""The right-hand panel as HTML: one article with its cited span. Pure functions."""

import re
from collections.abc import Sequence
from html import escape

from index.types import Article, ArticleInfo, Cut
from rag.speakers import speaker_of
from ui import strings
from ui.elements import (
    button,
    date_in_words,
    flat,
    link,
    plain,
    render_date,
    safe_url,
)
from ui.render import target

PARAGRAPH = re.compile(r"[^\n]+\n*|\n+")
"""A paragraph with the line breaks after it, so that the pieces join up to the whole text."""


def render_source(
    article: Article,
    start: int,
    end: int,
    *,
    files: Sequence[str] = (),
    twins: Sequence[ArticleInfo] = (),
    original: str | None = None,
) -> str:
    """Return an article in full, `text[start:end]` marked character by character.

    Args:
        article: The article to show.
        start: First cited character of `article.text`.
        end: The character after the last; nothing is marked where it is not beyond `start`.
        files: Names of other files with the same text.
        twins: Other articles that have the cited words.
        original: Where the file that the article was read from is served.
    """
    also = _also_in(files, twins)
    return (
        f'<article class="source" data-article="{escape(article.id)}" data-start="{start}" '
        f'data-end="{end}">{_steps()}'
        f'<h2 class="title" tabindex="-1">{flat(article.title or strings.UNTITLED)}</h2>'
        + f'<p class="facts">{_article_facts(article, start, end)}</p>'
        + (f'<p class="facts">{also}</p>' if also else "")
        + f'<p class="tools">{_tools(article, start, end, original)}</p>'
        f'<div class="text">{_marked_paragraphs(article.text, start, end)}</div>'
        f"{_cut(article.cut)}</article>"
    )


def render_closed() -> str:
    """Return what stands in the panel while no article is open."""
    return (
        f'<div class="closed"><p>{escape(strings.NOTHING_OPEN)}</p>'
        f"<p>{escape(strings.SHORTCUTS)}</p></div>"
    )


def _steps() -> str:
    """Return the buttons that lead on from an article; `page.js` knows them by `data-go`."""
    names = {
        "previous": strings.PREVIOUS,
        "next": strings.NEXT,
        "back": strings.BACK,
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
    return " · ".join(facts)


def _also_in(files: Sequence[str], twins: Sequence[ArticleInfo]) -> str:
    """Return where else the same words stand: in other articles, in other files."""
    places = [
        button(
            flat(
                " · ".join(
                    filter(
                        None,
                        (
                            twin.source or twin.title or strings.UNTITLED,
                            date_in_words(twin.published) if twin.published else None,
                        ),
                    )
                )
            ),
            "step",
            data=target(twin.id, 0, 0),
        )
        for twin in twins
    ] + [flat(name) for name in files]
    return strings.ALSO_IN.format(places=", ".join(places)) if places else ""


def _tools(article: Article, start: int, end: int, original: str | None) -> str:
    """Return what can be done with an article: see its file, its page on the web, ask it alone."""
    tools = []
    if original:
        page = article.page(start) if end > start else None
        address = f"{original}#page={page}" if page else original
        tools.append(link(escape(strings.ORIGINAL_FILE), address))
    url = safe_url(article.url)
    if url is not None:
        tools.append(link(escape(strings.OPEN_ORIGINAL), url))
    name = plain(article.title or strings.UNTITLED)
    tools.append(
        button(
            escape(strings.ASK_THIS_ALONE),
            "step",
            "select",
            data={"article": article.id, "title": name},
        )
    )
    return " ".join(tools)


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

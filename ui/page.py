"""The page: what stands where."""

from typing import Any

import gradio as gr

from ui import strings
from ui.facts import library_facts
from ui.filters import article_filter, outlet_filter
from ui.parts import at_once, panel
from ui.render_source import render_closed
from ui.render_turns import render_masthead
from ui.shelf import Shelf
from ui.types import Conversation
from ui.view_articles import (
    ArticlesView,
    build_articles,
    enter_articles,
    entered,
    wire_articles,
)
from ui.view_ask import ANSWERS_AT_ONCE, AskView, build_ask, show, wire_ask
from ui.view_draft import build_draft, wire_draft
from ui.view_source import build_source, opener
from ui.view_upload import wire_new_library
from ui.wiring import choose_from, refresh_after


def build_page(shelf: Shelf) -> gr.Blocks:
    """Build the page over a shelf of libraries."""
    with gr.Blocks(title=strings.TITLE, fill_width=True, analytics_enabled=False) as page:
        with gr.Row(elem_id="top"):
            masthead = panel("masthead")
            library = gr.Dropdown(
                label=strings.LIBRARY, choices=shelf.names(), value=shelf.main_name,
                elem_id="library", scale=0, min_width=240,
            )
        with gr.Row(elem_id="desk"):
            with (
                gr.Column(scale=5, min_width=320, elem_id="talk"),
                gr.Tabs(elem_id="views") as views,
            ):
                with gr.Tab(strings.ASK_VIEW, id="ask"):
                    asking = build_ask()
                with gr.Tab(strings.ARTICLES_VIEW, id="articles"):
                    articles = build_articles()
                with gr.Tab(strings.DRAFT_VIEW, id="draft"):
                    drafting = build_draft()
            with gr.Column(scale=4, min_width=320, elem_id="reading"):
                source = build_source()

        wire_ask(asking, shelf, library)
        changes = wire_articles(articles, shelf, library, source)
        wire_draft(drafting, shelf, library)
        refresh_after(changes, shelf, library, masthead, asking)
        choose_from(source, articles.listing, articles.desk, shelf, library, asking, views)
        for each in (
            asking.past, asking.now, articles.listing, articles.upload.added, drafting.checked,
            source,
        ):
            each.click(opener(shelf), inputs=library, outputs=source, **at_once())
        _wire_library(page, shelf, library, masthead, asking, articles, source)
    page.queue(default_concurrency_limit=ANSWERS_AT_ONCE, api_open=False)
    return page


def _wire_library(
    page: gr.Blocks,
    shelf: Shelf,
    library: gr.Dropdown,
    masthead: gr.HTML,
    asking: AskView,
    articles: ArticlesView,
    source: gr.HTML,
) -> None:
    """Show a library when the page is loaded, and another when one is chosen or made."""

    def enter(name: str) -> tuple[Any, ...]:
        index = shelf.open(name)
        return (
            render_masthead(library_facts(index)), *show(Conversation(), shelf, name),
            outlet_filter(index), article_filter(index), render_closed(),
            *enter_articles(shelf, name),
        )

    outputs = [
        masthead, *asking.shown, asking.outlets, asking.articles, source, *entered(articles)
    ]
    made = wire_new_library(articles.upload, shelf, library)
    for opened in (page.load, library.input, made.success):
        opened(enter, inputs=library, outputs=outputs, **at_once())
    # Another visitor may have made a library since the page was built.
    page.load(lambda: gr.Dropdown(choices=shelf.names()), outputs=library, **at_once())

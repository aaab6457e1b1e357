"""The page: what stands where."""

from collections.abc import Callable
from typing import Any

import gradio as gr

from rag.settings import rag_settings
from ui import strings
from ui.facts import library_facts, writer_facts
from ui.filters import article_filter, outlet_filter
from ui.keeping import find
from ui.parts import at_once, panel, user_of
from ui.render_source import render_closed
from ui.render_turns import render_masthead
from ui.shelf import Shelf
from ui.turnstile import Turnstile
from ui.types import Conversation
from ui.view_articles import (
    ArticlesView,
    build_articles,
    enter_articles,
    entered,
    wire_articles,
)
from ui.view_ask import AskView, build_ask, show, wire_ask
from ui.view_chats import build_chats, wire_chats
from ui.view_draft import build_draft, wire_draft
from ui.view_source import build_source, opener
from ui.view_upload import wire_new_library
from ui.wiring import choose_from, refresh_after
from ui.writer_status import WriterWatch

WRITER_SEEN_EVERY = 20.0
"""Seconds between two looks whether the language model can be reached."""


def build_page(shelf: Shelf, turnstile: Turnstile) -> gr.Blocks:
    """Build the page over a shelf of libraries; `ui.app` serves it.

    Args:
        shelf: The libraries.
        turnstile: Lets in so many questions at once, and tells the others to come back.
    """
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
                gr.Tabs(elem_id="views", overflow_behavior="wrap") as tabs,
            ):
                with gr.Tab(strings.ASK_VIEW, id="ask"):
                    asking = build_ask()
                with gr.Tab(strings.ARTICLES_VIEW, id="articles") as articles_tab:
                    articles = build_articles()
                with gr.Tab(strings.DRAFT_VIEW, id="draft"):
                    drafting = build_draft()
                with gr.Tab(strings.CHATS_VIEW, id="chats") as chats_tab:
                    chats = build_chats()
            with gr.Column(scale=4, min_width=320, elem_id="reading"):
                source = build_source()

        wire_ask(asking, shelf, library, turnstile)
        changes = wire_articles(articles, articles_tab, shelf, library, source)
        wire_draft(drafting, shelf, library, turnstile)
        for each in (
            asking.past, asking.now, articles.listing, articles.upload.added, drafting.checked,
            source,
        ):
            each.click(opener(shelf), inputs=library, outputs=source, **at_once())
        wire_chats(chats, chats_tab, tabs, asking, shelf, library)
        head = _header(shelf)
        refresh_after(changes, shelf, library, masthead, head, asking)
        choose_from(source, articles, tabs, asking, shelf, library)
        _wire_library(page, shelf, library, masthead, head, asking, articles, source)
    page.queue(default_concurrency_limit=None, api_open=False)
    return page


def _wire_library(
    page: gr.Blocks,
    shelf: Shelf,
    library: gr.Dropdown,
    masthead: gr.HTML,
    head: Callable[[str], str],
    asking: AskView,
    articles: ArticlesView,
    source: gr.HTML,
) -> None:
    """Show a library when the page is loaded, and another when one is chosen or made."""

    def enter(name: str, conversation: Conversation | None = None) -> tuple[Any, ...]:
        """Show a library."""
        index = shelf.open(name)
        return (
            head(name),
            *show(conversation or Conversation(), shelf, name),
            outlet_filter(index), article_filter(index), render_closed(),
            *enter_articles(shelf, name),
        )

    def arrive(request: gr.Request) -> tuple[Any, ...]:
        """Show the library and the conversation that the page's address names."""
        asked = request.query_params
        name = asked.get("library") or shelf.main_name
        if name not in shelf.names():
            name = shelf.main_name
        chat_id = asked.get("chat")
        found = find(lambda: shelf.chats(name), user_of(request), chat_id) if chat_id else None
        return gr.Dropdown(choices=shelf.names(), value=name), *enter(name, found)

    outputs = [
        masthead, *asking.shown, asking.outlets, asking.articles, source, *entered(articles)
    ]
    page.load(arrive, outputs=[library, *outputs], **at_once())
    library.input(enter, inputs=library, outputs=outputs, **at_once())
    wire_new_library(articles.upload, shelf, library)
    articles.upload.made.change(
        enter, inputs=articles.upload.made, outputs=outputs, **at_once()
    )
    if rag_settings().llm_base_url:
        gr.Timer(WRITER_SEEN_EVERY).tick(head, inputs=library, outputs=masthead, **at_once())


def _header(shelf: Shelf) -> Callable[[str], str]:
    """Return what tells at the head of the page what there is to ask and what writes."""
    watch = WriterWatch(rag_settings())
    return lambda name: render_masthead(
        library_facts(shelf.open(name)), writer_facts(watch.status())
    )

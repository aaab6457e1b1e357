"""The page: what stands where, and what one part of it does to the others."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import gradio as gr

from rag.settings import rag_settings
from ui import strings
from ui.answering import show
from ui.facts import library_facts, writer_facts
from ui.filters import article_filter, outlet_filter
from ui.keeping import find
from ui.parts import at_once, panel, refuse_quietly, user_of
from ui.render_source import render_closed
from ui.render_turns import render_masthead
from ui.shelf import Shelf
from ui.suggesting import Suggesting
from ui.turnstile import Turnstile
from ui.types import Conversation, Visit
from ui.view_articles import (
    ArticlesView,
    build_articles,
    enter_articles,
    entered,
    wire_articles,
)
from ui.view_ask import AskView, build_ask, ready, suggest_after, wire_ask
from ui.view_chats import ChatsView, build_chats, wire_chats
from ui.view_draft import DraftView, build_draft, forgetter, wire_draft
from ui.view_source import build_source, opener
from ui.view_upload import wire_new_library
from ui.wiring import choose_from, refresh_after
from ui.writer_status import WriterWatch

WRITER_SEEN_EVERY = 20.0
"""Seconds between two looks whether the language model can be reached."""

Head = Callable[[str], str]
"""Returns the head of the page for a library, by its name."""


@dataclass(frozen=True, kw_only=True)
class Page:
    """What stands on the page."""

    masthead: gr.HTML
    library: gr.Dropdown
    tabs: gr.Tabs
    asking: AskView
    articles_tab: gr.Tab
    articles: ArticlesView
    drafting: DraftView
    chats_tab: gr.Tab
    chats: ChatsView
    source: gr.HTML


def build_page(shelf: Shelf, turnstile: Turnstile) -> gr.Blocks:
    """Build the page over a shelf of libraries; `ui.app` serves it.

    Args:
        shelf: The libraries.
        turnstile: Lets in so many questions at once, and tells the others to come back.
    """
    with gr.Blocks(title=strings.TITLE, fill_width=True, analytics_enabled=False) as blocks:
        page = _lay_out(shelf)
        _wire(blocks, page, shelf, turnstile)
    blocks.queue(default_concurrency_limit=None, api_open=False)
    refuse_quietly(blocks)
    return blocks


def _lay_out(shelf: Shelf) -> Page:
    """Put everything in its place, not yet wired."""
    with gr.Row(elem_id="top"):
        masthead = panel("masthead")
        library = gr.Dropdown(
            label=strings.LIBRARY,
            choices=shelf.names(),
            value=shelf.main_name,
            elem_id="library",
            scale=0,
            min_width=240,
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
    return Page(
        masthead=masthead,
        library=library,
        tabs=tabs,
        asking=asking,
        articles_tab=articles_tab,
        articles=articles,
        drafting=drafting,
        chats_tab=chats_tab,
        chats=chats,
        source=source,
    )


def _wire(blocks: gr.Blocks, page: Page, shelf: Shelf, turnstile: Turnstile) -> None:
    """Let the views work, each by itself and upon the others."""
    library, asking, articles, source = page.library, page.asking, page.articles, page.source
    suggesting = Suggesting(turnstile)
    head = _head(shelf)
    wire_ask(asking, shelf, library, turnstile, suggesting)
    changes = wire_articles(articles, page.articles_tab, shelf, library, source)
    wire_draft(page.drafting, shelf, library, turnstile)
    wire_chats(page.chats, page.chats_tab, page.tabs, asking, shelf, library)
    openers = (
        asking.past,
        asking.now,
        articles.listing,
        articles.upload.added,
        page.drafting.checked,
        source,
    )
    for each in openers:
        each.click(opener(shelf), inputs=library, outputs=source, **at_once())
    draft = page.drafting
    for change in changes:
        change.then(
            forgetter(shelf),
            inputs=[draft.draft, draft.halt, library],
            outputs=[draft.draft, draft.checked],
            **at_once(),
        )
    refresh_after(changes, shelf, library, page.masthead, head, asking)
    choose_from(source, articles, page.tabs, asking, shelf, library)
    for event in _wire_entrances(blocks, page, shelf, head):
        suggest_after(event, asking, shelf, library, suggesting)
    if rag_settings().llm_base_url:
        gr.Timer(WRITER_SEEN_EVERY).tick(head, inputs=library, outputs=page.masthead, **at_once())


def _wire_entrances(blocks: gr.Blocks, page: Page, shelf: Shelf, head: Head) -> list[Any]:
    """Show a library when the page is loaded, and another when one is chosen or made.

    Returns:
        The events upon which the page shows another library.
    """
    asking, made = page.asking, page.articles.upload.made

    def enter(name: str, visit: Visit, conversation: Conversation | None = None) -> tuple[Any, ...]:
        """Show a library."""
        visit.turn_page()
        index = shelf.open(name)
        return (
            head(name),
            *show(conversation or Conversation(), shelf, name),
            "",
            ready(visit),
            outlet_filter(index),
            article_filter(index),
            render_closed(),
            *enter_articles(shelf, name),
        )

    def arrive(visit: Visit, request: gr.Request) -> tuple[Any, ...]:
        """Show the library and the conversation that the page's address names."""
        asked = request.query_params
        name = asked.get("library") or shelf.main_name
        if name not in shelf.names():
            name = shelf.main_name
        chat_id = asked.get("chat")
        found = (
            find(lambda: shelf.chats(name), shelf.open(name), user_of(request), chat_id)
            if chat_id
            else None
        )
        return gr.Dropdown(choices=shelf.names(), value=name), *enter(name, visit, found)

    outputs = [
        page.masthead,
        *asking.shown,
        asking.next,
        asking.question,
        asking.outlets,
        asking.articles,
        page.source,
        *entered(page.articles),
    ]
    wire_new_library(page.articles.upload, shelf, page.library)
    return [
        blocks.load(arrive, inputs=asking.visit, outputs=[page.library, *outputs], **at_once()),
        page.library.input(
            enter, inputs=[page.library, asking.visit], outputs=outputs, **at_once()
        ),
        made.change(enter, inputs=[made, asking.visit], outputs=outputs, **at_once()),
    ]


def _head(shelf: Shelf) -> Head:
    """Return what tells at the head of the page what there is to ask and what writes."""
    watch = WriterWatch(rag_settings())
    return lambda name: render_masthead(
        library_facts(shelf.open(name)), writer_facts(watch.status())
    )

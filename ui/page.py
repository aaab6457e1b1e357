"""The page: what stands where."""

from typing import Any

import gradio as gr

from rag.settings import rag_settings
from ui import strings
from ui.facts import library_facts, writer_facts
from ui.keeping import find
from ui.parts import at_once, panel, user_of
from ui.render_source import render_closed
from ui.render_turns import render_masthead
from ui.shelf import Shelf
from ui.suggesting import Suggesting
from ui.turnstile import Turnstile
from ui.types import Conversation, Visit
from ui.view_ask import MOST_CHOICES, AskView, build_ask, show, suggest_after, wire_ask
from ui.view_chats import build_chats, wire_chats
from ui.view_source import build_source, opener
from ui.writer_status import WriterWatch

WRITER_SEEN_EVERY = 20.0
"""Seconds between two looks whether the language model can be reached."""


def build_page(shelf: Shelf, turnstile: Turnstile) -> gr.Blocks:
    """Build the page over a shelf of libraries; `ui.app` serves it.

    Args:
        shelf: The libraries.
        turnstile: Lets in so many questions at once, and tells the others to come back.
    """
    suggesting = Suggesting(turnstile)
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
                gr.Tabs(elem_id="views") as tabs,
            ):
                with gr.Tab(strings.ASK_VIEW, id="ask"):
                    asking = build_ask()
                with gr.Tab(strings.CHATS_VIEW, id="chats") as chats_tab:
                    chats = build_chats()
            with gr.Column(scale=4, min_width=320, elem_id="reading"):
                source = build_source()

        wire_ask(asking, shelf, library, turnstile, suggesting)
        for each in (asking.past, asking.now, source):
            each.click(opener(shelf), inputs=library, outputs=source, **at_once())
        wire_chats(chats, chats_tab, tabs, asking, shelf, library)
        _wire_library(page, shelf, library, masthead, asking, source, suggesting)
    page.queue(default_concurrency_limit=None, api_open=False)
    return page


def _wire_library(
    page: gr.Blocks,
    shelf: Shelf,
    library: gr.Dropdown,
    masthead: gr.HTML,
    asking: AskView,
    source: gr.HTML,
    suggesting: Suggesting,
) -> None:
    """Show a library when the page is loaded, and another when one is chosen."""
    watch = WriterWatch(rag_settings())

    def head(name: str) -> str:
        """Tell what there is to ask and what writes."""
        return render_masthead(library_facts(shelf.open(name)), writer_facts(watch.status()))

    def enter(
        name: str, visit: Visit, conversation: Conversation | None = None
    ) -> tuple[Any, ...]:
        """Show a library."""
        visit.turn_page()
        return (
            head(name),
            *show(conversation or Conversation(), shelf, name), "",
            *_choices(shelf, name), render_closed(),
        )

    def arrive(visit: Visit, request: gr.Request) -> tuple[Any, ...]:
        """Show the library and the conversation that the page's address names."""
        asked = request.query_params
        name = asked.get("library") or shelf.main_name
        if name not in shelf.names():
            name = shelf.main_name
        chat_id = asked.get("chat")
        found = find(lambda: shelf.chats(name), user_of(request), chat_id) if chat_id else None
        return gr.Dropdown(choices=shelf.names(), value=name), *enter(name, visit, found)

    outputs = [masthead, *asking.shown, asking.next, asking.outlets, asking.articles, source]
    arrived = page.load(
        arrive, inputs=asking.visit, outputs=[library, *outputs], **at_once()
    )
    entered = library.input(
        enter, inputs=[library, asking.visit], outputs=outputs, **at_once()
    )
    for event in (arrived, entered):
        suggest_after(event, asking, shelf, library, suggesting)
    if rag_settings().llm_base_url:
        gr.Timer(WRITER_SEEN_EVERY).tick(head, inputs=library, outputs=masthead, **at_once())


def _choices(shelf: Shelf, name: str) -> tuple[gr.Dropdown, gr.Dropdown]:
    """Return what the filters of a library offer."""
    articles = shelf.open(name).articles()
    outlets = sorted({info.source for info in articles if info.source})
    titles = [(info.title or strings.UNTITLED, info.id) for info in articles[:MOST_CHOICES]]
    return gr.Dropdown(choices=outlets, value=[]), gr.Dropdown(choices=titles, value=[])

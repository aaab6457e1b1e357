"""What one view does to the others: a change in the library, articles chosen to be asked about."""

from typing import Any

import gradio as gr

from ui.facts import library_facts
from ui.filters import article_filter, outlet_filter
from ui.listing import Desk
from ui.parts import Clicked, at_once
from ui.render_turns import render_masthead
from ui.shelf import Shelf
from ui.types import Conversation
from ui.view_ask import AskView, show

FOCUS_QUESTION = "() => page.ask()"


def refresh_after(
    events: list[Any], shelf: Shelf, library: gr.Dropdown, masthead: gr.HTML, asking: AskView
) -> None:
    """Bring the head of the page, the filters and the welcome up to date after changes."""

    def refresh(
        name: str, outlets: list[str] | None, articles: list[str] | None, asked: Conversation
    ) -> tuple[Any, ...]:
        index = shelf.open(name)
        now = gr.skip() if asked.turns else show(asked, shelf, name)[-1]
        return (
            render_masthead(library_facts(index)), outlet_filter(index, outlets or ()),
            article_filter(index, articles or ()), now,
        )

    for event in events:
        event.then(
            refresh, inputs=[library, asking.outlets, asking.articles, asking.conversation],
            outputs=[masthead, asking.outlets, asking.articles, asking.now], **at_once(),
        )


def choose_from(
    source: gr.HTML, listing: gr.HTML, desk: gr.State, shelf: Shelf, library: gr.Dropdown,
    asking: AskView, views: gr.Tabs,
) -> None:
    """Let the open article, or those that are ticked in the list, be asked about alone."""
    outputs = [asking.articles, asking.filters, views]

    def choose_open(event: gr.EventData, name: str) -> tuple[Any, ...]:
        return _chosen(shelf, name, [Clicked(event).text("article")])

    def choose_ticked(desk: Desk, name: str) -> tuple[Any, ...]:
        return _chosen(shelf, name, desk.ticked)

    chosen = [
        source.select(choose_open, inputs=library, outputs=outputs, **at_once()),
        listing.select(choose_ticked, inputs=[desk, library], outputs=outputs, **at_once()),
    ]
    for event in chosen:
        event.then(None, js=FOCUS_QUESTION, **at_once())


def _chosen(shelf: Shelf, name: str, article_ids: Any) -> tuple[Any, ...]:  # noqa: ANN401
    return (
        article_filter(shelf.open(name), article_ids), gr.Accordion(open=True),
        gr.Tabs(selected="ask"),
    )

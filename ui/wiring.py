"""What one view does to the others: a change in the library, articles chosen to be asked about."""

from collections.abc import Callable, Sequence
from typing import Any

import gradio as gr

from index import Index
from ui.answering import show
from ui.filters import article_filter, outlet_filter
from ui.keeping import without_erased
from ui.listing import Desk
from ui.parts import Clicked, at_once
from ui.shelf import Shelf
from ui.types import Conversation, Visit
from ui.view_articles import ArticlesView
from ui.view_ask import AskView

FOCUS_QUESTION = "() => page.ask()"


def refresh_after(
    events: Sequence[Any],
    shelf: Shelf,
    library: gr.Dropdown,
    masthead: gr.HTML,
    head: Callable[[str], str],
    asking: AskView,
) -> None:
    """Bring the head of the page, the filters and the conversation up to date after changes."""

    def refresh(
        name: str,
        outlets: list[str] | None,
        articles: list[str] | None,
        asked: Conversation,
        visit: Visit,
    ) -> tuple[Any, ...]:
        index = shelf.open(name)
        begun = visit.page
        kept = without_erased(index, asked)
        # An answer that is growing is drawn by whoever asks; an empty page has its welcome.
        drawn = (kept != asked or not asked.turns) and not visit.answering and visit.page == begun
        return (
            head(name),
            outlet_filter(index, outlets or ()),
            article_filter(index, articles or ()),
            *(show(kept, shelf, name) if drawn else (gr.skip(),) * 3),
        )

    for event in events:
        event.then(
            refresh,
            inputs=[
                library,
                asking.outlets,
                asking.articles,
                asking.conversation,
                asking.visit,
            ],
            outputs=[masthead, asking.outlets, asking.articles, *asking.shown],
            **at_once(),
        )


def choose_from(
    source: gr.HTML,
    articles: ArticlesView,
    tabs: gr.Tabs,
    asking: AskView,
    shelf: Shelf,
    library: gr.Dropdown,
) -> None:
    """Let the open article, or those that are ticked in the list, be asked about alone."""
    outputs = [asking.articles, asking.filters, tabs]

    def choose_open(event: gr.EventData, name: str) -> tuple[Any, ...]:
        return chosen(shelf.open(name), [Clicked(event).text("article")])

    def choose_ticked(desk: Desk, name: str) -> tuple[Any, ...]:
        return chosen(shelf.open(name), desk.ticked)

    events = [
        source.select(choose_open, inputs=library, outputs=outputs, **at_once()),
        articles.listing.select(
            choose_ticked, inputs=[articles.desk, library], outputs=outputs, **at_once()
        ),
    ]
    for event in events:
        event.then(None, js=FOCUS_QUESTION, **at_once())


def chosen(index: Index, article_ids: Sequence[str]) -> tuple[gr.Dropdown, gr.Accordion, gr.Tabs]:
    """Return the filter that holds articles, open to be seen, in the view that asks."""
    return article_filter(index, article_ids), gr.Accordion(open=True), gr.Tabs(selected="ask")

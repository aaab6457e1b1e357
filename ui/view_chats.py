"""The view of saved conversations: listed, searched, opened, renamed, exported, deleted."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import gradio as gr

from ui import strings
from ui.answering import show
from ui.elements import render_problem
from ui.errors import KeepingFailure
from ui.keeping import find
from ui.parts import Clicked, at_once, panel, user_of
from ui.render_chats import render_chats
from ui.shelf import Shelf
from ui.types import Conversation, Visit
from ui.view_ask import AskView, ready


@dataclass(frozen=True, kw_only=True)
class ChatsView:
    """The components of the view."""

    search: gr.Textbox
    listed: gr.HTML


def build_chats() -> ChatsView:
    """Return the view, not yet wired."""
    search = gr.Textbox(label=strings.SEARCH_CHATS, elem_id="search-chats")
    return ChatsView(search=search, listed=panel("chats"))


def wire_chats(
    view: ChatsView,
    tab: gr.Tab,
    tabs: gr.Tabs,
    asking: AskView,
    shelf: Shelf,
    library: gr.Dropdown,
) -> None:
    """Let the list be searched, and its buttons open, rename and delete."""
    listing = {"inputs": [view.search, library, asking.conversation], "outputs": view.listed}
    tab.select(_lister(shelf), **listing, **at_once())
    view.search.change(_lister(shelf), **listing, **at_once())
    view.listed.edit(_lister(shelf, _rename), **listing, **at_once())
    view.listed.delete(_lister(shelf, _delete), **listing, **at_once())
    view.listed.select(
        _opener(shelf),
        inputs=[asking.visit, library],
        outputs=[*asking.shown, asking.next, asking.question, tabs],
        **at_once(),
    )


def _lister(shelf: Shelf, change: Callable[[Shelf, str, str, Clicked], None] | None = None) -> Any:  # noqa: ANN401 - a function that Gradio reads the signature of
    def listed(
        event: gr.EventData,
        search: str,
        library: str,
        conversation: Conversation,
        request: gr.Request,
    ) -> str:
        """Show the conversations, after one was changed."""
        user = user_of(request)
        problem = ""
        try:
            if change is not None:
                change(shelf, library, user, Clicked(event))
        except KeepingFailure as error:
            problem = render_problem(str(error))
        try:
            chats = shelf.chats(library).list(user, search)
        except KeepingFailure as error:
            return render_problem(str(error))
        return problem + render_chats(
            chats, library, current=conversation.chat_id, searched=bool(search.strip())
        )

    return listed


def _rename(shelf: Shelf, library: str, user: str, clicked: Clicked) -> None:
    shelf.chats(library).rename(user, clicked.text("chat"), clicked.text("title"))


def _delete(shelf: Shelf, library: str, user: str, clicked: Clicked) -> None:
    shelf.chats(library).delete(user, clicked.text("chat"))


def _opener(shelf: Shelf) -> Any:  # noqa: ANN401 - a function that Gradio reads the signature of
    def opened(
        event: gr.EventData, visit: Visit, library: str, request: gr.Request
    ) -> tuple[Any, ...]:
        """Put a saved conversation back onto the page."""
        visit.turn_page()
        chat_id = Clicked(event).text("chat")
        found = find(lambda: shelf.chats(library), shelf.open(library), user_of(request), chat_id)
        return (*show(found, shelf, library), "", ready(visit), gr.Tabs(selected="ask"))

    return opened

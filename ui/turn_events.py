"""What a reader does with a turn that stands: ask it differently, widen a quote, rate an answer."""

from dataclasses import replace
from typing import Any

import gradio as gr

from index import IndexFailure
from ui import strings
from ui.answering import recalled, show
from ui.asking import widen_quote
from ui.elements import plain
from ui.keeping import rated
from ui.parts import Clicked, user_of
from ui.shelf import Shelf
from ui.types import Conversation, Visit

LONGEST_LABEL = 80
"""Characters of a question that stand in the label of the box while it is edited."""


def editor(shelf: Shelf) -> Any:  # noqa: ANN401 - Gradio reads its signature
    """Return what puts a question back into the box."""

    def edit(
        event: gr.EventData,
        conversation: Conversation,
        visit: Visit,
        library: str,
        request: gr.Request,
    ) -> tuple[Conversation, gr.Textbox]:
        """Put a question back into the box; the next one that is asked takes its place."""
        clicked = Clicked(event)
        conversation = recalled(conversation, shelf, library, request)
        place = clicked.number("turn")
        if place is None or place >= len(conversation.turns) or visit.answering:
            return gr.skip(), gr.skip()
        asked = conversation.turns[place].question
        after = len(conversation.turns) - 1 - place
        label = strings.EDITING if not after else strings.EDITING_EARLIER
        box = gr.Textbox(
            value=clicked.text("question") or asked,
            label=label.format(question=plain(asked)[:LONGEST_LABEL], count=after),
        )
        return replace(conversation, editing=place), box

    return edit


def widener(shelf: Shelf) -> Any:  # noqa: ANN401 - Gradio reads its signature
    """Return what shows a quote with the sentences around it."""

    def widen(
        event: gr.EventData,
        conversation: Conversation,
        visit: Visit,
        library: str,
        request: gr.Request,
    ) -> tuple[Any, ...]:
        """Show a quote with the sentences around it."""
        clicked = Clicked(event)
        conversation = recalled(conversation, shelf, library, request)
        place, sentence = clicked.number("turn"), clicked.number("sentence")
        if place is None or sentence is None or visit.answering:
            return (gr.skip(),) * 3
        begun = visit.page
        try:
            wider = widen_quote(shelf.open(library), conversation, place, sentence)
        except (IndexFailure, IndexError) as error:
            wider = replace(conversation, trouble=str(error))
        return show(wider, shelf, library) if visit.page == begun else (gr.skip(),) * 3

    return widen


def rater(shelf: Shelf) -> Any:  # noqa: ANN401 - Gradio reads its signature
    """Return what stores what the reader thinks of an answer."""

    def rate(
        event: gr.EventData,
        conversation: Conversation,
        visit: Visit,
        library: str,
        request: gr.Request,
    ) -> tuple[Any, ...]:
        """Store what the reader thinks of an answer."""
        clicked = Clicked(event)
        conversation = recalled(conversation, shelf, library, request)
        place = clicked.number("turn")
        if place is None or place >= len(conversation.turns) or visit.answering:
            return (gr.skip(),) * 3
        begun = visit.page
        rating = {name: clicked.text(name) for name in ("thumb", "reason", "note")}
        user = user_of(request)
        told = rated(lambda: shelf.chats(library), user, conversation, place, **rating)
        return show(told, shelf, library) if visit.page == begun else (gr.skip(),) * 3

    return rate

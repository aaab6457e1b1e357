"""An answer in the page: asked, drawn as it grows, kept when it is done or was left."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

import gradio as gr

from index.dates import parse_date
from ui import strings
from ui.asking import ask, stop
from ui.elements import render_notice
from ui.freshness import warnings
from ui.keeping import caught_up, keep, remembered
from ui.parts import Clicked, user_of
from ui.render_turns import render_place, render_turns, render_welcome
from ui.shelf import Shelf
from ui.turnstile import Turnstile
from ui.types import Conversation, Limits, Turn, Visit

NOTHING_NEW = (gr.skip(),) * 5
"""For the conversation, its turns in two panels, the suggestions and the box: all as they are."""

Shown = tuple[Conversation, str, str]


def show(conversation: Conversation, shelf: Shelf, library: str) -> Shown:
    """Return a conversation, its earlier turns and its last as HTML; a welcome while it is empty.

    Args:
        conversation: The conversation.
        shelf: The libraries.
        library: The library that is asked.
    """
    past = show_past(conversation, shelf, library)
    return conversation, past, show_last(conversation, shelf, library)


def show_past(conversation: Conversation, shelf: Shelf, library: str) -> str:
    """Return all turns of a conversation but the last as HTML; see `show`."""
    return render_turns(conversation.turns[:-1], library=library, warnings=_warner(shelf, library))


def show_last(conversation: Conversation, shelf: Shelf, library: str) -> str:
    """Return the last turn of a conversation as HTML, or a welcome; see `show`."""
    trouble = render_notice(conversation.trouble) if conversation.trouble else ""
    if not conversation.turns:
        welcome = render_welcome(len(shelf.open(library).articles()))
        return render_place(trouble + welcome, library)
    last = len(conversation.turns) - 1
    now = render_turns(
        conversation.turns[last:], last, library=library, warnings=_warner(shelf, library)
    )
    return render_place(now + trouble, library, conversation.chat_id)


def _warner(shelf: Shelf, library: str) -> Callable[[Turn], Sequence[str]]:
    """Return what tells what has become of the sources of a turn that was saved."""
    return lambda turn: warnings((turn,), shelf.open(library)) if turn.id else ()


def asker(shelf: Shelf, turnstile: Turnstile) -> Any:  # noqa: ANN401 - Gradio reads its signature
    """Return what asks a question in the page: typed, suggested, or asked once more."""

    def run(
        event: gr.EventData,
        typed: str,
        since: str,
        until: str,
        outlets: list[str] | None,
        articles: list[str] | None,
        conversation: Conversation,
        visit: Visit,
        library: str,
        request: gr.Request,
    ) -> Iterator[tuple[Any, ...]]:
        """Stream an answer into the conversation."""
        limits = limits_of(since, until, outlets, articles)
        if visit.answering:
            yield NOTHING_NEW  # Enter was pressed twice
            return
        index, user, clicked = shelf.open(library), user_of(request), Clicked(event)
        conversation = recalled(conversation, shelf, library, request)
        known = caught_up(lambda: shelf.chats(library), index, user, conversation)
        before, turn = _wanted(clicked, typed, limits, known)
        if not turn.question:
            yield *show(before, shelf, library), gr.skip(), gr.Textbox(label=strings.QUESTION)
            return
        begun, kept, grown = visit.begin_answer(), None, before
        box: Any = gr.Textbox(
            label=strings.QUESTION,
            submit_btn=False,
            stop_btn=strings.STOP,
            **({} if clicked else {"value": ""}),
        )
        past: Any = None
        try:
            for grown in ask(index, before, turn, turnstile, user):
                if visit.page != begun or visit.stop_wanted:
                    break
                past = show_past(grown, shelf, library) if past is None else gr.skip()
                yield grown, past, show_last(grown, shelf, library), "", box
                box = gr.skip()
            kept = keep(lambda: shelf.chats(library), index, user, stop(grown))
            # Gradio shows what came last once more at the end, so that must not be old.
            is_wanted = visit.page == begun
            yield (*show(kept, shelf, library), gr.skip(), gr.skip()) if is_wanted else NOTHING_NEW
        except GeneratorExit:  # the page was closed or loaded anew
            if kept is None:
                keep(lambda: shelf.chats(library), index, user, stop(grown))
            raise
        finally:
            visit.end_answer(begun)

    return run


def recalled(
    conversation: Conversation, shelf: Shelf, library: str, request: gr.Request
) -> Conversation:
    """Return a conversation; of a tab that the server has forgotten, the one that was saved.

    With every event Gradio sends the page's address along, which names the conversation.
    """
    index, user = shelf.open(library), user_of(request)
    named = request.query_params.get("chat")
    return remembered(lambda: shelf.chats(library), index, user, conversation, named)


def limits_of(
    since: str, until: str, outlets: list[str] | None, articles: list[str] | None
) -> Limits:
    """Return the limits that the filters hold."""
    return Limits(
        since=_day(since),
        until=_day(until),
        outlets=tuple(outlets or ()),
        articles=tuple(articles or ()),
    )


def _day(typed: str) -> str | None:
    """Return a day as ISO 8601, however it is written; what is none stays, and is told of."""
    day = (typed or "").strip()
    return (parse_date(day) or day) if day else None


def _wanted(
    clicked: Clicked, typed: str, limits: Limits, conversation: Conversation
) -> tuple[Conversation, Turn]:
    """Return what is asked, and what comes before it: typed, suggested, or asked once more.

    The last question is asked again in its own place; an earlier one, as it was understood, at the
    end, so that nothing that came after it goes.
    """
    place = clicked.number("turn")
    if place is not None and place < len(conversation.turns):
        again = conversation.turns[place]
        failed = again.answer is None
        turn = Turn(
            question=again.question,
            limits=limits if failed else again.limits,
            alone=again.alone or "alone" in clicked,
        )
        if place == len(conversation.turns) - 1:
            return replace(conversation, editing=place), turn
        if again.answer is not None and "alone" not in clicked:
            turn = replace(turn, question=again.answer.asked, alone=True)
        return replace(conversation, editing=None), turn
    suggested = clicked.text("question").strip()
    if suggested:
        return replace(conversation, editing=None), Turn(question=suggested, limits=limits)
    turn = Turn(question=typed.strip(), limits=limits)
    return (conversation if turn.question else replace(conversation, editing=None)), turn

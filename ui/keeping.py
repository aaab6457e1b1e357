"""Keeping what stands on the page: saved when an answer is done, found again by its address."""

from collections.abc import Callable
from dataclasses import replace

from index import Index
from ui.chats import Chats
from ui.errors import FeedbackNotWritten, KeepingFailure, UnknownChat
from ui.forgetting import articles_in, forget_articles
from ui.types import Conversation, Thumb, Turn

OpenChats = Callable[[], Chats]
"""Opens what is saved; that can fail, too, and must not keep a question from being answered."""


def keep(opened: OpenChats, index: Index, user: str, conversation: Conversation) -> Conversation:
    """Return a conversation as it was saved; one that could not be says why, and goes on."""
    conversation = without_erased(index, conversation)
    try:
        chats = opened()
        chat_id, turns = chats.save(user, conversation.chat_id, conversation.turns)
    except KeepingFailure as error:
        return replace(conversation, trouble=str(error))
    # What is saved never changes; a quote that was widened stays so while it is on the page.
    shown = tuple(
        ours if ours.id else saved for ours, saved in zip(conversation.turns, turns, strict=True)
    )
    return replace(conversation, chat_id=chat_id or None, turns=shown, trouble=chats.trouble)


def caught_up(
    opened: OpenChats, index: Index, user: str, conversation: Conversation
) -> Conversation:
    """Return a conversation with what has become of it elsewhere, such as in another tab.

    Turns that were saved there since are added; the words of erased articles go. One that was
    deleted is saved anew.
    """
    if conversation.chat_id is None:
        return without_erased(index, conversation)
    try:
        saved = opened().load(user, conversation.chat_id)
    except UnknownChat:
        anew = tuple(replace(turn, id="") for turn in conversation.turns)
        return without_erased(index, replace(conversation, chat_id=None, turns=anew))
    except KeepingFailure:  # told when it is to be saved
        return without_erased(index, conversation)
    ours = {turn.id: turn for turn in conversation.turns}
    turns = (
        *(ours.get(turn.id, turn) for turn in saved),
        *(turn for turn in conversation.turns if not turn.id),
    )
    editing = conversation.editing
    if editing is not None:
        edited = conversation.turns[editing].id
        places = [place for place, turn in enumerate(turns) if turn.id == edited]
        editing = places[0] if places else None
    return without_erased(index, replace(conversation, turns=turns, editing=editing))


def find(opened: OpenChats, index: Index, user: str, chat_id: str) -> Conversation:
    """Return a saved conversation; an empty one that says why, where there is none."""
    try:
        found = Conversation(chat_id=chat_id, turns=opened().load(user, chat_id))
    except KeepingFailure as error:
        return Conversation(trouble=str(error))
    return without_erased(index, found)


def remembered(
    opened: OpenChats, index: Index, user: str, conversation: Conversation, chat_id: str | None
) -> Conversation:
    """Return a conversation; what the server has forgotten of a tab, as it was saved.

    Args:
        opened: Opens what is saved.
        index: The library.
        user: Whose it is.
        conversation: What the server holds of the tab.
        chat_id: The conversation that the page's address names, if it names one.
    """
    if conversation.turns or not chat_id:
        return conversation
    found = find(opened, index, user, chat_id)
    return found if found.turns else conversation


def without_erased(index: Index, conversation: Conversation) -> Conversation:
    """Return a conversation without the words of articles that were erased since."""
    turns = tuple(turn_without_erased(index, turn) for turn in conversation.turns)
    return replace(conversation, turns=turns)


def turn_without_erased(index: Index, turn: Turn) -> Turn:
    """Return a turn without the words of articles that were erased since."""
    if turn.answer is None:
        return turn
    erased = {each for each in articles_in(turn.answer) if index.is_erased(each)}
    return replace(turn, answer=forget_articles(turn.answer, erased)) if erased else turn


def rated(
    opened: OpenChats,
    user: str,
    conversation: Conversation,
    place: int,
    thumb: str,
    reason: str,
    note: str,
) -> Conversation:
    """Return a conversation with what the reader thinks of one of its answers, stored.

    Args:
        opened: Opens what is saved.
        user: Whose it is.
        conversation: What stands on the page.
        place: Which turn, counted from 0.
        thumb: "up", "down", or "" to take it back.
        reason: One of `types.Reason`, or "".
        note: Words of the reader's own, or "".
    """
    turn = conversation.turns[place]
    wanted: Thumb | None = "up" if thumb == "up" else "down" if thumb == "down" else None
    trouble: str | None = None
    try:
        opened().rate(user, turn.id, wanted, reason or None, note or None)
    except FeedbackNotWritten as error:
        trouble = str(error)
    except KeepingFailure as error:
        return replace(conversation, trouble=str(error))
    turns = list(conversation.turns)
    turns[place] = replace(turn, thumb=wanted, thumb_reason=reason or None, thumb_note=note or None)
    return replace(conversation, turns=tuple(turns), trouble=trouble)

"""Keeping what stands on the page: saved when an answer is done, found again by its address."""

from collections.abc import Callable
from dataclasses import replace

from ui import strings
from ui.chats import Chats
from ui.errors import KeepingFailure
from ui.types import Conversation, Thumb

OpenChats = Callable[[], Chats]
"""Opens what is saved; that can fail, too, and must not keep a question from being answered."""


def keep(opened: OpenChats, user: str, conversation: Conversation) -> Conversation:
    """Return a conversation as it was saved; one that could not be says why, and goes on."""
    try:
        chats = opened()
        chat_id, turns = chats.save(user, conversation.chat_id, conversation.turns)
    except KeepingFailure as error:
        return replace(conversation, trouble=strings.NOT_SAVED.format(reason=error))
    # What is saved never changes; a quote that was widened stays so while it is on the page.
    shown = tuple(
        ours if ours.id else replace(saved, follow_ups=ours.follow_ups)
        for ours, saved in zip(conversation.turns, turns, strict=True)
    )
    return replace(conversation, chat_id=chat_id or None, turns=shown, trouble=chats.trouble)


def find(opened: OpenChats, user: str, chat_id: str) -> Conversation:
    """Return a saved conversation; an empty one that says why, where there is none."""
    try:
        return Conversation(chat_id=chat_id, turns=opened().load(user, chat_id))
    except KeepingFailure as error:
        return Conversation(trouble=str(error))


def rated(
    opened: OpenChats, user: str, conversation: Conversation, place: int, thumb: str, reason: str,
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
    try:
        opened().rate(user, turn.id, wanted, reason or None, note or None)
    except KeepingFailure as error:
        return replace(conversation, trouble=str(error))
    turns = list(conversation.turns)
    turns[place] = replace(
        turn, thumb=wanted, thumb_reason=reason or None, thumb_note=note or None
    )
    return replace(conversation, turns=tuple(turns), trouble=None)

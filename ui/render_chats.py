"""The list of saved conversations as HTML. Pure functions."""

from collections.abc import Sequence
from html import escape
from urllib.parse import quote

from ui import strings
from ui.elements import button, flat, link, plain, render_date
from ui.types import ChatInfo

LONGEST_TITLE = 120


def render_chats(
    chats: Sequence[ChatInfo], library: str, *, current: str | None = None, searched: bool = False
) -> str:
    """Return the conversations, the one changed last first.

    Args:
        chats: What is saved.
        library: The library they belong to.
        current: The id of the one that stands on the page.
        searched: Whether these are the ones that hold some words.
    """
    if not chats:
        nothing = strings.NO_CHATS_FOUND if searched else strings.NO_CHATS
        return f'<p class="facts">{escape(nothing)}</p>'
    rows = "".join(_row(chat, library, chat.id == current) for chat in chats)
    return f'<ul class="chats">{rows}</ul>'


def export_address(library: str, chat_id: str, ending: str) -> str:
    """Return where a conversation is downloaded from; `ending` is "md" or "html"."""
    return f"/chats/{quote(library, safe='')}/{quote(chat_id, safe='')}.{ending}"


def _row(chat: ChatInfo, library: str, is_current: bool) -> str:
    count = strings.ONE_TURN if chat.turns == 1 else strings.MANY_TURNS.format(count=chat.turns)
    here = f" · {strings.ON_THE_PAGE}" if is_current else ""
    at = {"chat": chat.id}
    title = plain(chat.title)
    rename = button(escape(strings.RENAME), "step main", "edit", data=at)
    delete = button(escape(strings.DELETE_FOR_GOOD), "step", "delete", data=at)
    markdown = link("Markdown", export_address(library, chat.id, "md"), download=True)
    page = link("HTML", export_address(library, chat.id, "html"), download=True)
    return (
        f"<li>{button(flat(chat.title), 'source-link', 'select', data=at)}"
        f'<span class="facts">{render_date(chat.changed)} · {count}{here}</span>'
        f'<div class="tools">{markdown}{page}'
        f'<details class="rating"><summary aria-label="{escape(f"{strings.RENAME}: {title}")}">'
        f'{escape(strings.RENAME)}</summary><div class="fields"><label>{escape(strings.TITLE_OF)} '
        f'<input type="text" name="title" maxlength="{LONGEST_TITLE}" '
        f'value="{flat(chat.title)}"></label> '
        f"{rename}</div></details>"
        f'<details class="rating"><summary aria-label="{escape(f"{strings.DELETE}: {title}")}">'
        f'{escape(strings.DELETE)}</summary><div class="fields">{escape(strings.DELETE_WARNING)} '
        f"{delete}</div></details></div></li>"
    )

"""The articles that were taken out of a library, and can be put back, as HTML. Pure functions."""

from collections.abc import Sequence
from html import escape

from index.types import ArticleInfo
from ui import strings
from ui.elements import button, flat, plain, render_facts
from ui.listing import Desk
from ui.render import target


def render_removed(removed: Sequence[ArticleInfo], desk: Desk) -> str:
    """Return a button that shows them, with the list below it once it was pressed.

    Args:
        removed: The articles, the last taken out first.
        desk: What the reader has in hand.
    """
    if not removed:
        return ""
    opened = desk.shows_removed
    toggle = button(
        escape(strings.ALL_REMOVED.format(count=f"{len(removed):,}")),
        "step",
        "tick",
        data={} if opened else {"shown": 1},
    ).replace("<button", f'<button aria-expanded="{str(opened).lower()}"', 1)
    if not opened:
        return f'<div class="removed">{toggle}</div>'
    rows = "".join(map(_row, removed))
    return (
        f'<div class="removed">{toggle}<p class="facts">{escape(strings.REMOVED_STAY)}</p>'
        f'<ul class="entries">{rows}</ul></div>'
    )


def _row(info: ArticleInfo) -> str:
    title = info.title or strings.UNTITLED
    back = button(
        escape(strings.RESTORE),
        "step",
        "undo",
        label=strings.RESTORE_OF.format(title=plain(title)),
        data={"article": info.id},
    )
    return (
        f'<li class="entry"><div class="line"><div class="what">'
        f"{button(flat(title), 'source-link', data=target(info.id, 0, 0))}"
        f'<span class="facts">{render_facts(info.source, info.published)}</span></div>{back}'
        "</div></li>"
    )

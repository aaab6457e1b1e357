"""What became of added files, texts and addresses, as HTML. Pure functions."""

from collections.abc import Sequence
from html import escape

from index.types import ArticleInfo
from ui import strings
from ui.elements import button, flat, plain, render_problem
from ui.render import target
from ui.uploading import Entries, Entry

MOST_NAMED = 5
"""Articles of one file that are named; a file of JSON Lines may hold thousands."""


def render_added(entries: Entries) -> str:
    """Return what became of each, and above it how far it is."""
    if not entries:
        return ""
    done = sum(entry.is_done for entry in entries)
    refused = sum(entry.state == "refused" for entry in entries)
    if done < len(entries):
        told = strings.ADDING.format(done=done, count=len(entries))
    elif refused:
        told = strings.ADDED_BUT.format(done=done - refused, refused=refused)
    else:
        told = strings.ADDED_ALL.format(done=done)
    rows = "".join(map(_entry, entries))
    bar = (
        f'<progress value="{done}" max="{len(entries)}" aria-label="{escape(told)}"></progress>'
        if done < len(entries)
        else ""
    )
    return (
        f'<div class="added"><p class="told" role="status">{escape(told)}</p>{bar}'
        f"<ul>{rows}</ul></div>"
    )


def render_refused(message: str) -> str:
    """Return why something could not be done, where what became of files else stands."""
    return f'<div class="added">{render_problem(message)}</div>'


def _entry(entry: Entry) -> str:
    mark, words = strings.ENTRY_STATES[entry.state]
    told = flat(entry.reason) if entry.reason else _titles(entry.articles)
    if entry.twins:
        told += escape(strings.ALSO_AS.format(names=", ".join(map(plain, entry.twins))))
    return (
        f'<li class="{entry.state}"><span class="sign" aria-hidden="true">{escape(mark)}</span> '
        f'<span class="name">{flat(entry.name)}</span> '
        f'<span class="facts">{escape(words)}{": " if told else ""}{told}</span></li>'
    )


def _titles(articles: Sequence[ArticleInfo]) -> str:
    """Return the titles of articles, each a button that opens it."""
    named = [
        button(flat(info.title or strings.UNTITLED), "step", data=target(info.id, 0, 0))
        for info in articles[:MOST_NAMED]
    ]
    if len(articles) > MOST_NAMED:
        named.append(escape(strings.AND_MORE.format(count=len(articles) - MOST_NAMED)))
    return ", ".join(named)

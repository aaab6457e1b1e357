"""The smallest pieces of HTML: buttons, dates, facts. Pure functions.

Whatever comes from an article, a question or a model passes through `html.escape` here, so none
of it can become markup. Nothing but text, buttons and links to http addresses is ever written.
"""

from collections.abc import Mapping
from datetime import date
from html import escape
from types import MappingProxyType
from urllib.parse import urlsplit

from rag.shown import shown
from ui import strings

SNIPPET_CHARACTERS = 300


def button(
    content: str,
    kind: str,
    event: str = "click",
    *,
    label: str | None = None,
    tip: str | None = None,
    pressed: bool | None = None,
    data: Mapping[str, str | int] = MappingProxyType({}),
) -> str:
    """Return a button that sends an event of Gradio's to the server; `panel.js` does it.

    Args:
        content: What stands on it, as HTML.
        kind: Its class.
        event: The event of `gr.HTML` that it triggers.
        label: What a screen reader says instead of the content.
        pressed: Whether it is on, for a button that is on or off.
        tip: What is shown when the pointer or the focus rests on it.
        data: What the event carries, by name.
    """
    attributes = {"class": kind, "data-event": event}
    attributes |= {f"data-{name}": str(value) for name, value in data.items()}
    if label:
        attributes["aria-label"] = label
    if pressed is not None:
        attributes["aria-pressed"] = str(pressed).lower()
    if tip:
        attributes |= {"data-tip": tip, "aria-description": tip}
    written = " ".join(f'{name}="{escape(value)}"' for name, value in attributes.items())
    return f'<button type="button" {written}>{content}</button>'


def link(content: str, address: str, kind: str = "link", *, download: bool = False) -> str:
    """Return a link that opens in a window of its own, or downloads."""
    ending = "download" if download else 'target="_blank"'
    return (
        f'<a class="{kind}" href="{escape(address)}" {ending} '
        f'rel="noopener noreferrer nofollow">{content}</a>'
    )


def render_date(published: str | None) -> str:
    """Return a date in words, or that there is none; it is never guessed."""
    if not published:
        return f'<span class="no-date">{escape(strings.NO_DATE)}</span>'
    return f'<time datetime="{escape(published)}">{escape(date_in_words(published))}</time>'


def date_in_words(published: str) -> str:
    """Return "28 October 2025" for an ISO 8601 date; what is no full date stays as it is."""
    try:
        day = date.fromisoformat(published[:10])
    except ValueError:
        return published
    return f"{day.day} {day:%B} {day.year}"


def render_facts(source: str | None, published: str | None) -> str:
    """Return outlet and date, as they stand below a headline."""
    return f"{escape(source or strings.UNKNOWN_OUTLET)} · {render_date(published)}"


def safe_url(url: str | None) -> str | None:
    """Return the address if a reader may safely follow it: http or https, with a host."""
    try:
        parts = urlsplit((url or "").strip())
    except ValueError:
        return None
    return parts.geturl() if parts.scheme in {"http", "https"} and parts.hostname else None


def render_notice(text: str) -> str:
    """Return a remark of the page's own."""
    return f'<p class="notice">{escape(text)}</p>'


def render_problem(message: str) -> str:
    """Return why something could not be done."""
    return f'<p class="problem" role="alert">{escape(message)}</p>'


def flat(text: str) -> str:
    """Return escaped text on one line, in which nothing passes for a footnote or a line break."""
    return escape(plain(text))


def plain(text: str) -> str:
    """Return text on one line, in which nothing passes for a footnote; not escaped."""
    return " ".join(shown(text).split())


def snippet(text: str) -> str:
    """Return the beginning of a text on one line, not escaped."""
    line = plain(text)
    if len(line) <= SNIPPET_CHARACTERS:
        return line
    return line[:SNIPPET_CHARACTERS].rsplit(" ", 1)[0] + " …"

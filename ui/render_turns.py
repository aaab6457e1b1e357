"""Conversations as HTML: pure functions, tested without a browser."""

from collections.abc import Callable, Sequence
from html import escape
from urllib.parse import quote

from ui import strings
from ui.elements import button, flat, link, plain, render_notice, render_problem
from ui.render import render_answer
from ui.types import LONGEST_NOTE, Turn
from ui.wording import limits_in_words


def render_turns(
    turns: Sequence[Turn],
    first: int = 0,
    *,
    library: str = "",
    warnings: Callable[[Turn], Sequence[str]] = lambda turn: (),
) -> str:
    """Return turns, oldest first.

    Args:
        turns: The turns to show.
        first: The place of the first of them in the conversation, counted from 0.
        library: The library that was asked; a part of an answer's address.
        warnings: Gives what has become of the sources of an answer since.
    """
    return "".join(
        render_turn(turn, place, library=library, warnings=warnings(turn))
        for place, turn in enumerate(turns, start=first)
    )


def render_turn(turn: Turn, place: int, *, library: str = "", warnings: Sequence[str] = ()) -> str:
    """Return a question and what has come of it; see `render_turns`."""
    parts = [
        f'<h2 class="question"><span class="unseen">{escape(strings.YOU_ASKED)}: </span>'
        f"{escape(turn.question)}</h2>",
        _limits(turn),
        *map(render_notice, warnings),
    ]
    if turn.answer is not None:
        parts.append(render_answer(turn.answer, place))
    if turn.problem is not None:
        parts.append(render_problem(turn.problem))
    if turn.stopped:
        parts.append(render_notice(strings.STOPPED))
    if turn.is_open:
        parts.append(f'<p class="busy">{escape(strings.READING)}</p>')
    else:
        parts.append(_tools(turn, place, library))
    return f'<section class="turn" data-turn="{place}">{"".join(parts)}</section>'


def render_place(content: str, library: str, chat_id: str | None = None) -> str:
    """Return what stands at the end of a conversation, with what `page.js` writes as its address.

    Args:
        content: The last turn, or the welcome.
        library: The library that is asked.
        chat_id: What the conversation is saved under.
    """
    chat = f' data-chat="{escape(chat_id)}"' if chat_id else ""
    return f'<div class="place" data-library="{escape(library)}"{chat}>{content}</div>'


def render_masthead(facts: str, writer: str) -> str:
    """Return the head of the page: how much there is to ask, and what writes the answers."""
    return (
        f'<header class="masthead"><h1>{escape(strings.TITLE)}</h1>'
        f'<p class="tagline">{escape(strings.TAGLINE)}</p><p class="facts">{escape(facts)}</p>'
        f'<p class="writer">{escape(writer)}</p>'
        f'<button type="button" class="step" data-go="theme">{escape(strings.THEME)}</button>'
        "</header>"
    )


def render_welcome(count: int) -> str:
    """Return what stands where the conversation will be; `count` is that of the articles."""
    if not count:
        return (
            f'<div class="welcome"><p><strong>{escape(strings.EMPTY_LIBRARY)}</strong> '
            f"{escape(strings.EMPTY_LIBRARY_REMEDY)}</p></div>"
        )
    return f'<div class="welcome"><p>{escape(strings.WELCOME)}</p></div>'


def render_questions(questions: Sequence[str], heading: str) -> str:
    """Return questions, each a button that asks it."""
    if not questions:
        return ""
    rows = "".join(
        f"<li>{button(flat(each), 'suggestion', 'example_select', data={'question': plain(each)})}"
        "</li>"
        for each in questions
    )
    return f'<div class="suggestions"><h3>{escape(heading)}</h3><ul>{rows}</ul></div>'


def _limits(turn: Turn) -> str:
    """Return in words what the reader limited the question to."""
    told = " · ".join([*limits_in_words(turn.limits), *[strings.ASKED_ALONE] * turn.alone])
    return f'<p class="understood">{escape(told)}</p>' if told else ""


def _tools(turn: Turn, place: int, library: str) -> str:
    """Return what can be done with a turn: ask again, edit, take its link, rate it."""
    at = {"turn": place}
    tools = [
        button(escape(strings.RETRY), "step", "retry", data=at),
        button(escape(strings.EDIT), "step", "edit", data=at),
    ]
    if turn.id:
        address = answer_address(library, turn.id)
        tools.append(
            f'<button type="button" class="step" data-go="copy" data-address="{escape(address)}" '
            f'data-done="{escape(strings.LINK_COPIED)}">{escape(strings.COPY_LINK)}</button>'
        )
        tools.append(link(escape(strings.OPEN_ALONE), address, "link"))
        tools.append(_rating(turn, place))
    return f'<div class="tools">{"".join(tools)}</div>'


def _rating(turn: Turn, place: int) -> str:
    """Return the thumbs; the one down opens a list of reasons."""
    up = turn.thumb == "up"
    helpful = button(
        escape(strings.THUMB_UP_GIVEN if up else strings.THUMB_UP),
        "step",
        "like",
        pressed=up,
        data={"turn": place, "thumb": "" if up else "up"},
    )
    options = "".join(
        f'<option value="{escape(reason)}"{" selected" * (reason == turn.thumb_reason)}>'
        f"{escape(words)}</option>"
        for reason, words in strings.THUMB_REASONS.items()
    )
    send = button(
        escape(strings.THUMB_SEND), "step main", "like", data={"turn": place, "thumb": "down"}
    )
    given = strings.THUMB_DOWN_GIVEN if turn.thumb == "down" else strings.THUMB_DOWN
    return (
        f'{helpful}<details class="rating"><summary>{escape(given)}</summary>'
        f'<div class="fields"><label>{escape(strings.THUMB_REASON)} '
        f'<select name="reason">{options}</select></label> '
        f"<label>{escape(strings.THUMB_NOTE)} "
        f'<input type="text" name="note" maxlength="{LONGEST_NOTE}" '
        f'value="{flat(turn.thumb_note or "")}">'
        f"</label> {send}</div></details>"
    )


def answer_address(library: str, turn_id: str) -> str:
    """Return where a saved answer is served by itself."""
    return f"/answers/{quote(library, safe='')}/{quote(turn_id, safe='')}"

"""Conversations as HTML: pure functions, tested without a browser."""

from collections.abc import Sequence
from html import escape

from ui import strings
from ui.elements import button, flat, plain, render_notice, render_problem
from ui.render import render_answer
from ui.types import Turn


def render_turns(turns: Sequence[Turn], first: int = 0) -> str:
    """Return turns, oldest first.

    Args:
        turns: The turns to show.
        first: The place of the first of them in the conversation.
    """
    return "".join(render_turn(turn, first + place) for place, turn in enumerate(turns))


def render_turn(turn: Turn, place: int) -> str:
    """Return a question and what has come of it; `place` counts from 0."""
    parts = [
        f'<h2 class="question"><span class="unseen">{escape(strings.YOU_ASKED)}: </span>'
        f"{escape(turn.question)}</h2>",
        _limits(turn),
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
        parts.append(_tools(place))
        parts.append(render_questions(turn.follow_ups, strings.ASK_NEXT))
    return f'<section class="turn" data-turn="{place}">{"".join(parts)}</section>'


def render_masthead(facts: str) -> str:
    """Return the head of the page; `facts` tells how much there is to ask."""
    return (
        f'<header class="masthead"><h1>{escape(strings.TITLE)}</h1>'
        f'<p class="tagline">{escape(strings.TAGLINE)}</p><p class="facts">{escape(facts)}</p>'
        f'<button type="button" class="step" data-go="theme">{escape(strings.THEME)}</button>'
        "</header>"
    )


def render_welcome(count: int, questions: Sequence[str] = ()) -> str:
    """Return what stands where the conversation will be: what to do first.

    Args:
        count: How many articles there are.
        questions: First questions that the articles answer.
    """
    if not count:
        return (
            f'<div class="welcome"><p><strong>{escape(strings.EMPTY_LIBRARY)}</strong> '
            f"{escape(strings.EMPTY_LIBRARY_REMEDY)}</p></div>"
        )
    asked = render_questions(questions, strings.ASK_FIRST)
    return f'<div class="welcome"><p>{escape(strings.WELCOME)}</p>{asked}</div>'


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
    limits = turn.limits
    facts = [
        strings.ONLY_SINCE.format(day=limits.since) if limits.since else "",
        strings.ONLY_UNTIL.format(day=limits.until) if limits.until else "",
        strings.ONLY_OUTLETS.format(names=", ".join(limits.outlets)) if limits.outlets else "",
        strings.ONLY_ARTICLES.format(count=len(limits.articles)) if limits.articles else "",
        strings.ASKED_ALONE if turn.alone else "",
    ]
    told = " · ".join(filter(None, facts))
    return f'<p class="understood">{escape(told)}</p>' if told else ""


def _tools(place: int) -> str:
    """Return what can be done with a turn: ask again, edit."""
    buttons = (
        button(escape(strings.RETRY), "step", "retry", data={"turn": place}),
        button(escape(strings.EDIT), "step", "edit", data={"turn": place}),
    )
    return f'<div class="tools">{"".join(buttons)}</div>'

"""A checked draft as HTML: the draft as it stands, footnoted and flagged. Pure functions."""

from collections import Counter
from html import escape
from itertools import pairwise

from rag import Sentence
from rag.draft import is_silent
from ui import strings
from ui.drafting import CheckedDraft
from ui.elements import flat, render_notice, render_problem
from ui.render import render_footnote, render_sources, render_verdict

STATES = ("supported", "differs", "silent", "unchecked")
"""What can come of a line, in the order in which they are counted."""


def render_draft(draft: CheckedDraft) -> str:
    """Return a draft in its own paragraphs, as far as it is checked; the rest stands pale."""
    if draft.problem is not None and draft.answer is None:
        return render_problem(draft.problem)
    heading = f'<h2 class="unseen">{escape(strings.CHECKED_DRAFT)}</h2>'
    parts = [heading, _summary(draft), f'<div class="sheet">{_paragraphs(draft)}</div>']
    if draft.problem is not None:
        parts.append(render_problem(draft.problem))
    if draft.answer is not None and draft.answer.complete:
        parts.append(render_sources(draft.answer.citations, draft.answer.hits))
    # "answer" is what page.js looks for footnotes in that lead on to each other.
    return f'<div class="draft answer">{"".join(parts)}</div>'


def state_of(sentence: Sentence) -> str:
    """Return what has come of a line: one of `STATES`."""
    if sentence.support.verdict == "unchecked":
        return "unchecked"
    if sentence.support.verdict in {"supported", "quoted"}:
        return "supported"
    return "silent" if is_silent(sentence) else "differs"


def _summary(draft: CheckedDraft) -> str:
    """Return how far the check is and what has come of it, counted and in words."""
    answer = draft.answer
    counts = Counter(map(state_of, answer.sentences)) if answer else Counter[str]()
    progress = {"done": draft.done, "count": len(draft.starts)}
    told = strings.DRAFT_CHECKING.format(**progress)
    notices = list(answer.notices) if answer else []
    if draft.stopped:
        told = strings.DRAFT_STOPPED.format(**progress)
    elif answer is not None and answer.complete:
        told = notices.pop()  # the last says in words what the counts say
    chips = "".join(
        f'<li class="{state}">{_mark(state)} <strong>{counts[state]}</strong> '
        f"{escape(strings.DRAFT_STATES[state][1])}</li>"
        for state in STATES
    )
    bar = (
        f'<progress value="{draft.done}" max="{max(len(draft.starts), 1)}" '
        f'aria-label="{escape(told)}"></progress>'
        if draft.is_open
        else ""
    )
    # Said aloud at the end alone: a line every half second would drown all else.
    aloud = "" if draft.is_open else escape(told)
    return (
        f'<div class="summary"><ul class="counts">{chips}</ul>{bar}'
        f'<p class="told">{escape(told)}</p><p class="unseen" role="status">{aloud}</p>'
        f"{''.join(map(render_notice, notices))}</div>"
    )


def _paragraphs(draft: CheckedDraft) -> str:
    """Return the lines in the draft's paragraphs; those that are still to be checked, too."""
    sentences = draft.answer.sentences if draft.answer else ()
    pieces: list[str] = []
    edges = pairwise((*draft.starts, len(draft.text)))
    for place, (start, end) in enumerate(edges):
        if start in draft.openers:
            pieces.append("</p><p>" if pieces else "<p>")
        if place < len(sentences):
            pieces.append(_line(sentences[place]) + " ")
        else:
            pieces.append(f'<span class="line waiting">{flat(draft.text[start:end])}</span> ')
    return "".join([*pieces, "</p>"]) if pieces else ""


def _line(sentence: Sentence) -> str:
    """Return a line with its footnotes, its mark and, where it is not simply supported, why."""
    state = state_of(sentence)
    footnotes = "".join(map(render_footnote, sentence.citations))
    if footnotes and state == "differs":
        footnotes = f'<span class="compare">{escape(strings.COMPARE)}</span>{footnotes}'
    return (
        f'<span class="line {state}"><span class="text">{flat(sentence.text)}</span>{footnotes} '
        f"{_verdict(sentence, state)}</span>"
    )


def _verdict(sentence: Sentence, state: str) -> str:
    """Return in words what has come of a line; more of it while pointer or focus rests there."""
    words = strings.DRAFT_STATES[state][1]
    if state in {"differs", "unchecked"} and sentence.support.reasons:
        words = f"{words}: {'; '.join(sentence.support.reasons)}"
    why = strings.DRAFT_MEANINGS[state]
    return render_verdict(words, why, sign=f"{_mark(state)} ")


def _mark(state: str) -> str:
    return f'<span class="sign" aria-hidden="true">{escape(strings.DRAFT_STATES[state][0])}</span>'

"""Answers and conversations as HTML: pure functions, tested without a browser.

Whatever comes from an article, a question or a model passes through `html.escape` here, so none
of it can become markup. Nothing but text, buttons and links to http addresses is ever written.
"""

from collections.abc import Sequence
from datetime import date
from html import escape
from urllib.parse import urlsplit

from index.types import Hit
from rag.shown import shown
from rag.types import Answer, Citation, Disagreement, Sentence
from ui import strings
from ui.types import Turn

CLOSEST_SHOWN = 3
"""Passages shown below a refusal."""

SNIPPET_CHARACTERS = 300


def render_conversation(turns: Sequence[Turn], welcome: str) -> str:
    """Return the whole conversation, oldest first; `welcome` is the HTML shown before it."""
    body = "".join(render_turn(turn) for turn in turns) or welcome
    label = escape(strings.CONVERSATION)
    return f'<div class="conversation" role="log" aria-label="{label}">{body}</div>'


def render_turn(turn: Turn) -> str:
    """Return a question and what has come of it."""
    parts = [
        f'<h2 class="question"><span class="unseen">{escape(strings.YOU_ASKED)}: </span>'
        f"{escape(turn.question)}</h2>"
    ]
    if turn.answer is not None:
        parts.append(render_answer(turn.answer))
    if turn.problem is not None:
        parts.append(f'<p class="problem" role="alert">{escape(turn.problem)}</p>')
    if turn.stopped:
        parts.append(_notice(strings.STOPPED))
    if turn.is_open:
        parts.append(f'<p class="busy" role="status">{escape(strings.READING)}</p>')
    return f'<section class="turn">{"".join(parts)}</section>'


def render_masthead(facts: str) -> str:
    """Return the head of the page; `facts` tells how much there is to ask."""
    return (
        f'<header class="masthead"><h1>{escape(strings.TITLE)}</h1>'
        f'<p class="tagline">{escape(strings.TAGLINE)}</p><p class="facts">{escape(facts)}</p>'
        "</header>"
    )


def render_welcome(library: str, count: int) -> str:
    """Return what stands where the conversation will be: what to do first."""
    if count:
        return f'<p class="welcome">{escape(strings.WELCOME)}</p>'
    command = strings.EMPTY_LIBRARY_COMMAND.format(library=library)
    return (
        f'<div class="welcome"><p><strong>{escape(strings.EMPTY_LIBRARY)}</strong> '
        f"{escape(strings.EMPTY_LIBRARY_REMEDY)}</p><pre>{escape(command)}</pre></div>"
    )


def render_answer(answer: Answer) -> str:
    """Return an answer, complete or still growing, with its footnotes, notices and sources."""
    parts = [_understood(answer)]
    if answer.refused:
        parts.append(_refusal(answer))
    else:
        sentences = "".join(_sentence(sentence) for sentence in answer.sentences)
        parts.append(f'<div class="sentences">{sentences}</div>')
        parts.extend(_disagreement(disagreement) for disagreement in answer.disagreements)
    parts.extend(_notice(notice) for notice in _notices(answer))
    if answer.complete and not answer.refused:
        parts.append(_sources(_all_citations(answer)))
    return f'<div class="answer">{"".join(parts)}</div>'


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


def safe_url(url: str | None) -> str | None:
    """Return the address if a reader may safely follow it: http or https, with a host."""
    try:
        parts = urlsplit((url or "").strip())
    except ValueError:
        return None
    return parts.geturl() if parts.scheme in {"http", "https"} and parts.hostname else None


def target_attributes(article_id: str, start: int, end: int) -> str:
    """Return the attributes that tell `page.js` which article a button opens, and where."""
    return f'data-article="{escape(article_id)}" data-start="{start}" data-end="{end}"'


def _understood(answer: Answer) -> str:
    """Return how the question was taken, where that is not simply as it was typed."""
    facts = []
    if answer.asked.strip() != answer.question.strip():
        facts.append(strings.UNDERSTOOD_AS.format(question=answer.asked))
    first, last = answer.period or (None, None)
    words = {"first": date_in_words(first or ""), "last": date_in_words(last or "")}
    if first and last:
        facts.append(strings.PERIOD_BETWEEN.format(**words))
    elif first:
        facts.append(strings.PERIOD_SINCE.format(**words))
    elif last:
        facts.append(strings.PERIOD_UNTIL.format(**words))
    return "".join(f'<p class="understood">{escape(fact)}</p>' for fact in facts)


def _sentence(sentence: Sentence) -> str:
    verdict = sentence.support.verdict
    footnotes = "".join(_footnote(citation) for citation in sentence.citations)
    why = " ".join([strings.VERDICT_MEANINGS[verdict], *sentence.support.reasons])
    return (
        f'<p class="sentence {verdict}"><span class="text">{_flat(sentence.text)}</span>'
        f'{footnotes} <span class="verdict" title="{escape(why)}">'
        f"{escape(strings.VERDICTS[verdict])}</span></p>"
    )


def _footnote(citation: Citation) -> str:
    place = ", ".join(filter(None, (citation.source, citation.title or strings.UNTITLED)))
    wording = strings.FOOTNOTE_SAID_BY if citation.speaker else strings.FOOTNOTE_LABEL
    label = wording.format(number=citation.number, place=place, speaker=citation.speaker)
    return (
        f'<button type="button" class="footnote" data-number="{citation.number}" '
        f"{target_attributes(citation.article_id, citation.start, citation.end)} "
        f'aria-label="{escape(label)}" title="{_flat(citation.quote)}">{citation.number}</button>'
    )


def _refusal(answer: Answer) -> str:
    reason = answer.reason or strings.REFUSED_WITHOUT_REASON
    cards = "".join(_passage_card(hit) for hit in answer.hits[:CLOSEST_SHOWN])
    closest = f"<h3>{escape(strings.CLOSEST_PASSAGES)}</h3>{cards}" if cards else ""
    return f'<div class="refusal"><p class="reason">{escape(reason)}</p>{closest}</div>'


def _passage_card(hit: Hit) -> str:
    passage, article = hit.passage, hit.article
    return (
        f'<button type="button" class="passage" '
        f"{target_attributes(article.id, passage.start, passage.end)}>"
        f'<span class="headline">{escape(article.title or strings.UNTITLED)}</span>'
        f'<span class="facts">{_facts(article.source, article.published)}</span>'
        f'<span class="snippet">{_flat(_snippet(passage.text))}</span></button>'
    )


def _snippet(text: str) -> str:
    flat = " ".join(text.split())
    if len(flat) <= SNIPPET_CHARACTERS:
        return flat
    return flat[:SNIPPET_CHARACTERS].rsplit(" ", 1)[0] + " …"


def _disagreement(disagreement: Disagreement) -> str:
    about = strings.DISAGREEMENTS[disagreement.kind].format(about=disagreement.about)
    sides = "".join(
        "<li>"
        + (f'<p class="side-note">{escape(side.note)}</p>' if side.note else "")
        + f'<span class="text">{_flat(side.text)}</span>'
        + "".join(
            f"{_footnote(citation)} "
            f'<span class="facts">{_facts(citation.source, citation.published)}</span>'
            for citation in side.citations
        )
        + "</li>"
        for side in disagreement.sides
    )
    return f'<div class="disagreement"><h3>{escape(about)}</h3><ul>{sides}</ul></div>'


def _notices(answer: Answer) -> list[str]:
    notices = list(answer.notices)
    if answer.withheld == 1:
        notices.append(strings.WITHHELD_ONE)
    elif answer.withheld:
        notices.append(strings.WITHHELD_MANY.format(count=answer.withheld))
    return notices


def _notice(text: str) -> str:
    return f'<p class="notice">{escape(text)}</p>'


def _all_citations(answer: Answer) -> list[Citation]:
    """Return the citations of sentences and disagreements, once each, by number."""
    sides = (side for disagreement in answer.disagreements for side in disagreement.sides)
    cited = [citation for side in sides for citation in side.citations]
    by_number = {citation.number: citation for citation in [*cited, *answer.citations]}
    return [by_number[number] for number in sorted(by_number)]


def _sources(citations: Sequence[Citation]) -> str:
    """Return the cited articles, each once, with the numbers of its footnotes."""
    if not citations:
        return ""
    by_article: dict[str, list[Citation]] = {}
    for citation in citations:
        by_article.setdefault(citation.article_id, []).append(citation)
    rows = "".join(_source_row(group) for group in by_article.values())
    return f'<div class="sources"><h3>{escape(strings.SOURCES)}</h3><ul>{rows}</ul></div>'


def _source_row(group: Sequence[Citation]) -> str:
    first = group[0]
    numbers = ", ".join(str(citation.number) for citation in group)
    pages = [strings.PAGE.format(page=c.page) for c in group if c.page is not None]
    speakers = [c.speaker for c in group if c.speaker]
    more = "".join(f" · {escape(fact)}" for fact in dict.fromkeys([*pages, *speakers]))
    return (
        f'<li><button type="button" class="source-link" '
        f"{target_attributes(first.article_id, first.start, first.end)}>"
        f'<span class="number">{numbers}</span> {escape(first.title or strings.UNTITLED)}</button> '
        f'<span class="facts">{_facts(first.source, first.published)}{more}</span></li>'
    )


def _facts(source: str | None, published: str | None) -> str:
    return f"{escape(source or strings.UNKNOWN_OUTLET)} · {render_date(published)}"


def _flat(text: str) -> str:
    """Return escaped text on one line, in which nothing passes for a footnote or a line break."""
    return escape(" ".join(shown(text).split()))

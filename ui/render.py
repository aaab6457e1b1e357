"""Answers as HTML: pure functions, tested without a browser."""

from collections.abc import Sequence
from html import escape

from index.types import Hit
from rag.types import Answer, Citation, Disagreement, Sentence
from ui import strings
from ui.asking import can_be_widened
from ui.elements import (
    button,
    date_in_words,
    flat,
    plain,
    render_date,
    render_facts,
    render_notice,
    snippet,
)
from ui.turns import cited_in
from ui.wording import period_in_words, withheld_in_words

QUOTATION_MARKS = frozenset("\"'“‘„«")
"""A quote that begins with one brings its own marks, and gets no others."""

CLOSEST_SHOWN = 3
"""Passages shown below a refusal."""


def render_answer(answer: Answer, place: int = 0) -> str:
    """Return an answer, complete or still growing, with its footnotes, notices and sources.

    Args:
        answer: The answer.
        place: The place of its turn in the conversation, counted from 0.
    """
    parts = [_understood(answer, place)]
    if answer.refused:
        parts.append(_refusal(answer))
    else:
        sentences = "".join(
            _sentence(sentence, place, number) for number, sentence in enumerate(answer.sentences)
        )
        parts.append(f'<div class="sentences">{sentences}</div>')
        parts.extend(_disagreement(disagreement) for disagreement in answer.disagreements)
    parts.extend(map(render_notice, [*answer.notices, *withheld_in_words(answer)]))
    if answer.complete and not answer.refused:
        parts.append(render_sources(cited_in(answer), answer.hits))
    return f'<div class="answer">{"".join(parts)}</div>'


def target(article_id: str, start: int, end: int, also: Sequence[str] = ()) -> dict[str, str | int]:
    """Return what a button carries that opens an article at a span.

    Args:
        article_id: The article.
        start: First character of the span.
        end: The character after the last; none is marked where it is not beyond `start`.
        also: Ids of other articles with the same words.
    """
    data: dict[str, str | int] = {"article": article_id, "start": start, "end": end}
    return data | ({"also": " ".join(also)} if also else {})


def target_of(citation: Citation) -> dict[str, str | int]:
    """Return what a button carries that opens the article at a citation."""
    return target(citation.article_id, citation.start, citation.end, citation.also_in)


def _understood(answer: Answer, place: int) -> str:
    """Return how the question was taken, where that is not simply as it was typed."""
    facts = []
    if answer.asked.strip() != answer.question.strip():
        facts.append(
            escape(strings.UNDERSTOOD_AS.format(question=answer.asked))
            + button(
                escape(strings.CHANGE),
                "step",
                "edit",
                data={"turn": place, "question": plain(answer.asked)},
            )
            + button(escape(strings.AS_TYPED), "step", "retry", data={"turn": place, "alone": 1})
        )
    period = period_in_words(answer)
    if period:
        facts.append(
            escape(period)
            + f'<button type="button" class="step" data-go="filters">{escape(strings.CHANGE)}'
            "</button>"
        )
    return "".join(f'<p class="understood">{fact}</p>' for fact in facts)


def _sentence(sentence: Sentence, place: int, number: int) -> str:
    verdict = sentence.support.verdict
    footnotes = "".join(render_footnote(citation) for citation in sentence.citations)
    why = " ".join([strings.VERDICT_MEANINGS[verdict], *sentence.support.reasons])
    wider = ""
    if can_be_widened(sentence):
        wider = button(
            escape(strings.WIDEN),
            "wider",
            "expand",
            tip=strings.WIDEN_TIP,
            data={"turn": place, "sentence": number},
        )
    return (
        f'<p class="sentence {verdict}"><span class="text">{_text(sentence)}</span>'
        f"{footnotes} {render_verdict(strings.VERDICTS[verdict], why)}{wider}</p>"
    )


def _text(sentence: Sentence) -> str:
    """Return a sentence; a quote in quotation marks, with its speaker where it names him not."""
    if sentence.support.verdict != "quoted":
        return flat(sentence.text)
    said = sentence.text.casefold()
    speakers = dict.fromkeys(c.speaker for c in sentence.citations if c.speaker)
    unnamed = [name for name in speakers if name and name.casefold() not in said]
    by = "".join(f' <span class="speaker">— {flat(name)}</span>' for name in unnamed)
    own = ' class="own"' if sentence.text.lstrip()[:1] in QUOTATION_MARKS else ""
    return f"<q{own}>{flat(sentence.text)}</q>{by}"


def render_verdict(words: str, why: str, sign: str = "") -> str:
    """Return how a sentence was checked; the reason shows when pointer or focus rests on it.

    Args:
        words: The outcome.
        why: What it means.
        sign: A mark before the words, as HTML, which no screen reader reads.
    """
    return (
        f'<span class="verdict" tabindex="0" role="note" data-tip="{escape(why)}" '
        f'aria-label="{escape(f"{words}. {why}")}">{sign}{escape(words)}</span>'
    )


def render_footnote(citation: Citation) -> str:
    """Return a footnote: a button that opens the article at the span, and tells what it quotes."""
    where = ", ".join(filter(None, (citation.source, citation.title or strings.UNTITLED)))
    wording = strings.FOOTNOTE_SAID_BY if citation.speaker else strings.FOOTNOTE_LABEL
    label = wording.format(number=citation.number, place=where, speaker=citation.speaker)
    day = date_in_words(citation.published) if citation.published else strings.NO_DATE
    tip = "\n".join(
        filter(
            None,
            (
                f"“{plain(citation.quote)}”",
                citation.speaker and f"— {plain(citation.speaker)}",
                f"{plain(where)} · {day}",
            ),
        )
    )
    return button(
        str(citation.number),
        "footnote",
        label=label,
        tip=tip,
        data={"number": citation.number} | target_of(citation),
    )


def _refusal(answer: Answer) -> str:
    reason = answer.reason or strings.REFUSED_WITHOUT_REASON
    # A report that several papers carry is one passage to the reader.
    different = {plain(hit.passage.text): hit for hit in reversed(answer.hits)}
    closest_hits = [hit for hit in answer.hits if hit in different.values()][:CLOSEST_SHOWN]
    cards = "".join(_passage_card(hit) for hit in closest_hits)
    closest = f"<h3>{escape(strings.CLOSEST_PASSAGES)}</h3>{cards}" if cards else ""
    return f'<div class="refusal"><p class="reason">{escape(reason)}</p>{closest}</div>'


def _passage_card(hit: Hit) -> str:
    passage, article = hit.passage, hit.article
    content = (
        f'<span class="headline">{flat(article.title or strings.UNTITLED)}</span>'
        f'<span class="facts">{render_facts(article.source, article.published)}</span>'
        f'<span class="snippet">{escape(snippet(passage.text))}</span>'
    )
    return button(content, "passage", data=target(article.id, passage.start, passage.end))


def _disagreement(disagreement: Disagreement) -> str:
    about = strings.DISAGREEMENTS[disagreement.kind].format(about=disagreement.about)
    sides = "".join(
        "<li>"
        + f'<p class="side-note">{render_date(side.published)}'
        + (f" · {escape(side.note)}" if side.note else "")
        + f'</p><span class="text">{flat(side.text)}</span>'
        + "".join(
            f'<p class="facts">{render_footnote(citation)} '
            f"{render_facts(citation.source, citation.published)}</p>"
            for citation in side.citations
        )
        + "</li>"
        for side in disagreement.sides
    )
    return f'<div class="disagreement"><h3>{escape(about)}</h3><ul>{sides}</ul></div>'


def render_sources(citations: Sequence[Citation], hits: Sequence[Hit]) -> str:
    """Return the cited articles, each once, with the numbers of its footnotes."""
    if not citations:
        return ""
    by_article: dict[str, list[Citation]] = {}
    for citation in citations:
        by_article.setdefault(citation.article_id, []).append(citation)
    names = {hit.article.id: hit.article.source or hit.article.title for hit in hits}
    rows = "".join(_source_row(group, names) for group in by_article.values())
    return f'<div class="sources"><h3>{escape(strings.SOURCES)}</h3><ul>{rows}</ul></div>'


def _source_row(group: Sequence[Citation], names: dict[str, str | None]) -> str:
    first = group[0]
    numbers = ", ".join(str(citation.number) for citation in group)
    pages = [strings.PAGE.format(page=c.page) for c in group if c.page is not None]
    speakers = [plain(c.speaker) for c in group if c.speaker]
    twins = [names.get(twin) or strings.UNTITLED for c in group for twin in c.also_in]
    also = [strings.ALSO_IN.format(places=", ".join(dict.fromkeys(twins)))] if twins else []
    more = "".join(f" · {escape(fact)}" for fact in dict.fromkeys([*pages, *speakers, *also]))
    headline = button(
        f'<span class="number">{numbers}</span> {flat(first.title or strings.UNTITLED)}',
        "source-link",
        data=target_of(first),
    )
    return (
        f'<li>{headline} <span class="facts">{render_facts(first.source, first.published)}{more}'
        "</span></li>"
    )

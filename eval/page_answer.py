"""An answer in a report as the chat shows it: sentences, footnotes, disagreements, refusals.

Every word of an article, a question or an answer goes through `flat`, so that none is markup.
"""

from collections.abc import Sequence
from datetime import date
from html import escape

from index.types import Hit
from rag.prompts import DISAGREEMENTS
from rag.shown import shown
from rag.types import Answer, Citation, Disagreement, Sentence

VERDICTS = {
    "quoted": "quoted",
    "supported": "matches the source",
    "partly": "partly matches",
    "unsupported": "not in the source",
    "unchecked": "not checked",
}
"""The chat's own words; a test holds the two together."""

UNTITLED, UNKNOWN_OUTLET, NO_DATE = "Untitled article", "outlet not given", "no date given"
HELD_BACK = "Sentences held back because the articles do not support them: {count}."
QUOTATION_MARKS = frozenset("\"'“‘„«")

CLOSEST_SHOWN = 3
LONGEST_PASSAGE, LONGEST_CONTEXT = 300, 240
"""Characters shown of a passage below a refusal, and on either side of a quote."""


def render_answer(answer: Answer, place: str) -> str:
    """Return an answer with its footnotes.

    Args:
        answer: What came back.
        place: The id of its case in the page, already safe; footnotes get ids below it.
    """
    parts = [_understood(answer)]
    if answer.refused:
        parts.append(_refusal(answer))
    else:
        sentences = " ".join(_sentence(sentence, place) for sentence in answer.sentences)
        parts.append(f'<div class="sentences">{sentences}</div>')
        parts += [_disagreement(each, place) for each in answer.disagreements]
    told = [*answer.notices]
    if answer.withheld:
        told.append(HELD_BACK.format(count=answer.withheld))
    parts += [f'<p class="notice">{flat(notice)}</p>' for notice in told]
    return "".join(parts) + _footnotes(answer, place)


def flat(text: str) -> str:
    """Return escaped text on one line, in which nothing passes for a footnote."""
    return escape(" ".join(shown(text).split()))


def date_in_words(published: str | None) -> str:
    """Return "28 October 2025" for an ISO 8601 date, or that there is none; not escaped."""
    try:
        day = date.fromisoformat((published or "")[:10])
    except ValueError:
        return published or NO_DATE
    return f"{day.day} {day:%B} {day.year}"


def _understood(answer: Answer) -> str:
    facts = []
    if answer.asked.strip() != answer.question.strip():
        facts.append(f"Understood as: {answer.asked}")
    first, last = answer.period or (None, None)
    if first or last:
        days = [
            f"{word} {date_in_words(day)}" for word, day in (("from", first), ("to", last)) if day
        ]
        facts.append(f"Articles {' '.join(days)}")
    return "".join(f'<p class="understood">{flat(fact)}</p>' for fact in facts)


def _sentence(sentence: Sentence, place: str) -> str:
    verdict = sentence.support.verdict
    said = flat(sentence.text)
    if verdict == "quoted":
        own = ' class="own"' if sentence.text.lstrip()[:1] in QUOTATION_MARKS else ""
        said = f"<q{own}>{said}</q>"
    named = sentence.text.casefold()
    speakers = dict.fromkeys(c.speaker for c in sentence.citations if c.speaker)
    by = "".join(
        f' <span class="speaker">— {flat(name)}</span>'
        for name in speakers
        if name.casefold() not in named
    )
    words = "; ".join([VERDICTS[verdict], *sentence.support.reasons])
    return (
        f'<p class="sentence {verdict}">{said}{by}{_marks(sentence.citations, place)} '
        f'<span class="verdict">{flat(words)}</span></p>'
    )


def _marks(citations: Sequence[Citation], place: str) -> str:
    return "".join(
        f'<a class="mark" href="#{place}-{number}" aria-label="Footnote {number}">{number}</a>'
        for number in (citation.number for citation in citations)
    )


def _disagreement(disagreement: Disagreement, place: str) -> str:
    sides = "".join(
        f'<li><p class="side-note">{flat(date_in_words(side.published))}'
        f"{f' · {flat(side.note)}' if side.note else ''}</p>"
        f'<p class="text">{flat(side.text)}{_marks(side.citations, place)}</p>'
        f'<p class="facts">{"; ".join(map(_where, side.citations))}</p></li>'
        for side in disagreement.sides
    )
    title = f"{DISAGREEMENTS[disagreement.kind]}: {disagreement.about}"
    return f'<div class="disagreement"><h3>{flat(title)}</h3><ul>{sides}</ul></div>'


def _refusal(answer: Answer) -> str:
    reason = answer.reason or "The articles do not seem to answer this."
    different = {" ".join(hit.passage.text.split()): hit for hit in reversed(answer.hits)}
    closest = [hit for hit in answer.hits if hit in different.values()][:CLOSEST_SHOWN]
    cards = "".join(
        f'<li class="passage"><p class="headline">{flat(hit.article.title or UNTITLED)}</p>'
        f'<p class="facts">{_place(hit.article.source, hit.article.published)}</p>'
        f'<p class="text">{flat(_beginning(hit.passage.text, LONGEST_PASSAGE))}</p></li>'
        for hit in closest
    )
    below = f'<h3>Closest passages</h3><ul class="closest">{cards}</ul>' if cards else ""
    return f'<p class="reason">{flat(reason)}</p>{below}'


def _footnotes(answer: Answer, place: str) -> str:
    sides = (side for each in answer.disagreements for side in each.sides)
    cited = [*answer.citations, *(c for side in sides for c in side.citations)]
    by_number = {citation.number: citation for citation in cited}
    rows = "".join(
        f'<li id="{place}-{number}"><span class="number">{number}</span>'
        f'{_quote(citation, answer.hits)}<p class="facts"><span class="title">'
        f"{flat(citation.title or UNTITLED)}</span> · {_facts(citation)}</p></li>"
        for number, citation in sorted(by_number.items())
    )
    return f'<h3>Footnotes</h3><ol class="footnotes">{rows}</ol>' if rows else ""


def _quote(citation: Citation, hits: Sequence[Hit]) -> str:
    """Return a quote in the words around it, if what the writer saw holds them."""
    before, after = "", ""
    for hit in hits:
        passage = hit.passage
        start, end = citation.start - passage.start, citation.end - passage.start
        if passage.article_id == citation.article_id and 0 <= start < end <= len(passage.text):
            before, after = _ending(passage.text[:start]), passage.text[end:]
            after = _beginning(after, LONGEST_CONTEXT)
            break
    return (
        f"<blockquote>{flat(before)} <mark>{flat(citation.quote)}</mark> {flat(after)}</blockquote>"
    )


def _facts(citation: Citation) -> str:
    facts = [_place(citation.source, citation.published)]
    if citation.page is not None:
        facts.append(f"page {citation.page}")
    if citation.speaker:
        facts.append(f"words of {flat(citation.speaker)}")
    if citation.also_in:
        facts.append(f"copies elsewhere: {len(citation.also_in)}")
    return " · ".join(facts)


def _where(citation: Citation) -> str:
    return _place(citation.source, citation.published)


def _place(source: str | None, published: str | None) -> str:
    return f"{flat(source or UNKNOWN_OUTLET)} · {flat(date_in_words(published))}"


def _beginning(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[:most].rpartition(' ')[0]} …"


def _ending(text: str) -> str:
    return (
        text if len(text) <= LONGEST_CONTEXT else f"… {text[-LONGEST_CONTEXT:].partition(' ')[2]}"
    )

"""A conversation, or one answer by its link, as a page of its own: no script, nothing loaded.

Whatever comes from an article, a question or a model passes through `html.escape`. The page's
Content-Security-Policy allows its own style sheet, known by its hash, and nothing else.
"""

import base64
import hashlib
from collections.abc import Sequence
from html import escape
from pathlib import Path

from index import ArticleInfo
from rag.types import Answer, Citation, Disagreement, Sentence
from ui import strings
from ui.elements import plain, snippet
from ui.render import CLOSEST_SHOWN
from ui.turns import cited_in, clean_text, footnote_prefix
from ui.types import Turn
from ui.wording import (
    address_of,
    disagreement_title,
    language_of,
    notices,
    place_facts,
    reason_of,
    source_facts,
    title_of,
    turn_facts,
    understood,
    verdicts_of,
)

STYLE = Path(__file__).parent / "export.css"

PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
<main>
{body}
</main>
</body>
</html>
"""

POLICY = "default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def to_html(title: str, turns: Sequence[Turn], warnings: Sequence[str] = ()) -> str:
    """Return a conversation, or one answer, as an HTML page that needs nothing else.

    Args:
        title: The conversation's title.
        turns: What was asked and answered, oldest first.
        warnings: What has become of the sources since, in words.
    """
    style = STYLE.read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    heading = _text(title) or escape(strings.UNTITLED_CHAT)
    parts = [_masthead(heading), _warnings(warnings)]
    for number, turn in enumerate(turns, start=1):
        parts.append(_turn(turn, number, footnote_prefix(number, len(turns)), heading))
    parts.append(_legend(turns))
    return clean_text(
        PAGE.format(
            policy=escape(POLICY.format(digest=digest)),
            title=f"{heading} · {escape(strings.TITLE)}",
            style=style,
            body="\n".join(filter(None, parts)),
        )
    )


def _masthead(heading: str) -> str:
    return (
        f'<header class="masthead"><p class="brand">{escape(strings.TITLE)}</p>'
        f'<h1 dir="auto">{heading}</h1><p class="facts">{escape(strings.EXPORTED_BY)}</p></header>'
    )


def _warnings(warnings: Sequence[str]) -> str:
    if not warnings:
        return ""
    rows = "".join(f"<li>{_text(warning)}</li>" for warning in warnings)
    return (
        f'<section class="warnings"><h2>{escape(strings.SINCE_ANSWERED)}</h2>'
        f"<ul>{rows}</ul></section>"
    )


def _turn(turn: Turn, number: int, prefix: str, heading: str) -> str:
    """Return a turn; its question is no heading again if it is the title."""
    question = _text(turn.question)
    parts = []
    if prefix or question != heading:
        place = f"{number}. " if prefix else ""
        parts.append(f'<h2 dir="auto">{place}{question}</h2>')
    if facts := turn_facts(turn):
        parts.append(f'<p class="facts">{_joined(facts)}</p>')
    if turn.answer is not None:
        parts += [f'<p class="understood">{_text(fact)}</p>' for fact in understood(turn.answer)]
        parts.append(_answer(turn.answer, number, prefix))
    parts += [f'<p class="notice">{_text(notice)}</p>' for notice in notices(turn)]
    if turn.answer is not None:
        parts.append(_footnotes(turn.answer, number, prefix))
    return f'<section class="turn" id="turn-{number}">{"".join(parts)}</section>'


def _answer(answer: Answer, number: int, prefix: str) -> str:
    if answer.refused:
        return _refusal(answer)
    marks = _Marks(number, prefix)
    sentences = " ".join(_sentence(sentence, marks) for sentence in answer.sentences)
    shown = f'<div class="sentences">{sentences}</div>' if sentences else ""
    return shown + "".join(_disagreement(each, marks) for each in answer.disagreements)


class _Marks:
    """Writes the marks of an answer's footnotes; the first of each is where its way back leads."""

    def __init__(self, turn: int, prefix: str) -> None:
        self._turn, self._prefix = turn, prefix
        self._seen: set[int] = set()

    def mark(self, citation: Citation) -> str:
        number = citation.number
        place = f"{self._turn}-{number}"
        name = "" if number in self._seen else f' id="mark-{place}"'
        self._seen.add(number)
        label = escape(strings.FOOTNOTE_NUMBER.format(number=f"{self._prefix}{number}"))
        return (
            f'<a class="mark" href="#note-{place}"{name} aria-label="{label}">'
            f"{self._prefix}{number}</a>"
        )


def _sentence(sentence: Sentence, marks: _Marks) -> str:
    verdict = sentence.support.verdict
    differs = verdict in {"partly", "unsupported"} and sentence.citations
    compared = f' <span class="verdict">{strings.COMPARE}</span>' if differs else ""
    words = [strings.VERDICTS[verdict], *map(plain, sentence.support.reasons)]
    return (
        f'<p class="sentence {verdict}"><span class="text" dir="auto">{_text(sentence.text)}</span>'
        f"{compared}{''.join(map(marks.mark, sentence.citations))} "
        f'<span class="verdict">{escape("; ".join(words))}</span></p>'
    )


def _refusal(answer: Answer) -> str:
    cards = "".join(
        f'<div class="passage"><p class="headline" dir="auto">{escape(title_of(hit.article))}</p>'
        f'<p class="facts">{_place(hit.article)}</p>'
        f'<p class="text" dir="auto">{escape(snippet(hit.passage.text))}</p></div>'
        for hit in answer.hits[:CLOSEST_SHOWN]
    )
    closest = f"<h3>{escape(strings.CLOSEST_PASSAGES)}</h3>{cards}" if cards else ""
    return f'<p class="reason">{escape(reason_of(answer))}</p>{closest}'


def _disagreement(disagreement: Disagreement, marks: _Marks) -> str:
    sides = []
    for side in disagreement.sides:
        note = f'<p class="side-note">{_text(side.note)}</p>' if side.note else ""
        cited = "".join(
            f'<span class="facts">{marks.mark(citation)} {_place(citation)}</span>'
            for citation in side.citations
        )
        text = f'<span class="text" dir="auto">{_text(side.text)}</span>'
        sides.append(f"<li>{note}{text}{cited}</li>")
    title = escape(disagreement_title(disagreement.kind, disagreement.about))
    return f'<div class="disagreement"><h3>{title}</h3><ul>{"".join(sides)}</ul></div>'


def _footnotes(answer: Answer, number: int, prefix: str) -> str:
    rows = "".join(
        _footnote(citation, answer, f"{number}-{citation.number}", f"{prefix}{citation.number}")
        for citation in cited_in(answer)
    )
    if not rows:
        return ""
    return f'<div class="footnotes"><h3>{escape(strings.FOOTNOTES)}</h3><ol>{rows}</ol></div>'


def _footnote(citation: Citation, answer: Answer, place: str, label: str) -> str:
    language = language_of(citation, answer)
    spoken = f' lang="{language}"' if language else ""
    address = address_of(citation)
    link = ""
    if address:
        link = f'<p><a href="{escape(address)}" rel="noopener noreferrer nofollow">'
        link += f"{escape(address)}</a></p>"
    back = escape(strings.BACK_TO_TEXT.format(number=label))
    return (
        f'<li id="note-{place}"><span class="number">{label}</span>'
        f'<blockquote dir="auto"{spoken}>“{_text(citation.quote)}”</blockquote>'
        f'<p class="facts"><span class="title" dir="auto">{escape(title_of(citation))}</span> · '
        f"{_joined(source_facts(citation, answer))} "
        f'<a class="back" href="#mark-{place}" aria-label="{back}">↩</a></p>{link}</li>'
    )


def _legend(turns: Sequence[Turn]) -> str:
    """Return what the verdicts mean."""
    rows = "".join(
        f"<dt>{escape(strings.VERDICTS[verdict])}</dt>"
        f"<dd>{escape(strings.VERDICT_MEANINGS[verdict])}</dd>"
        for verdict in verdicts_of(turns)
    )
    if not rows:
        return ""
    return f'<footer class="legend"><h2>{escape(strings.HOW_CHECKED)}</h2><dl>{rows}</dl></footer>'


def _place(article: ArticleInfo | Citation) -> str:
    return _joined(place_facts(article))


def _joined(facts: Sequence[str]) -> str:
    return " · ".join(map(escape, facts))


def _text(text: str) -> str:
    return escape(plain(text))

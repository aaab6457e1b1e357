"""A conversation as Markdown, with a footnote for every quote.

No text of an article, a model or a reader can become markup: what could is escaped. The footnotes
are those of GitHub, GitLab, Pandoc and Obsidian; elsewhere they stand below their answer as text.
"""

import re
from collections.abc import Iterator, Sequence

from rag.types import Answer, Citation, Disagreement, Sentence
from ui import strings
from ui.elements import plain, snippet
from ui.render import CLOSEST_SHOWN
from ui.turns import cited_in, clean_text, footnote_prefix
from ui.types import Turn
from ui.wording import (
    address_of,
    disagreement_title,
    notices,
    place_facts,
    reason_of,
    source_facts,
    title_of,
    turn_facts,
    understood,
    verdicts_of,
)

SPECIAL = re.compile(
    r"[\\`*_{}\[\]<>#|~^$@]"  # markup, and what extensions take for it
    r"|&(?=[#\w])|=(?==)|%(?=%)"  # an entity, a highlight, a comment
    r"|!$"  # before a footnote it would make an image of it
    r"|(?<=[:/])/"  # https://
    r"|\.(?=[^\W\d_])"  # example.org, which some renderers make a link of; "3.4" stays
)
LINE_START = re.compile(r"^(\d{1,9})([.)])|^([-+:!])")
"""What begins a list or the like, at the start of a line."""


def to_markdown(title: str, turns: Sequence[Turn], warnings: Sequence[str] = ()) -> str:
    """Return a conversation, or one answer, as a Markdown document.

    Args:
        title: The conversation's title.
        turns: What was asked and answered, oldest first.
        warnings: What has become of the sources since, in words.
    """
    blocks = [f"# {escape_markdown(title) or strings.UNTITLED_CHAT}", f"*{strings.EXPORTED_BY}*"]
    if warnings:
        blocks.append(f"**{strings.SINCE_ANSWERED}:**")
        blocks.append("\n".join(f"- {escape_markdown(warning)}" for warning in warnings))
    for number, turn in enumerate(turns, start=1):
        blocks += _turn(turn, footnote_prefix(number, len(turns)), title)
    if meanings := [
        f"- *{strings.VERDICTS[verdict]}*: {strings.VERDICT_MEANINGS[verdict]}"
        for verdict in verdicts_of(turns)
    ]:
        blocks += [f"**{strings.HOW_CHECKED}**", "\n".join(meanings)]
    return clean_text("\n\n".join(blocks) + "\n")


def escape_markdown(text: str) -> str:
    """Return a text on one line that Markdown shows as it is."""
    return LINE_START.sub(
        lambda match: f"{match[1]}\\{match[2]}" if match[1] else f"\\{match[3]}",
        SPECIAL.sub(lambda match: f"\\{match[0]}", plain(text)),
    )


def _turn(turn: Turn, prefix: str, title: str) -> Iterator[str]:
    """Yield the blocks of a turn; its question is no heading again if it is the title."""
    question = escape_markdown(turn.question)
    if prefix or question != escape_markdown(title):
        yield f"## {prefix.replace('-', '. ')}{question}"
    if facts := turn_facts(turn):
        yield f"*{escape_markdown(' · '.join(facts))}*"
    answer = turn.answer
    if answer is not None:
        yield from (f"*{escape_markdown(fact)}*" for fact in understood(answer))
        yield from _refusal(answer) if answer.refused else _sentences(answer.sentences, prefix)
        for disagreement in answer.disagreements:
            yield from _disagreement(disagreement, prefix)
    yield from (escape_markdown(strings.NOTE.format(text=text)) for text in notices(turn))
    if answer is not None:
        yield from (_definition(citation, answer, prefix) for citation in cited_in(answer))


def _sentences(sentences: Sequence[Sentence], prefix: str) -> Iterator[str]:
    """Yield quoted sentences as quotes of their own, and written ones joined to paragraphs."""
    written: list[str] = []
    for sentence in sentences:
        text = f"{escape_markdown(sentence.text)}{_marks(sentence, prefix)} {_verdict(sentence)}"
        if sentence.support.verdict != "quoted":
            written.append(text)
            continue
        if written:
            yield " ".join(written)
            written = []
        yield f"> {text}"
    if written:
        yield " ".join(written)


def _marks(sentence: Sentence, prefix: str) -> str:
    """Return the footnotes of a sentence; "cf." stands before those that do not carry it."""
    differs = sentence.support.verdict in {"partly", "unsupported"}
    compared = f" {strings.COMPARE} " if differs else ""
    return "".join(f"{compared}{_mark(citation, prefix)}" for citation in sentence.citations)


def _mark(citation: Citation, prefix: str) -> str:
    return f"[^{prefix}{citation.number}]"


def _verdict(sentence: Sentence) -> str:
    words = [strings.VERDICTS[sentence.support.verdict], *map(plain, sentence.support.reasons)]
    return f"*({escape_markdown('; '.join(words))})*"


def _refusal(answer: Answer) -> Iterator[str]:
    yield escape_markdown(reason_of(answer))
    rows = [
        f"- **{escape_markdown(title_of(hit.article))}** "
        f"({escape_markdown(', '.join(place_facts(hit.article)))}): "
        f"“{escape_markdown(snippet(hit.passage.text))}”"
        for hit in answer.hits[:CLOSEST_SHOWN]
    ]
    if rows:
        yield f"**{strings.CLOSEST_PASSAGES}**"
        yield "\n".join(rows)


def _disagreement(disagreement: Disagreement, prefix: str) -> Iterator[str]:
    yield f"**{escape_markdown(disagreement_title(disagreement.kind, disagreement.about))}**"
    rows = []
    for side in disagreement.sides:
        note = f"*{escape_markdown(side.note)}*: " if side.note else ""
        marks = "; ".join(
            f"{_mark(citation, prefix)} ({escape_markdown(', '.join(place_facts(citation)))})"
            for citation in side.citations
        )
        rows.append(f"- {note}{escape_markdown(side.text)} {marks}")
    yield "\n".join(rows)


def _definition(citation: Citation, answer: Answer, prefix: str) -> str:
    """Return a footnote.

    The word before the quote keeps renderers without footnotes from reading a link's definition.
    """
    parts = [f"*{escape_markdown(title_of(citation))}*"]
    parts += map(escape_markdown, source_facts(citation, answer))
    if address := address_of(citation):
        parts.append(f"<{address}>")
    return (
        f"{_mark(citation, prefix)}: {strings.QUOTE}: “{escape_markdown(citation.quote)}” "
        f"{', '.join(parts)}"
    )

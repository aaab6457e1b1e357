"""Asking, without the page: a question goes in, a conversation comes out as it grows."""

from collections.abc import Iterator
from dataclasses import replace

from index import Index, IndexFailure
from rag import AnswerFailure, Sentence, stream, widen
from ui import strings
from ui.turns import history_of, utc_now
from ui.turnstile import Turnstile
from ui.types import Conversation, Turn

WIDEST = 2_000
"""Characters of a quote that can still be widened; beyond, the article is the place to read."""


def ask(
    index: Index, conversation: Conversation, turn: Turn, turnstile: Turnstile, user: str = ""
) -> Iterator[Conversation]:
    """Yield the conversation as it grows by a turn, whole sentence by whole sentence.

    What goes wrong becomes a message in the turn; nothing is raised for it.

    Args:
        index: The library to ask.
        conversation: What was asked before; a turn that is being edited goes, and all after it.
        turn: The question and its limits.
        turnstile: Where the question waits until it can be worked on.
        user: Who asks; "" where nobody has a name.
    """
    earlier = conversation
    if conversation.editing is not None:
        earlier = conversation.before(conversation.editing)
    grown = earlier.with_next(turn)
    yield grown
    limits = turn.limits
    turn = replace(turn, asked_at=utc_now())
    try:
        with turnstile.admit(user=user):
            for partial in stream(
                turn.question,
                index=index,
                history=() if turn.alone else history_of(earlier.turns),
                since=limits.since or None,
                until=limits.until or None,
                sources=list(limits.outlets) or None,
                articles=list(limits.articles) or None,
            ):
                turn = replace(turn, answer=partial)
                yield grown.with_last(turn)
    except (AnswerFailure, IndexFailure) as error:
        yield grown.with_last(replace(turn, problem=str(error)))


def stop(conversation: Conversation) -> Conversation:
    """Return the conversation with its last answer marked as stopped, if it was under way."""
    last = conversation.last
    if last is None or not last.is_open:
        return conversation
    return conversation.with_last(replace(last, stopped=True))


def fail(conversation: Conversation) -> Conversation:
    """Return the conversation with its last answer marked as broken off by a fault of ours."""
    last = conversation.last
    if last is None or not last.is_open:
        return conversation
    return conversation.with_last(replace(last, problem=strings.FAULT))


def widen_quote(
    index: Index, conversation: Conversation, place: int, sentence: int
) -> Conversation:
    """Return the conversation with one quote a sentence longer on each side, where it can be.

    Args:
        index: The library that was asked.
        conversation: What stands on the page.
        place: Which turn, counted from 0.
        sentence: Which sentence of its answer, counted from 0.

    Raises:
        IndexFailure: the article is gone.
    """
    turn = conversation.turns[place]
    if turn.answer is None:
        return conversation
    quoted = turn.answer.sentences[sentence]
    if not can_be_widened(quoted):
        return conversation
    (citation,) = quoted.citations
    wider = widen(citation, index.article(citation.article_id))
    longer = replace(quoted, text=wider.quote, citations=(wider,))
    sentences = list(turn.answer.sentences)
    sentences[sentence] = longer
    turn = replace(turn, answer=replace(turn.answer, sentences=tuple(sentences)))
    turns = list(conversation.turns)
    turns[place] = turn
    return replace(conversation, turns=tuple(turns))


def can_be_widened(sentence: Sentence) -> bool:
    """Say whether a sentence is a quote that may be shown with the sentences around it."""
    if sentence.support.verdict != "quoted" or len(sentence.citations) != 1:
        return False
    return len(sentence.citations[0].quote) < WIDEST

"""Have a language model make a follow-up stand alone, and use only what brings in nothing new."""

from collections.abc import Sequence

from rag.breaker import breaker_of
from rag.briefing import Message, defused
from rag.errors import ModelFailure
from rag.grammar import AUXILIARIES, INTERROGATIVES, PREPOSITIONS, tokens_of
from rag.history import Turn
from rag.mentions import (
    NUMBER_WORDS,
    WORD,
    form,
    forms_in,
    is_mentioned,
    mentioned_forms,
    telling_words,
)
from rag.prompts import STANDALONE_ASKED, STANDALONE_INSTRUCTIONS, STANDALONE_TURN
from rag.reference import names_somebody
from rag.settings import RagSettings
from rag.thoughts import ThoughtFilter

TURNS_SHOWN = 3
ANSWER_SHOWN = 400
"""Characters of each answer, up to its end: so a model reads a page at most."""

LONGEST_REWRITE = 300
"""Characters; a question of more is no question."""
MOST_NEW_WORDS = 3
"""Telling words that nobody said before; a rewrite needs few, an answer brings more."""

CONNECT, FIRST, IDLE, TOTAL = 3.0, 8.0, 3.0, 10.0
"""Seconds that a reader is made to wait at most; then the rules decide."""


def rewrite(question: str, turns: Sequence[Turn], settings: RagSettings) -> str | None:
    """Return a follow-up as a model makes it stand alone, or None where that cannot be used.

    Args:
        question: The follow-up.
        turns: The checked history, oldest first; at least one turn.
        settings: Which model is asked.
    """
    try:
        text = _written(write_request(question, turns), settings)
    except ModelFailure:
        return None
    usable = is_usable(text, question, turns) and not settings.tells_secret(text)
    return text if usable else None


def write_request(question: str, turns: Sequence[Turn]) -> list[Message]:
    """Return the messages that ask a model to make a question stand alone."""
    shown = "\n".join(
        STANDALONE_TURN.format(question=defused(asked), answer=defused(answer[-ANSWER_SHOWN:]))
        for asked, answer in turns[-TURNS_SHOWN:]
    )
    request = STANDALONE_ASKED.format(conversation=shown, question=defused(question))
    return [("system", STANDALONE_INSTRUCTIONS), ("user", request)]


def is_usable(text: str, question: str, turns: Sequence[Turn]) -> bool:
    """Say whether a rewrite is one question, keeps the question's facts and brings in none.

    Where the question has a "he" or "she", a name must come from the last turn: one from further
    back may belong to somebody else.
    """
    words = tokens_of(text)
    if not words or len(text) > LONGEST_REWRITE or len(text.splitlines()) > 1:
        return False
    if not text.endswith("?") or "?" in text[:-1] or not _opens_a_question(text):
        return False
    said = " ".join([question, *(part for turn in turns for part in turn)])
    near = " ".join([question, *turns[-1]]) if names_somebody(question) else said
    kept, known = mentioned_forms(text), forms_in(said)
    new = [word for word in telling_words(text) if form(word) not in known]
    return (
        all(is_mentioned(fact, kept) for fact in _facts(question))
        and all(is_mentioned(fact, mentioned_forms(near)) for fact in _facts(text))
        and len(new) <= MOST_NEW_WORDS
    )


def _written(messages: Sequence[Message], settings: RagSettings) -> str:
    """Return what the model writes; reading ends once it is too much to be of use."""
    from rag.model import Conversation, Limits

    limits = Limits(connect=CONNECT, first=FIRST, idle=IDLE, total=TOTAL)
    text, thoughts = "", ThoughtFilter()
    breaker = breaker_of(settings.llm_base_url or "")
    for piece in Conversation(settings, limits, breaker=breaker).stream(messages):
        said = thoughts.feed(piece.text)
        text = said.text if said.afresh else text + said.text
        if len(text.strip()) > LONGEST_REWRITE:
            break
    return (text + thoughts.finish().text).strip()


def _facts(question: str) -> list[str]:
    """Return the names and numbers of a question, numbers in words too."""
    tokens = tokens_of(question)
    facts = [token.text for token in tokens if _is_number(token.lower)]
    facts += [word for token in tokens[1:] if token.is_name for word in WORD.findall(token.text)]
    return [word for word in facts if len(word) > 1 or word.isdigit()]


def _is_number(word: str) -> bool:
    return any(map(str.isdigit, word)) or (word in NUMBER_WORDS and word != "one")


def _opens_a_question(text: str) -> bool:
    first, *others = [token.lower for token in tokens_of(text) if token.is_word] or [""]
    if first in PREPOSITIONS:
        return bool(INTERROGATIVES & {*others[:2]})
    return first in INTERROGATIVES | AUXILIARIES

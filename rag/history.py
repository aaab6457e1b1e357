"""The conversation so far, as a client sends it: bounded, and checked before anything reads it."""

import re
import unicodedata
from collections.abc import Sequence
from typing import Any

from rag.errors import BadHistory
from rag.prompts import NOTHING_FOUND, REFUSED

Turn = tuple[str, str]
"""An earlier question, and the text of its answer; empty where it was refused."""

MOST_TURNS = 8
"""Turns that are kept, the newest: what was said before them no follow-up means."""
LONGEST_QUESTION = 500
"""Characters of an earlier question that are kept, from its start."""
LONGEST_ANSWER = 2_000
"""Characters of an earlier answer that are kept, up to its end; quotes have some 120 words."""

FOOTNOTE = re.compile(r"\[\d{1,4}\]")
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
REFUSALS = (REFUSED.partition(".")[0], NOTHING_FOUND)
"""How the text of a refusal begins: it tells what was not found, and would be searched for."""

REMEDY = "Send pairs of texts, a question and its answer, oldest first."


def checked_history(history: Sequence[Turn]) -> tuple[Turn, ...]:
    """Return the newest turns, each cut to its limit, without footnote numbers and refusals.

    Turns whose question is blank are left out. What lies beyond the limits is never looked at.

    Raises:
        BadHistory: it is no list of pairs of texts, or a text holds what is no text.
    """
    if isinstance(history, str | bytes) or not isinstance(history, Sequence):
        raise BadHistory(f"The history is no list. {REMEDY}")
    first = max(0, len(history) - MOST_TURNS)
    turns = [_checked_turn(turn, number + 1) for number, turn in enumerate(history[first:], first)]
    return tuple(turn for turn in turns if turn[0])


def _checked_turn(turn: Any, number: int) -> Turn:  # noqa: ANN401 - whatever a client sends
    if isinstance(turn, str | bytes) or not isinstance(turn, Sequence) or len(turn) != 2:
        raise BadHistory(f"Turn {number} of the history is no pair. {REMEDY}")
    question, answer = turn
    if not isinstance(question, str) or not isinstance(answer, str):
        raise BadHistory(f"Turn {number} of the history holds something else than text. {REMEDY}")
    question, answer = question[:LONGEST_QUESTION], answer[-LONGEST_ANSWER:]
    for text in (question, answer):
        if any(unicodedata.category(character) == "Cs" for character in text):
            raise BadHistory(
                f"Turn {number} of the history holds halves of UTF-16 pairs, which are no text. "
                "Send it as it was shown."
            )
    said = _flat(FOOTNOTE.sub("", answer))
    return _flat(question), "" if said.startswith(REFUSALS) else said


def _flat(text: str) -> str:
    """Return a text on one line. A question or a quote may hold control characters; they go."""
    return " ".join(CONTROL.sub(" ", text).split())

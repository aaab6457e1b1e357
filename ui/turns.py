"""Turns and answers as JSON and back, whichever version of Footnote wrote them."""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError

from rag.types import Answer, Citation
from ui import strings
from ui.types import Turn


def turn_from_dict(fields: Mapping[str, Any]) -> Turn:
    """Return what `Turn.to_dict` was made from.

    Fields that are missing get their defaults, and fields that this version does not know are
    left out. What cannot be read becomes a turn that says so.
    """
    try:
        return _turns().validate_python(fields)
    except ValidationError:
        return _unreadable(fields)


def turn_from_json(text: str) -> Turn:
    """Return the turn that a text of JSON holds; see `turn_from_dict`."""
    try:
        fields = json.loads(text)
    except (ValueError, RecursionError):
        return _unreadable({})
    return turn_from_dict(fields) if isinstance(fields, dict) else _unreadable({})


def turn_to_json(turn: Turn) -> str:
    """Return a turn as JSON, without letters that no encoding has."""
    return clean_text(json.dumps(turn.to_dict(), ensure_ascii=False))


def clean_text(text: str) -> str:
    """Return a text with a question mark for each half of a UTF-16 pair; no file can hold one."""
    return text.encode("utf-8", "replace").decode("utf-8")


def utc_now() -> str:
    """Return this moment, ISO 8601, UTC."""
    return datetime.now(UTC).isoformat()


def history_of(turns: Sequence[Turn]) -> list[tuple[str, str]]:
    """Return what was asked and answered, as the next question needs it.

    A refusal has no text, and what failed is left out.
    """
    return [(turn.question, turn.answer.text) for turn in turns if turn.answer is not None]


def cited_in(answer: Answer) -> list[Citation]:
    """Return the citations of sentences and disagreements, once each, by number."""
    sides = (side for disagreement in answer.disagreements for side in disagreement.sides)
    cited = [citation for side in sides for citation in side.citations]
    by_number = {citation.number: citation for citation in [*cited, *answer.citations]}
    return [by_number[number] for number in sorted(by_number)]


def footnote_prefix(number: int, turns: int) -> str:
    """Return what stands before a footnote's number in the `number`th of so many turns.

    Each answer counts its own from 1, so that those of the second are 2-1, 2-2 and so on.
    """
    return f"{number}-" if turns > 1 else ""


def _unreadable(fields: Mapping[str, Any]) -> Turn:
    def text(name: str) -> str | None:
        value = fields.get(name)
        return value if isinstance(value, str) else None

    return Turn(
        question=text("question") or strings.UNREADABLE_QUESTION,
        problem=strings.UNREADABLE_TURN,
        id=text("id") or "",
        asked_at=text("asked_at"),
    )


@cache
def _turns() -> TypeAdapter[Turn]:
    return TypeAdapter(Turn)

"""The values that the page keeps between questions."""

from dataclasses import dataclass
from typing import Literal

from index.types import Value
from rag.types import Answer

Thumb = Literal["up", "down"]
Reason = Literal[
    "wrong", "unsupported", "incomplete", "should-refuse", "should-answer", "other"
]
"""Why an answer is no good; `strings.THUMB_REASONS` has the words."""


@dataclass(frozen=True, kw_only=True)
class Limits(Value):
    """What a reader set before asking; empty for no limit."""

    since: str | None = None
    until: str | None = None
    outlets: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
    """Ids of the articles to answer from."""

    @property
    def is_set(self) -> bool:
        """Whether anything is limited."""
        return bool(self.since or self.until or self.outlets or self.articles)


@dataclass(frozen=True, kw_only=True)
class Turn(Value):
    """A question, and what has come of it so far."""

    question: str
    answer: Answer | None = None
    problem: str | None = None
    """Why there is no answer, fit to show."""
    stopped: bool = False
    id: str = ""
    """Given when the turn is saved, and its link: nobody can guess it."""
    asked_at: str | None = None
    """ISO 8601, UTC."""
    limits: Limits = Limits()
    thumb: Thumb | None = None
    thumb_reason: str | None = None
    """A `Reason`; text, so that one of a later version can be read."""
    thumb_note: str | None = None
    """What the reader says of it in words of their own."""

    @property
    def is_open(self) -> bool:
        """Whether more of the answer is to come."""
        if self.problem is not None or self.stopped:
            return False
        return self.answer is None or not self.answer.complete


@dataclass(frozen=True, kw_only=True)
class ChatInfo(Value):
    """What a list of saved conversations shows; times are ISO 8601, UTC."""

    id: str
    title: str
    created: str
    changed: str
    turns: int


@dataclass
class Halt:
    """Whether a visitor wants the answer under way to stop; it changes, so it is no `Value`."""

    wanted: bool = False

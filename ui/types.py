"""The values that the page keeps between questions."""

from dataclasses import dataclass, replace
from typing import Literal

from index.types import Value
from rag.types import Answer

LONGEST_NOTE = 2_000
"""Characters of what a reader says about an answer."""

Thumb = Literal["up", "down"]
Reason = Literal["wrong", "unsupported", "incomplete", "should-refuse", "should-answer", "other"]
"""Why an answer is no good; `strings.THUMB_REASONS` has the words."""


@dataclass(frozen=True, kw_only=True)
class Limits(Value):
    """What a reader set before asking; empty for no limit."""

    since: str | None = None
    """First day of publication, as it was typed."""
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
    limits: Limits = Limits()
    alone: bool = False
    """Whether it was asked without what was asked before it."""
    id: str = ""
    """Given when the turn is saved, and its link: nobody can guess it."""
    asked_at: str | None = None
    """ISO 8601, UTC."""
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
class Conversation(Value):
    """The turns that stand on the page, oldest first."""

    turns: tuple[Turn, ...] = ()
    chat_id: str | None = None
    """What it is kept under; None until the first answer is kept."""
    trouble: str | None = None
    """Why it could not be saved or found, fit to show."""
    editing: int | None = None
    """Place of the turn that the next question takes; those after it go."""

    def before(self, place: int) -> "Conversation":
        """Return the conversation as it stood before a turn."""
        return replace(self, turns=self.turns[:place], editing=None)

    def with_last(self, turn: Turn) -> "Conversation":
        """Return the conversation with its last turn replaced."""
        return replace(self, turns=(*self.turns[:-1], turn))

    def with_next(self, turn: Turn) -> "Conversation":
        """Return the conversation with one more turn."""
        return replace(self, turns=(*self.turns, turn), editing=None)

    @property
    def last(self) -> Turn | None:
        """The newest turn, or None before the first question."""
        return self.turns[-1] if self.turns else None


@dataclass(frozen=True, kw_only=True)
class ChatInfo(Value):
    """What a list of saved conversations shows; times are ISO 8601, UTC."""

    id: str
    title: str
    created: str
    changed: str
    turns: int


@dataclass
class Visit:
    """What a visitor's running events share; it changes, so it is no `Value`."""

    page: int = 0
    """Raised by whatever puts something new onto the page: what was begun before is too late."""
    stop_wanted: bool = False
    """Whether the answer under way is to end."""
    _answered: int | None = None
    """The page for which an answer is under way."""

    @property
    def answering(self) -> bool:
        """Whether an answer is under way: what stands on the page is not to change meanwhile."""
        return self._answered == self.page

    def turn_page(self) -> int:
        """Begin something new, and return the number to compare `page` with later."""
        self.stop_wanted = False
        self.page += 1
        return self.page

    def begin_answer(self) -> int:
        """Turn the page for an answer."""
        self._answered = self.turn_page()
        return self.page

    def end_answer(self, begun: int) -> None:
        """Say that the answer is through that was begun with a number."""
        if self._answered == begun:
            self._answered = None

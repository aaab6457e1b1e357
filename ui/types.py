"""The values that the page keeps between questions."""

from dataclasses import dataclass

from index.types import Value
from rag.types import Answer


@dataclass(frozen=True, kw_only=True)
class Turn(Value):
    """A question, and what has come of it so far."""

    question: str
    answer: Answer | None = None
    problem: str | None = None
    """Why there is no answer, fit to show."""
    stopped: bool = False

    @property
    def is_open(self) -> bool:
        """Whether more of the answer is to come."""
        if self.problem is not None or self.stopped:
            return False
        return self.answer is None or not self.answer.complete


@dataclass
class Halt:
    """Whether a visitor wants the answer under way to stop; it changes, so it is no `Value`."""

    wanted: bool = False

"""Suggested questions: worked out while nobody waits, and kept for as long as they are right."""

import hashlib
import threading
from collections.abc import Callable

from index import Index
from rag import Answer
from rag.suggestions import first_questions, follow_ups
from ui.turnstile import Turnstile

FIRST = 5
FOLLOWING = 3


class Suggesting:
    """Suggests questions that the articles answer; shared between visitors."""

    def __init__(self, turnstile: Turnstile) -> None:
        """Nothing is worked out yet; it never is while somebody waits at the turnstile."""
        self._is_idle: Callable[[], bool] = lambda: turnstile.is_empty
        self._lock = threading.Lock()
        self._first: dict[str, tuple[str, ...]] = {}

    def known(self, index: Index) -> tuple[str, ...]:
        """Return first questions if they are known already."""
        return self._first.get(_state_of(index), ())

    def first(self, index: Index) -> tuple[str, ...]:
        """Return first questions for a library as it is; some seconds where they are not known."""
        state = _state_of(index)
        with self._lock:
            if state not in self._first and index.articles():
                found = first_questions(index, FIRST, go_on=self._is_idle)
                if len(found) < FIRST and not self._is_idle():
                    return tuple(suggestion.question for suggestion in found)
                self._first = {state: tuple(suggestion.question for suggestion in found)}
        return self._first.get(state, ())

    def after(self, answer: Answer, index: Index) -> tuple[str, ...]:
        """Return questions that go on from an answer; none while others wait for theirs."""
        if not answer.complete or not self._is_idle():
            return ()
        found = follow_ups(answer, index, FOLLOWING, go_on=self._is_idle)
        return tuple(suggestion.question for suggestion in found)


def _state_of(index: Index) -> str:
    """Return what differs whenever the articles of a library do."""
    ids = sorted(info.id for info in index.articles())
    return hashlib.sha256("\n".join([str(index.folder), *ids]).encode()).hexdigest()

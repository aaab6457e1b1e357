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
        self._first: dict[str, tuple[str, tuple[str, ...]]] = {}

    def first(self, index: Index) -> tuple[str, ...]:
        """Return first questions for a library as it is; some seconds where they are not known.

        While they are being worked out for somebody else, there are none.
        """
        folder, state = str(index.folder), _state_of(index)
        known = self._first.get(folder)
        if known is not None and known[0] == state:
            return known[1]
        if not index.articles() or not self._lock.acquire(blocking=False):
            return ()
        try:
            found = first_questions(index, FIRST, go_on=self._is_idle)
            questions = tuple(suggestion.question for suggestion in found)
            if len(found) == FIRST or self._is_idle():
                self._first[folder] = (state, questions)
            return questions
        finally:
            self._lock.release()

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

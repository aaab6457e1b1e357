"""Checking a draft, without the page: how its lines stand in it, and how far the check is."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from index import Index, IndexFailure
from index.errors import BadValue
from index.formats import read_docx
from index.read import decode
from index.sentences import block_spans
from index.types import Value
from rag import Answer, AnswerFailure, stream_draft
from rag.draft import LONGEST_DRAFT
from rag.draft_lines import read_lines
from ui import strings
from ui.errors import Busy
from ui.turnstile import Turnstile

DRAFT_FILES = [".txt", ".md", ".docx"]
"""Kinds of files that a draft is read from."""

PATIENCE = 20.0
"""Seconds that a line waits while too many ask; the rest of a draft is then left unchecked."""


@dataclass(frozen=True, kw_only=True)
class CheckedDraft(Value):
    """A draft, and what has come of its check so far."""

    text: str
    starts: tuple[int, ...] = ()
    """Offset of each of its lines; a line is a sentence, a heading and so on."""
    openers: frozenset[int] = frozenset()
    """Those of the offsets at which a paragraph begins."""
    answer: Answer | None = None
    """Its sentences are the first of the lines."""
    problem: str | None = None
    """Why it could not be checked, fit to show."""
    stopped: bool = False

    @property
    def done(self) -> int:
        """How many lines have been looked at."""
        return len(self.answer.sentences) if self.answer else 0

    @property
    def is_open(self) -> bool:
        """Whether more is to come."""
        if self.problem is not None or self.stopped:
            return False
        return self.answer is None or not self.answer.complete


def check(index: Index, text: str, turnstile: Turnstile, user: str = "") -> Iterator[CheckedDraft]:
    """Yield a draft as its check goes on, line by line; what goes wrong is told in the last.

    Args:
        index: The library.
        text: The draft.
        turnstile: Each line passes it by itself, so that questions need not wait for all of them.
        user: Whose it is; "" where nobody has a name.
    """
    draft = CheckedDraft(text=text)
    if len(text) <= LONGEST_DRAFT:
        starts = tuple(line.start for line in read_lines(text))
        draft = replace(
            draft, starts=starts, openers=frozenset(start for start, _ in block_spans(text))
        )
    yield draft
    try:
        lines = stream_draft(text, index=index)
        while answer := _admitted(turnstile, user, lambda: next(lines, None)):
            draft = replace(draft, answer=answer)
            yield draft
    except (AnswerFailure, IndexFailure) as error:
        yield replace(draft, problem=str(error))


def _admitted(turnstile: Turnstile, user: str, step: Callable[[], Answer | None]) -> Answer | None:
    """Return what a step gives once it is let in; a draft waits longer than a question.

    Raises:
        Busy: too many ask for too long, or the server is about to stop.
    """
    until = time.monotonic() + PATIENCE
    while True:
        try:
            with turnstile.admit(user=user):
                return step()
        except Busy:
            if time.monotonic() > until:
                raise
            time.sleep(1)


def read_draft(path: Path) -> str:
    """Return the text of a draft's file: plain text, Markdown as it stands, or Word.

    Raises:
        BadValue: it is of another kind, or no text can be read from it.
    """
    suffix = path.suffix.lower()
    if suffix not in DRAFT_FILES:
        kinds = ", ".join(DRAFT_FILES)
        raise BadValue(strings.NO_DRAFT_KIND.format(name=path.name, kinds=kinds))
    data = path.read_bytes()
    try:
        return read_docx(data).text if suffix == ".docx" else decode(data)
    except ValueError as error:
        message = strings.NO_DRAFT_TEXT.format(name=path.name, reason=error)
        raise BadValue(message) from error

"""Everything that can go wrong while serving and keeping, as small trees of errors.

Each message is fit to show as it stands.
"""

from index import IndexFailure
from rag import AnswerFailure
from ui import strings


class CannotServe(Exception):
    """Where the page was to be served, it cannot or must not be."""


class NotAdmitted(Exception):
    """A visitor who may not come in; the message is fit to show."""

    def __init__(self, message: str, retry_after: int | None = None) -> None:
        """Keep how many seconds the visitor has to wait before the next try counts."""
        super().__init__(message)
        self.retry_after = retry_after


class Busy(AnswerFailure):
    """Too many ask at this moment; the message says when to ask again."""

    def __init__(self, seconds: int, message: str = strings.BUSY) -> None:
        """Keep the seconds apart, since a program is told them in a header."""
        super().__init__(message.format(seconds=seconds))
        self.seconds = seconds


class Left(AnswerFailure):
    """Whoever waited has left; nobody reads this message."""


class NotThere(IndexFailure):
    """Something was asked for by a name that nothing has."""


class UnknownLibrary(NotThere):
    """No library has this name."""


class LibraryFailure(IndexFailure):
    """A library cannot be made under a name."""


class NoOriginal(NotThere):
    """There is no file of an article that can be shown."""


class KeepingFailure(Exception):
    """Anything that cannot be kept or fetched; none of it keeps a question from being answered."""


class CannotSave(KeepingFailure):
    """A disk that is full, a folder that is read-only, a file that is damaged or held by others."""


class FeedbackNotWritten(CannotSave):
    """What was done is saved; only the cases that are made from it could not be written."""


class UnknownChat(KeepingFailure):
    """No conversation, or no answer, of this user has this id."""


class ChatFull(KeepingFailure):
    """A conversation that holds as many answers as one may."""


class BadRating(KeepingFailure):
    """A thumb with a reason that is none."""

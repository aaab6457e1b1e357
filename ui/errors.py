"""Everything that can go wrong while conversations are kept, as a small tree of errors.

Each message is fit to show as it stands. None of them keeps a question from being answered.
"""


class KeepingFailure(Exception):
    """Anything that cannot be kept or fetched; the base of these errors."""


class CannotSave(KeepingFailure):
    """A disk that is full, a folder that is read-only, a file that is damaged or held by others."""


class UnknownChat(KeepingFailure):
    """No conversation, or no answer, of this user has this id."""


class ChatFull(KeepingFailure):
    """A conversation that holds as many answers as one may."""


class BadRating(KeepingFailure):
    """A thumb with a reason that is none."""

"""Everything that can go wrong while answering, as a small tree of errors."""


class AnswerFailure(Exception):
    """Anything that keeps a question from being answered; the base of these errors.

    A refusal is none of them: it is a good answer to a question that the articles do not answer.
    """


class BadQuestion(AnswerFailure):
    """A question that is empty or too long."""


class BadPeriod(AnswerFailure):
    """A day that is no day, or a period that ends before it begins."""


class EmptyLibrary(AnswerFailure):
    """A library without articles."""

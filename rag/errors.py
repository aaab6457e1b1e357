"""Everything that can go wrong while answering, as a small tree of errors."""


class AnswerFailure(Exception):
    """Anything that keeps a question from being answered; the base of these errors.

    A refusal is none of them: it is a good answer to a question that the articles do not answer.
    """


class BadQuestion(AnswerFailure):
    """A question that is empty or too long."""


class BadHistory(AnswerFailure):
    """A conversation so far that is no list of questions and answers."""


class BadDraft(AnswerFailure):
    """A draft that is empty, too long, no text, or not there."""


class BadPeriod(AnswerFailure):
    """A day that is no day, or a period that ends before it begins."""


class EmptyLibrary(AnswerFailure):
    """A library without articles."""


class ArticleErased(AnswerFailure):
    """An article that was erased while it was answered from."""


class ModelFailure(AnswerFailure):
    """A language model that gave no usable answer; quotes then stand instead.

    The message is the end of a sentence that begins with the model's name. It never repeats what
    the server said, which could hold the key.
    """


class ModelUnreachable(ModelFailure):
    """A server that cannot be reached."""


class ModelRefused(ModelFailure):
    """A server that answers with an error."""


class ModelTooSlow(ModelFailure):
    """A server that makes the reader wait too long."""


class ModelBrokeOff(ModelFailure):
    """A server that stops before the end of the answer, or sends what is none."""


class ModelResting(ModelFailure):
    """A server that has failed so often that it is left alone for a while."""

"""Everything that can go wrong in an evaluation, as a small tree of errors.

Each message names the thing, the cause and the remedy, and is fit to show to a user as it stands.
"""

from collections.abc import Sequence

MOST_PROBLEMS_SHOWN = 10


class EvalFailure(Exception):
    """Anything that the evaluation cannot do; the base of its errors."""


class BadCases(EvalFailure):
    """Cases that cannot be used as they stand."""

    def __init__(self, path: str, problems: Sequence[str], remedy: str) -> None:
        """List the problems one a line, each with its place in the file."""
        shown = [f"  {problem}" for problem in problems[:MOST_PROBLEMS_SHOWN]]
        if len(problems) > MOST_PROBLEMS_SHOWN:
            shown.append(f"  and {len(problems) - MOST_PROBLEMS_SHOWN} more")
        super().__init__("\n".join([f"{path}: {len(problems)} bad.", *shown, remedy]))
        self.problems = tuple(problems)


class NotReviewed(EvalFailure):
    """Cases that were drafted by rule, and that nobody has looked at."""


class MissingData(EvalFailure):
    """A file or folder of cases, articles or results that is not there."""


class BadData(EvalFailure):
    """A file of a public set, or of an earlier run, that is not in the expected shape."""


class BadOption(EvalFailure):
    """Options that cannot be used, or not together."""


class CaseFailed(EvalFailure):
    """A case whose question could not be asked at all."""

"""A trial: one case, the answer that came back and how long it took. Scorers read trials."""

from collections.abc import Callable
from dataclasses import dataclass

from eval.gold import Gold
from eval.types import Case, Score
from index import Index
from rag.types import Answer


@dataclass(frozen=True, kw_only=True)
class Trial:
    """What a scorer sees of one case."""

    case: Case
    gold: Gold
    answer: Answer
    first_sentence: float
    """Seconds until the first sentence, or the refusal, was there."""
    whole_answer: float
    """Seconds until the answer was complete."""

    def score(self, metric: str, value: float | None, reason: str | None = None) -> Score:
        """Return a score of this case; say why where there is no value."""
        return Score(case_id=self.case.id, metric=metric, value=value, reason=reason)

    def unscored(self, reason: str, *metrics: str) -> list[Score]:
        """Return scores without a value, all for one reason."""
        return [self.score(metric, None, reason) for metric in metrics]


Scorer = Callable[[Trial, Index], list[Score]]
"""A scorer returns the same metrics for every trial, None where they are undefined."""

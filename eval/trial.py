"""A trial: one case, what came back, and where its gold stands. Scorers read trials."""

from collections.abc import Callable
from dataclasses import dataclass

from eval.gold import Gold
from eval.types import Case, Outcome, Score
from index import Index
from rag.types import Answer


@dataclass(frozen=True, kw_only=True)
class Trial:
    """What a scorer sees of one case: what came back, and what is right in this index."""

    outcome: Outcome
    gold: Gold

    @property
    def case(self) -> Case:
        """What was asked."""
        return self.outcome.case

    @property
    def answer(self) -> Answer:
        """What was answered."""
        return self.outcome.answer

    def score(self, metric: str, value: float | None, reason: str | None = None) -> Score:
        """Return a score of this case; say why where there is no value."""
        return Score(case_id=self.case.id, metric=metric, value=value, reason=reason)

    def unscored(self, reason: str, *metrics: str) -> list[Score]:
        """Return scores without a value, all for one reason."""
        return [self.score(metric, None, reason) for metric in metrics]


Scorer = Callable[[Trial, Index], list[Score]]
"""A scorer returns the same metrics for every trial, None where they are undefined."""

"""A trial: one case, what came back, and where its gold stands. Scorers read trials."""

from collections.abc import Callable, Iterable, Sequence
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


class Scored:
    """Trials by the figures that are defined on them."""

    def __init__(self, trials: Sequence[Trial], scores: Iterable[Score]) -> None:
        """Keep which trial has a value of which metric."""
        self.trials = trials
        self._defined = {
            (score.metric, score.case_id) for score in scores if score.value is not None
        }

    def of(self, metric: str) -> list[Trial]:
        """Return the trials of which a metric has a value."""
        return [trial for trial in self.trials if (metric, trial.case.id) in self._defined]


Scorer = Callable[[Trial, Index], list[Score]]
"""A scorer returns the same metrics for every trial, None where they are undefined."""

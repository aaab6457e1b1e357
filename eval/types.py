"""The values that flow through an evaluation: cases, scores, metrics and the report.

None stands for *undefined* or *unscored*, never for 0: a question without an answer has no right
passage, so it has no recall either.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np

from eval.intervals import Rows
from eval.measures import MEASURES, Direction, Section, Unit
from index.types import Value
from rag.types import Answer, Support


@dataclass(frozen=True, kw_only=True)
class Span(Value):
    """A gold quote: the words, and the path of the article that holds them."""

    path: str
    quote: str


@dataclass(frozen=True, kw_only=True)
class Nugget(Value):
    """One fact that a good answer tells, in the fewest words that tell it."""

    text: str
    vital: bool = True
    """Whether an answer without it is not good; else it is a welcome extra."""


@dataclass(frozen=True, kw_only=True)
class Case(Value):
    """A question, and what people marked as its answer."""

    id: str
    question: str
    history: tuple[tuple[str, str], ...] = ()
    """Earlier (question, answer) pairs of the conversation."""
    as_of: str | None = None
    """The day on which the question is asked, ISO 8601, where it matters."""
    reference: str | None = None
    """The answer in words: a name, a figure or a sentence."""
    references: tuple[str, ...] = ()
    """Other wordings of the answer that are as right; the best match of all counts."""
    spans: tuple[Span, ...] = ()
    paths: tuple[str, ...] = ()
    """The articles that the question is about."""
    answerable: bool
    tags: tuple[str, ...] = ()
    nuggets: tuple[Nugget, ...] = ()
    disputed: bool | None = None
    """Whether the articles give different answers; None where nobody looked."""
    among: tuple[str, ...] = ()
    """Paths of the only articles that the question is asked over; all of them where empty."""
    cluster: str | None = None
    """What cases that stand or fall together share, where it is more than the path of an article:
    the title of the page that several paragraphs are from."""

    @property
    def group(self) -> str:
        """What cases that stand or fall together share: the article, or else the case itself.

        Of several articles it is the first: questions that share another count as independent.
        """
        named = (self.cluster, *self.paths, *(span.path for span in self.spans))
        return next(filter(None, named), self.id)

    @property
    def golds(self) -> tuple[str, ...]:
        """All wordings of the right answer."""
        return (*([] if self.reference is None else [self.reference]), *self.references)


@dataclass(frozen=True, kw_only=True)
class Claim(Value):
    """A statement with its evidence, and whether people found that the evidence carries it."""

    id: str
    group: str
    """What claims that stand or fall together share, such as their article."""
    text: str
    evidence: tuple[str, ...]
    supported: bool
    label: str = ""
    """What people said in the set's own words, such as "partially_supported"."""


@dataclass(frozen=True, kw_only=True)
class Score(Value):
    """What one scorer says about one case."""

    case_id: str
    metric: str
    value: float | None
    reason: str | None = None
    """Why there is no value, or why it is what it is."""


@dataclass(frozen=True, kw_only=True)
class Outcome(Value):
    """What came back for a case: all that scorers read, so that it can be scored again."""

    case: Case
    answer: Answer
    first_sentence: float
    """Seconds until the first sentence, or the refusal, was there."""
    whole_answer: float
    """Seconds until the answer was complete."""


@dataclass(frozen=True, kw_only=True)
class ClaimOutcome(Value):
    """What the support check said of a claim."""

    claim: Claim
    support: Support


@dataclass(frozen=True, kw_only=True)
class Floor(Value):
    """What a method that understands nothing reaches on the same cases."""

    metric: str
    value: float
    method: str


@dataclass(frozen=True, kw_only=True)
class Metric(Value):
    """A figure over all cases for which it is defined, with its 95 % interval."""

    name: str
    value: float | None
    n: int
    groups: int
    """How many groups the n cases fall into: cases about one article are not independent."""
    low: float | None
    high: float | None
    unit: Unit
    better: Direction
    about: str
    section: Section
    floor: Floor | None = None
    reason: str | None = None
    """Why there is no value, where all cases give the same reason."""


@dataclass(frozen=True, kw_only=True)
class Report(Value):
    """A run: what was asked of which version under which settings, and all scores."""

    settings: Mapping[str, Any]
    versions: Mapping[str, str]
    commit: str | None
    scores: tuple[Score, ...]
    outcomes: tuple[Outcome, ...] = ()
    claims: tuple[ClaimOutcome, ...] = ()
    floors: tuple[Floor, ...] = ()
    notes: tuple[str, ...] = ()

    @cached_property
    def values(self) -> dict[str, dict[str, float | None]]:
        """Every score's value by metric and case id."""
        table: dict[str, dict[str, float | None]] = {}
        for score in self.scores:
            table.setdefault(score.metric, {})[score.case_id] = score.value
        return table

    @cached_property
    def groups(self) -> dict[str, str]:
        """The group of every case and claim by its id."""
        cases = {outcome.case.id: outcome.case.group for outcome in self.outcomes}
        return cases | {outcome.claim.id: outcome.claim.group for outcome in self.claims}

    @cached_property
    def metrics(self) -> tuple[Metric, ...]:
        """The figures of all measures, in the order of `MEASURES`."""
        floors = {floor.metric: floor for floor in self.floors}
        return tuple(self._metric(name, floors.get(name)) for name in MEASURES)

    def metric(self, name: str) -> Metric:
        """Return one figure.

        Raises:
            KeyError: there is no measure of this name.
        """
        return {metric.name: metric for metric in self.metrics}[name]

    @property
    def tags(self) -> tuple[str, ...]:
        """Every tag that a case bears, in the order in which they first come."""
        return tuple(dict.fromkeys(tag for o in self.outcomes for tag in o.case.tags))

    def tagged(self, tag: str) -> "Report":
        """Return the report of the cases that bear a tag; floors hold for all and are left out."""
        outcomes = tuple(o for o in self.outcomes if tag in o.case.tags)
        chosen = {outcome.case.id for outcome in outcomes}
        scores = tuple(score for score in self.scores if score.case_id in chosen)
        return replace(self, scores=scores, outcomes=outcomes, floors=())

    def rows(self, measure: str) -> dict[str, tuple[float, ...]]:
        """Return, by case id, the values that a measure needs; cases that lack one are left out."""
        columns = [self.values.get(name, {}) for name in MEASURES[measure].columns]
        rows = {}
        for case_id in columns[0]:
            row = [column.get(case_id) for column in columns]
            if all(value is not None for value in row):
                rows[case_id] = tuple(float(value) for value in row if value is not None)
        return rows

    def _metric(self, name: str, floor: Floor | None) -> Metric:
        measure = MEASURES[name]
        by_case = self.rows(name)
        rows: Rows = np.array([*by_case.values()], dtype=float)
        groups = [self.groups.get(case_id, case_id) for case_id in by_case]
        value = measure.of(rows)
        low, high = measure.interval(rows, groups) if value is not None else (None, None)
        return Metric(
            name=name,
            value=value,
            n=len(rows),
            groups=len(set(groups)),
            low=low,
            high=high,
            unit=measure.unit,
            better=measure.better,
            about=measure.about,
            section=measure.section,
            floor=floor,
            reason=self._reason(measure.columns[0]) if value is None else None,
        )

    def _reason(self, metric: str) -> str | None:
        reasons = {score.reason for score in self.scores if score.metric == metric}
        return reasons.pop() if len(reasons) == 1 else None

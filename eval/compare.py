"""Compare two runs over the same cases: what got better, what got worse, and what is noise."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from eval.errors import BadData
from eval.intervals import paired_bootstrap
from eval.measures import MEASURES, Section
from eval.types import Report
from index.types import Value

JUDGED_BY_PEOPLE: frozenset[Section] = frozenset(
    {"headline", "refusing", "ranking", "citations", "correctness", "claims"}
)
"""Sections whose figures can fail a run. What a model graded cannot, ours least of all."""


@dataclass(frozen=True, kw_only=True)
class Change(Value):
    """How one figure moved between two runs, over the cases for which both define it."""

    name: str
    before: float
    after: float
    low: float | None
    high: float | None
    n: int
    groups: int

    @property
    def verdict(self) -> str:
        """Say "better", "worse" or "noise", or "moved" for what has no good direction.

        What depends on the machine's load (seconds) is shown as "moved" too, never as worse. Cases
        about a single article tell nothing of others: "too few articles".
        """
        if self.low is None or self.high is None:
            return "too few articles"
        if self.low <= 0 <= self.high:
            return "noise"
        measure = MEASURES[self.name]
        if measure.better == "neither" or measure.unit == "seconds":
            return "moved"
        return "better" if (self.low > 0) == (measure.better == "higher") else "worse"


@dataclass(frozen=True, kw_only=True)
class CaseChange(Value):
    """A case of which one score moved."""

    case_id: str
    text: str
    """The question, or the claim."""
    metric: str
    before: float
    after: float

    @property
    def is_better(self) -> bool:
        """Whether the score moved in its good direction."""
        return (self.after > self.before) == (MEASURES[self.metric].better == "higher")


@dataclass(frozen=True, kw_only=True)
class Comparison(Value):
    """What became of a run's figures and cases."""

    changes: tuple[Change, ...]
    cases: tuple[CaseChange, ...]
    vanished: tuple[str, ...]
    """Figures that the earlier run has and this one leaves undefined."""
    only_before: int
    only_after: int
    """Cases and claims that one run alone has."""


def compare_reports(before: Report, after: Report) -> Comparison:
    """Return how figures and cases moved; figures by a paired bootstrap over shared cases.

    Raises:
        BadData: the runs share no case or claim, or ask different things under one id.
    """
    old, new = _asked(before), _asked(after)
    _refuse_other_cases(old, new)
    changes = tuple(
        change for name in MEASURES if (change := _change(name, before, after)) is not None
    )
    if not changes:
        raise BadData("The two runs have no figure in common: make a new baseline with --json.")
    return Comparison(
        changes=changes,
        cases=tuple(_case_changes(before, after, new)),
        vanished=tuple(name for name in MEASURES if before.rows(name) and not after.rows(name)),
        only_before=len(old.keys() - new.keys()),
        only_after=len(new.keys() - old.keys()),
    )


def _change(name: str, before: Report, after: Report) -> Change | None:
    measure = MEASURES[name]
    old_rows, new_rows = before.rows(name), after.rows(name)
    shared = [case_id for case_id in old_rows if case_id in new_rows]
    if not shared:
        return None
    old = np.array([old_rows[case_id] for case_id in shared], dtype=float)
    new = np.array([new_rows[case_id] for case_id in shared], dtype=float)
    groups = [after.groups.get(case_id, case_id) for case_id in shared]
    was, now = measure.of(old), measure.of(new)
    if was is None or now is None:
        return None
    low, high = paired_bootstrap(old, new, measure.of, groups)
    return Change(
        name=name,
        before=was,
        after=now,
        low=low,
        high=high,
        n=len(shared),
        groups=len(set(groups)),
    )


def _case_changes(before: Report, after: Report, asked: dict[str, str]) -> Iterator[CaseChange]:
    """Yield each score that moved of a case that both runs have, figure by figure."""
    for name, measure in MEASURES.items():
        told = measure.section in JUDGED_BY_PEOPLE and measure.better != "neither"
        if not told or measure.columns != (name,):
            continue
        old, new = before.values.get(name, {}), after.values.get(name, {})
        for case_id, value in new.items():
            was = old.get(case_id)
            if value is not None and was is not None and value != was:
                text = asked.get(case_id, "")
                yield CaseChange(case_id=case_id, text=text, metric=name, before=was, after=value)


def _asked(report: Report) -> dict[str, str]:
    """Return the question of every case, and the text of every claim, by id."""
    questions = {outcome.case.id: outcome.case.question for outcome in report.outcomes}
    return questions | {outcome.claim.id: outcome.claim.text for outcome in report.claims}


def _refuse_other_cases(old: dict[str, str], new: dict[str, str]) -> None:
    shared = old.keys() & new.keys()
    if not shared:
        raise BadData("The two runs share no case: compare runs over the same cases.")
    other = sorted(case_id for case_id in shared if old[case_id] != new[case_id])
    if other:
        raise BadData(
            f"Case {other[0]!r} asks another question in the baseline ({len(other)} such cases): "
            "compare runs over the same cases."
        )

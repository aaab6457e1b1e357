"""Compare two runs over the same cases: what got better, what got worse, and what is noise."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from eval.errors import BadData
from eval.figures import UNDEFINED, show_value
from eval.intervals import paired_bootstrap
from eval.markdown import markdown_table
from eval.measures import MEASURES
from eval.types import Report
from index.types import Value


@dataclass(frozen=True, kw_only=True)
class Change(Value):
    """How one figure moved between two runs, over the cases for which both define it."""

    name: str
    before: float
    after: float
    low: float
    high: float
    n: int

    @property
    def verdict(self) -> str:
        """Say "better", "worse" or "noise", or "moved" for what has no good direction.

        What depends on the machine's load (seconds) is shown as "moved" too, never as worse.
        """
        if self.low <= 0 <= self.high:
            return "noise"
        measure = MEASURES[self.name]
        if measure.better == "neither" or measure.unit == "seconds":
            return "moved"
        return "better" if (self.low > 0) == (measure.better == "higher") else "worse"


def compare_reports(before: Report, after: Report) -> list[Change]:
    """Return the change of every figure that both runs define, by a paired bootstrap.

    Raises:
        BadData: the runs share no case, or ask different questions under one id.
    """
    _refuse_other_cases(before, after)
    changes = (_change(name, before, after) for name in MEASURES)
    return [change for change in changes if change]


def changes_to_markdown(changes: Sequence[Change]) -> str:
    """Return the changes as a Markdown table."""
    rows = [["metric", "before", "after", "n", "95 % interval of the change", "verdict"]]
    for change in changes:
        unit = MEASURES[change.name].unit
        before, after, low, high = (
            show_value(value, unit)
            for value in (change.before, change.after, change.low, change.high)
        )
        rows.append([change.name, before, after, str(change.n), f"{low} to {high}", change.verdict])
    return markdown_table(rows) if changes else UNDEFINED


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
    low, high = paired_bootstrap(old, new, measure.of, groups)
    if was is None or now is None or low is None or high is None:
        return None
    return Change(name=name, before=was, after=now, low=low, high=high, n=len(shared))


def _asked(report: Report) -> dict[str, str]:
    """Return every case's question and every claim's text by its id."""
    questions = {outcome.case.id: outcome.case.question for outcome in report.outcomes}
    return questions | {outcome.claim.id: outcome.claim.text for outcome in report.claims}


def _refuse_other_cases(before: Report, after: Report) -> None:
    asked, now = _asked(before), _asked(after)
    shared = [each for each in now if each in asked]
    if not shared:
        raise BadData("The two runs share no case: compare runs over the same cases.")
    other = [each for each in shared if asked[each] != now[each]]
    if other:
        raise BadData(
            f"Case {other[0]!r} asks another question in the baseline ({len(other)} such cases): "
            "compare runs over the same cases."
        )

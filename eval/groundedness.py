"""Figures from human labels: whether sources carry sentences, and whether quotes answer.

Until 400 sentences of a run are labelled, a figure is "not measured". From there on it is the mean
label over all of the run's different sentences, estimated from the labels with the help of the
check's own scores (`eval.prediction_powered`): that the check scores high cannot raise the figure,
it can only narrow the interval.

A sentence that stands in several answers counts once, in the first of its cases: its label is one
draw of the sample, however often the sentence was written.

Which labels count: those from the start of the order of labelling up to the first sentence that
nobody has looked at. They are a random sample of this run's sentences. Labels further on are of
sentences that an earlier run had too, hence of what did not change, and would colour the figure.

A sentence that cites several spans counts by the best of them, and only once one rater has labelled
them all. That is a lower bound where only two spans together carry it. Where raters differ, their
mean counts.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain

import numpy as np

from eval.label_items import Kind, Unit, make_units
from eval.labels import Label, Marks, marks_of
from eval.measures import LABELLED
from eval.prediction_powered import Estimate, estimate
from eval.types import Outcome, Report, Score
from eval.weights import DEGREES
from index.types import Value

FEWEST_LABELS = 400
"""Sentences; the interval of a share near 0.9 is then some 0.03 wide to either side."""

FIGURES: dict[Kind, str] = {"support": "groundedness", "answers": "quote answers"}
"""The measure that each kind of label leads to."""

NOTHING: dict[Kind, str] = {
    "support": "no sentence was written by a language model, and a quote carries itself",
    "answers": "no sentence is a quote",
}

NO_SENTENCE = "no sentence to label, or only such as count in other answers"

NOTE = "{figure}, from {labels:,} labelled sentences by {raters}: "


@dataclass(frozen=True, kw_only=True)
class Sample(Value):
    """What of a run is labelled."""

    kind: Kind
    units: tuple[Unit, ...]
    """All different sentences of the run that labels of this kind are for, each once."""
    labels: dict[str, float]
    """The label of each sentence that counts, by unit key."""
    skipped: int
    """Sentences that no rater could decide on, among those that count."""
    further: int
    """Labelled sentences that do not count yet, since others come before them."""
    raters: tuple[str, ...]
    differences: int
    """Labelled sentences on which raters differ."""

    @property
    def is_enough(self) -> bool:
        """Whether the figure is measured."""
        return len(self.labels) >= FEWEST_LABELS

    @property
    def lacking(self) -> str:
        """Why the figure is not measured."""
        told = f"not measured ({len(self.labels):,} of {FEWEST_LABELS} labels)"
        if not self.units:
            return f"{told}: {NOTHING[self.kind]}"
        if len(self.units) < FEWEST_LABELS:
            told += f": the run has only {len(self.units):,} to label"
        if self.further:
            told += f"; {self.further:,} more count once those before them are labelled"
        return told


def add_labels(report: Report, labels: Sequence[Label]) -> Report:
    """Return a report with the figures of human labels, instead of those that it may have had.

    Without labels the figures say that they are not measured.
    """
    columns = {*chain.from_iterable(LABELLED[figure] for figure in FIGURES.values())}
    scores = [score for score in report.scores if score.metric not in columns]
    notes = [note for note in report.notes if not _is_ours(note)]
    for kind in FIGURES:
        sample = draw_sample(report.outcomes, labels, kind)
        scores += score_sample(report.outcomes, sample)
        notes += [_note(report, sample)] if sample.is_enough else []
    return replace(report, scores=tuple(scores), notes=tuple(notes))


def draw_sample(outcomes: Sequence[Outcome], labels: Sequence[Label], kind: Kind) -> Sample:
    """Return which sentences of a run count as labelled."""
    marks = marks_of(label for label in labels if label.kind == kind)
    different: dict[str, Unit] = {}
    for unit in make_units(outcomes, kind):
        different.setdefault(unit.key, unit)
    counting: dict[str, list[float]] = {}
    skipped = further = 0
    unbroken = True
    for key, unit in different.items():
        given = _labels_of(unit, marks)
        unbroken = unbroken and (bool(given) or _is_skipped(unit, marks))
        if given and unbroken:
            counting[key] = given
        skipped += unbroken and not given
        further += bool(given) and not unbroken
    raters = dict.fromkeys(
        name for key in counting for item in different[key].items for name in marks[item.key]
    )
    return Sample(
        kind=kind,
        units=tuple(different.values()),
        labels={key: float(np.mean(given)) for key, given in counting.items()},
        skipped=skipped,
        further=further,
        raters=tuple(raters),
        differences=sum(len({*given}) > 1 for given in counting.values()),
    )


def score_sample(outcomes: Sequence[Outcome], sample: Sample) -> list[Score]:
    """Return, for each case, the sums that the figure is made of; see `prediction_powered`."""
    columns = LABELLED[FIGURES[sample.kind]]
    by_case = _sums_by_case(sample)
    scores = []
    for outcome in outcomes:
        score = partial(Score, case_id=outcome.case.id)
        sums = by_case.get(outcome.case.id)
        if not sample.is_enough:
            scores.append(score(metric=columns[0], value=None, reason=sample.lacking))
        elif sums is None:
            scores.append(score(metric=columns[0], value=None, reason=NO_SENTENCE))
        else:
            scores += [score(metric=m, value=v) for m, v in zip(columns, sums, strict=True)]
    return scores


def _sums_by_case(sample: Sample) -> dict[str, tuple[float, ...]]:
    by_case: dict[str, list[Unit]] = {}
    for unit in sample.units:
        by_case.setdefault(unit.case_id, []).append(unit)
    return {case_id: _sums(units, sample.labels) for case_id, units in by_case.items()}


def _sums(units: Sequence[Unit], labels: dict[str, float]) -> tuple[float, ...]:
    labelled = [unit for unit in units if unit.key in labels]
    others = [unit for unit in units if unit.key not in labels]
    return (
        float(len(labelled)),
        sum(labels[unit.key] for unit in labelled),
        sum(unit.prediction for unit in labelled),
        float(len(others)),
        sum(unit.prediction for unit in others),
    )


def _labels_of(unit: Unit, marks: Marks) -> list[float]:
    """Return what each rater who labelled all spans says of the sentence: the best span's label."""
    given = []
    for rater in marks.get(unit.items[0].key, {}):
        values = [DEGREES.get(marks.get(item.key, {}).get(rater, "undone")) for item in unit.items]
        known = [value for value in values if value is not None]
        if len(known) == len(values):
            given.append(max(known))
    return given


def _is_skipped(unit: Unit, marks: Marks) -> bool:
    """Say whether some rater looked at all spans of a sentence, and could not decide on some."""
    return any(
        all(rater in marks.get(item.key, {}) for item in unit.items)
        for rater in marks.get(unit.items[0].key, {})
    )


def _note(report: Report, sample: Sample) -> str:
    figure = FIGURES[sample.kind]
    by_case = _sums_by_case(sample)
    groups = [report.groups.get(case_id, case_id) for case_id in by_case]
    alone = estimate(np.array([*by_case.values()]), groups, factor=0)
    told = NOTE.format(
        figure=figure.capitalize(), labels=len(sample.labels), raters=_raters(sample.raters)
    )
    told += f"labels alone give {_in_words(alone)}"
    if len(sample.raters) > 1:
        told += f"; raters differ on {sample.differences:,} sentences, where their mean counts"
    if sample.skipped:
        told += f"; {sample.skipped:,} sentences were skipped"
    return f"{told}."


def _raters(names: Sequence[str]) -> str:
    return "1 rater" if len(names) == 1 else f"{len(names)} raters"


def _in_words(figure: Estimate | None) -> str:
    return f"{figure.value:.3f} ({figure.low:.3f} to {figure.high:.3f})" if figure else "–"


def _is_ours(note: str) -> bool:
    return any(note.startswith(f"{figure.capitalize()}, from ") for figure in FIGURES.values())

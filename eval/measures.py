"""The catalogue of figures: which scores each is made of, how, and what it tells.

Every figure follows from the stored scores alone, so that a report read from a file, or a
resample of its cases, can be measured again.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from eval.curves import (
    Numbers,
    Truths,
    auroc,
    balanced_accuracy,
    brier,
    calibration_error,
    precision_recall_f1,
    refused_at,
    risk_area,
)
from eval.intervals import Rows, Statistic, bootstrap, wilson_of_groups
from eval.prediction_powered import estimate

Unit = Literal["share", "seconds", "words", "tokens", "money"]
Direction = Literal["higher", "lower", "neither"]
Section = Literal[
    "headline",
    "refusing",
    "ranking",
    "citations",
    "correctness",
    "claims",
    "self-graded",
    "judge",
    "speed",
]
"""What a figure tells of. The headline is what people labelled and no model judged."""

MOST_FALSE_REFUSALS = 0.1
"""The share of answerable questions that may be refused where refusing is judged at a threshold."""

JUDGEMENT = ("answerable", "refused", "answer score")
"""The scores from which the figures of refusing follow."""

CLAIM_JUDGEMENT = ("claim supported", "claim accepted")
"""Whether people found a claim supported, and whether the check lets it pass."""

CLAIM_SCORES = ("claim supported", "claim score")

LABELLED = {
    figure: tuple(
        f"{figure}: {column}"
        for column in ("labelled", "labels", "predicted", "others", "others predicted")
    )
    for figure in ("groundedness", "quote answers")
}
"""The scores from which the figures of human labels follow: see `eval.prediction_powered`."""


@dataclass(frozen=True)
class Measure:
    """How one figure is made from the cases' scores."""

    columns: tuple[str, ...]
    """The scores it reads; a case that lacks one of them does not count."""
    statistic: Statistic
    about: str
    section: Section
    better: Direction = "higher"
    unit: Unit = "share"
    own_interval: Callable[[Rows, Sequence[str]], tuple[float | None, float | None]] | None = None
    """Where neither Wilson's nor the bootstrap's is right."""

    def of(self, rows: Rows) -> float | None:
        """Return the figure over rows of shape (cases, columns), None where undefined."""
        return self.statistic(rows) if len(rows) else None

    def interval(self, rows: Rows, groups: Sequence[str]) -> tuple[float | None, float | None]:
        """Return the figure's 95 % interval: Wilson's for shares of cases, else the bootstrap's."""
        if self.own_interval:
            return self.own_interval(rows, groups)
        if self.statistic is mean and len(rows) and np.isin(rows, (0.0, 1.0)).all():
            return wilson_of_groups(rows, groups)
        return bootstrap(rows, self.of, groups)


def mean(rows: Rows) -> float:
    """Return the mean of the only column."""
    return float(rows[:, 0].mean())


def percentile(percent: float) -> Statistic:
    """Return the statistic that is a percentile of the only column."""
    return lambda rows: float(np.percentile(rows[:, 0], percent))


def _refusal_f1(rows: Rows) -> float | None:
    """Return the F1 of refusing what is unanswerable."""
    return precision_recall_f1(rows[:, 1] == 1, rows[:, 0] == 0)[2]


def _of_score(figure: Callable[[Numbers, Truths], float | None]) -> Statistic:
    """Return the statistic that holds the answer's score against the question's kind."""
    return lambda rows: figure(rows[:, 2], rows[:, 0] == 1)


def _per_case(
    section: Section, name: str, about: str, better: Direction = "higher"
) -> dict[str, Measure]:
    return {name: Measure((name,), mean, about, section, better)}


def _labelled(figure: str, about: str) -> dict[str, Measure]:
    """Return the measure of what people labelled, helped by predictions."""

    def value(rows: Rows) -> float | None:
        made = estimate(rows)
        return made.value if made else None

    def interval(rows: Rows, groups: Sequence[str]) -> tuple[float | None, float | None]:
        made = estimate(rows, groups)
        return (made.low, made.high) if made else (None, None)

    return {figure: Measure(LABELLED[figure], value, about, "headline", own_interval=interval)}


def _judged(statistic: Statistic, about: str, better: Direction = "higher") -> Measure:
    return Measure(JUDGEMENT, statistic, about, "refusing", better)


def _median(name: str, about: str, section: Section, unit: Unit) -> Measure:
    return Measure((name,), percentile(50), about, section, "neither", unit)


def _seconds(column: str, percent: float, about: str) -> Measure:
    return Measure((column,), percentile(percent), about, "speed", "lower", "seconds")


MEASURES: dict[str, Measure] = {
    **_per_case("headline", "cited span F1", "words of a citation against the nearest gold quote"),
    "cited span words": _median(
        "cited span words", "words of one cited span, median", "headline", "words"
    ),
    **_per_case("headline", "false answer", "unanswerable questions that were answered", "lower"),
    **_per_case("headline", "false refusal", "answerable questions that were refused", "lower"),
    **_labelled("groundedness", "sentences of a model that their sources carry, as people judge"),
    **_labelled("quote answers", "quotes that answer the question, as people judge"),
    **_per_case(
        "headline", "disagreement precision", "answers showing a difference where people see one"
    ),
    **_per_case(
        "headline", "disagreement recall", "questions where people see a difference, shown one"
    ),
    **_per_case("refusing", "refusal precision", "refused questions that are unanswerable"),
    **_per_case("refusing", "refusal recall", "unanswerable questions that were refused"),
    "refusal F1": _judged(_refusal_f1, "harmonic mean of the two"),
    "AUROC": _judged(_of_score(auroc), "an answerable question scores above an unanswerable one"),
    "refused at 10 %": _judged(
        _of_score(lambda scores, answerable: refused_at(scores, answerable, MOST_FALSE_REFUSALS)),
        "unanswerable questions refused when at most a tenth of the others may be",
    ),
    "AURC": _judged(
        _of_score(lambda scores, answerable: risk_area(scores, ~answerable)),
        "share unanswerable among those answered first, averaged over how many are answered",
        "lower",
    ),
    "Brier": _judged(_of_score(brier), "squared error of the score as a chance", "lower"),
    "ECE": _judged(_of_score(calibration_error), "gap between score and truth by tenths", "lower"),
    **_per_case("ranking", "recall@1", "gold quotes that the first passage touches"),
    **_per_case("ranking", "recall@5", "gold quotes that the first five passages touch"),
    **_per_case("ranking", "recall@8", "gold quotes that all passages shown to the writer touch"),
    **_per_case("ranking", "MRR", "one over the rank of the first passage touching a gold quote"),
    **_per_case("ranking", "nDCG@8", "ranking by the new gold quotes that a passage touches"),
    **_per_case("ranking", "article@1", "the first passage is from a gold article"),
    **_per_case("ranking", "article recall@8", "gold articles among the articles shown"),
    **_per_case("ranking", "article MRR", "one over the rank of the first gold article"),
    **_per_case("ranking", "article nDCG@8", "ranking of the gold articles"),
    **_per_case("citations", "citation valid", "citations whose span is exactly what they quote"),
    "cited words": _median(
        "cited words", "words of all spans cited in an answer, median", "citations", "words"
    ),
    **_per_case("citations", "gold article cited", "answers that cite a gold article"),
    **_per_case("citations", "gold span cited", "answers with a citation touching a gold quote"),
    **_per_case("citations", "citations in gold", "citations that touch a gold quote"),
    **_per_case(
        "correctness", "contains reference", "answers that hold the short reference answer"
    ),
    **_per_case("correctness", "exact match", "answers that are the short reference answer"),
    **_per_case("correctness", "reference recall", "words of the reference that the answer holds"),
    **_per_case("correctness", "answer F1", "words of the answer against the reference answer"),
    **_per_case("correctness", "vital nuggets", "facts a good answer must tell, told in words"),
    **_per_case("correctness", "nuggets", "the same with welcome extras, which count half"),
    "claim AUROC": Measure(
        CLAIM_SCORES,
        lambda rows: auroc(rows[:, 1], rows[:, 0] == 1),
        "a supported claim scores above an unsupported one",
        "claims",
    ),
    "claim balanced accuracy": Measure(
        CLAIM_JUDGEMENT,
        lambda rows: balanced_accuracy(rows[:, 1] == 1, rows[:, 0] == 1),
        "supported claims accepted and unsupported ones not, either group counting half",
        "claims",
    ),
    **_per_case(
        "claims", "unsupported claim accepted", "unsupported claims that pass the check", "lower"
    ),
    **_per_case("claims", "sound claim withheld", "supported claims that do not pass", "lower"),
    "unsupported F1": Measure(
        CLAIM_JUDGEMENT,
        lambda rows: precision_recall_f1(rows[:, 1] == 0, rows[:, 0] == 0)[2],
        "finding the unsupported claims: harmonic mean of precision and recall",
        "claims",
    ),
    **_per_case(
        "claims", "pair consistency", "claims that score lower once an error is put into them"
    ),
    **_per_case("self-graded", "citation recall", "written sentences that their citations carry"),
    **_per_case("self-graded", "citation precision", "citations without which less is carried"),
    **_per_case("self-graded", "weighted recall", "the same by sentence; half for in part"),
    **_per_case("self-graded", "weighted precision", "the same by citation; half for in part"),
    **_per_case("self-graded", "faithfulness", "written sentences that the evidence carries"),
    **_per_case("judge", "judge: support", "written sentences that their citations carry"),
    **_per_case("judge", "judge: nuggets", "facts told; extras count half, in part not"),
    **_per_case("judge", "judge: answers", "answers that answer the question"),
    "tokens read": _median("tokens read", "tokens a model read, median", "speed", "tokens"),
    "tokens written": _median("tokens written", "tokens it wrote, median", "speed", "tokens"),
    "cost": Measure(
        ("cost",), mean, "an answer's cost at the prices given", "speed", "lower", "money"
    ),
    "first sentence p50": _seconds("first sentence", 50, "time to the first sentence"),
    "first sentence p95": _seconds("first sentence", 95, "time to the first sentence"),
    "whole answer p50": _seconds("whole answer", 50, "time to the whole answer"),
    "whole answer p95": _seconds("whole answer", 95, "time to the whole answer"),
}
"""Every figure by name, in the order in which reports show them."""

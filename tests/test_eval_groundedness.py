"""Groundedness is not measured below 400 labels, and above rests on labels drawn at random."""

from dataclasses import replace
from typing import Any

import pytest
from made_runs import BEFORE, QUOTE, citation, outcome, run_of, written

from eval.compare import compare_reports
from eval.groundedness import FEWEST_LABELS, add_labels, draw_sample
from eval.label_items import Unit, make_units
from eval.labels import Label
from eval.report import read_json, write_json
from eval.types import Outcome, Report

SECOND = citation("The ramp is to open again in November.", len(BEFORE + QUOTE) + 1)


def outcomes_of(n: int, **fields: Any) -> list[Outcome]:
    """Cases of two sentences each."""
    return [
        outcome(i, written(f"It costs {i} crowns.", **fields), written(f"It takes {i} weeks."))
        for i in range(n)
    ]


def label_units(units: list[Unit], rater: str = "ana", mark: Any = "full") -> list[Label]:
    return [
        Label(
            key=item.key,
            kind=item.kind,
            sentence=item.sentence,
            quote=item.quote,
            article_id="a",
            question=item.question,
            rater=rater,
            label=mark,
            date="2026-01-01",
        )
        for unit in units
        for item in unit.items
    ]


def reason_of(report: Report, name: str = "groundedness") -> str:
    metric = report.metric(name)
    assert metric.value is None
    assert metric.n == 0
    assert metric.reason is not None
    return metric.reason


def test_without_labels_it_is_not_measured() -> None:
    report = run_of(*outcomes_of(300))
    assert report.metric("groundedness").value is None
    assert reason_of(add_labels(report, [])) == "not measured (0 of 400 labels)"


def test_399_labels_are_too_few_and_400_are_enough() -> None:
    outcomes = outcomes_of(300)
    units = make_units(outcomes, "support")
    few = label_units(units[: FEWEST_LABELS - 1])
    assert reason_of(add_labels(run_of(*outcomes), few)) == "not measured (399 of 400 labels)"
    enough = add_labels(run_of(*outcomes), label_units(units[:FEWEST_LABELS]))
    metric = enough.metric("groundedness")
    assert metric.value == 1.0
    assert metric.section == "headline"
    assert metric.low is not None
    assert 0.95 < metric.low < 1
    assert metric.reason is None


def test_a_run_of_quotes_says_that_quotes_carry_themselves() -> None:
    quotes = [outcome(0, written(QUOTE, verdict="quoted"))]
    labels = label_units(make_units(quotes, "answers"))
    report = add_labels(run_of(*quotes), labels)
    assert "a quote carries itself" in reason_of(report)
    assert reason_of(report, "quote answers") == (
        "not measured (1 of 400 labels): the run has only 1 to label"
    )


def test_labels_behind_a_gap_do_not_count_yet() -> None:
    outcomes = outcomes_of(300)
    units = make_units(outcomes, "support")
    labels = label_units(units[:10] + units[11:500])
    assert reason_of(add_labels(run_of(*outcomes), labels)) == (
        "not measured (10 of 400 labels); 489 more count once those before them are labelled"
    )
    skipped = [*labels, *label_units(units[10:11], mark="skipped")]
    sample = draw_sample(outcomes, skipped, "support")
    assert (len(sample.labels), sample.skipped, sample.further) == (499, 1, 0)


def test_the_best_span_counts_once_all_are_labelled_and_raters_are_averaged() -> None:
    outcomes = [outcome(0, written("It costs and opens.", citation(), SECOND))]
    (unit,) = make_units(outcomes, "support")
    first, second = label_units([unit], mark="partial")
    assert draw_sample(outcomes, [first], "support").labels == {}
    better = replace(second, label="full")
    assert draw_sample(outcomes, [first, better], "support").labels == {unit.key: 1.0}
    ben = [replace(label, rater="ben", label="none") for label in (first, second)]
    sample = draw_sample(outcomes, [first, better, *ben], "support")
    assert sample.labels == {unit.key: 0.5}
    assert (sample.raters, sample.differences) == (("ana", "ben"), 1)
    undone = replace(better, label="undone")
    assert draw_sample(outcomes, [first, better, undone], "support").labels == {}


def test_a_sentence_in_several_answers_counts_as_one_label() -> None:
    outcomes = [outcome(i, written("It costs 3.4 million crowns.")) for i in range(500)]
    labels = label_units(make_units(outcomes, "support"))
    assert "(1 of 400 labels)" in reason_of(add_labels(run_of(*outcomes), labels))


def test_a_label_of_a_sentence_in_thousands_of_answers_weighs_as_much_as_any_other() -> None:
    once = [outcome(i, written(f"It costs {i} crowns.")) for i in range(400)]
    again = [outcome(i, written("Nobody was hurt.")) for i in range(400, 4400)]
    units = {unit.key: unit for unit in make_units([*once, *again], "support")}
    labels = [
        label
        for unit in units.values()
        for label in label_units(
            [unit], mark="none" if "hurt" in unit.items[0].sentence else "full"
        )
    ]
    report = add_labels(run_of(*once, *again), labels)
    metric = report.metric("groundedness")
    assert (metric.value, metric.n) == (pytest.approx(400 / 401), 401)
    assert metric.low is not None
    assert metric.low < 0.99
    assert "labels alone give 0.998" in report.notes[0]


def measured() -> Report:
    """500 of 700 sentences labelled, one in five with none; the check's scores know which."""
    outcomes = [
        outcome(
            i,
            *(
                written(f"It costs {i} {j} crowns.", score=0.9 if (i + j) % 5 else 0.2)
                for j in range(2)
            ),
        )
        for i in range(350)
    ]
    units = make_units(outcomes, "support")
    labels = [
        label
        for unit in units[:500]
        for label in label_units([unit], mark="full" if unit.prediction > 0.5 else "none")
    ]
    labels += label_units(units[:20], rater="ben", mark="none")
    return add_labels(run_of(*outcomes), labels)


def test_the_figure_has_an_interval_and_the_note_gives_what_labels_alone_say() -> None:
    report = measured()
    metric = report.metric("groundedness")
    assert metric.value is not None
    assert metric.low is not None
    assert metric.high is not None
    assert metric.value == pytest.approx(0.79, abs=0.03)
    assert metric.low < metric.value < metric.high
    (note,) = report.notes
    assert note.startswith("Groundedness, from 500 labelled sentences by 2 raters: labels alone")
    assert "raters differ on" in note


def test_adding_labels_again_replaces_the_figures() -> None:
    report = measured()
    again = add_labels(report, [])
    assert again.notes == ()
    assert reason_of(again) == "not measured (0 of 400 labels)"
    assert len(again.scores) == 2 * len(report.outcomes)


def test_two_runs_can_be_compared_by_it() -> None:
    before = measured()
    worse = [
        replace(score, value=(score.value or 0) * 0.5)
        if score.metric == "groundedness: labels"
        else score
        for score in before.scores
    ]
    changes = {
        c.name: c for c in compare_reports(before, replace(before, scores=tuple(worse))).changes
    }
    assert changes["groundedness"].verdict == "worse"
    same = {c.name: c for c in compare_reports(before, before).changes}
    assert same["groundedness"].verdict != "worse"


def test_figures_survive_a_round_trip(tmp_path: Any) -> None:
    report = measured()
    write_json(report, tmp_path / "run.json")
    read = read_json(tmp_path / "run.json")
    assert read.metric("groundedness") == report.metric("groundedness")
    assert read.notes == report.notes

"""Two runs over the same cases: what moved, which cases moved it, and what is only noise."""

from dataclasses import replace

import numpy as np
import pytest
from made_reports import report

from eval.compare import compare_reports
from eval.compare_tables import comparison_to_markdown
from eval.errors import BadData
from eval.page import to_page
from eval.types import Report


def test_a_loss_beyond_noise_is_worse_and_a_small_one_is_noise() -> None:
    rng = np.random.default_rng(3)
    base = [float(x) for x in rng.random(80)]
    before = report({"MRR": base, "recall@1": base, "Brier": base, "first sentence": base})
    after = report(
        {
            "MRR": [x - 0.1 for x in base],
            "recall@1": [x + d for x, d in zip(base, rng.normal(0, 0.2, 80), strict=True)],
            "first sentence": [x + 1 for x in base],
        }
    )
    verdicts = {change.name: change for change in compare_reports(before, after).changes}
    assert verdicts["MRR"].verdict == "worse"
    assert verdicts["MRR"].low == pytest.approx(-0.1)
    assert verdicts["recall@1"].verdict == "noise"
    assert verdicts["first sentence p50"].verdict == "moved"
    assert "Brier" not in verdicts
    assert "worse" in comparison_to_markdown(compare_reports(before, after))
    turned = {change.name: change for change in compare_reports(after, before).changes}
    assert turned["MRR"].verdict == "better"


def test_less_is_better_where_it_is() -> None:
    before, after = report({"false answer": [0.0] * 30}), report({"false answer": [1.0] * 30})
    (change,) = compare_reports(before, after).changes
    assert change.verdict == "worse"
    assert change.n == 30


def test_only_runs_over_the_same_cases_are_compared() -> None:
    one = report({"MRR": [1.0]})
    with pytest.raises(BadData, match="share no case"):
        compare_reports(one, report({}))
    with pytest.raises(BadData, match="asks another question"):
        compare_reports(one, report({"MRR": [1.0]}, "Who else?"))


def test_one_article_tells_nothing_of_others() -> None:
    before, after = report({"recall@8": [1.0] * 10}), report({"recall@8": [0.9, *[1.0] * 9]})
    (change,) = compare_reports(_about_one_article(before), _about_one_article(after)).changes
    assert change.verdict == "too few articles"
    assert (change.n, change.groups) == (10, 1)
    assert "| 10 in 1" in comparison_to_markdown(
        compare_reports(_about_one_article(before), _about_one_article(after))
    )


def test_each_case_that_moved_is_told_with_its_score() -> None:
    before = report({"false answer": [0.0, 1.0, 0.0], "cited words": [1.0, 2.0, 3.0]})
    after = report({"false answer": [1.0, 0.0, 0.0], "cited words": [9.0, 2.0, 3.0]})
    worse, better = compare_reports(before, after).cases
    assert (worse.case_id, worse.metric, worse.is_better) == ("c0", "false answer", False)
    assert (better.case_id, better.before, better.after, better.is_better) == ("c1", 1.0, 0.0, True)
    shown = comparison_to_markdown(compare_reports(before, after))
    assert "1 cases got worse" in shown
    assert "| c0 " in shown
    page = to_page(after, compare_reports(before, after))
    assert '<a href="#case-c0">c0</a>' in page
    assert 'id="case-c0"' in page
    assert "Cases that got better: 1" in page
    assert 'id="baseline"' not in to_page(after)


def test_what_one_run_alone_has_is_told() -> None:
    before = report({"MRR": [0.5] * 4, "citation valid": [1.0] * 4})
    after = report({"MRR": [0.5] * 3})
    compared = compare_reports(before, after)
    assert compared.vanished == ("citation valid",)
    assert (compared.only_before, compared.only_after) == (1, 0)
    shown = comparison_to_markdown(compared)
    assert "Undefined now, but not in the baseline: citation valid." in shown
    assert "Left out: 1 cases that only the baseline has" in shown


def test_a_baseline_without_figures_is_no_baseline() -> None:
    after = report({"MRR": [0.5]})
    with pytest.raises(BadData, match="no figure in common"):
        compare_reports(replace(after, scores=()), after)


def _about_one_article(made: Report) -> Report:
    outcomes = tuple(
        replace(outcome, case=replace(outcome.case, paths=("one.txt",)))
        for outcome in made.outcomes
    )
    return replace(made, outcomes=outcomes)

"""Every scorer against values worked out by hand, and None where nothing can be said."""

from dataclasses import replace

import pytest
from made_trials import BAND, CASE, PRIZE, REFUSED, REPORT, UNANSWERABLE, answered, citation, scores
from made_trials import library as library

from eval.score_abstention import score_abstention
from eval.score_citation import score_citation
from eval.score_correct import score_correct
from eval.score_latency import score_latency
from eval.types import Case
from index import Index
from rag.types import Answer


def test_citations_that_hit_and_miss(library: Index) -> None:
    hit = citation(library, "courier/ferry.txt", "cracks in two of the six supports", 1)
    miss = citation(library, "school.md", BAND, 2)
    found = scores(score_citation, CASE, answered(hit, miss), library)
    assert found["citation valid"] == 1.0
    assert found["cited words"] == 11.0  # articles are not counted: 6 and 5
    assert found["cited span words"] == 5.5
    assert found["gold article cited"] == found["gold span cited"] == 1.0
    assert found["citations in gold"] == 0.5
    # the gold has 13 words, 6 of them in the hit; the miss shares none
    assert found["cited span F1"] == pytest.approx((2 * 6 / (6 + 13) + 0) / 2)


def test_a_span_beside_the_gold_is_from_the_right_article_only(library: Index) -> None:
    beside = citation(library, "courier/ferry.txt", "Nobody was hurt.")
    found = scores(score_citation, CASE, answered(beside), library)
    assert (found["gold article cited"], found["gold span cited"]) == (1.0, 0.0)


def test_a_copy_of_the_gold_may_be_cited(library: Index) -> None:
    found = scores(
        score_citation, CASE, answered(citation(library, "herald/ferry.txt", REPORT)), library
    )
    assert found["gold article cited"] == found["gold span cited"] == found["cited span F1"] == 1.0


@pytest.mark.parametrize(
    "change", [{"start": 1}, {"end": 9999}, {"quote": "Divers."}, {"article_id": "0" * 15 + "9"}]
)
def test_a_citation_that_is_not_exact_is_caught(library: Index, change: dict) -> None:
    good = citation(library, "courier/ferry.txt", REPORT, 1)
    bad = replace(citation(library, "courier/ferry.txt", REPORT, 2), **change)
    assert scores(score_citation, CASE, answered(good, bad), library)["citation valid"] == 0.5


def test_citations_of_a_refusal_or_without_gold_are_undefined(library: Index) -> None:
    assert set(scores(score_citation, CASE, REFUSED, library).values()) == {None}
    wrong = answered(citation(library, "school.md", BAND))
    found = scores(score_citation, UNANSWERABLE, wrong, library)
    assert found["citation valid"] == 1.0
    assert found["gold article cited"] is found["citations in gold"] is None


def test_an_answer_that_cites_nothing_cites_no_gold(library: Index) -> None:
    found = scores(score_citation, CASE, Answer(question="?", asked="?"), library)
    assert found["gold article cited"] == found["gold span cited"] == 0.0
    assert found["citation valid"] is found["citations in gold"] is None


def test_abstention_counts_each_error_on_its_own_kind(library: Index) -> None:
    answer = answered(citation(library, "school.md", BAND))
    table = {
        (case.id, given.refused): scores(score_abstention, case, given, library)
        for case in (CASE, UNANSWERABLE)
        for given in (answer, REFUSED)
    }
    assert [table["q1", False][name] for name in ("false refusal", "false answer")] == [0.0, None]
    assert [table["q1", True][name] for name in ("false refusal", "false answer")] == [1.0, None]
    assert [table["q2", False][name] for name in ("false refusal", "false answer")] == [None, 1.0]
    assert [table["q2", True][name] for name in ("false refusal", "false answer")] == [None, 0.0]
    assert table["q2", True]["answer score"] == 0.1
    assert (table["q1", True]["answerable"], table["q1", True]["refused"]) == (1.0, 1.0)


@pytest.mark.parametrize(
    ("reference", "expected"),
    [
        # the answer: prize, is, worth, 12000, crowns
        ("12000 crowns", (1.0, 0.0, 1.0, 2 * 2 / (5 + 2))),
        ("2,000 crowns", (0.0, 0.0, 0.5, 2 * 1 / (5 + 2))),
        ("crowns 12,000", (0.0, 0.0, 1.0, 2 * 2 / (5 + 2))),
        ("the prize is worth 12000 crowns", (1.0, 1.0, 1.0, 1.0)),
    ],
)
def test_correctness_by_words(
    library: Index, reference: str, expected: tuple[float, float, float, float]
) -> None:
    case = replace(CASE, reference=reference)
    answer = answered(citation(library, "school.md", PRIZE))
    found = scores(score_correct, case, answer, library)
    assert tuple(found.values()) == pytest.approx(expected)


def test_of_several_wordings_each_score_takes_its_best(library: Index) -> None:
    golds = ("a lot of crowns", "the prize is worth 12000 crowns", "12,000")
    case = replace(CASE, reference=golds[0], references=golds[1:])
    answer = answered(citation(library, "school.md", PRIZE))
    assert set(scores(score_correct, case, answer, library).values()) == {1.0}
    prose = replace(case, references=("It is worth rather more than what a new horn would cost.",))
    found = scores(score_correct, prose, answer, library)
    assert found["contains reference"] == found["exact match"] == 0.0
    assert found["reference recall"] == pytest.approx(1 / 3)  # crowns, of "lot of crowns"


def test_a_footnote_number_is_no_part_of_the_answer(library: Index) -> None:
    case = replace(CASE, reference="1")
    answer = answered(citation(library, "school.md", PRIZE))
    assert scores(score_correct, case, answer, library)["contains reference"] == 0.0


def test_prose_as_reference_need_not_be_repeated(library: Index) -> None:
    case = replace(CASE, reference="The prize is worth a lot of money, so the band can buy horns.")
    answer = answered(citation(library, "school.md", PRIZE))
    found = scores(score_correct, case, answer, library)
    assert found["contains reference"] is None
    assert found["reference recall"] == pytest.approx(3 / 11)


@pytest.mark.parametrize(
    ("case", "answer"),
    [
        (CASE, REFUSED),
        (UNANSWERABLE, Answer(question="?", asked="?")),
        (replace(CASE, reference=None), Answer(question="?", asked="?")),
        (replace(CASE, reference="!"), Answer(question="?", asked="?")),
    ],
)
def test_correctness_without_an_answer_or_a_reference_is_undefined(
    library: Index, case: Case, answer: Answer
) -> None:
    assert set(scores(score_correct, case, answer, library).values()) == {None}


def test_latency_is_what_was_measured(library: Index) -> None:
    found = scores(score_latency, CASE, REFUSED, library)
    assert found == {"first sentence": 0.2, "whole answer": 0.5}

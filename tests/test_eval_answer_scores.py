"""What answers tell, what shows that articles differ, what grades itself, and what it costs."""

from dataclasses import replace
from typing import Any

import pytest
from made_trials import CASE, REFUSED, REPORT, UNANSWERABLE, answered, citation, hits, scores
from made_trials import library as library

from eval.score_disagreement import score_disagreement
from eval.score_nuggets import score_nuggets
from eval.score_support import score_support
from eval.score_usage import Prices, usage_scorer
from eval.types import Nugget
from index import Index
from rag.types import Answer, Disagreement, Sentence, Support

DIVERS = Nugget(text="Divers found cracks")
BUSES = Nugget(text="buses run")
MONDAY = Nugget(text="on Monday", vital=False)


def written(text: str, *quotes: tuple[str, str], index: Index) -> Answer:
    """An answer that a model wrote, of one sentence with a footnote to each (path, quote)."""
    cited = tuple(citation(index, path, quote) for path, quote in quotes)
    sentence = Sentence(text=text, citations=cited, support=Support(verdict="supported", score=0.9))
    found = hits(index, *TEXT_PATHS)
    return Answer(question="?", asked="?", sentences=(sentence,), hits=found, score=0.8)


TEXT_PATHS = ("courier/ferry.txt", "herald/ferry.txt", "school.md")


def test_nuggets_are_told_word_by_word_in_one_sentence(library: Index) -> None:
    case = replace(CASE, nuggets=(DIVERS, BUSES, MONDAY))
    answer = answered(citation(library, "courier/ferry.txt", REPORT))
    found = scores(score_nuggets, case, answer, library)
    assert found == {"vital nuggets": 0.5, "nuggets": pytest.approx(1.5 / 2.5)}


def test_words_of_two_sentences_tell_no_nugget(library: Index) -> None:
    case = replace(CASE, nuggets=(Nugget(text="cracks in eleven instruments", vital=False),))
    answer = answered(
        citation(library, "courier/ferry.txt", REPORT),
        citation(library, "school.md", "It pays for eleven instruments.", 2),
    )
    assert scores(score_nuggets, case, answer, library) == {"vital nuggets": None, "nuggets": 0.0}


def test_nuggets_of_a_refusal_or_of_no_list_are_undefined(library: Index) -> None:
    listed = replace(CASE, nuggets=(DIVERS,))
    for case, answer in ((listed, REFUSED), (CASE, REFUSED)):
        assert set(scores(score_nuggets, case, answer, library).values()) == {None}


@pytest.mark.parametrize(
    ("disputed", "shown", "precision", "recall"),
    [
        (True, True, 1.0, 1.0),
        (True, False, None, 0.0),
        (False, True, 0.0, None),
        (False, False, None, None),
        (None, True, None, None),
    ],
)
def test_differences_are_judged_where_somebody_looked(
    library: Index, disputed: bool | None, shown: bool, precision: float, recall: float
) -> None:
    differing = (Disagreement(about="two or three", sides=()),) if shown else ()
    answer = Answer(question="?", asked="?", disagreements=differing)
    found = scores(score_disagreement, replace(CASE, disputed=disputed), answer, library)
    assert found == {"disagreement precision": precision, "disagreement recall": recall}


def test_a_sentence_that_its_one_citation_carries(library: Index) -> None:
    answer = written("Divers found cracks on Monday.", (TEXT_PATHS[0], REPORT), index=library)
    assert scores(score_support, CASE, answer, library) == {
        "citation recall": 1.0,
        "citation precision": 1.0,
        "weighted recall": 1.0,
        "weighted precision": 1.0,
        "faithfulness": 1.0,
    }


def test_an_idle_citation_costs_precision_and_not_recall(library: Index) -> None:
    prize = "The prize is worth 12,000 crowns."
    cited = ((TEXT_PATHS[0], REPORT), (TEXT_PATHS[2], prize))
    answer = written("Divers found cracks on Monday.", *cited, index=library)
    found = scores(score_support, CASE, answer, library)
    assert (found["citation recall"], found["citation precision"]) == (1.0, 0.5)
    assert (found["weighted recall"], found["weighted precision"]) == (1.0, 0.5)


def test_a_wrong_number_is_carried_by_nothing(library: Index) -> None:
    cited = (TEXT_PATHS[2], "The prize is worth 12,000 crowns.")
    answer = written("The prize is worth 13,000 crowns.", cited, index=library)
    found = scores(score_support, CASE, answer, library)
    assert found["citation recall"] == found["citation precision"] == found["faithfulness"] == 0.0


def test_a_sentence_without_citations_has_none_to_grade(library: Index) -> None:
    found = scores(score_support, CASE, written("Divers found cracks.", index=library), library)
    assert found["citation recall"] == found["weighted recall"] == 0.0
    assert found["citation precision"] is found["weighted precision"] is None


def test_quotes_and_refusals_are_not_graded(library: Index) -> None:
    quoted = answered(citation(library, "courier/ferry.txt", REPORT))
    for answer in (quoted, REFUSED):
        assert set(scores(score_support, CASE, answer, library).values()) == {None}


@pytest.mark.parametrize(
    ("usage", "prices", "expected"),
    [
        (None, None, (None, None, None)),
        ({"total_tokens": 7}, None, (None, None, None)),
        ({"prompt_tokens": 900, "completion_tokens": 50}, None, (900, 50, None)),
        (
            {"prompt_tokens": 900, "completion_tokens": 50},
            Prices(read=0.5, written=2.0),
            (900, 50, pytest.approx(0.00055)),
        ),
    ],
)
def test_tokens_and_their_cost(
    library: Index, usage: dict[str, int] | None, prices: Prices | None, expected: tuple[Any, ...]
) -> None:
    answer = Answer(question="?", asked="?", usage=usage)
    found = scores(usage_scorer(prices), UNANSWERABLE, answer, library)
    assert tuple(found.values()) == expected

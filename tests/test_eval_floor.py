"""Floors are what a method that understands nothing reaches: worked out, or drawn by lot."""

import random
from collections.abc import Iterator
from dataclasses import replace
from statistics import fmean

import numpy as np
import pytest

from eval.curves import auroc
from eval.floor import compute_floors, question_word_chances
from eval.floor_ranking import Pool
from eval.gold import Gold, GoldSpan
from eval.run import score_trials
from eval.score_retrieval import best_gains, count_new, ndcg, reciprocal_rank
from eval.trial import Trial
from eval.types import Case, Nugget, Outcome
from index import Article, Index
from rag.types import Answer, Citation, Sentence, Support

QUOTED = Citation(
    number=1,
    article_id="0" * 16,
    title=None,
    source=None,
    url=None,
    published=None,
    start=0,
    end=16,
    quote="The mill closed.",
)
PLACES = ("mill", "ferry", "school", "bridge", "harbour", "library", "market", "church")


def cases_told_by_their_words(n: int) -> list[Case]:
    """Answerable questions ask when, the others why."""
    return [
        Case(
            id=f"q{i}",
            question=f"{'when' if i % 2 else 'why'} did the {PLACES[i % 8]} close in {i}",
            paths=(f"{i}.txt",),
            answerable=bool(i % 2),
        )
        for i in range(n)
    ]


def test_question_words_tell_what_they_can() -> None:
    cases = cases_told_by_their_words(80)
    chances = question_word_chances(cases)
    assert auroc(np.array(chances), np.array([case.answerable for case in cases])) == 1.0


def test_question_words_tell_nothing_of_what_is_drawn_by_lot() -> None:
    lot = random.Random(5)
    cases = [
        Case(id=f"q{i}", question=lot.choice(PLACES), answerable=i % 2 == 0) for i in range(200)
    ]
    chances = question_word_chances(cases)
    score = auroc(np.array(chances), np.array([case.answerable for case in cases]))
    assert abs(score - 0.5) < 0.12


def test_words_learnt_from_the_same_article_do_not_count() -> None:
    # each article has one word and one kind: without the split by article this would be 1.0
    cases = [
        Case(id=f"q{i}", question=f"word{i // 4}", paths=(f"{i // 4}.txt",), answerable=i % 8 < 4)
        for i in range(160)
    ]
    chances = question_word_chances(cases)
    score = auroc(np.array(chances), np.array([case.answerable for case in cases]))
    assert score < 0.7


def test_too_few_cases_give_no_floor() -> None:
    assert question_word_chances(cases_told_by_their_words(12)) is None


@pytest.mark.parametrize(
    ("size", "held"),
    [(5, [{0}]), (12, [{0}, {1}, {2}]), (3, [{0}, {1}, {2}]), (40, [{0}, {0, 1}]), (9, [{0}, {0}])],
)
def test_random_ranking_is_what_a_lottery_gives(size: int, held: list[set[int]]) -> None:
    lot = random.Random(11)
    gold = [frozenset(each) for each in held]
    ranking = gold + [frozenset[int]()] * (size - len(gold))
    ranks, gains, recalls = [], [], []
    for _ in range(4000):
        lot.shuffle(ranking)
        new = count_new(ranking)
        ranks.append(reciprocal_rank([bool(each) for each in ranking[:8]]))
        gains.append(ndcg(new, best_gains(gold), 8))
        recalls.append(sum(new[:5]) / sum(new))
    pool = Pool(size, gold)
    assert pool.reciprocal_rank(8) == pytest.approx(fmean(ranks), abs=0.02)
    assert pool.ndcg(8) == pytest.approx(fmean(gains), abs=0.02)
    assert pool.recall(5) == pytest.approx(fmean(recalls), abs=0.02)


@pytest.fixture(scope="module")
def four(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    articles = [
        Article(id=f"{i:016x}", key=f"{i}.txt", path=f"{i}.txt", text=f"The {place} closed.")
        for i, place in enumerate(PLACES[:4])
    ]
    with Index.open(tmp_path_factory.mktemp("four")) as index:
        index.add_articles(articles)
        yield index


def trial(case: Case, gold: Gold, *, refused: bool) -> Trial:
    """What came back: nothing, or a sentence with a footnote."""
    support = Support(verdict="quoted")
    sentences = (Sentence(text=QUOTED.quote, citations=(QUOTED,), support=support),)
    answer = Answer(
        question=case.question,
        asked=case.question,
        refused=refused,
        sentences=() if refused else sentences,
        score=0.5,
    )
    outcome = Outcome(case=case, answer=answer, first_sentence=0.1, whole_answer=0.1)
    return Trial(outcome=outcome, gold=gold)


MILL = GoldSpan(number=0, article_id="0" * 16, start=0, end=16, quote="The mill closed.")
MILL_GOLD = Gold(
    spans=(MILL,), article_ids=frozenset({MILL.article_id}), passages=(frozenset({0}),)
)
MILL_CASE = Case(
    id="a",
    question="When did the mill close?",
    reference="mill",
    answerable=True,
    nuggets=(Nugget(text="the mill"),),
)


def floors_of(trials: list[Trial], index: Index) -> dict[str, float]:
    scores = score_trials(trials, index)
    return {floor.metric: floor.value for floor in compute_floors(trials, scores, index)}


def test_floors_over_four_articles(four: Index) -> None:
    nuggets = (Nugget(text="the mill"), Nugget(text="in May"))
    asked = replace(MILL_CASE, nuggets=nuggets, disputed=True)
    calm = Case(id="c", question="Who owns the mine?", answerable=False, disputed=False)
    other = Case(id="b", question="Who owns the mine?", answerable=False)
    trials = [
        trial(asked, MILL_GOLD, refused=False),
        trial(other, Gold(), refused=True),
        trial(calm, Gold(), refused=False),
        trial(other, Gold(), refused=False),
    ]
    floors = floors_of(trials, four)
    assert floors == {
        "recall@1": 0.25,
        "recall@5": 1.0,
        "recall@8": 1.0,
        "MRR": pytest.approx((1 + 1 / 2 + 1 / 3 + 1 / 4) / 4),
        "nDCG@8": pytest.approx((1 + 0.6309 + 0.5 + 0.4307) / 4, abs=1e-4),
        "gold span cited": 0.25,
        "citations in gold": 0.25,
        "article@1": 0.25,
        "article recall@8": 1.0,
        "article MRR": pytest.approx((1 + 1 / 2 + 1 / 3 + 1 / 4) / 4),
        "article nDCG@8": pytest.approx((1 + 0.6309 + 0.5 + 0.4307) / 4, abs=1e-4),
        "gold article cited": 0.25,
        "contains reference": 1.0,  # the question says "mill"
        "exact match": 0.0,
        "vital nuggets": 0.5,
        "nuggets": 0.5,
        "reference recall": 1.0,
        "answer F1": pytest.approx(2 * 1 / (4 + 1)),
        "cited span F1": pytest.approx(2 * 1 / (4 + 2)),
        "false answer": 0.75,
        "false refusal": 0.25,
        "refusal recall": 0.25,
        "refusal precision": 0.75,
        "refusal F1": pytest.approx(2 * 0.75 / 1.75),
        "disagreement precision": 0.5,
        "disagreement recall": 0.0,
        "Brier": pytest.approx(0.25 * 0.75),
        "ECE": 0.0,
        "AURC": 0.75,
    }


def test_a_floor_is_over_the_cases_that_its_figure_is_over(four: Index) -> None:
    # refused, so in no figure of answers: its question holds no word of its answer
    unlike = replace(
        MILL_CASE, id="r", question="Why?", reference="in May", nuggets=(Nugget(text="in May"),)
    )
    asked = trial(MILL_CASE, MILL_GOLD, refused=False)
    without = floors_of([asked], four)
    for refused in (trial(unlike, MILL_GOLD, refused=True), trial(unlike, Gold(), refused=True)):
        found = floors_of([asked, refused], four)
        for metric in (
            "contains reference",
            "exact match",
            "reference recall",
            "answer F1",
            "vital nuggets",
            "nuggets",
            "cited span F1",
            "gold span cited",
            "citations in gold",
            "gold article cited",
        ):
            assert found[metric] == without[metric], metric


def test_a_floor_is_drawn_from_what_a_case_is_asked_over(four: Index) -> None:
    everywhere = floors_of([trial(MILL_CASE, MILL_GOLD, refused=False)], four)
    gold = replace(MILL_GOLD, among=("0" * 16, "1".zfill(16)))
    among = floors_of([trial(MILL_CASE, gold, refused=False)], four)
    for metric in ("recall@1", "gold span cited", "article@1", "gold article cited"):
        assert (everywhere[metric], among[metric]) == (0.25, 0.5), metric
    assert among["MRR"] == among["article MRR"] == 0.75


def test_several_wordings_are_repeated_by_the_best(four: Index) -> None:
    case = replace(MILL_CASE, reference="in May", references=("mill",))
    found = floors_of([trial(case, MILL_GOLD, refused=False)], four)
    assert found["contains reference"] == found["reference recall"] == 1.0


def test_no_trials_have_no_floors(four: Index) -> None:
    assert floors_of([], four) == {}

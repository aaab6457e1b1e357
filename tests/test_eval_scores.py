"""Every scorer against values worked out by hand, and None where nothing can be said."""

from collections.abc import Iterator
from dataclasses import replace

import ir_measures
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.errors import BadCases
from eval.gold import locate_gold
from eval.score_abstention import score_abstention
from eval.score_articles import score_articles
from eval.score_citation import score_citation
from eval.score_correct import score_correct
from eval.score_latency import score_latency
from eval.score_retrieval import ndcg, reciprocal_rank, score_retrieval
from eval.trial import Scorer, Trial
from eval.types import Case, Outcome, Span
from index import Article, Hit, Index
from rag.types import Answer, Citation, Sentence, Support

REPORT = "Divers found cracks in two of the six supports of the east ramp on Monday."
BAND = "The band rehearsed three evenings a week."
PRIZE = "The prize is worth 12,000 crowns."

TEXTS = {
    "courier/ferry.txt": f"The ferry stays in port. {REPORT} Nobody was hurt.",
    "herald/ferry.txt": f"{REPORT} Buses run instead, the town hall said.",
    "school.md": f"{BAND} {PRIZE} It pays for eleven instruments.",
}

CASE = Case(
    id="q1",
    question="What did the divers find?",
    reference="cracks",
    spans=(Span(path="courier/ferry.txt", quote=REPORT),),
    paths=("courier/ferry.txt",),
    answerable=True,
)
UNANSWERABLE = Case(id="q2", question="Who trained the divers?", answerable=False)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    articles = [
        Article(id=f"{n:016x}", key=path, path=path, text=text, title=f"Article {n}")
        for n, (path, text) in enumerate(TEXTS.items())
    ]
    with Index.open(tmp_path_factory.mktemp("scores")) as index:
        index.add_articles(articles)
        yield index


def hits(library: Index, *paths: str) -> tuple[Hit, ...]:
    """One hit for each path; these articles are one passage each."""
    by_path = {info.path: info for info in library.articles()}
    return tuple(
        Hit(passage=library.passages(by_path[path].id)[0], article=by_path[path], score=0.0)
        for path in paths
    )


def citation(library: Index, path: str, quote: str, number: int = 1) -> Citation:
    article_id = next(info.id for info in library.articles() if info.path == path)
    start = library.article(article_id).text.index(quote)
    return Citation(
        number=number,
        article_id=article_id,
        title=None,
        source=None,
        url=None,
        published=None,
        start=start,
        end=start + len(quote),
        quote=quote,
    )


def answered(*citations: Citation, text: str | None = None, score: float = 0.8) -> Answer:
    sentences = tuple(
        Sentence(text=text or c.quote, citations=(c,), support=Support(verdict="quoted"))
        for c in citations
    )
    return Answer(question="?", asked="?", sentences=sentences, score=score)


REFUSED = Answer(question="?", asked="?", refused=True, reason="nothing", score=0.1)


def scores(scorer: Scorer, case: Case, answer: Answer, index: Index) -> dict[str, float | None]:
    gold = locate_gold([case], index)[case.id]
    outcome = Outcome(case=case, answer=answer, first_sentence=0.2, whole_answer=0.5)
    trial = Trial(outcome=outcome, gold=gold)
    scored = scorer(trial, index)
    assert {score.case_id for score in scored} == {case.id}
    assert all(score.reason for score in scored if score.value is None)
    return {score.metric: score.value for score in scored}


def test_gold_on_rank_two(library: Index) -> None:
    answer = replace(REFUSED, hits=hits(library, "school.md", "courier/ferry.txt"))
    assert scores(score_retrieval, CASE, answer, library) == {
        "recall@1": 0.0,
        "recall@5": 1.0,
        "recall@8": 1.0,
        "MRR": 0.5,
        "nDCG@8": pytest.approx(0.6309, abs=1e-4),  # 1 / log2(3)
    }


def test_a_copy_in_another_paper_is_as_good_and_counts_once(library: Index) -> None:
    case = replace(CASE, spans=(*CASE.spans, Span(path="herald/ferry.txt", quote=REPORT)))
    folded = replace(REFUSED, hits=hits(library, "herald/ferry.txt"))
    both = replace(REFUSED, hits=hits(library, "herald/ferry.txt", "courier/ferry.txt"))
    for asked, answer in ((CASE, folded), (case, folded), (case, both)):
        found = scores(score_retrieval, asked, answer, library)
        assert found["recall@1"] == found["recall@8"] == found["MRR"] == 1.0
        assert found["nDCG@8"] == 1.0
        assert set(scores(score_articles, asked, answer, library).values()) == {1.0}


def test_two_facts_in_two_articles_are_found_one_by_one(library: Index) -> None:
    case = replace(CASE, spans=(*CASE.spans, Span(path="school.md", quote=PRIZE)))
    answer = replace(REFUSED, hits=hits(library, "courier/ferry.txt", "school.md"))
    found = scores(score_retrieval, case, answer, library)
    assert (found["recall@1"], found["recall@5"], found["nDCG@8"]) == (0.5, 1.0, 1.0)


def test_a_short_quote_elsewhere_is_no_copy(library: Index) -> None:
    case = replace(CASE, spans=(Span(path="courier/ferry.txt", quote="Monday"),))
    answer = replace(REFUSED, hits=hits(library, "herald/ferry.txt"))
    assert scores(score_retrieval, case, answer, library)["recall@8"] == 0.0


@pytest.mark.parametrize("case", [UNANSWERABLE, replace(CASE, spans=())])
def test_ranking_without_gold_is_undefined(library: Index, case: Case) -> None:
    answer = replace(REFUSED, hits=hits(library, "school.md"))
    assert set(scores(score_retrieval, case, answer, library).values()) == {None}


@given(st.lists(st.booleans(), min_size=2, max_size=12).filter(any), st.integers(1, 12))
def test_ranking_figures_agree_with_trec_eval(ranking: list[bool], k: int) -> None:
    names = [f"p{rank}" for rank in range(len(ranking))]
    gold = {"q": {name: int(is_gold) for name, is_gold in zip(names, ranking, strict=True)}}
    run = {"q": {name: -float(rank) for rank, name in enumerate(names)}}
    expected = ir_measures.calc_aggregate([ir_measures.nDCG @ k, ir_measures.RR], gold, run)
    assert ndcg(ranking, sum(ranking), k) == pytest.approx(expected[ir_measures.nDCG @ k])
    assert reciprocal_rank(ranking) == pytest.approx(expected[ir_measures.RR])


def test_recall_agrees_with_trec_eval(library: Index) -> None:
    case = replace(CASE, spans=(*CASE.spans, Span(path="school.md", quote=PRIZE)))
    found = hits(library, "school.md", "courier/ferry.txt")
    shown = scores(score_retrieval, case, replace(REFUSED, hits=found), library)
    gold = {"q": {hit.passage.id: 1 for hit in found}}
    run = {"q": {hit.passage.id: -float(rank) for rank, hit in enumerate(found)}}
    wanted = [ir_measures.R @ k for k in (1, 5)]
    expected = ir_measures.calc_aggregate(wanted, gold, run)
    assert (shown["recall@1"], shown["recall@5"]) == tuple(expected[each] for each in wanted)


def test_articles_are_ranked_by_their_first_passage(library: Index) -> None:
    answer = replace(REFUSED, hits=hits(library, "school.md", "school.md", "courier/ferry.txt"))
    assert scores(score_articles, CASE, answer, library) == {
        "article@1": 0.0,
        "article recall@8": 1.0,
        "article MRR": 0.5,
        "article nDCG@8": pytest.approx(0.6309, abs=1e-4),
    }
    assert set(scores(score_articles, UNANSWERABLE, answer, library).values()) == {None}


def test_gold_that_stands_nowhere_is_refused_by_name(library: Index) -> None:
    wrong = [
        replace(CASE, id="lost", spans=(Span(path="school.md", quote="Divers found gold."),)),
        replace(CASE, id="astray", spans=(Span(path="ferry.tx", quote=REPORT),)),
        CASE,
    ]
    with pytest.raises(BadCases) as caught:
        locate_gold(wrong, library)
    lost, astray = caught.value.problems
    assert "'lost': school.md does not hold 'Divers found gold.'" in lost
    assert "'astray': ferry.tx" in astray


def test_a_path_may_leave_out_the_folders_above(library: Index) -> None:
    case = replace(CASE, spans=(Span(path="ferry.txt", quote=REPORT),))
    gold = locate_gold([case], library)["q1"]
    assert len(gold.article_ids) == 2
    assert gold.numbers == {0}
    assert gold.passages == 1


def test_citations_that_hit_and_miss(library: Index) -> None:
    hit = citation(library, "courier/ferry.txt", "cracks in two of the six supports", 1)
    miss = citation(library, "school.md", BAND, 2)
    found = scores(score_citation, CASE, answered(hit, miss), library)
    assert found["citation valid"] == 1.0
    assert found["cited words"] == 11.0  # articles are not counted: 6 and 5
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

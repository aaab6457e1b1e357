"""Ranking by passage and by article, against values worked out by hand and against trec_eval."""

from collections.abc import Iterator
from dataclasses import replace

import ir_measures
import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_trials import BAND, CASE, PRIZE, REFUSED, REPORT, UNANSWERABLE, hits, scores
from made_trials import library as library

from eval.errors import BadCases
from eval.gold import locate_gold
from eval.score_articles import score_articles
from eval.score_retrieval import best_gains, count_new, ndcg, reciprocal_rank, score_retrieval
from eval.types import Case, Span
from index import Article, Hit, Index


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
    assert ndcg(ranking, [1] * sum(ranking), k) == pytest.approx(expected[ir_measures.nDCG @ k])
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
        replace(UNANSWERABLE, id="off", paths=("school.md", "mil.txt")),
        CASE,
    ]
    with pytest.raises(BadCases) as caught:
        locate_gold(wrong, library)
    lost, astray, off = caught.value.problems
    assert "'lost': school.md does not hold 'Divers found gold.'" in lost
    assert "'astray': ferry.tx" in astray
    assert off == "case 'off': no article at mil.txt"


def test_a_path_may_leave_out_the_folders_above(library: Index) -> None:
    case = replace(CASE, spans=(Span(path="ferry.txt", quote=REPORT),))
    gold = locate_gold([case], library)["q1"]
    assert len(gold.article_ids) == 2
    assert gold.numbers == {0}
    assert gold.passages == (frozenset({0}),)


STRADDLING, WITHIN = frozenset({0}), frozenset({0, 1})
"""Quote 0 lies across two passages, and the second also holds quote 1."""


def test_the_best_order_of_passages_has_the_best_ndcg() -> None:
    best = best_gains([STRADDLING, WITHIN])
    assert best == [2, 0]
    assert ndcg(count_new([WITHIN, STRADDLING]), best, 8) == 1.0
    # 1 + 1 / log2(3) of 2
    assert ndcg(count_new([STRADDLING, WITHIN]), best, 8) == pytest.approx(0.8155, abs=1e-4)


@given(st.lists(st.frozensets(st.integers(0, 5), min_size=1), min_size=1, max_size=5), st.data())
def test_no_order_beats_the_best_and_a_perfect_ranking_is_perfect(
    passages: list[frozenset[int]], data: st.DataObject
) -> None:
    best = best_gains(passages)
    order = data.draw(st.permutations(passages))
    assert ndcg(count_new(order), best, 8) <= 1.0
    assert best[0] == max(map(len, passages))
    assert sum(best) == len(frozenset().union(*passages))
    assert best == sorted(best, reverse=True)


SENTENCES = [
    f"Councillor number {n} told the meeting that the bridge at mile {n} would open in {1990 + n}."
    for n in range(24)
]


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    """A report of several passages, another paper that repeats its beginning, and a third."""
    texts = {
        "long.txt": " ".join(SENTENCES),
        "repeats.txt": f"{SENTENCES[0]} The rest is in tomorrow's paper.",
        "third.txt": f"{BAND} {PRIZE}",
    }
    articles = [
        Article(id=f"{n:016x}", key=path, path=path, text=text, title=path)
        for n, (path, text) in enumerate(texts.items())
    ]
    with Index.open(tmp_path_factory.mktemp("printed")) as index:
        index.add_articles(articles)
        yield index


def test_a_quote_across_two_passages_is_scored_by_the_new_quotes(printed: Index) -> None:
    (article,) = (info for info in printed.articles() if info.path == "long.txt")
    first, second = printed.passages(article.id)[:2]
    text = printed.article(article.id).text
    across = text[first.end - 40 : second.start + 40]
    within = text[second.end - 60 : second.end]
    quotes = tuple(Span(path="long.txt", quote=quote) for quote in (across, within))
    case = replace(CASE, paths=("long.txt",), spans=quotes)
    shown = tuple(Hit(passage=each, article=article, score=0.0) for each in (second, first))
    perfect = scores(score_retrieval, case, replace(REFUSED, hits=shown), printed)
    worse = scores(score_retrieval, case, replace(REFUSED, hits=shown[::-1]), printed)
    assert (perfect["recall@1"], perfect["nDCG@8"]) == (1.0, 1.0)
    assert (worse["recall@1"], worse["nDCG@8"]) == (0.5, pytest.approx(0.8155, abs=1e-4))


def test_a_copy_of_a_part_of_a_report_is_no_second_report(printed: Index) -> None:
    spans = (
        Span(path="long.txt", quote=SENTENCES[0]),
        Span(path="long.txt", quote=SENTENCES[-1]),
        Span(path="third.txt", quote=PRIZE),
    )
    case = replace(CASE, paths=("long.txt", "third.txt"), spans=spans)
    for paths in (("repeats.txt", "long.txt"), ("long.txt", "repeats.txt")):
        answer = replace(REFUSED, hits=hits(printed, *paths))
        found = scores(score_articles, case, answer, printed)
        assert (found["article@1"], found["article recall@8"]) == (1.0, 0.5)
        assert found["article nDCG@8"] == pytest.approx(1 / (1 + 0.6309), abs=1e-4)
    all_found = replace(REFUSED, hits=hits(printed, "repeats.txt", "third.txt"))
    assert set(scores(score_articles, case, all_found, printed).values()) == {1.0}

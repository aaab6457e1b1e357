"""Drafted cases: gold that stands in its article, twins that no article answers, the same file."""

import json
from collections import Counter
from pathlib import Path

import pytest
from made_news import write_news

from eval.cases import load_cases
from eval.draft_articles import read_pile, short_names
from eval.draft_cases import Pair, draft_pairs
from eval.draft_file import pairs_to_text
from eval.draft_twins import Shelf
from eval.errors import NotReviewed
from index import Article
from index.progress import Progress
from rag.mentions import forms_in
from rag.reference import stands_alone
from rag.sound_questions import has_name


def silent(done: int, total: int, label: str) -> None:
    """Show nothing."""


SILENT: Progress = silent


@pytest.fixture
def news(tmp_path: Path) -> Path:
    return write_news(tmp_path / "news")


def pairs_of(folder: Path, count: int = 30, per_article: int = 9) -> list[Pair]:
    return draft_pairs(read_pile(folder, SILENT).articles, count, per_article, SILENT)


def test_every_gold_quote_is_a_sentence_of_its_article_and_holds_the_reference(news: Path) -> None:
    articles = {article.path: article.text for article in read_pile(news, SILENT).articles}
    pairs = pairs_of(news)
    assert len(pairs) >= 7
    for pair in pairs:
        assert pair.case.answerable
        assert pair.case.spans
        for span in pair.case.spans:
            assert span.quote in articles[span.path]
            assert (pair.case.reference or "") in span.quote


def test_a_known_sentence_gives_a_known_case(news: Path) -> None:
    (case,) = [p.case for p in pairs_of(news) if p.case.question == "When did Holm Bridge open?"]
    assert case.reference == "1931"  # and not "in 1931"
    assert case.spans[0].quote == "Holm Bridge was designed by Ada Lund and opened in 1931."
    assert (case.paths, case.tags) == (("bridge.txt",), ("drafted", "day"))


def test_a_question_of_several_sentences_is_one_case_with_all_of_them(news: Path) -> None:
    asked = "What will Orlen Cells build in Varnholm?"
    (pair,) = [pair for pair in pairs_of(news) if pair.case.question == asked]
    assert {span.path for span in pair.case.spans} == {"cells.txt", "copy.txt"}
    assert pair.case.reference == "plant"


def test_where_articles_give_several_answers_none_is_the_reference() -> None:
    one = made("a", "Orlen Cells will hire 260 people. The plant opens soon.")
    other = made("b", "Orlen Cells will hire 620 people. The plant opens soon.")
    (pair,) = draft_pairs([one, other], 9, 9, SILENT)
    assert pair.case.question == "How many people will Orlen Cells hire?"
    assert {span.path for span in pair.case.spans} == {"a", "b"}
    assert pair.case.reference is None
    assert "several-answers" in pair.case.tags


def test_every_question_stands_alone(news: Path) -> None:
    for pair in pairs_of(news):
        for case in pair.cases:
            assert stands_alone(case.question)
            assert has_name(case.question)
            assert not {"he", "she", "it", "they", "this"} & {*case.question.lower().split()}


def test_a_twin_has_one_fact_that_its_article_lacks_and_the_rest_that_others_lack(
    news: Path,
) -> None:
    forms = {a.path: forms_in(f"{a.title}. {a.text}") for a in read_pile(news, SILENT).articles}
    twins = [pair for pair in pairs_of(news) if pair.twin]
    assert len(twins) >= 3
    for pair in twins:
        assert pair.twin is not None
        assert not pair.twin.answerable
        assert not pair.twin.spans
        assert pair.twin.paths == pair.case.paths
        assert pair.twin.tags[1] == "twin"
        assert pair.twin.id.startswith(f"{pair.case.id}-twin-")
        words = forms_in(pair.twin.question) - forms_in(pair.case.question)
        assert words
        assert all(words - forms[path] for path in pair.twin.paths)
        # no article has all words of the twin
        assert not any(forms_in(pair.twin.question) <= held for held in forms.values())


def made(name: str, text: str) -> Article:
    return Article(id=name, key=name, path=name, text=text, language="en")


def test_no_twin_is_made_where_another_article_may_answer_it() -> None:
    asked = "How many people does Brannt Bank employ?"
    bank = made("a", "Brannt Bank employs 80 people.")
    answers = made("c", "Sorrel Bank has 300 people on its payroll.")
    assert Shelf([bank, answers], [bank, answers]).twin_of(asked, bank) is None
    in_tarn = "How many people does Brannt Bank employ in Tarn?"
    sure = Shelf([bank, answers], [bank, answers]).twin_of(in_tarn, bank)
    assert sure is not None
    assert sure.question == "How many people does Sorrel Bank employ in Tarn?"


def test_no_twin_is_made_of_what_the_article_itself_speaks_of() -> None:
    asked = "How many people does Brannt Bank employ in Tarn?"
    bank = made("a", "Brannt Bank employs 80 people in Tarn. Its rival is Sorrel Bank.")
    other = made("b", "They saw that Sorrel Bank was robbed.")
    assert Shelf([bank, other], [bank, other]).twin_of(asked, bank) is None
    assert Shelf([bank], [bank]).twin_of(asked, bank) is None


def test_the_same_articles_give_the_same_file_whatever_their_order(news: Path) -> None:
    articles = read_pile(news, SILENT).articles
    first = pairs_to_text(draft_pairs(articles, 6, 2, SILENT))
    assert first == pairs_to_text(draft_pairs(articles[::-1], 6, 2, SILENT))
    moved = news.with_name("moved")
    news.rename(moved)
    assert first == pairs_to_text(pairs_of(moved, 6, 2))


def test_questions_are_spread_over_articles(news: Path) -> None:
    few = pairs_of(news, count=3)
    assert len({pair.case.paths for pair in few}) == 3
    bounded = Counter(pair.case.paths[0] for pair in pairs_of(news, per_article=1))
    assert max(bounded.values()) == 1
    assert len({pair.case.tags[1] for pair in pairs_of(news)}) >= 3


def test_a_file_is_read_back_as_it_was_drafted_but_asks_for_a_review(
    news: Path, tmp_path: Path
) -> None:
    pairs, path = pairs_of(news), tmp_path / "cases.jsonl"
    path.write_text(pairs_to_text(pairs), encoding="utf-8")
    with pytest.raises(NotReviewed):
        load_cases(path)
    path.write_text(path.read_text().replace('"reviewed": false', '"reviewed": true'))
    assert load_cases(path) == [case for pair in pairs for case in pair.cases]


def test_each_twin_stands_on_the_line_below_and_pairs_are_apart(news: Path) -> None:
    blocks = pairs_to_text(pairs_of(news)).rstrip("\n").split("\n\n")
    for block, pair in zip(blocks, pairs_of(news), strict=True):
        lines = [json.loads(line) for line in block.split("\n")]
        assert [line["id"] for line in lines] == [case.id for case in pair.cases]
        assert [*lines[0]][:3] == ["reviewed", "answerable", "question"]


def test_a_path_is_named_as_short_as_it_is_unmistakable() -> None:
    files = ["/news/a/ferry.txt", "/news/b/ferry.txt", "/news/mill.txt"]
    assert [*short_names(files).values()] == ["a/ferry.txt", "b/ferry.txt", "mill.txt"]
    assert short_names(["/x.txt", "/a/x.txt"])["/a/x.txt"] == "a/x.txt"

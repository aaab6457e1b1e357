"""An article that gives one thing two purposes is shown; what hints at two things is not."""

import time
from pathlib import Path

import pytest

from index import Article, Index
from rag import answer
from rag.citations import Footnotes
from rag.self_contradictions import find_contradictions, show_contradictions

SAMPLE = "seeds/prime-minister-diplomacy-tour.txt"
HARBOUR = "The mayor spoke on the quay for nearly an hour. "


def _article(*sentences: str) -> Article:
    return Article(id="0" * 16, key="made-up", text=" ".join(sentences))


@pytest.mark.parametrize(
    ("introduction", "later", "called"),
    [
        (
            "The mayor promised a new fund for school meals in Ostby.",
            "Officials hope that the new defence fund will open in May.",
            ("a fund for school meals", "the defence fund"),
        ),
        (
            "Both ministers signed a trade deal on Monday evening.",
            "Critics say that the migration deal leaves much unsaid.",
            ("a trade deal", "the migration deal"),
        ),
        (
            "The council set out a programme to vaccinate every child.",
            "Money for the defence programme runs out next spring.",
            ("a programme to vaccinate every child", "the defence programme"),
        ),
    ],
)
def test_one_thing_under_two_purposes(
    introduction: str, later: str, called: tuple[str, str]
) -> None:
    article = _article(introduction, HARBOUR, later)
    (found,) = find_contradictions(article)
    assert found.called == called
    assert article.text[slice(*found.introduction)] == introduction
    assert article.text[slice(*found.later)] == later


@pytest.mark.parametrize(
    ("introduction", "later"),
    [
        # the same purpose in other words
        ("The mayor promised a fund for flood walls.", "Then the climate fund will open in May."),
        ("The mayor promised a fund for pupils.", "Then the school fund will open in May."),
        ("The mayor promised a fund for ferries.", "Then the new fund will open in May."),
        # the text in between makes it part of the promise
        (
            "The mayor promised a fund for school meals. Some of it pays the army.",
            "Then the defence fund will open in May.",
        ),
        # several funds
        (
            "The mayor promised a fund for school meals and another fund for soldiers.",
            "Then the defence fund will open in May.",
        ),
        (
            "The mayor promised a fund for school meals, one of six funds.",
            "Then the defence fund will open in May.",
        ),
        (
            "The mayor promised a fund for school meals.",
            "Then the existing defence fund will open in May.",
        ),
        (
            "The mayor promised a fund for school meals beside the defence fund.",
            "Neither will open in the coming months.",
        ),
        # one that has a name, one that came first, one without a purpose that is known
        ("The mayor promised a fund for school meals.", "The Ostby Defence Fund opens in May."),
        (
            "Then the defence fund will open in May.",
            "The mayor promised a fund for school meals.",
        ),
        ("The mayor promised a fund for school meals.", "Then the lucky fund will open in May."),
        # another noun
        ("The mayor promised a fund for school meals.", "Then the defence plan will open in May."),
    ],
)
def test_what_is_no_contradiction(introduction: str, later: str) -> None:
    assert find_contradictions(_article(introduction, HARBOUR, later)) == []


def test_it_is_shown_where_the_question_or_a_quote_speaks_of_it() -> None:
    article = _article(
        "The mayor promised a fund for school meals.",
        HARBOUR,
        "Officials hope that the defence fund will open in May.",
    )
    (shown,) = show_contradictions("What is the fund for?", [article], (), Footnotes())
    assert shown.kind == "within"
    assert shown.about == "a fund for school meals, or the defence fund"
    citations = [citation for side in shown.sides for citation in side.citations]
    assert [citation.number for citation in citations] == [1, 2]
    assert [article.text[each.start : each.end] for each in citations] == [
        side.text for side in shown.sides
    ]
    assert show_contradictions("Where did the mayor speak?", [article], (), Footnotes()) == ()
    assert show_contradictions("Where did the mayor speak?", [article], citations[:1], Footnotes())


@pytest.mark.parametrize(
    "question",
    ["What fund did Japan commit to?", "What could the infrastructure fund do?"],
)
def test_the_sample_that_contradicts_itself(seeds: Index, question: str) -> None:
    given = answer(question, index=seeds)
    (found,) = [each for each in given.disagreements if each.kind == "within"]
    assert found.about == "a fund that will pay for climate adaptation, or the infrastructure fund"
    for side in found.sides:
        (citation,) = side.citations
        text = seeds.article(citation.article_id).text
        assert text[citation.start : citation.end] == citation.quote == side.text
        same = [
            c
            for c in given.citations
            if (c.article_id, c.start, c.end) == (citation.article_id, citation.start, citation.end)
        ]
        assert citation.number not in {c.number for c in given.citations} or same == [citation]


def test_the_other_samples_do_not(seeds: Index) -> None:
    found = {
        Path(info.path or "").name
        for info in seeds.articles()
        if find_contradictions(seeds.article(info.id))
    }
    assert found == {Path(SAMPLE).name}


@pytest.mark.parametrize("hostile", ["a fund ", "the new fund ", "a ", "fund for ", "fund, "])
def test_hostile_text_is_read_in_linear_time(hostile: str) -> None:
    began = time.perf_counter()
    find_contradictions(_article(hostile * 20_000))
    assert time.perf_counter() - began < 5

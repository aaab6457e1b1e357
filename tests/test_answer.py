"""The whole way: a question over real articles, answered in quotes or refused."""

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from index import Index
from index.errors import BadValue, MissingLibrary, UnknownArticle
from index.settings import index_settings
from rag import Answer, answer, stream
from rag.answerability import threshold
from rag.errors import BadPeriod, BadQuestion, EmptyLibrary

ANSWERED = [
    ("How much will the repairs of the ferry ramp cost?", "3.4 million crowns"),
    ("When is the east ramp to open again?", "14 November 2025"),
    ("Who bought the old paper mill?", "Norden Group"),
    ("What is the music prize worth?", "12,000 crowns"),
    ("How did the council vote on the sale of the mill?", "eleven to six"),
]
REFUSED = [
    "Who won the football cup in Lisbon?",
    "What is the capital of Mongolia?",
    "How many passengers does the airport handle?",
]


@pytest.mark.parametrize(("question", "words"), ANSWERED)
def test_an_answered_question_quotes_the_right_words(
    town: Index, question: str, words: str
) -> None:
    given = answer(question, index=town)
    assert not given.refused
    assert words in " ".join(given.text.split())
    assert given.score >= threshold()
    assert given.writer == "quotes"
    assert given.complete


@pytest.mark.parametrize(("question", "words"), ANSWERED)
def test_every_sentence_has_a_footnote_to_its_exact_characters(
    town: Index, question: str, words: str
) -> None:
    given = answer(question, index=town)
    assert given.sentences
    for sentence in given.sentences:
        assert sentence.support.verdict == "quoted"
        (citation,) = sentence.citations
        article = town.article(citation.article_id)
        assert article.text[citation.start : citation.end] == citation.quote == sentence.text
    assert [c.number for c in given.citations] == list(range(1, len(given.citations) + 1))
    assert sum(len(sentence.text.split()) for sentence in given.sentences) <= 120
    assert len({c.article_id for c in given.citations}) <= 3


@pytest.mark.parametrize("question", REFUSED)
def test_what_the_articles_do_not_say_is_refused_with_the_closest_passages(
    town: Index, question: str
) -> None:
    given = answer(question, index=town)
    assert given.refused
    assert given.complete
    assert given.sentences == ()
    assert given.reason
    assert given.hits
    assert given.score < threshold()


def test_a_stream_grows_by_whole_sentences_to_the_same_answer(town: Index) -> None:
    question = ANSWERED[0][0]
    partials = list(stream(question, index=town))
    for before, after in pairwise(partials):
        assert after.sentences[: len(before.sentences)] == before.sentences
    assert [partial.complete for partial in partials] == [False] * (len(partials) - 1) + [True]
    assert partials[0].sentences
    whole = answer(question, index=town)
    assert (whole.sentences, whole.score) == (partials[-1].sentences, partials[-1].score)


def test_a_follow_up_is_understood_by_the_question_before(town: Index) -> None:
    history = [("Who bought the old paper mill at Sorrel Bridge?", "The Norden Group.")]
    given = answer("How much did it pay for it?", index=town, history=history)
    assert "paper mill" in given.asked
    assert "8.1 million" in given.text


def test_a_period_limits_and_says_what_was_left_out(town: Index) -> None:
    given = answer("What is the music prize worth?", index=town, since="2025-10-01")
    assert {hit.article.published for hit in given.hits} == {"2025-10-20"}
    assert given.period == ("2025-10-01", None)
    assert any("2 articles without a date" in notice for notice in given.notices)
    nothing = answer("What is the music prize worth?", index=town, until="2020-01-01")
    assert nothing.refused
    assert nothing.hits == ()


def test_an_answer_is_limited_to_the_chosen_articles(town: Index) -> None:
    ids = {Path(info.path or "").name: info.id for info in town.articles()}
    question = "Who bought the old paper mill?"
    assert answer(question, index=town, articles=[ids["mill.txt"]]).citations
    other = answer(question, index=town, articles=[ids["school.md"], ids["ferry.txt"]])
    assert other.refused
    assert {hit.article.id for hit in other.hits} == {ids["school.md"], ids["ferry.txt"]}
    dated = answer(
        question, index=town, articles=[ids["school.md"], ids["mill.txt"]], since="2025-10-01"
    )
    assert any("1 article without a date" in notice for notice in dated.notices), dated.notices
    last_month = answer(
        "What did the band win last month?",
        index=town,
        as_of="2025-11-20",
        articles=[ids["mill.txt"]],
    )
    assert {hit.article.id for hit in last_month.hits} <= {ids["mill.txt"]}


def test_an_answer_survives_json(town: Index) -> None:
    given = answer(ANSWERED[0][0], index=town).to_dict()
    assert given["sentences"][0]["citations"][0]["quote"]
    assert given["timings"]["search"] > 0


@pytest.mark.parametrize(
    ("question", "limits", "error"),
    [
        ("", {}, BadQuestion),
        (" \n", {}, BadQuestion),
        ("???", {}, BadQuestion),
        ("why " * 10_000, {}, BadQuestion),
        ("Who?", {"since": "last week"}, BadPeriod),
        ("Who?", {"sources": ["The Unheard"]}, BadValue),
        ("Who?", {"articles": ["0" * 16]}, UnknownArticle),
    ],
)
def test_bad_input_is_named(
    town: Index, question: str, limits: dict[str, Any], error: type[Exception]
) -> None:
    with pytest.raises(error):
        answer(question, index=town, **limits)


def test_an_empty_library_says_what_to_do(index: Index) -> None:
    with pytest.raises(EmptyLibrary, match="python -m index add"):
        answer("Who?", index=index)


def test_the_library_of_the_settings_is_the_default(
    town: Index, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def asked_at(home: Path) -> Answer:
        monkeypatch.setenv("FOOTNOTE_HOME", str(home))
        index_settings.cache_clear()
        try:
            return answer(ANSWERED[2][0])
        finally:
            monkeypatch.undo()
            index_settings.cache_clear()

    assert "Norden" in asked_at(town.folder).text
    with pytest.raises(MissingLibrary, match="python -m index add"):
        asked_at(tmp_path / "nowhere")


@pytest.mark.parametrize("question", ["\u200b", "\u202e\u200b", "\x00"])
def test_a_question_that_cannot_be_seen_is_empty(town: Index, question: str) -> None:
    with pytest.raises(BadQuestion, match="empty"):
        answer(question, index=town)


def test_a_question_that_is_no_text_is_refused(town: Index) -> None:
    with pytest.raises(BadQuestion, match="UTF-8"):
        answer("Is the bridge \udcff closed?", index=town)

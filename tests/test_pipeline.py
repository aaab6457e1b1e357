"""Each part can be left out to be measured, and is at work where nobody leaves it out."""

from typing import Any

import pytest
from conftest import QUESTION
from model_server import Reply
from test_writer import ferry_number

from index import Index
from index.types import Retriever
from rag import stream
from rag.pipeline import WHOLE, Pipeline
from rag.types import Answer


def given(index: Index, pipeline: Pipeline, question: str = QUESTION) -> Answer:
    *_, last = stream(question, index=index, pipeline=pipeline)
    return last


@pytest.mark.parametrize("retriever", ["dense", "words"])
def test_one_retriever_alone_finds_the_passages(town: Index, retriever: Retriever) -> None:
    hits = given(town, Pipeline(retrievers=(retriever,))).hits
    assert hits
    assert all(hit.ranks.keys() - {"reranked"} == {retriever} for hit in hits)


def test_without_reranking_passages_stay_as_they_were_found(town: Index) -> None:
    found = town.search(QUESTION, 8)
    hits = given(town, Pipeline(rerank=False)).hits
    assert [hit.passage.id for hit in hits] == [hit.passage.id for hit in found]
    assert {hit.score for hit in hits} == {0.0}
    assert "reranked" in given(town, WHOLE).hits[0].ranks


def test_what_the_cross_encoder_does_not_read_follows_as_it_was_found(town: Index) -> None:
    found = town.search(QUESTION, 8)
    first, *others = given(town, Pipeline(reranked=1)).hits
    assert first.ranks["reranked"] == 1
    assert [hit.passage.id for hit in (first, *others)] == [hit.passage.id for hit in found]
    assert {hit.score for hit in others} == {first.score}
    assert not any("reranked" in hit.ranks for hit in others)


def test_single_sentences_are_quoted_one_at_a_time(town: Index) -> None:
    question = "What will the repairs of the ferry ramp cost?"
    single = given(town, Pipeline(longest_window=1), question)
    whole = given(town, WHOLE, question)
    assert single.sentences
    assert whole.sentences
    assert single.text != whole.text


def test_what_is_not_checked_is_shown_and_marked_so(ask: Any, town: Index) -> None:
    wrong = Reply(text=f"Repairs of the ramp will cost 4.3 million crowns. [{ferry_number(town)}]")
    answer = ask(wrong, pipeline=Pipeline(check=False))[0][-1]
    assert "4.3 million" in answer.text
    assert [sentence.support.verdict for sentence in answer.sentences] == ["unchecked"]
    assert "4.3" not in ask(wrong)[0][-1].text

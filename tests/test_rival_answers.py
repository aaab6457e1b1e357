"""Reports differ where they deny each other's answers, in whatever words."""

from dataclasses import replace
from pathlib import Path

import pytest

from index import Article, Index
from rag import Disagreement, answer
from rag.facts import Report
from rag.same_story import share_names

HERALD = (
    "The footbridge over the Ilse at Varnhem was shut on Monday because a lorry had struck one of "
    "its piers, the road office said. Walkers must go round by the mill until it has been looked "
    "at. Some 900 people use it every day."
)
COURIER = (
    "Woodworm is the reason why nobody may set foot on the Varnhem footbridge any more. Engineers "
    "of the road office found the beams eaten through when they tested them on Monday, and put up "
    "a fence at once. The bridge over the Ilse is 120 years old."
)


def _report(outlet: str, title: str, text: str, day: str = "2024-03-05") -> Article:
    return Article(
        id=outlet, key=f"{outlet}.txt", title=title, source=outlet, published=day, text=text
    )


def _differing(tmp_path: Path, question: str, *reports: Article) -> tuple[Disagreement, ...]:
    with Index.open(tmp_path / "library") as index:
        index.add_articles(reports)
        return answer(question, index=index).disagreements


@pytest.mark.parametrize(
    "question",
    [
        "Why was the Varnhem footbridge closed?",
        "What was the reason for closing the Varnhem footbridge?",
        "Why was the Varnhem footbridge closed, and who closed it?",  # of two kinds
    ],
)
def test_two_causes_of_one_event_differ(tmp_path: Path, question: str) -> None:
    (found,) = _differing(
        tmp_path,
        question,
        _report("Herald", "Footbridge shut", HERALD),
        _report("Courier", "Bridge fenced off", COURIER),
    )
    assert found.about == question
    assert {side.citations[0].source for side in found.sides} == {"Herald", "Courier"}
    assert {"a lorry had struck" in side.text for side in found.sides} == {True, False}


def test_the_same_cause_in_other_words_is_no_difference(tmp_path: Path) -> None:
    told_again = (
        "A truck hit a pillar of the Varnhem footbridge, and since Monday nobody may walk over the "
        "Ilse there. The road office wants to examine the damage before it lets people back."
    )
    assert not _differing(
        tmp_path,
        "Why was the Varnhem footbridge closed?",
        _report("Herald", "Footbridge shut", HERALD),
        _report("Courier", "Bridge hit by truck", told_again),
    )


def test_a_report_that_lacks_a_name_of_the_question_is_read_beside_one_that_has_all(
    tmp_path: Path,
) -> None:
    with Index.open(tmp_path / "library") as index:
        index.add_articles(
            [_report("Herald", "Shut", HERALD), _report("Courier", "Fenced", COURIER)]
        )
        hits = index.search("the footbridge over the Ilse")
        first, second = (Report(index.article(hit.article.id), (hit,)) for hit in hits)
    nameless = replace(second, has_all_names=False)
    assert share_names(first, nameless)
    assert not share_names(replace(first, has_all_names=False), nameless)

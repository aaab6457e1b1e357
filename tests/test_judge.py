"""Which footnotes a sentence keeps, and what is not shown for the names that it gives."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from model_server import Reply

from index import Hit, Index
from rag.judge import Judge

ARTICLES = {
    "tour.txt": "Promises in the north\n\nNorland's prime minister toured the coast this week. In "
    "Solvik he offered the fishermen a new harbour for 90 million crowns. The opposition called "
    "the offer a gift before the election.\n",
    "eld.txt": "Finance ministry stays in one hand\n\nPrime Minister Sigrid Eld of Norland kept "
    "the finance ministry for herself on Tuesday. Eld had led it for six years.\n",
    "harbour.txt": "Solvik to get a harbour\n\nThe fishermen of Solvik were offered a new harbour "
    "for 90 million crowns, their guild said. It is to lie north of the old pier.\n",
    "mill.txt": "Mill sold\n\nThe old paper mill at Sorrel Bridge was sold to the Norden Group, "
    "which plans ninety flats.\n",
}
ASKED = "What was offered to the fishermen of Solvik?"


@pytest.fixture(scope="module")
def norland(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    folder = tmp_path_factory.mktemp("norland")
    for name, text in ARTICLES.items():
        (folder / name).write_text(text, encoding="utf-8")
    with Index.open(folder / "library") as opened:
        opened.sync([folder])
        yield opened


def hits(index: Index, *names: str) -> list[Hit]:
    found = index.search(ASKED, 50)
    by_name = {Path(hit.article.path or "").name: hit for hit in found}
    return [by_name[name] for name in names]


def kept(index: Index, claim: str, *names: str) -> tuple[bool, list[str]]:
    cited = hits(index, *names)
    judgement = Judge(hits(index, *ARTICLES), index).judge(claim, cited)
    return judgement.holds, [Path(s.hit.article.path or "").name for s in judgement.spans]


OFFER = "The fishermen of Solvik were offered a new harbour for 90 million crowns."


@pytest.mark.parametrize("names", [("harbour.txt", "mill.txt"), ("mill.txt", "harbour.txt")])
def test_a_footnote_that_adds_nothing_is_dropped(norland: Index, names: tuple[str, str]) -> None:
    assert kept(norland, OFFER, *names) == (True, ["harbour.txt"])


def test_two_sources_that_each_carry_it_are_kept(norland: Index) -> None:
    claim = "In Solvik fishermen were offered a new harbour for 90 million crowns."
    assert kept(norland, claim, "harbour.txt", "tour.txt") == (True, ["harbour.txt", "tour.txt"])


def test_two_sources_that_carry_it_only_together_are_kept(norland: Index) -> None:
    claim = (
        "The fishermen of Solvik were offered a new harbour for 90 million crowns, and the old "
        "paper mill at Sorrel Bridge was sold."
    )
    holds, names = kept(norland, claim, "harbour.txt", "mill.txt")
    assert names == ["harbour.txt", "mill.txt"]
    assert not holds  # two articles about two things: each would have to name both


NAMED = "Prime Minister Sigrid Eld toured the coast this week."


@pytest.mark.parametrize("names", [("tour.txt",), ("tour.txt", "eld.txt")])
def test_an_office_holder_gets_no_name_from_another_article(
    norland: Index, names: tuple[str, ...]
) -> None:
    judgement = Judge(hits(norland, *ARTICLES), norland).judge(NAMED, hits(norland, *names))
    assert not judgement.holds
    assert any("Eld" in reason for reason in judgement.support.reasons)


def test_the_name_stands_where_its_article_gives_it(norland: Index) -> None:
    claim = "Prime Minister Sigrid Eld kept the finance ministry for herself on Tuesday."
    assert kept(norland, claim, "eld.txt") == (True, ["eld.txt"])


@pytest.mark.parametrize("both", [False, True])
def test_a_named_office_holder_never_reaches_the_reader(
    ask: Any, norland: Index, both: bool
) -> None:
    from rag import answer

    numbers = {
        Path(hit.article.path or "").name: number
        for number, hit in enumerate(answer(ASKED, index=norland).hits, start=1)
    }
    notes = f"[{numbers['tour.txt']}]" + (f"[{numbers['eld.txt']}]" if both else "")
    text = f"In Solvik Sigrid Eld offered fishermen a harbour for 90 million crowns. {notes}"
    given = ask(Reply(text=text), Reply(text=f"1. {text}"), question=ASKED, index=norland)[0][-1]
    assert "Eld" not in given.text
    assert "90 million crowns" in given.text
    assert {sentence.support.verdict for sentence in given.sentences} == {"quoted"}


QUAY = (
    "Quay closed\n\nThe town of Ambry closed its old quay on Monday. Gulls had nested there. "
    "Children fished from it in summer. Engineer Ilse Tam found cracks in its pillars in March. "
    "Its lamps came from Hull. A cat lived in the shed. Nobody knows its name. It sleeps well.\n"
)


def test_facts_that_stand_apart_carry_a_claim_and_the_least_around_them_is_cited(
    tmp_path: Path,
) -> None:
    (tmp_path / "quay.txt").write_text(QUAY, encoding="utf-8")
    claim = "Ambry closed its old quay, in whose pillars Ilse Tam had found cracks."
    with Index.open(tmp_path / "library") as index:
        index.sync([tmp_path])
        cited = index.search(claim, 5)
        judge = Judge(cited, index)
        right, wrong = (judge.judge(each, cited) for each in (claim, claim.replace("Ilse", "Rolf")))
    (span,) = right.spans
    assert right.holds
    assert span.quotes[0].startswith("The town")
    assert "cracks" in span.text
    assert "sleeps" not in span.text
    assert not wrong.holds

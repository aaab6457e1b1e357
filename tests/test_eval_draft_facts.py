"""Facts that may be exchanged: of what kind each is, and what fits in for what."""

import time

import pytest

from eval.draft_facts import Fact, FactKind, facts_in, facts_of, fits_in_for
from index import Article


def facts(text: str) -> dict[str, Fact]:
    article = Article(id="a", key="a", text=text, language="en")
    return {fact.text: fact for fact in facts_of(article)}


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("They asked Ada Lund, the engineer, for help.", "Ada Lund", "person"),
        ("The bridge fell, said Odo Renn.", "Odo Renn", None),  # nothing tells what he is
        ("The bridge fell, said Odo Renn. They asked Renn why.", "Odo Renn", "person"),
        ("The bridge fell, said the mayor Odo Renn.", "Odo Renn", "person"),
        ("They live in Port Sellin now.", "Port Sellin", "place"),
        ("A plant of Orlen Cells was closed.", "Orlen Cells", "body"),
        ("In all, Ostrel employs 80 people.", "Ostrel", "body"),
        ("It was a draw, and Holm Rovers left.", "Holm Rovers", "body"),
        ("The works burned on 3 May 2026.", "3 May 2026", "day"),
        ("It sold 240 loaves.", "240", "number"),
        ("It opens at eight.", "eight", None),  # a time of day
        ("They come from Port Sellin and Tarn Quay.", "Port Sellin and Tarn Quay", None),
    ],
)
def test_a_fact_has_a_kind_only_where_it_is_sure(
    text: str, name: str, kind: FactKind | None
) -> None:
    found = facts(text).get(name)
    assert (found.kind if found else None) == kind


def test_a_surname_stands_for_a_person_but_nobody_gets_one_alone() -> None:
    known = facts("They asked Ada Lund, the engineer, for help. Then Lund left.")
    (found,) = facts_in("When did Lund build Holm Bridge?", tuple(known.values()))
    assert found.kind == "person"
    assert found.shape != known["Ada Lund"].shape


@pytest.mark.parametrize(
    ("one", "other", "fits"),
    [
        (("number", "240"), ("number", "310"), True),
        (("number", "240"), ("number", "240"), False),
        (("number", "140"), ("number", "930"), False),
        (("number", "two"), ("number", "five"), True),
        (("day", "2011"), ("day", "2013"), True),
        (("day", "2011"), ("day", "1931"), False),
        (("day", "3 May 2026"), ("day", "4 May 2026"), True),
        (("day", "3 May 2026"), ("day", "3 May 2026"), False),
    ],
)
def test_numbers_and_years_must_be_near_but_not_the_same(
    one: tuple[FactKind, str], other: tuple[FactKind, str], fits: bool
) -> None:
    fact, candidate = (Fact(kind=kind, text=text) for kind, text in (one, other))
    assert fits_in_for(candidate, fact) == fits


@pytest.mark.parametrize("piece", ["Ada Lund ", "3 May 2026 ", "12 ", "at ", "the Holm of "])
def test_hostile_text_takes_little_time(piece: str) -> None:
    began = time.perf_counter()
    facts(piece * 20_000)
    assert time.perf_counter() - began < 10

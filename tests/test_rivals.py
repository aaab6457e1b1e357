"""Reports that differ, or only seem to: by outcome, by figure, by what one of them corrects."""

from collections.abc import Iterator

import pytest

from index import Article, Index
from rag import Disagreement, answer

REPORTS = {
    "Herald quarry": (
        "2024-03-05",
        "The new quarry at Holm was not approved by the county council on Monday. Councillors sat "
        "for three hours at Holm town hall.",
    ),
    "Courier quarry": (
        "2024-03-05",
        "The new quarry at Holm was rejected by the county council on Monday. Councillors argued "
        "for three hours at Holm town hall.",
    ),
    "Post quarry": (
        "2024-03-05",
        "The new quarry at Holm was approved by the county council on Monday. Councillors argued "
        "for three hours at Holm town hall.",
    ),
    "Herald blast": (
        "2024-04-02",
        "The blast at the Kestrel works in Varnhem injured 40 on Monday night, the police "
        "said. Windows broke in half of Varnhem.",
    ),
    "Courier blast": (
        "2024-04-03",
        "The blast at the Kestrel works in Varnhem injured 60 on Monday night, the police "
        "said. Doors broke in half of Varnhem.",
    ),
    "Post blast": (
        "2024-04-03",
        "The blast at the Kestrel works in Varnhem injured 40 on Monday night, the police "
        "said again. Shutters broke in half of Varnhem.",
    ),
    "Herald bridge": (
        "2024-05-07",
        "The footbridge over the Ilse at Sorrel is used by 1,150 people on a weekday, the road "
        "office of Sorrel said.",
    ),
    "Courier bridge": (
        "2024-05-07",
        "Correction — The footbridge over the Ilse at Sorrel is used by 850 people on a weekday, "
        "not by 1,150 people, as the road office of Sorrel said.",
    ),
    "Herald report": (
        "2025-01-21",
        "A school meal in Holm will cost 3.80 pounds from Easter, up from 2.90 pounds, the county "
        "council decided.",
    ),
    "Herald meal": (
        "2025-01-21",
        "Correction: An earlier version of our report on school meals said that the price of a "
        "meal would rise to 3.80 pounds. It will rise to 3.30 pounds.",
    ),
    "Herald apology": (
        "2025-01-22",
        "In our report on school meals we wrote that a meal would cost 3.80 pounds. In fact it "
        "will cost 3.30 pounds. We apologise for the error.",
    ),
    "Herald chief": (
        "2025-03-02",
        "Fire chief Anders Voll of Tolven asked for a second engine on Monday, since the first is "
        "thirty years old.",
    ),
    "Courier chief": (
        "2025-03-02",
        "Nobody in Tolven knows the old engine as well as Anders Voll, the fire chief, who praised "
        "it on Monday and wants no other.",
    ),
}


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    with Index.open(tmp_path_factory.mktemp("reports") / "library") as index:
        index.add_articles(
            [
                Article(
                    id=name,
                    key=f"{name}.txt",
                    title=name.partition(" ")[2],
                    source=name.partition(" ")[0],
                    published=day,
                    text=text,
                )
                for name, (day, text) in REPORTS.items()
            ]
        )
        yield index


def _differing(index: Index, question: str, *names: str) -> tuple[Disagreement, ...]:
    ids = [info.id for info in index.articles() if info.key.removesuffix(".txt") in names]
    assert len(ids) == len(names)
    given = answer(question, index=index, articles=ids)
    assert not given.refused
    return given.disagreements


def test_what_was_not_approved_was_rejected(reports: Index) -> None:
    question = "Was the quarry at Holm approved?"
    assert _differing(reports, question, "Herald quarry", "Courier quarry") == ()
    (found,) = _differing(reports, question, "Post quarry", "Courier quarry")
    assert set(found.about.split(" or ")) == {"approved", "rejected"}


def test_a_verb_before_a_number_is_no_label(reports: Index) -> None:
    question = "How many people were injured in the blast at Kestrel?"
    (found,) = _differing(reports, question, "Herald blast", "Courier blast")
    assert set(found.about.split(" or ")) == {"40", "60"}


def test_what_is_asked_twice_is_shown_once(reports: Index) -> None:
    question = (
        "How many people use the footbridge at Sorrel, and how many people use it on a weekday?"
    )
    assert len(_differing(reports, question, "Herald bridge", "Courier bridge")) == 1


def test_a_side_is_the_later_only_where_each_of_its_reports_is(reports: Index) -> None:
    question = "How many people were injured in the blast at Kestrel?"
    (later,) = _differing(reports, question, "Herald blast", "Courier blast")
    assert [side.note for side in later.sides] == [None, "the later report"]
    (mixed,) = _differing(reports, question, "Herald blast", "Courier blast", "Post blast")
    assert sorted(len(side.citations) for side in mixed.sides) == [1, 2]
    assert [side.note for side in mixed.sides] == [None, None]


def test_a_correction_of_the_same_day_is_one_whatever_was_found_first(reports: Index) -> None:
    for question in (
        "How many people use the footbridge over the Ilse at Sorrel on a weekday?",
        "By how many people is the footbridge used, according to the correction?",
    ):
        (found,) = _differing(reports, question, "Herald bridge", "Courier bridge")
        assert found.kind == "correction"
        assert "850" in found.sides[1].text
        assert found.sides[1].note == "a correction"


@pytest.mark.parametrize("name", ["Herald meal", "Herald apology"])
def test_a_correction_need_not_repeat_what_it_is_about(reports: Index, name: str) -> None:
    question = "How much will a school meal cost in Holm?"
    (found,) = _differing(reports, question, "Herald report", name)
    assert found.kind == "correction"
    assert "3.80" in found.sides[0].text
    assert "3.30" in found.sides[1].text


def test_two_answers_that_name_the_same_person_do_not_differ(reports: Index) -> None:
    question = "Who is the fire chief of Tolven?"
    assert _differing(reports, question, "Herald chief", "Courier chief") == ()

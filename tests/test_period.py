"""When a question is about: limits, words, and what an answer says of its days."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from index import Index
from rag import Answer, answer
from rag.errors import BadPeriod
from rag.period import read_period, read_when
from rag.prompts import NONE_DATED, NONE_OF_THAT_TIME, ONE_UNDATED_LEFT_OUT
from rag.spoken_days import in_words

ROOT = Path(__file__).parent.parent

STORIES = {
    "crane-ordered": (
        "2025-10-06",
        "Tolm harbour orders a crane",
        "The harbour of Tolm ordered a new crane on Monday. The crane will cost 4.2 million "
        "crowns, said the harbour master, Ines Karr. The old crane broke in the storm of 2019.",
    ),
    "crane-dearer": (
        "2025-10-20",
        "Crane at Tolm harbour to cost more",
        "The new crane at the harbour of Tolm will cost 5.6 million crowns, the harbour master, "
        "Ines Karr, told the council. Steel has become dearer since the order two weeks ago.",
    ),
    "gull": (
        "2025-10-14",
        "Boy hurt by gull",
        "A boy of nine was hurt by a gull at the fish market of Tolm. A nurse dressed the wound.",
    ),
    "bus": (
        "2025-03-11",
        "Bus driver hurt in crash",
        "A bus driver was hurt when his bus hit a lamp post in Mill Street in Tolm.",
    ),
    "flood": (
        "2021-02-02",
        "What the flood left",
        "The river flooded the lower town of Tolm in March 2020 and ruined 140 cellars. The "
        "council paid 900 crowns to each household.",
    ),
    "drivers": (
        None,
        "The crane drivers of Tolm",
        "The crane drivers of Tolm work in three shifts. A crane driver earns 3,100 crowns a "
        "month, and the harbour employs fourteen of them.",
    ),
}


def write_story(folder: Path, name: str, day: str | None, title: str, text: str) -> None:
    date = f"date: {day}\n" if day else ""
    head = f"---\ntitle: {title}\nsource: Tolm Gazette\n{date}---\n\n"
    (folder / f"{name}.md").write_text(f"{head}{text}\n", encoding="utf-8")


@pytest.fixture(scope="module")
def tolm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    folder = tmp_path_factory.mktemp("tolm")
    for name, (day, title, text) in STORIES.items():
        write_story(folder, name, day, title, text)
    with Index.open(folder / "library") as opened:
        opened.sync([folder])
        yield opened


@pytest.fixture(scope="module")
def lapwing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    """The ferry's story as the sample articles tell it, twice."""
    folder = tmp_path_factory.mktemp("lapwing")
    with Index.open(folder / "library") as opened:
        opened.sync(sorted((ROOT / "seeds").glob("ferry-*")))
        yield opened


def days_quoted(given: Answer) -> list[str]:
    return list(dict.fromkeys((c.published or "")[:10] for c in given.citations))


@pytest.mark.parametrize(
    ("given", "period"),
    [
        ((None, None, None), None),
        (("2025-10-01", None, None), ("2025-10-01", None)),
        ((None, "2025-10-31", "2025-10-20"), (None, "2025-10-20")),
        ((None, "2025-10-10", "2025-10-20"), (None, "2025-10-10")),
        (("20251001", "2025-10-01", None), ("2025-10-01", "2025-10-01")),
    ],
)
def test_periods(given: tuple[str | None, ...], period: tuple[str | None, ...] | None) -> None:
    assert read_period(*given) == period


@pytest.mark.parametrize("day", ["yesterday", "2025-02-30", "2025", "10/28/2025"])
def test_what_is_no_day_is_named(day: str) -> None:
    with pytest.raises(BadPeriod, match="2025-10-28"):
        read_period(None, day, None)
    with pytest.raises(BadPeriod, match="2025-10-28"):
        read_when("Who?", as_of=day)


def test_a_period_cannot_end_before_it_begins() -> None:
    with pytest.raises(BadPeriod, match="before it begins"):
        read_period("2025-10-02", "2025-10-01", None)


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("2026-11-16", "2026-11-22", "16–22 November 2026"),
        ("2026-10-28", "2026-11-03", "28 October – 3 November 2026"),
        ("2025-12-30", "2026-01-05", "30 December 2025 – 5 January 2026"),
        ("2026-11-24", "2026-11-24", "24 November 2026"),
        ("2026-11-24", None, "24 November 2026 or later"),
        (None, "2026-11-24", "24 November 2026 or earlier"),
    ],
)
def test_days_in_words(first: str | None, last: str | None, words: str) -> None:
    assert in_words(first, last) == words


def test_only_questions_for_reports_limit_and_what_the_reader_sets_comes_first() -> None:
    asked = "What was reported last week?"
    assert read_when(asked, as_of="2026-11-25").limits == ("2026-11-16", "2026-11-22")
    assert read_when(asked, as_of="2026-11-25", since="2026-01-01").limits == (
        "2026-01-01",
        "2026-11-25",
    )
    assert read_when("Who was hurt last week?", as_of="2026-11-25").limits == (None, "2026-11-25")
    assert read_when("What was banned in March 2020?").limits is None


@pytest.mark.parametrize(
    ("question", "searched", "within"),
    [
        ("Who was hurt in the last two weeks?", "Who was hurt?", "Who was hurt?"),
        ("Yesterday, who was hurt?", "who was hurt?", "who was hurt?"),
        ("Who was hurt on Friday?", "Who was hurt on Friday?", "Who was hurt?"),
        ("Who is currently the mayor?", "Who is the mayor?", "Who is the mayor?"),
        ("What is the latest?", "What is the latest?", "What is the latest?"),
        ("Who left last year?", "Who left last year?", "Who left last year?"),
        ("Who left in March 2020?", "Who left in March 2020?", "Who left in March 2020?"),
    ],
)
def test_words_that_no_article_could_repeat_are_not_searched(
    question: str, searched: str, within: str
) -> None:
    when = read_when(question, as_of="2025-10-15")
    assert when.without_words(question) == searched
    assert when.without_words(question, within=True) == within


def test_without_a_stated_day_words_are_read_today() -> None:
    yesterday = datetime.now(UTC).date() - timedelta(days=1)
    (frame,) = read_when("Who was hurt yesterday?").frames
    assert abs(datetime.fromisoformat(frame.first or "").date() - yesterday) <= timedelta(days=1)


# Answers


def test_an_article_of_the_days_asked_about_leads(tolm: Index) -> None:
    given = answer("Who was hurt yesterday?", index=tolm, as_of="2025-10-15")
    assert days_quoted(given) == ["2025-10-14"]
    assert "“yesterday” is taken as 14 October 2025." in given.notices
    given = answer("Who was hurt in March?", index=tolm, as_of="2025-10-15")
    assert days_quoted(given) == ["2025-03-11"]
    assert "“in March” is taken as 1–31 March 2025." in given.notices


def test_a_week_is_shown_from_monday_to_sunday(tolm: Index) -> None:
    given = answer("Who was hurt this week?", index=tolm, as_of="2025-10-15")
    assert "“this week” is taken as 13–19 October 2025, Monday to Sunday." in given.notices
    assert days_quoted(given) == ["2025-10-14"]


def test_what_only_other_days_answer_is_quoted_and_said(tolm: Index) -> None:
    given = answer("How many cellars were ruined last week?", index=tolm, as_of="2025-10-15")
    assert days_quoted(given) == ["2021-02-02"]
    assert NONE_OF_THAT_TIME in given.notices
    assert "The newest article used here is of 2 February 2021." in given.notices


def test_reports_of_a_week_are_those_of_that_week(tolm: Index) -> None:
    asked = "What did last week's news say the crane will cost?"
    before = answer(asked, index=tolm, as_of="2025-10-15")
    assert (before.period, days_quoted(before)) == (("2025-10-06", "2025-10-12"), ["2025-10-06"])
    assert ONE_UNDATED_LEFT_OUT in before.notices
    after = answer(asked, index=tolm, as_of="2025-10-29")
    assert (after.period, days_quoted(after)) == (("2025-10-20", "2025-10-26"), ["2025-10-20"])
    none = answer(asked, index=tolm, as_of="2025-06-12")
    assert none.refused
    assert none.hits == ()


def test_the_time_of_an_event_hides_nothing(tolm: Index) -> None:
    given = answer("How many cellars were ruined in March 2020?", index=tolm)
    assert "140 cellars" in given.text
    assert given.period is None
    assert given.notices == ()


def test_the_newest_report_of_a_story_leads_and_the_older_follows(tolm: Index) -> None:
    for asked in ("What will the crane cost?", "What will the crane cost now?"):
        given = answer(asked, index=tolm)
        assert days_quoted(given) == ["2025-10-20", "2025-10-06"]
        assert "The newest article used here is of 20 October 2025." in given.notices
    for asked in ("What was the original cost of the crane?", "What did the crane cost at first?"):
        assert days_quoted(answer(asked, index=tolm)) == ["2025-10-06"]


def test_where_days_are_asked_about_they_decide_and_at_first_is_still_asked() -> None:
    asked = "What did the crane originally cost last week?"
    when = read_when(asked, as_of="2025-10-15")
    assert when.without_words(asked, within=True) == "What did the crane originally cost?"
    when = read_when("What did the crane originally cost?")
    assert when.without_words("What did the crane originally cost?", within=True) == (
        "What did the crane cost?"
    )


def test_a_newer_report_that_does_not_answer_changes_nothing(tolm: Index) -> None:
    given = answer("When did the old crane break?", index=tolm)
    assert days_quoted(given) == ["2025-10-06"]
    assert given.notices == ()


def test_as_of_hides_what_is_later(tolm: Index) -> None:
    given = answer("What will the crane cost?", index=tolm, as_of="2025-10-19")
    assert "4.2 million" in given.text
    assert {(hit.article.published or "") <= "2025-10-19" for hit in given.hits} == {True}
    assert given.period == (None, "2025-10-19")


def test_an_undated_article_is_in_no_period_and_is_said_to_be_undated(tolm: Index) -> None:
    asked = "How many crane drivers does the harbour employ?"
    assert answer(asked, index=tolm).notices == ()
    within = answer(asked, index=tolm, since="2025-01-01")
    assert within.refused
    assert ONE_UNDATED_LEFT_OUT in within.notices
    now = answer("What does a crane driver currently earn?", index=tolm)
    assert "3,100 crowns" in now.text
    assert now.notices == (NONE_DATED,)


def test_an_article_from_a_wrong_clock_is_not_hidden(index: Index, tmp_path: Path) -> None:
    ahead = (datetime.now(UTC) + timedelta(days=400)).date().isoformat()
    write_story(tmp_path, "gull", ahead, *STORIES["gull"][1:])
    index.sync([tmp_path / "gull.md"])
    assert "gull" in answer("Who was hurt at the fish market?", index=index).text


def test_the_ferry_stands_as_its_newest_report_says(lapwing: Index) -> None:
    given = answer("How much will the ferry repair currently cost?", index=lapwing)
    assert "3.1 million crowns" in given.sentences[0].text
    assert "The newest article used here is of 29 September 2025." in given.notices
    earlier = answer("How much will the ferry repair cost?", index=lapwing, as_of="2025-09-20")
    assert "2.4 million crowns" in earlier.text
    changed = answer("How much will the ferry repair cost?", index=lapwing, as_of="2025-09-30")
    assert any("was changed on 1 October 2025" in notice for notice in changed.notices)

"""What a reader does to the articles of a real library, and what the desk shows then."""

import shutil
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import ARTICLES

from index import Index
from index.errors import LibraryBusy
from index.lock import patiently, writer_lock
from ui import curating, strings
from ui.errors import CannotSave
from ui.listing import Desk, Facts, facts_of, list_articles


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library to be copied, with files outside it."""
    folder = tmp_path_factory.mktemp("articles")
    for name, text in ARTICLES.items():
        (folder / name).write_text(text, encoding="utf-8")
    with Index.open(tmp_path_factory.mktemp("made")) as index:
        index.sync([folder])
        return index.folder


@pytest.fixture
def town(made: Path, tmp_path: Path) -> Iterator[Index]:
    """Three articles, to be changed at will."""
    with Index.open(shutil.copytree(made, tmp_path / "town")) as index:
        yield index


def school(index: Index) -> str:
    return next(info.id for info in index.articles() if info.source == "Varnholm Courier")


def opened(index: Index) -> Desk:
    return curating.open_facts(Desk(), school(index))


def nothing() -> None:
    """Forget nothing; there are no saved conversations."""


def test_facts_are_corrected_and_come_back_as_they_were_read(town: Index):
    typed = Facts(title="Band wins", source="", author="Tom  Aalto", published="20 October 2025")
    desk = curating.correct(town, opened(town), typed)
    info = town.article(school_id := town.articles()[0].id).info
    assert (info.title, info.source, info.published) == ("Band wins", None, "2025-10-20")
    assert desk.opened is None
    assert "Band wins" in desk.said
    row = next(row for row in list_articles(town, desk).rows if row.info.id == school_id)
    assert sorted(row.corrected) == ["published", "source", "title"]  # the author stayed as it was
    desk = curating.take_back(town, curating.open_facts(desk, school_id))
    assert town.article(school_id).info.title == "School wins music prize"
    assert town.corrections(school_id) == {}
    assert (desk.opened, desk.problem) == (None, "")


def test_a_bad_date_is_told_in_the_indexs_words_and_what_was_typed_stays(town: Index):
    typed = replace(facts_of(town.article(school(town)).info), published="next Tuesday")
    desk = curating.correct(town, opened(town), typed)
    assert "'next Tuesday' is no full date" in desk.problem
    assert desk.typed == typed
    assert desk.opened == school(town)
    assert curating.close_facts(desk) == Desk()


def test_facts_that_were_not_touched_are_not_corrected(town: Index):
    typed = facts_of(town.article(school(town)).info)
    desk = curating.correct(town, opened(town), typed)
    assert (desk.said, desk.problem, town.corrections(school(town))) == ("", "", {})


@pytest.mark.parametrize("odd", ["a\x00b", "a\ud800b", "a\r\n b", "x" * 9_000])
def test_whatever_is_typed_can_be_stored_on_one_line(town: Index, odd: str):
    desk = curating.correct(town, opened(town), replace(Facts(), title=odd))
    assert desk.problem == ""
    title = town.article(_corrected(town)).title
    assert title is not None
    assert len(title) <= curating.LONGEST_FACT
    assert title == " ".join(title.split())


def _corrected(index: Index) -> str:
    return next(info.id for info in index.articles() if index.corrections(info.id))


def test_what_is_removed_can_be_put_back_until_the_next_deed(town: Index):
    school_id = school(town)
    desk = curating.tick(opened(town), school_id)
    desk = curating.remove(town, desk)
    assert school_id not in {info.id for info in town.articles()}
    assert desk.removed is not None
    assert (desk.opened, desk.ticked) == (None, ())
    assert curating.search(desk, "mill").removed is None
    assert curating.show_more(desk).removed == desk.removed
    desk = curating.put_back(town, desk)
    assert school_id in {info.id for info in town.articles()}
    assert desk == Desk(said=strings.PUT_BACK)
    assert curating.put_back(town, desk) == desk


def test_all_that_was_removed_is_listed_and_put_back_one_by_one(town: Index):
    before = list_articles(town, Desk())
    assert before.removed == ()
    for row in before.rows[:2]:
        curating.remove(town, Desk(opened=row.info.id))
    fresh = Desk(library="town")  # as after a reload
    listing = list_articles(town, fresh)
    assert [info.id for info in listing.removed] == [row.info.id for row in before.rows[1::-1]]
    desk = curating.put_back(town, curating.show_removed(fresh, True), listing.removed[1].id)
    assert desk.said == strings.PUT_BACK
    assert desk.shows_removed
    assert list_articles(town, desk).removed == listing.removed[:1]
    # Once more, as another tab would that does not know yet.
    assert curating.put_back(town, desk, listing.removed[1].id) == desk
    curating.put_back(town, desk, listing.removed[0].id)
    assert list_articles(town, desk).rows == before.rows


def test_erasing_asks_first_and_lets_the_saved_conversations_know(town: Index):
    school_id = school(town)
    told: list[bool] = []
    asked = curating.erase(town, opened(town), lambda: told.append(True), sure=True)
    assert asked.erasing
    assert (told, town.article(school_id).id) == ([], school_id)
    assert curating.open_facts(asked, school_id) == opened(town)
    done = curating.erase(town, asked, lambda: told.append(True), sure=True)
    assert told == [True]
    assert town.is_erased(school_id)
    assert "School wins" in done.said
    assert "school.md" in done.said  # a file of the reader's own stays


def test_saved_conversations_that_cannot_be_cleaned_are_told(town: Index):
    def fail() -> None:
        raise CannotSave("The file is held.")

    asked = curating.erase(town, opened(town), nothing, sure=False)
    desk = curating.erase(town, asked, fail, sure=True)
    assert desk.problem == "The file is held."
    assert desk.said


def test_an_article_that_is_gone_is_told(town: Index):
    desk = curating.open_facts(Desk(), "0" * 16)
    for deed in (curating.take_back, curating.remove):
        assert "0000000000000000" in deed(town, desk).problem
    assert "0000000000000000" in curating.correct(town, desk, Facts()).problem


def test_ticks_are_taken_and_taken_back():
    desk = curating.tick(curating.tick(Desk(), "a"), "b")
    assert desk.ticked == ("a", "b")
    assert curating.tick(desk, "a").ticked == ("b",)
    assert curating.tick(desk, "").ticked == desk.ticked
    assert curating.search(desk, "mill").ticked == desk.ticked
    assert curating.untick(desk).ticked == ()


def test_a_change_waits_for_another_writer_and_gives_up_in_words(town: Index):
    free = threading.Event()

    def hold() -> None:
        with writer_lock(town.folder):
            free.set()
            time.sleep(0.6)

    writer = threading.Thread(target=hold)
    writer.start()
    free.wait()
    desk = curating.correct(town, opened(town), Facts(title="Band wins"))
    writer.join()
    assert desk.problem == ""
    with writer_lock(town.folder), pytest.raises(LibraryBusy, match="is being written"):
        patiently(lambda: town.remove([]), 0.1)

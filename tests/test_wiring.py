"""What one view does to another: articles chosen, articles erased, a library that is gone."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from test_render import make_answer, make_citation

from index import Article, Index
from rag.types import Sentence, Support
from ui import filters, strings
from ui.filters import article_filter, outlet_filter
from ui.listing import Desk
from ui.shelf import Shelf
from ui.types import Conversation, Turn
from ui.view_articles import show_desk
from ui.wiring import chosen, without_erased


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library to be copied."""
    with Index.open(tmp_path_factory.mktemp("made")) as index:
        index.add_articles(
            Article(
                id=f"{n:016x}",
                key=f"k{n}",
                title=f"Title {n}",
                source="Post" if n else None,
                published=f"2025-01-0{n + 1}",
                text=f"The council met for the {n}th time on Monday.",
            )
            for n in range(4)
        )
        return index.folder


@pytest.fixture
def pile(made: Path, tmp_path: Path) -> Iterator[Index]:
    """Four articles, to be changed at will."""
    with Index.open(shutil.copytree(made, tmp_path / "pile")) as index:
        yield index


def test_filters_offer_the_newest_and_whatever_is_chosen(pile: Index, monkeypatch):
    monkeypatch.setattr(filters, "MOST_CHOICES", 2)
    oldest = pile.articles()[-1].id
    offered = article_filter(pile, [oldest, "0" * 15 + "f"])
    assert [title for title, _ in offered.choices] == ["Title 3", "Title 2", "Title 0"]
    assert offered.value == [oldest]
    assert len(article_filter(pile).choices) == 2
    outlets = outlet_filter(pile, ["Post", "Gone"])
    assert (outlets.value, len(outlets.choices)) == (["Post"], 1)


def test_chosen_articles_stand_in_the_open_filter_of_the_view_that_asks(pile: Index):
    first = pile.articles()[0].id
    articles, accordion, tabs = chosen(pile, [first])
    assert articles.value == [first]
    assert accordion.open
    assert tabs.selected == "ask"


def test_a_conversation_loses_what_was_erased_and_nothing_else(pile: Index):
    gone, stays = (info.id for info in pile.articles()[:2])
    sentences = tuple(
        Sentence(
            text=text,
            citations=(make_citation(text, article_id=article_id),),
            support=Support(verdict="quoted"),
        )
        for text, article_id in (("Gone words.", gone), ("Words that stay.", stays))
    )
    asked = Conversation(
        turns=(
            Turn(question="q", answer=make_answer(sentences=sentences)),
            Turn(question="open"),
        )
    )
    assert without_erased(pile, asked) == asked
    pile.erase(gone)
    kept = without_erased(pile, asked)
    assert [s.text for s in kept.turns[0].answer.sentences] == ["Words that stay."]
    assert strings.ERASED_SOME in kept.turns[0].answer.notices
    assert kept.turns[1] == asked.turns[1]


def test_a_phrase_without_a_word_is_told_above_the_list(pile: Index):
    shelf = Shelf(pile)
    desk, html = show_desk(shelf, shelf.main_name, Desk(phrase="…"))
    assert desk.phrase == ""
    assert "holds no word" in desk.problem
    assert "Title 3" in html
    _, found = show_desk(shelf, shelf.main_name, replace(desk, phrase="the council"))
    assert found.count("<mark>") == 4
    assert found.index("Title 3") < found.index("Title 0")


def test_a_library_that_is_gone_is_told(pile: Index):
    _, html = show_desk(Shelf(pile), "nowhere", Desk())
    assert "no library called" in html

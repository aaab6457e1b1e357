"""The list of articles over a real library: searched, sorted, cut into pages."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from index import Article, Index
from ui import listing
from ui.curating import search, show_more, sort
from ui.listing import Desk, in_order, list_articles

MILL = "Councillor Petra Holm voted against the sale of the mill. " * 3
BAND = "The brass band of the school won a prize. "


def article(number: int, text: str, **facts: str | None) -> Article:
    return Article(id=f"{number:016x}", key=f"k{number}", text=text, **facts)


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    """Four articles that differ in everything they can be sorted by."""
    articles = [
        article(
            1, MILL, title="Mill sold", source="Post", published="2025-03-01", path="a/mill.txt"
        ),
        article(2, BAND, title="Über die Brücke", author="Márta Szabó", published="2025-05-01"),
        article(3, BAND * 9, title="Band plays", source="Courier", published="2024-01-02T10:00"),
        article(4, BAND * 2, source="courier", url="https://example.org/undated"),
    ]
    with Index.open(tmp_path_factory.mktemp("four")) as index:
        index.add_articles(articles)
        yield index


def titles(index: Index, desk: Desk) -> list[str | None]:
    return [row.info.title for row in list_articles(index, desk).rows]


def test_orders_go_by_what_they_name_and_put_last_what_lacks_it(shelf: Index):
    orders = {order: titles(shelf, sort(Desk(), order)) for order in listing._KEYS}
    assert titles(shelf, Desk()) == ["Über die Brücke", "Mill sold", "Band plays", None]
    assert orders == {
        "oldest": ["Band plays", "Mill sold", "Über die Brücke", None],
        "title": ["Band plays", "Mill sold", "Über die Brücke", None],
        "outlet": ["Band plays", None, "Mill sold", "Über die Brücke"],
        "longest": ["Band plays", "Mill sold", None, "Über die Brücke"],
    }


def test_the_last_added_comes_first_and_a_correction_moves_nothing(index: Index):
    for number in (2, 3, 1):
        index.add_articles([article(number, BAND * number, title=f"Number {number}")])
    desk = sort(Desk(), "added")
    assert titles(index, desk) == ["Number 1", "Number 3", "Number 2"]
    index.correct(f"{2:016x}", title="Number two")
    assert titles(index, desk) == ["Number 1", "Number 3", "Number two"]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("mill", ["Mill sold"]),
        ("MILL post", ["Mill sold"]),
        ("szabo", ["Über die Brücke"]),
        ("ubër brucke", ["Über die Brücke"]),
        ("mill.txt", ["Mill sold"]),
        ("courier", ["Band plays", None]),
        ("example.org", [None]),
        ("petra", []),  # stands in a text alone
        ("mill courier", []),
    ],
)
def test_words_are_looked_for_in_titles_outlets_authors_and_paths(
    shelf: Index, words: str, found: list[str | None]
):
    desk = search(Desk(), words)
    assert titles(shelf, desk) == found
    assert list_articles(shelf, desk).found == len(found)
    assert list_articles(shelf, desk).total == 4


def test_a_long_list_comes_in_pages(shelf: Index, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("ui.curating.PAGE_LENGTH", 2)
    desk = replace(Desk(), most=2)
    first = list_articles(shelf, desk)
    assert (len(first.rows), first.found) == (2, 4)
    assert [*list_articles(shelf, show_more(desk)).rows][:2] == [*first.rows]
    assert len(list_articles(shelf, show_more(desk)).rows) == 4
    assert search(show_more(desk), "mill").most == 2


def test_what_was_corrected_by_hand_is_marked(shelf: Index):
    mill = next(info for info in shelf.articles() if info.title == "Mill sold")
    shelf.correct(mill.id, author="Ann Other", published="2025-03-02")
    rows = {row.info.id: row.corrected for row in list_articles(shelf, Desk()).rows}
    shelf.uncorrect(mill.id)
    assert sorted(rows[mill.id]) == ["author", "published"]
    assert sum(map(bool, rows.values())) == 1


def test_equals_stay_newest_first(shelf: Index):
    infos = [replace(info, source="Same") for info in shelf.articles()]
    assert in_order(shelf, infos, "outlet") == infos

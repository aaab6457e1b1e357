"""An article that is erased while it is answered from costs no answer, and is not in it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from index import Hit, Index
from index.errors import UnknownArticle
from rag import answer, check_draft, stream
from rag.errors import ArticleErased

BRIDGE = "The repair of the Salt Bridge costs {cost} million crowns, the engineer Ada Lunt said.\n"
QUESTION = "How much does the repair of the Salt Bridge cost?"
DRAFT = "The repair of the Salt Bridge costs 3.4 million crowns, the engineer Ada Lunt said."


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Index]:
    """One library with two reports of one repair."""
    for name, cost in (("courier", "3.4"), ("post", "3.6")):
        (tmp_path / f"{name}.txt").write_text(BRIDGE.format(cost=cost), encoding="utf-8")
    with Index.open(tmp_path / "library") as index:
        index.sync([tmp_path / "courier.txt", tmp_path / "post.txt"])
        yield index


@pytest.fixture
def gone(library: Index, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Have the best article erased in the moment after it was found first; here is its id."""
    removed: list[str] = []
    search = library.search

    def removing(*given: Any, **more: Any) -> list[Hit]:
        found = search(*given, **more)
        if not removed:
            removed.append(found[0].article.id)
            library.erase(removed[0])
        return found

    monkeypatch.setattr(library, "search", removing)
    return removed


def test_an_answer_begins_anew_from_the_articles_that_are_left(
    library: Index, gone: list[str]
) -> None:
    given = answer(QUESTION, index=library)
    left = [info.id for info in library.articles()]
    assert gone
    assert gone[0] not in left
    assert [citation.article_id for citation in given.citations] == left


def test_a_draft_is_checked_anew_against_the_articles_that_are_left(
    library: Index, gone: list[str]
) -> None:
    given = check_draft(DRAFT, index=library)
    left = {info.id for info in library.articles()}
    assert gone
    assert {hit.article.id for hit in given.hits} == left


def test_what_is_shown_is_not_followed_by_another_answer(library: Index) -> None:
    partials = stream(QUESTION, index=library)
    shown = next(partial for partial in partials if partial.sentences)
    for citation in shown.citations:
        library.erase(citation.article_id)
    with pytest.raises(ArticleErased, match="erased meanwhile"):
        list(partials)


def test_a_chosen_article_that_goes_is_told(library: Index, gone: list[str]) -> None:
    with pytest.raises(UnknownArticle):
        answer(QUESTION, index=library, articles=[info.id for info in library.articles()])
    assert gone


def test_an_article_that_is_never_there_ends_the_answer(
    library: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries = []

    def unknown(article_id: str) -> Any:
        tries.append(article_id)
        raise UnknownArticle(f"There is no article {article_id!r}.")

    monkeypatch.setattr(library, "article", unknown)
    with pytest.raises(UnknownArticle):
        list(stream(QUESTION, index=library))
    assert len(tries) == 3

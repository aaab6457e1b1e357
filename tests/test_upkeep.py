"""What is derived from the catalogue may fail: the change before it stands, and is told of."""

from pathlib import Path

import pytest

from index import Index
from index.copy_files import newest_copy
from index.errors import BrokenLibrary

QUESTION = "Who bought the paper mill?"


@pytest.fixture
def _no_base(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*given: object) -> None:
        raise BrokenLibrary("no base today")

    monkeypatch.setattr("index.upkeep.write_base", fail)


@pytest.mark.usefixtures("_no_base")
def test_without_a_new_base_every_change_is_made_found_and_copied(
    index: Index, articles: Path, caplog: pytest.LogCaptureFixture
) -> None:
    report = index.sync([articles])
    assert len(report.added) == 3
    assert "no base today" in caplog.text
    assert "Norden" in index.search(QUESTION, 1)[0].passage.text
    mill, *others = sorted(index.articles(), key=lambda info: "mill" not in (info.path or ""))
    index.erase(mill.id)
    index.correct(others[0].id, title="Another title")
    assert [info.title for info in index.articles()].count("Another title") == 1
    assert all("Norden" not in hit.passage.text for hit in index.search(QUESTION, 3))
    copy = newest_copy(index.folder)
    assert copy is not None
    assert copy.change == index.catalogue.change
    with pytest.raises(BrokenLibrary, match="no base today"):
        index.rebuild()


def test_a_change_that_fails_leaves_a_copy(
    index: Index, articles: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index.sync([articles])

    def fail(*given: object) -> None:
        raise MemoryError("made to fail")

    monkeypatch.setattr("index.catalogue.Catalogue.merge_words", fail)
    with pytest.raises(MemoryError, match="made to fail"):
        index.erase(index.articles()[0].id)
    assert len(index.articles()) == 3
    assert newest_copy(index.folder) is not None

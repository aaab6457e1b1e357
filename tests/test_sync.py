"""A sync follows the files, costs nothing for what did not change, and loses nothing."""

import os
from dataclasses import replace
from pathlib import Path

import pytest

from index import Article, Index
from index.errors import (
    BadValue,
    BrokenLibrary,
    LibraryBusy,
    MissingPath,
    ModelMismatch,
    UnknownArticle,
    UnreadableArticle,
)
from index.lock import writer_lock
from index.models import Embedder
from index.read import read_file
from index.settings import index_settings


@pytest.fixture
def embedded(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every text that is embedded while the test runs."""
    texts: list[str] = []
    encode = Embedder.encode

    def counted(self: Embedder, given: list[str]) -> object:
        texts.extend(given)
        return encode(self, given)

    monkeypatch.setattr(Embedder, "encode", counted)
    return texts


def test_first_sync_adds_every_file(index: Index, articles: Path) -> None:
    report = index.sync([articles])
    assert [Path(path).name for path in report.added] == ["ferry.txt", "mill.txt", "school.md"]
    assert not report.rejected
    school, *others = index.articles()
    assert school.title == "School wins music prize"
    assert (school.source, school.author) == ("Varnholm Courier", "Tom Aalto")
    assert school.published == "2025-10-20"
    assert {info.published for info in others} == {None}


def test_articles_have_their_length_in_words(index: Index, articles: Path) -> None:
    index.sync([articles])
    index.add_articles([Article(id="d" * 16, key="tokyo", text="東京都知事は会見した。" * 9)])
    lengths = {Path(info.path or "").name: info.words for info in index.articles()}
    assert lengths.pop("tokyo") is None
    for info in index.articles():
        article = index.article(info.id)
        assert info.words == article.words == article.info.words
    school = next(info for info in index.articles() if info.title == "School wins music prize")
    assert lengths["school.md"] == len(index.article(school.id).text.split()) == 52
    index.correct(school.id, title="Prize for the band")
    assert index.article(school.id).words == lengths["school.md"]
    assert index.search("prize", 1)[0].article.words == lengths["school.md"]


def test_unchanged_files_cost_no_embedding(
    index: Index, articles: Path, embedded: list[str]
) -> None:
    index.sync([articles])
    assert embedded
    embedded.clear()
    report = index.sync([articles])
    assert len(report.unchanged) == 3
    assert report.added == report.updated == report.removed == ()
    assert embedded == []


def test_a_touched_file_is_unchanged(index: Index, articles: Path) -> None:
    index.sync([articles])
    (articles / "ferry.txt").touch()
    assert len(index.sync([articles]).unchanged) == 3


def test_a_changed_file_replaces_its_article_and_the_old_version_stays_readable(
    index: Index, articles: Path
) -> None:
    index.sync([articles])
    old = next(info for info in index.articles() if (info.path or "").endswith("mill.txt"))
    text = (articles / "mill.txt").read_text().replace("8.1 million", "8.3 million")
    (articles / "mill.txt").write_text(text)
    report = index.sync([articles])
    assert [Path(path).name for path in report.updated] == ["mill.txt"]
    assert old.id not in {info.id for info in index.articles()}
    assert "8.1 million" in index.article(old.id).text
    best = index.search("What did the Norden Group pay for the mill?", 1)[0]
    assert "8.3 million" in best.passage.text
    assert index.passages(old.id) == []


def test_the_old_version_is_found_until_the_new_one_is_in(
    index: Index, articles: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index.sync([articles])
    (articles / "mill.txt").write_text("Something else was written here. It is about bees.\n")

    def fail(self: Embedder, given: list[str]) -> object:
        raise MemoryError

    monkeypatch.setattr(Embedder, "encode", fail)
    with pytest.raises(MemoryError):
        index.sync([articles])
    monkeypatch.undo()
    assert "Norden" in index.search("Who bought the paper mill?", 1)[0].passage.text


def test_two_files_with_one_text_are_one_article_until_both_are_gone(
    index: Index, articles: Path
) -> None:
    twin = articles / "twin.txt"
    twin.write_text((articles / "mill.txt").read_text())
    index.sync([articles])
    assert len(index.articles()) == 3
    mill = next(info for info in index.articles() if (info.path or "").endswith("mill.txt"))
    assert [Path(path).name for path in index.files(mill.id)] == ["mill.txt", "twin.txt"]

    (articles / "mill.txt").unlink()
    assert len(index.sync([articles]).removed) == 1
    assert index.article(mill.id).path == str(twin)
    assert len(index.articles()) == 3

    twin.unlink()
    index.sync([articles])
    assert len(index.articles()) == 2


def test_only_what_is_beneath_the_named_paths_is_removed(index: Index, articles: Path) -> None:
    other = articles.parent / "other"
    other.mkdir()
    (other / "bees.txt").write_text("The bees of Varnholm made more honey than ever this year.\n")
    index.sync([articles, other])
    (articles / "ferry.txt").unlink()
    report = index.sync([other])
    assert report.removed == ()
    assert len(index.articles()) == 4
    (other / "bees.txt").unlink()
    assert len(index.sync([other / "bees.txt"]).removed) == 1


def test_ids_do_not_depend_on_the_order(tmp_path: Path, articles: Path) -> None:
    names = sorted(articles.iterdir())
    ids = []
    for number, order in enumerate((names, names[::-1])):
        with Index.open(tmp_path / f"library{number}") as library:
            for path in order:
                library.sync([path])
            ids.append({p.id for info in library.articles() for p in library.passages(info.id)})
    assert ids[0] == ids[1]


def test_ignored_and_hidden_files_are_left_out(index: Index, articles: Path) -> None:
    (articles / ".footnoteignore").write_text("# not an article\nmil*\n")
    (articles / ".hidden.txt").write_text("Nobody should read this file at all, not even we.\n")
    report = index.sync([articles])
    assert [Path(path).name for path in report.added] == ["ferry.txt", "school.md"]


def test_an_unreadable_file_is_reported_each_time_and_the_others_go_on(
    index: Index, articles: Path
) -> None:
    (articles / "broken.pdf").write_bytes(b"%PDF-1.4 this is no document")
    for _ in range(2):
        report = index.sync([articles])
        assert [Path(path).name for path, _ in report.rejected] == ["broken.pdf"]
    assert len(index.articles()) == 3


def test_a_missing_path_changes_nothing(index: Index, articles: Path) -> None:
    index.sync([articles])
    with pytest.raises(MissingPath, match="is not there"):
        index.sync([articles, articles / "nowhere"])
    articles.rename(articles.with_name("unmounted"))
    with pytest.raises(MissingPath, match="index remove"):
        index.sync([articles])
    assert len(index.articles()) == 3


def test_a_second_writer_is_told_who_writes(index: Index, articles: Path) -> None:
    with writer_lock(index.folder), pytest.raises(LibraryBusy, match=r"process [0-9]+"):
        index.sync([articles])
    assert index.sync([articles]).added


def test_another_model_is_noticed(
    index: Index, articles: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index.sync([articles])
    monkeypatch.setenv("FOOTNOTE_EMBEDDER", "somebody/another-model")
    index_settings.cache_clear()
    try:
        with pytest.raises(ModelMismatch, match="python -m index rebuild"):
            index.search("ferry")
        with pytest.raises(ModelMismatch, match="python -m index rebuild"):
            index.sync([articles])
    finally:
        monkeypatch.undo()
        index_settings.cache_clear()
    assert index.search("ferry")


def test_a_correction_survives_a_sync(index: Index, articles: Path) -> None:
    index.sync([articles])
    mill = next(info for info in index.articles() if (info.path or "").endswith("mill.txt"))
    index.correct(mill.id, published="2025-11-02", source="Sorrel Gazette")
    text = (articles / "mill.txt").read_text() + "The sale takes effect in January next year.\n"
    (articles / "mill.txt").write_text(text)
    index.sync([articles])
    newest = index.articles()[0]
    assert newest.id != mill.id
    assert (newest.published, newest.source) == ("2025-11-02", "Sorrel Gazette")
    assert index.corrections(newest.id) == {"published": "2025-11-02", "source": "Sorrel Gazette"}
    assert index.search("Sorrel Gazette mill")[0].article.source == "Sorrel Gazette"
    assert index.verify() == []


def test_a_removed_file_is_no_longer_found(index: Index, articles: Path) -> None:
    index.sync([articles])
    assert len(index.remove([articles / "mill.txt"])) == 1
    hits = index.search("Who bought the paper mill?", 5)
    assert all("Norden" not in hit.passage.text for hit in hits)


def test_what_is_erased_is_gone_from_the_disk_and_does_not_come_back(
    index: Index, articles: Path
) -> None:
    index.sync([articles])
    mill = next(info for info in index.articles() if (info.path or "").endswith("mill.txt"))
    index.erase(mill.id)
    report = index.sync([articles])
    assert len(index.articles()) == 2
    assert report.rejected == () or "erased" in report.rejected[0][1]
    assert index.verify() == []
    index.close()
    for path in index.folder.rglob("*"):
        if path.is_file():
            assert b"Norden" not in path.read_bytes(), path


def test_rebuild_keeps_every_article_and_finds_them(index: Index, articles: Path) -> None:
    index.sync([articles])
    before = [p for info in index.articles() for p in index.passages(info.id)]
    index.rebuild()
    assert [p for info in index.articles() for p in index.passages(info.id)] == before
    assert index.verify() == []
    assert "Norden" in index.search("Who bought the paper mill?", 1)[0].passage.text


def test_verify_finds_a_lost_vector(index: Index, articles: Path) -> None:
    index.sync([articles])
    index._vectors.keep_only([])
    assert any("no vector" in problem for problem in index.verify())


def test_a_damaged_catalogue_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "library"
    folder.mkdir()
    (folder / "catalogue.sqlite").write_bytes(b"this is no database at all" * 100)
    with pytest.raises(BrokenLibrary, match=r"catalogue\.sqlite"):
        Index.open(folder)


def test_nothing_beneath_a_folder_that_cannot_be_opened_is_gone(
    index: Index, articles: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sub = articles / "sub"
    sub.mkdir()
    (articles / "mill.txt").rename(sub / "mill.txt")
    index.sync([articles])
    scan = os.scandir

    def denied(path: str) -> object:
        if Path(path) == sub:
            raise PermissionError(13, "Permission denied", str(path))
        return scan(path)

    monkeypatch.setattr(os, "scandir", denied)
    report = index.sync([articles])
    assert report.removed == ()
    assert report.rejected == ((str(sub), "cannot be opened (Permission denied)"),)
    assert len(index.articles()) == 3


def test_a_pipe_and_a_name_that_is_no_text_are_reported_and_the_others_go_on(
    index: Index, articles: Path
) -> None:
    os.mkfifo(articles / "pipe.txt")
    (articles / os.fsdecode(b"n\xffme.txt")).write_text("A mill was sold.", encoding="utf-8")
    report = index.sync(articles)
    assert len(report.added) == 3
    reasons = sorted(reason for _, reason in report.rejected)
    assert "regular file" in reasons[0]
    assert "UTF-8" in reasons[1]


def test_paths_that_cannot_be_looked_at_are_reported_and_the_others_go_on(
    index: Index, articles: Path
) -> None:
    odd = articles / os.fsdecode(b"n\xffme.txt")
    odd.write_text("A mill was sold.", encoding="utf-8")
    long = articles / f"{'x' * 300}.txt"
    report = index.sync([odd, articles / "mill.txt", long])
    assert [Path(path).name for path in report.added] == ["mill.txt"]
    assert sorted(reason for _, reason in report.rejected) == [
        "cannot be opened (File name too long)",
        "has a name that is not in UTF-8: rename it",
    ]


def test_what_could_not_be_read_for_a_moment_is_tried_again(
    index: Index, articles: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stall(path: Path) -> list[Article]:
        raise UnreadableArticle(path, "gave no answer", is_final=False)

    with monkeypatch.context() as patch:
        patch.setattr("index.sync.read_safely", stall)
        assert len(index.sync([articles]).rejected) == 3
    assert len(index.sync([articles]).updated) == 3
    assert len(index.articles()) == 3
    with pytest.raises(UnreadableArticle, match="cannot be opened") as failed:
        read_file(articles / "gone.txt")
    assert not failed.value.is_final


def test_a_file_that_can_no_longer_be_read_keeps_its_last_version(
    index: Index, articles: Path
) -> None:
    index.sync([articles])
    (articles / "mill.txt").write_bytes(b"\0\1\2" * 500)
    report = index.sync([articles])
    assert "binary" in report.rejected[0][1]
    assert "Norden" in index.search("Who bought the paper mill?", 1)[0].passage.text
    assert index.sync([articles]).rejected == report.rejected


def test_erasing_takes_corrections_and_words_along_and_holds_for_any_path(index: Index) -> None:
    article = Article(id="a" * 16, key="mill", text="The Zyxwu Group bought the old paper mill.")
    index.add_articles([article])
    index.correct(article.id, author="Vera Qstonova")
    index.erase(article.id)
    report = index.add_articles([replace(article, key="other")])
    assert "erased" in report.rejected[0][1]
    index.close()
    for path in index.folder.rglob("*"):
        if path.is_file():
            kept = path.read_bytes().lower()
            assert b"zyxwu" not in kept, path
            assert b"qstonova" not in kept, path


def test_a_date_that_is_none_is_refused(index: Index, articles: Path) -> None:
    index.sync([articles])
    with pytest.raises(BadValue, match="no full date"):
        index.correct(index.articles()[0].id, published="yesterday")
    wrong = Article(id="b" * 16, key="k", text="A mill was sold.", published="2025")
    assert "no full date" in index.add_articles([wrong]).rejected[0][1]


def test_articles_without_a_file_are_removed_by_their_key(index: Index) -> None:
    index.add_articles([Article(id="c" * 16, key="made-up", text="A mill was sold on Monday.")])
    assert index.remove(["made-up"]) == ["made-up"]
    assert index.articles() == []


def test_damage_inside_the_catalogue_is_named(tmp_path: Path, articles: Path) -> None:
    with Index.open(tmp_path / "library") as library:
        library.sync([articles])
        library._catalogue.database.compact()
    path = tmp_path / "library" / "catalogue.sqlite"
    content = path.read_bytes()
    path.write_bytes(content[:8192] + b"\x55" * (len(content) - 8192))
    with pytest.raises(BrokenLibrary, match=r"catalogue\.sqlite"), Index.open(path.parent) as index:
        index.articles()


def test_the_current_version_of_a_story_is_known_from_an_older_one(
    index: Index, articles: Path
) -> None:
    index.sync([articles])
    old = next(info for info in index.articles() if (info.path or "").endswith("mill.txt"))
    assert index.current(old.id) == old
    mill = articles / "mill.txt"
    mill.write_text(mill.read_text(encoding="utf-8") + "The sale was called off in January.\n")
    index.sync([articles])
    newer = index.current(old.id)
    assert newer is not None
    assert newer.id != old.id
    assert "called off" in index.article(newer.id).text
    index.remove([mill])
    assert index.current(old.id) is index.current(newer.id) is None
    assert not index.is_erased(old.id)
    index.erase(newer.id)
    assert index.is_erased(old.id)
    assert index.is_erased(newer.id)
    with pytest.raises(UnknownArticle):
        index.current(old.id)

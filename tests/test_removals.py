"""What is discarded can be put back as it was; what is erased is gone, and files elsewhere stay."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pydantic import TypeAdapter
from test_uploads import text

from index import Article, Index
from index.errors import BadValue, MissingPath, UnknownArticle
from index.types import Discarded, Kept
from index.uploads import Uploads


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    """A library that the tests share; each looks at its own articles alone."""
    with Index.open(tmp_path_factory.mktemp("removals") / "library") as index:
        yield index


@pytest.fixture
def uploads(library: Index) -> Uploads:
    return Uploads(library)


def only(kept: Kept) -> str:
    (info,) = kept.articles
    return info.id


def live(library: Index) -> set[str]:
    return {info.id for info in library.articles()}


def state(library: Index, article_id: str) -> tuple[object, ...]:
    """Return all that a reader can know of an article."""
    return (
        library.article(article_id),
        [p.to_dict() for p in library.passages(article_id)],
        library.files(article_id),
        library.corrections(article_id),
        article_id in live(library),
    )


def found(library: Index, question: str) -> set[str]:
    return {hit.article.id for hit in library.search(question, 50)}


def test_a_discarded_upload_comes_back_as_it_was(uploads: Uploads, library: Index) -> None:
    kept = uploads.keep("pier.txt", text("The pier is closed for zebrafish.").encode())
    article_id = only(kept)
    library.correct(article_id, title="Pier closed", published="2025-11-02")
    before = state(library, article_id)
    data = (uploads.folder / "pier.txt").read_bytes()

    discarded = uploads.discard(article_id)
    assert article_id not in live(library)
    assert article_id not in found(library, "zebrafish")
    assert library.mentions("zebrafish") == []
    assert not (uploads.folder / "pier.txt").exists()
    assert (library.folder / "removed" / f"{article_id} pier.txt").read_bytes() == data
    assert "zebrafish" in library.article(article_id).text, "saved chats may cite it"
    assert discarded in uploads.discarded()
    assert discarded.article.title == "Pier closed"

    assert uploads.restore(discarded) == library.article(article_id).info
    assert state(library, article_id) == before
    assert article_id in found(library, "zebrafish")
    assert (uploads.folder / "pier.txt").read_bytes() == data
    assert discarded not in uploads.discarded()
    assert uploads.restore(discarded).id == article_id, "a second time changes nothing"
    assert state(library, article_id) == before


def test_a_discard_survives_json_and_another_start(uploads: Uploads, library: Index) -> None:
    article_id = only(uploads.keep("json.txt", text().encode()))
    discarded = uploads.discard(article_id)
    again = TypeAdapter(Discarded).validate_python(json.loads(json.dumps(discarded.to_dict())))
    assert again == discarded
    with Index.open(library.folder) as other:
        assert Uploads(other).discarded()[0] == discarded
        assert Uploads(other).recover().added == ()
        Uploads(other).restore(again)
    assert article_id in live(library)


def test_a_folder_above_can_be_read_while_something_is_discarded(
    uploads: Uploads, library: Index
) -> None:
    article_id = only(uploads.keep("above.txt", text().encode()))
    uploads.discard(article_id)
    library.sync([library.folder])
    assert article_id not in live(library)


def test_files_elsewhere_stay_and_do_not_bring_it_back(
    uploads: Uploads, library: Index, tmp_path: Path
) -> None:
    words = text()
    elsewhere = tmp_path / "elsewhere.txt"
    elsewhere.write_text(words)
    library.sync([tmp_path])
    article_id = only(uploads.keep("copy.txt", words.encode()))
    before = state(library, article_id)
    discarded = uploads.discard(article_id)
    assert elsewhere.read_text() == words
    assert article_id not in live(library)
    library.sync([tmp_path])
    assert article_id not in live(library)
    uploads.restore(discarded)
    assert state(library, article_id) == before


def test_a_newer_reader_does_not_bring_it_back_but_a_changed_file_does(
    uploads: Uploads, library: Index, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "read again.txt"
    path.write_text(text())
    library.sync([path])
    article_id = next(info.id for info in library.articles() if info.path == str(path))
    discarded = uploads.discard(article_id)
    monkeypatch.setattr("index.sync.READER", "a newer one")
    assert library.sync([path]).rejected == ()
    assert article_id not in live(library)
    uploads.restore(discarded)
    assert article_id in live(library)
    uploads.discard(article_id)
    path.write_text(f"{path.read_text()}\n")
    library.sync([path])
    assert article_id in live(library)


def test_an_article_without_a_file_comes_back_too(uploads: Uploads, library: Index) -> None:
    article = Article(id="e" * 16, key="made-up", text=text().strip(), title="Made up")
    library.add_articles([article])
    before = state(library, article.id)
    discarded = uploads.discard(article.id)
    assert article.id not in live(library)
    library.add_articles([article])
    assert article.id not in live(library), "a script that runs again does not undo it"
    uploads.restore(discarded)
    assert state(library, article.id) == before


def test_one_of_several_articles_of_a_file_leaves_alone(uploads: Uploads, library: Index) -> None:
    data = "".join(json.dumps({"text": text(), "title": f"Part {n}"}) + "\n" for n in range(3))
    kept = uploads.keep("parts.jsonl", data.encode())
    first, second, third = (info.id for info in kept.articles)
    before = state(library, second)
    discarded = uploads.discard(second)
    assert {first, third} <= live(library)
    assert second not in live(library)
    assert (uploads.folder / "parts.jsonl").read_text() == data
    uploads.recover()
    assert second not in live(library)
    uploads.restore(discarded)
    assert state(library, second) == before

    uploads.discard(second)
    again = uploads.keep("parts.jsonl", data.encode())
    assert (again.outcome, [info.id for info in again.articles]) == ("added", [second])
    assert {first, second, third} <= live(library)


def test_a_discarded_files_name_stays_its_own(uploads: Uploads, library: Index) -> None:
    first, second = text(), text()
    article_id = only(uploads.keep("name.txt", first.encode()))
    library.correct(article_id, title="A title by hand")
    discarded = uploads.discard(article_id)
    other = uploads.keep("name.txt", second.encode())
    assert other.name == "name (2).txt"
    assert other.articles[0].title is None, "a correction belongs to the story it was made for"
    back = uploads.keep("name.txt", first.encode())
    assert (back.name, back.outcome, only(back)) == ("name.txt", "added", article_id)
    assert back.articles[0].title == "A title by hand"
    assert (uploads.folder / "name.txt").read_text() == first
    assert discarded not in uploads.discarded()


def test_an_article_that_came_back_by_another_way_is_not_offered(
    uploads: Uploads, library: Index
) -> None:
    words = text()
    article_id = only(uploads.keep("way.txt", words.encode()))
    discarded = uploads.discard(article_id)
    assert uploads.keep("other way.txt", words.encode()).outcome == "added"
    assert discarded not in uploads.discarded()
    uploads.restore(discarded)
    names = [Path(path).name for path in library.files(article_id)]
    assert names == ["other way.txt", "way.txt"]


def test_what_cannot_be_put_back_says_why_and_changes_nothing(
    uploads: Uploads, library: Index, tmp_path: Path
) -> None:
    gone = uploads.discard(only(uploads.keep("gone.txt", text().encode())))
    (library.folder / "removed" / f"{gone.article.id} gone.txt").unlink()
    with pytest.raises(MissingPath, match="is gone"):
        uploads.restore(gone)

    taken = uploads.discard(only(uploads.keep("taken.txt", text().encode())))
    (uploads.folder / "taken.txt").write_text("Somebody put this here by hand, it seems.")
    with pytest.raises(BadValue, match="another file"):
        uploads.restore(taken)
    assert (library.folder / "removed" / f"{taken.article.id} taken.txt").is_file()
    (uploads.folder / "taken.txt").unlink()
    assert uploads.restore(taken).id in live(library)

    path = tmp_path / "changing.txt"
    path.write_text(text())
    library.sync([path])
    changing = next(info for info in library.articles() if info.path == str(path))
    changed = uploads.discard(changing.id)
    path.write_text(text())
    library.sync([path])
    with pytest.raises(MissingPath, match="other text by now"):
        uploads.restore(changed)
    assert changed in uploads.discarded()

    with pytest.raises(UnknownArticle):
        uploads.discard("0" * 16)
    with pytest.raises(UnknownArticle, match="list"):
        uploads.discard(changing.id)
    stranger = replace(changed, article=replace(changed.article, id="0" * 16))
    with pytest.raises(UnknownArticle):
        uploads.restore(stranger)


def on_disk(library: Index, words: str) -> list[Path]:
    library.close()
    return [path for path in library.folder.rglob("*")
            if path.is_file() and words.encode() in path.read_bytes()]  # fmt: skip


def test_what_is_erased_is_gone_with_its_files_and_named_where_it_is_not(
    uploads: Uploads, library: Index, tmp_path: Path
) -> None:
    words = text("The zyxwu was never seen again.")
    elsewhere = tmp_path / "elsewhere.txt"
    elsewhere.write_text(words)
    article_id = only(uploads.keep("secret.txt", words.encode()))
    library.sync([elsewhere])
    erased = uploads.erase(article_id)
    assert erased.article_ids == (article_id,)
    assert erased.deleted == (str(uploads.folder / "secret.txt"),)
    assert erased.elsewhere == (str(elsewhere),)
    assert elsewhere.read_text() == words
    assert on_disk(library, "zyxwu") == []
    assert uploads.keep("secret.txt", words.encode()).reason == (
        "its article was erased for good from this library"
    )
    assert on_disk(library, "zyxwu") == []
    with pytest.raises(UnknownArticle):
        uploads.erase(article_id)


def test_what_was_discarded_can_be_erased(uploads: Uploads, library: Index) -> None:
    article_id = only(uploads.keep("qstonova.txt", text("Vera Qstonova left.").encode()))
    library.correct(article_id, author="Qstonova")
    discarded = uploads.discard(article_id)
    erased = uploads.erase(article_id)
    assert erased.elsewhere == ()
    assert on_disk(library, "Qstonova") == []
    assert not list((library.folder / "removed").glob("*qstonova*"))
    assert discarded not in uploads.discarded()
    with pytest.raises(UnknownArticle):
        uploads.restore(discarded)


def test_a_page_that_claims_anothers_address_takes_nothing_along(
    uploads: Uploads, library: Index
) -> None:
    page = (
        '<html><head><link rel="canonical" href="https://news.example/story"></head>'
        "<body><article><p>{}</p></article></body></html>"
    )
    true, false, third = (
        only(uploads.keep(f"{name}.html", page.format(text()).encode()))
        for name in ("true", "false", "third")
    )
    library.correct(true, title="The true one")
    uploads.discard(third)
    assert uploads.erase(false).article_ids == (false,)
    assert library.article(true).title == "The true one"
    assert {each.article.id for each in uploads.discarded()} >= {third}
    assert (uploads.folder / "true.html").is_file()
    uploads.erase(third)
    assert uploads.erase(true).article_ids == (true,)
    assert not library.catalogue.corrections("https://news.example/story")


def test_older_versions_are_erased_along(uploads: Uploads, library: Index, tmp_path: Path) -> None:
    path = tmp_path / "versions.txt"
    ids = []
    for _ in range(3):
        path.write_text(text())
        library.sync([path])
        ids.append(next(info.id for info in library.articles() if info.path == str(path)))
    assert set(uploads.erase(ids[-1]).article_ids) == set(ids)
    for article_id in ids:
        with pytest.raises(UnknownArticle):
            library.article(article_id)


def test_one_of_several_articles_of_a_file_is_erased_from_it(
    uploads: Uploads, library: Index
) -> None:
    parts = [text("Of pqrstu."), text(), text()]
    data = "".join(json.dumps({"text": part}) + "\n" for part in parts)
    kept = uploads.keep("erase.jsonl", data.encode())
    first, second, third = (info.id for info in kept.articles)
    library.correct(third, title="Third by hand")
    uploads.discard(second)
    erased = uploads.erase(first)
    assert erased.rewritten == (str(uploads.folder / "erase.jsonl"),)
    assert erased.deleted == ()
    assert on_disk(library, "pqrstu") == []
    assert live(library) & {first, second, third} == {third}
    assert library.article(third).title == "Third by hand"
    (discarded,) = (each for each in uploads.discarded() if each.article.id == second)
    uploads.restore(discarded)
    assert second in live(library)
    uploads.erase(second)
    assert uploads.erase(third).deleted == (str(uploads.folder / "erase.jsonl"),)
    assert not (uploads.folder / "erase.jsonl").exists()
    assert library.verify() == []

"""Damage to a library's files is found before it is served, and made good or told with a remedy."""

import os
import random
import shutil
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

import numpy as np
import pytest
from breaking import Breaker, copied
from conftest import ARTICLES
from test_base import unit_vectors

from index import Index, catalogue, copies
from index.base import Base, is_usable, write_base
from index.base_digests import damage
from index.copies import is_sound
from index.copy_files import Copy, newest_copy
from index.errors import BrokenLibrary, MissingLibrary

Damage = tuple[str, Callable[[Path], object]]
Row = Callable[[int, str], None]


def flip(path: Path, chance: random.Random) -> None:
    """Turn over one bit of a file."""
    content = bytearray(path.read_bytes())
    content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    path.write_bytes(content)


def cut(path: Path, chance: random.Random) -> None:
    """Cut a file off anywhere."""
    content = path.read_bytes()
    path.write_bytes(content[: chance.randrange(len(content))])


def lose(path: Path, chance: random.Random) -> None:
    path.unlink()


WAYS: tuple[Callable[[Path, random.Random], None], ...] = (flip, cut, lose)


@pytest.fixture(scope="module")
def big_base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A base of so many rows that Chroma would by default keep some of them in a log."""
    folder = tmp_path_factory.mktemp("base")
    ids = [f"passage-{n}" for n in range(1_200)]
    return folder / write_base(folder, ids, unit_vectors(1_200)).name


def damage_base(base: Path, to: Path, count: int) -> int:
    """Damage a base in so many ways; return how many changed what it holds. All are found."""
    chance = random.Random(8)
    names = sorted(str(p.relative_to(base)) for p in base.rglob("*") if p.stat().st_size)
    files = [name for name in names if (base / name).is_file()]
    for number in range(count):
        shutil.copytree(base, to)
        way, name = WAYS[number % len(WAYS)], files[number // len(WAYS) % len(files)]
        way(to / name, chance)
        # a bit of a free page belongs to no row, and changes nothing
        unread = name == "chroma.sqlite3" and way is flip
        assert unread or damage(to) is not None, f"{way.__name__} {name}"
        assert unread or not is_usable(to)
        shutil.rmtree(to)
    return count


def test_a_damaged_base_is_found_before_chroma_opens_it(
    big_base: Path, tmp_path: Path, figure: Row
) -> None:
    assert damage(big_base) is None
    count = damage_base(big_base, tmp_path / "damaged", 9)
    figure(8, f"base: {count} of {count} damages found, each in a subprocess without Chroma")


@pytest.mark.parametrize("size", [1, 2, 300, 1_200])
def test_reading_a_base_is_no_damage(big_base: Path, tmp_path: Path, size: int) -> None:
    folder = big_base
    if size < 1_200:
        written = write_base(tmp_path, [f"{n}" for n in range(size)], unit_vectors(size))
        folder = tmp_path / written.name
    for _ in range(3):
        base = Base(folder, size)
        assert base.search(np.ones(384, dtype=np.float32), 5)
        base.any_vector()
        base.close()
        assert damage(folder) is None


class Library:
    """A library with a correction, and what it holds."""

    def __init__(self, breaker: Breaker, folder: Path) -> None:
        self.breaker = breaker
        self.articles = folder / "articles"
        self.articles.mkdir()
        for name, text in ARTICLES.items():
            (self.articles / name).write_text(text, encoding="utf-8")
        self.folder = folder / "library"
        for change in ("sync", "correct"):
            assert breaker.run(change, self.folder, self.articles)["error"] is None
        self.held = breaker.look(self.folder, self.articles)

    def check(self, library: Path) -> str:
        """Look at a damaged library: it serves what it held, or names the remedy, which helps."""
        told = "served"
        looked = self.breaker.run("look", library, self.articles)
        assert looked["status"] == 0, "no crash"
        if looked["error"]:
            kind, message, is_named = looked["error"]
            assert is_named, looked
            assert kind == "BrokenLibrary", looked
            assert "python -m index restore" in message
            told = "refused"
            assert self.breaker.run("restore", library, self.articles)["error"] is None
            looked = self.breaker.run("look", library, self.articles)
        assert looked["error"] is None, looked
        assert looked["value"] == self.held
        again = self.breaker.run("look and change", library, self.articles, more=["sync"])
        assert again["error"] is None, again
        assert again["value"]["after"] == self.held
        assert again["value"]["problems"] == []
        return "restored" if told == "served" and any(library.glob("damaged-*")) else told


@pytest.fixture(scope="module")
def library(breaker: Breaker, tmp_path_factory: pytest.TempPathFactory) -> Library:
    return Library(breaker, tmp_path_factory.mktemp("damage"))


def damages(folder: Path) -> Iterator[tuple[str, Callable[[Path], object]]]:
    """Yield what is damaged and how, without an end."""
    chance = random.Random(80)
    base = next(path.name for path in folder.glob("base-*"))
    graph = next(path.name for path in (folder / base).iterdir() if path.is_dir())
    files = ("catalogue.sqlite", f"{base}/chroma.sqlite3", f"{base}/{graph}/data_level0.bin")
    yield "lose the base", lambda root: shutil.rmtree(root / base)
    yield "empty the catalogue", lambda root: (root / files[0]).write_bytes(b"")
    while True:
        for way in (flip, *WAYS):
            for name in files if way is not lose else files[:1]:
                yield (
                    f"{way.__name__} {name.rpartition('/')[2]}",
                    lambda root, way=way, name=name: way(root / name, chance),
                )


def damage_library(library: Library, to: Path, count: int) -> str:
    came: dict[str, int] = {}
    for name, do in islice(damages(library.folder), count):
        with copied(library.folder, to) as damaged:
            do(damaged)
            try:
                told = library.check(damaged)
            except AssertionError as error:
                raise AssertionError(f"{name}: {error}") from error
        came[told] = came.get(told, 0) + 1
    return ", ".join(f"{n} {told}" for told, n in sorted(came.items()))


def test_a_damaged_library_serves_what_it_held_or_names_the_remedy(
    library: Library, tmp_path: Path, figure: Row
) -> None:
    came = damage_library(library, tmp_path / "damaged", 3)
    figure(8, f"library: 3 damages: {came}; 0 wrong, 0 crashes")


@pytest.mark.slow
@pytest.mark.timeout(1_800)
def test_a_hundred_damages_are_found_before_they_are_served(
    library: Library, big_base: Path, tmp_path: Path, figure: Row
) -> None:
    came = damage_library(library, tmp_path / "damaged", 100)
    count = damage_base(big_base, tmp_path / "base", 100)
    figure(8, f"library: 100 damages: {came}; base: {count} found; 0 wrong, 0 crashes")


def test_a_catalogue_that_lost_its_log_is_refused_since_its_copy_is_newer(
    index: Index, articles: Path
) -> None:
    index.sync([articles])
    older = index.folder.with_name("older")
    index.close()
    shutil.copytree(index.folder, older)
    with Index.open(index.folder) as later:
        later.correct(later.articles()[0].id, title="Corrected by hand")
    copy = newest_copy(index.folder)
    assert copy is not None
    shutil.copy(copy.path, older)
    with pytest.raises(BrokenLibrary, match="older than its last good copy"):
        Index.open(older)
    Index.restore(older)
    with Index.open(older) as restored:
        assert restored.articles()[0].title == "Corrected by hand"
        restored.sync([articles])
        assert restored.verify() == []


def test_a_flipped_bit_in_a_text_is_made_good_from_the_copy_of_the_same_change(
    index: Index, articles: Path
) -> None:
    index.sync([articles])
    held = [index.article(info.id) for info in index.articles()]
    index.close()
    path = index.folder / "catalogue.sqlite"
    path.write_bytes(path.read_bytes().replace(b"The Norden Group", b"The Norden Grouq"))
    with Index.open(index.folder) as opened:
        assert [opened.article(info.id) for info in opened.articles()] == held
    (aside,) = index.folder.glob("damaged-*")
    assert b"Grouq" in (aside / "catalogue.sqlite").read_bytes()


def copy_of(index: Index) -> Copy:
    copy = newest_copy(index.folder)
    assert copy is not None
    return copy


def spoil(copy: Copy) -> None:
    """Alter a letter in a copy's text, which SQLite itself does not notice."""
    content = copy.path.read_bytes()
    assert b"Norden" in content
    copy.path.write_bytes(content.replace(b"Norden", b"Nordem", 1))


def lose_half(copy: Copy) -> None:
    content = copy.path.read_bytes()
    copy.path.write_bytes(content[: len(content) // 2])


@pytest.mark.parametrize("do", [spoil, lose_half])
def test_a_damaged_copy_is_a_problem_and_the_next_change_replaces_it(
    index: Index, articles: Path, do: Callable[[Copy], None]
) -> None:
    index.sync([articles])
    assert index.verify() == []
    do(copy_of(index))
    (problem,) = index.verify()
    assert copy_of(index).path.name in problem
    assert "`python -m index add`" in problem
    index.sync([articles])  # that finds nothing new, and changes nothing
    assert is_sound(copy_of(index))
    assert index.verify() == []


def test_a_large_damaged_copy_is_replaced_once_it_is_time_for_another(
    index: Index, articles: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index.sync([articles])
    spoil(copy_of(index))
    monkeypatch.setattr(copies, "ALWAYS_BELOW", 0)
    index.sync([articles])
    assert not is_sound(copy_of(index))
    ago = copy_of(index).path.stat().st_mtime - copies.COPIED_EVERY
    os.utime(copy_of(index).path, (ago, ago))
    index.sync([articles])
    assert is_sound(copy_of(index))


def test_a_sound_copy_of_the_same_change_stays(index: Index, articles: Path) -> None:
    index.sync([articles])
    before = copy_of(index).path.stat()
    index.sync([articles])
    after = copy_of(index).path.stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_of_any_flipped_bit_a_copy_is_sound_or_not_and_nothing_is_raised(
    index: Index, articles: Path
) -> None:
    index.sync([articles])
    index.close()
    copy, chance = copy_of(index), random.Random(4)
    content = copy.path.read_bytes()
    unsound = 0
    for _ in range(300):
        altered = bytearray(content)
        altered[chance.randrange(3 * 4096)] ^= 1 << chance.randrange(8)  # the schema is there
        copy.path.write_bytes(altered)
        unsound += not is_sound(copy)
    assert 30 <= unsound < 300


def test_a_copy_that_is_damaged_too_is_never_put_back(index: Index, articles: Path) -> None:
    index.sync([articles])
    index.close()
    copy = newest_copy(index.folder)
    assert copy is not None
    content = copy.path.read_bytes()
    place = content.index(b"Norden")
    copy.path.write_bytes(content[:place] + b"Nordem" + content[place + 6 :])
    (index.folder / "catalogue.sqlite").unlink()
    with pytest.raises(BrokenLibrary, match="damaged, too"):
        Index.restore(index.folder)
    assert not (index.folder / "catalogue.sqlite").exists()


def test_who_has_a_catalogue_open_that_was_replaced_writes_nothing(
    index: Index, articles: Path
) -> None:
    index.sync([articles])
    Index.restore(index.folder)
    with pytest.raises(BrokenLibrary, match="Start this program again"):
        index.correct(index.articles()[0].id, title="Lost")
    with Index.open(index.folder) as opened:
        assert len(opened.articles()) == 3


def test_new_tables_are_a_change_and_no_damage(
    index: Index, articles: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index.sync([articles])
    index.close()
    more = f"{catalogue.SCHEMA}CREATE TABLE IF NOT EXISTS later (name TEXT) STRICT;"
    monkeypatch.setattr(catalogue, "SCHEMA", more)
    for _ in range(2):
        with Index.open(index.folder) as opened:
            assert len(opened.articles()) == 3
    assert not list(index.folder.glob("damaged-*"))


def test_a_base_that_cannot_be_checked_is_not_opened_and_all_is_found(
    index: Index, articles: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index.sync([articles])
    folder = index.folder / str(index.catalogue.fact("base"))
    assert is_usable(folder)
    monkeypatch.setattr("sys.executable", "/nowhere/python")
    assert not is_usable(folder)
    assert "Norden" in index.search("Who bought the paper mill?", 1)[0].passage.text


def test_a_base_that_fails_while_vectors_are_lost_hides_no_passage_later(
    index: Index, articles: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index.sync([articles])
    assert index.search("Who bought the paper mill?", 1)

    def fail(*given: object) -> None:
        raise BrokenLibrary("made to fail")

    with monkeypatch.context() as patch:
        patch.setattr(Base, "search", fail)
        patch.setattr(index._vectors, "get", fail)
        with pytest.raises(BrokenLibrary, match="made to fail"):
            index.search("Who bought the paper mill?", 1)
    (hit, *_) = index.search("Who bought the paper mill?", 1, retrievers=("dense",))
    assert "Norden" in hit.passage.text


def test_a_folder_without_a_library_has_nothing_to_restore(tmp_path: Path) -> None:
    with pytest.raises(MissingLibrary):
        Index.restore(tmp_path)
    assert not list(tmp_path.iterdir())


def test_damage_among_the_vectors_is_a_problem_in_words(index: Index, articles: Path) -> None:
    index.sync([articles])
    index.close()
    path = index.folder / "vectors.sqlite"
    content = path.read_bytes()
    path.write_bytes(content[:8192] + b"\x55" * (len(content) - 8192))
    with Index.open(index.folder) as opened:
        assert any("vectors.sqlite" in problem for problem in opened.verify())


def test_lost_vectors_are_made_again(index: Index, articles: Path) -> None:
    index.sync([articles])
    index.close()
    (index.folder / "vectors.sqlite").unlink()
    with Index.open(index.folder) as opened:
        opened.sync([articles])
        assert opened.verify() == []

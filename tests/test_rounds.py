"""Round after round of changes leaves no stale passage, and a library as lean and quick as new."""

import random
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from made_library import in_groups, live_ids, made_article, made_vectors

from index import Index
from index.identity import embedder_identity
from index.models import Embedder

SHARE = 5
"""Every fifth article changes in each round."""
MOST_DISK = 1.5
MOST_TIME = 1.2
PASSES = 5
"""Times that each question is asked of both libraries; the quickest counts, so that what else the
machine does at that moment does not."""


@pytest.fixture(autouse=True)
def quick_embedder(monkeypatch: pytest.MonkeyPatch) -> None:
    """Embed texts in no time, so that what is timed is the search."""
    made_vectors(in_groups, monkeypatch)
    embedder = Embedder(None, embedder_identity(), "")  # type: ignore[arg-type]
    for module in ("library", "sync"):
        monkeypatch.setattr(f"index.{module}.load_embedder", lambda: embedder)


def grow_old(index: Index, count: int, rounds: int) -> list[int]:
    """Fill a library and change a fifth of it in each round; return each article's version."""
    chance, versions = random.Random(4), [0] * count
    index.add_articles([made_article(number) for number in range(count)])
    for _ in range(rounds):
        changed = chance.sample(range(count), count // SHARE)
        for number in changed:
            versions[number] += 1
        index.add_articles([made_article(number, versions[number]) for number in changed])
    return versions


def stale(index: Index, versions: list[int]) -> int:
    """Count what a search could find and should not, or the other way round."""
    catalogue = index.catalogue
    expected = {made_article(n, version).id for n, version in enumerate(versions)}
    rows = catalogue.query("SELECT id, article_id, number FROM passages")
    words = catalogue.query("SELECT id FROM words_docsize")
    return (
        len(expected ^ {info.id for info in index.articles()})
        + len({row["id"] for row in rows} ^ live_ids(index))
        + len({row["article_id"] for row in rows} - expected)
        + len({row["number"] for row in rows} ^ {row["id"] for row in words})
        + len(index.verify())
    )


def size(folder: Path) -> int:
    """Return the bytes of a library's files, without copies that are kept against damage."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return sum(path.stat().st_size for path in files if not path.name.startswith("last-good"))


def slowest(libraries: list[Index], questions: int) -> list[float]:
    """Return the 95th percentile of each library's seconds, questions put to them in turn."""
    asked = [
        f"Which ship brought {n * 31} crates to Varnholm on day {n}?" for n in range(questions)
    ]
    seconds = np.full((len(libraries), questions), np.inf)
    for turn in range(PASSES):
        for place, question in enumerate(asked):
            for number in range(len(libraries)):
                which = (number + turn) % len(libraries)
                start = time.perf_counter()
                assert libraries[which].search(question)
                spent = time.perf_counter() - start
                seconds[which, place] = min(seconds[which, place], spent)
    return [float(value) for value in np.percentile(seconds, 95, axis=1)]


@pytest.mark.parametrize(
    ("count", "rounds", "questions"),
    [
        (60, 4, 0),
        pytest.param(250, 50, 200, marks=[pytest.mark.slow, pytest.mark.timeout(1_800)]),
    ],
)
def test_rounds_of_change_leave_no_trace_but_readable_old_versions(
    tmp_path: Path,
    count: int,
    rounds: int,
    questions: int,
    figure: Callable[[int, str], None],
) -> None:
    with Index.open(tmp_path / "old") as old, Index.open(tmp_path / "new") as new:
        versions = grow_old(old, count, rounds)
        new.add_articles([made_article(n, version) for n, version in enumerate(versions)])
        left = stale(old, versions)
        ratio = size(old.folder) / size(new.folder)
        measured = (
            f"{rounds} rounds of {count // SHARE} of {count} articles: {left} stale or orphan"
        )
        measured += f", disk {ratio:.2f} × fresh"
        if questions:
            old_time, new_time = slowest([old, new], questions)
            measured += (
                f", p95 {old_time * 1e3:.1f} ms against {new_time * 1e3:.1f} ms "
                f"({old_time / new_time:.2f} ×, {questions} questions)"
            )
        figure(4, measured)
        assert left == 0
        assert ratio <= MOST_DISK
        if questions:
            assert old_time <= MOST_TIME * new_time
        for version in range(versions[0]):
            article = made_article(0, version)
            assert old.article(article.id).text == article.text, "an old version can be read"


def test_a_library_that_is_emptied_gives_its_disk_back(index: Index) -> None:
    index.add_articles([made_article(number) for number in range(90)])
    full = size(index.folder)
    index.remove([f"ship/{number}" for number in range(89)])
    assert size(index.folder) < full / 3
    assert index.search("crates of salt", 3)
    index.remove(["ship/89"])
    assert index.search("crates of salt") == [], "which lets go of the base"
    index.add_articles([made_article(1)])
    assert index.search("crates of salt", 3)
    assert len(list(index.folder.glob("*base-*"))) == 1
    assert index.verify() == []


def test_an_old_version_that_comes_back_is_live_again_and_can_be_erased(index: Index) -> None:
    for version in (0, 1, 0):
        index.add_articles([made_article(7, version)])
    (live,) = index.articles()
    assert live.id == made_article(7).id
    assert index.article(live.id).text == made_article(7).text
    assert index.article(made_article(7, 1).id).text == made_article(7, 1).text
    index.erase(live.id)
    rows = index.catalogue.query("SELECT * FROM old_texts")
    assert rows == []

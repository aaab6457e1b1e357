"""Search: by meaning and by words, from base and tail alike, within a period and outlets."""

from pathlib import Path

import numpy as np
import pytest

from index import Article, Index
from index.errors import BadValue, UnknownArticle
from index.models import load_embedder


def article(number: int, text: str, **facts: str) -> Article:
    return Article(id=f"{number:016x}", key=f"story/{number}", text=text, **facts)


def test_the_right_passage_comes_first_by_meaning_and_by_words(town: Index) -> None:
    (hit, *_) = town.search("When will the boat landing be usable once more?")
    assert "14 November 2025" in hit.passage.text
    assert hit.ranks["dense"] == 1
    (hit, *_) = town.search("Petra Holm")
    assert hit.ranks["words"] == 1
    assert (
        town.article(hit.passage.article_id).text[hit.passage.start : hit.passage.end]
        == hit.passage.text
    )


def test_no_more_than_k_hits_best_first(town: Index) -> None:
    hits = town.search("council", 2)
    assert len(hits) == 2
    assert hits[0].score >= hits[1].score


def test_an_empty_question_is_refused(town: Index) -> None:
    with pytest.raises(BadValue, match="empty"):
        town.search("  ")


def test_marks_of_query_languages_are_only_words(town: Index) -> None:
    assert town.search('"NEAR(" OR * AND ^ferry: -') != []


def test_a_period_leaves_undated_articles_out(town: Index) -> None:
    hits = town.search("Varnholm", since="2025-10-01", until="2025-10-31")
    assert {hit.article.title for hit in hits} == {"School wins music prize"}
    assert town.search("Varnholm", until="2025-10-19") == []


def test_outlets_are_named_without_regard_to_case(town: Index) -> None:
    hits = town.search("Varnholm", sources=["varnholm courier"])
    assert {hit.article.source for hit in hits} == {"Varnholm Courier"}
    with pytest.raises(BadValue, match="Varnholm Courier"):
        town.search("Varnholm", sources=["The Unheard"])


def test_a_search_can_be_limited_to_articles(town: Index) -> None:
    ids = {info.title or info.path: info.id for info in town.articles()}
    school = ids["School wins music prize"]
    (hit,) = town.search("Who bought the paper mill?", articles=[school])
    assert hit.article.id == school
    others = [i for i in ids.values() if i != school]
    found = {hit.article.id for hit in town.search("crowns", 8, articles=others)}
    assert found == set(others)
    assert town.search("mill", articles=[school], sources=["Varnholm Courier"])
    assert town.search("mill", articles=[school], until="2025-10-19") == []
    assert len(town.search("mill", articles=[])) == len(town.search("mill"))


def test_an_article_that_is_not_there_limits_nothing_silently(
    tmp_path: Path, articles: Path
) -> None:
    with Index.open(tmp_path / "library") as library:
        library.sync([articles])
        mill = library.search("Who bought the paper mill?", 1)[0].article
        with pytest.raises(UnknownArticle, match="python -m index list"):
            library.search("mill", articles=[mill.id, "0" * 16])
        library.remove([articles / "mill.txt"])
        with pytest.raises(UnknownArticle, match="left the library"):
            library.search("mill", articles=mill.id)


def test_base_and_tail_together_find_what_exact_search_finds(tmp_path: Path) -> None:
    texts = [f"Ship number {n} left port {n % 7} with {n * 3} crates of fish." for n in range(300)]
    with Index.open(tmp_path / "library") as library:
        library.add_articles([article(n, text) for n, text in enumerate(texts[:250])])
        base = library._catalogue.fact("base")
        library.add_articles([article(250 + n, text) for n, text in enumerate(texts[250:])])
        assert library._catalogue.fact("base") == base, "the new articles are the tail"
        ids, keys = zip(*library._catalogue.vectors(), strict=True)
        question = "Which ship carried 780 crates?"
        nearness = library._vectors.get(keys) @ load_embedder().encode_query(question)
        nearest = [ids[i] for i in np.argsort(-nearness)[:10]]
        ranks = {
            hit.passage.id: hit.ranks["dense"]
            for hit in library.search(question, 50)
            if "dense" in hit.ranks
        }
        assert nearest == sorted(ranks, key=ranks.__getitem__)[:10]


def test_a_base_that_cannot_be_opened_costs_nothing_and_is_written_anew(
    tmp_path: Path, articles: Path
) -> None:
    with Index.open(tmp_path / "library") as library:
        library.sync([articles])
        name = library._catalogue.fact("base")
    for file in (tmp_path / "library" / str(name)).rglob("*.sqlite3"):
        file.unlink()
    with Index.open(tmp_path / "library") as library:
        assert "Norden" in library.search("Who bought the paper mill?", 1)[0].passage.text
        library.sync([articles])
        assert library._catalogue.fact("base") != name
        assert library.verify() == []


def test_a_read_only_library_can_be_searched(tmp_path: Path, articles: Path) -> None:
    with Index.open(tmp_path / "library") as library:
        library.sync([articles])
    with Index(tmp_path / "library", read_only=True) as library:
        assert "Norden" in library.search("Who bought the paper mill?", 1)[0].passage.text
        assert len(library.articles()) == 3


def test_readers_see_what_another_writer_committed(tmp_path: Path, articles: Path) -> None:
    with Index.open(tmp_path / "library") as reader, Index.open(tmp_path / "library") as writer:
        writer.sync([articles])
        assert "Norden" in reader.search("Who bought the paper mill?", 1)[0].passage.text
        (articles / "bees.txt").write_text("The bees of Varnholm made more honey than ever.\n")
        writer.sync([articles])
        assert "honey" in reader.search("How much honey was there?", 1)[0].passage.text


def test_a_base_that_is_damaged_inside_is_given_up_and_written_anew(tmp_path: Path) -> None:
    texts = [f"Ship number {n} left port {n % 7} with {n * 3} crates." for n in range(1200)]
    with Index.open(tmp_path / "library") as library:
        library.add_articles([article(n, text) for n, text in enumerate(texts)])
        name = str(library._catalogue.fact("base"))
    damaged = [*(tmp_path / "library" / name).rglob("*.bin")]
    assert damaged
    for file in damaged:
        file.write_bytes(file.read_bytes()[:10])
    with Index.open(tmp_path / "library") as library:
        assert any("search base" in problem for problem in library.verify())
        found = library.search("Which ship carried 780 crates?", 5)
        assert all("dense" in hit.ranks or "words" in hit.ranks for hit in found)
        assert any("dense" in hit.ranks for hit in found)
        library.add_articles([article(5000, "A new ship left.")])
        assert library._catalogue.fact("base") != name
        assert library.verify() == []


def test_a_correction_is_found_by_its_new_words_and_its_new_vector(
    tmp_path: Path, articles: Path
) -> None:
    with Index.open(tmp_path / "library") as library:
        library.sync([articles])
        mill = library.search("Who bought the paper mill?", 1)[0].article
        library.correct(mill.id, title="Zeppelin hangar")
        vector = load_embedder().encode_query("zeppelin hangar")
        found = dict(library._searcher._find_dense(vector, 50, None))
        exact = {
            i: float(library._vectors.get([key])[0] @ vector)
            for i, key in library._catalogue.vectors()
        }
        assert found == pytest.approx(exact, abs=1e-5)


def test_senseless_limits_are_refused(town: Index) -> None:
    with pytest.raises(BadValue, match="at least one"):
        town.search("ferry", 0)
    with pytest.raises(BadValue, match="no day"):
        town.search("ferry", since="nonsense")
    assert town.search("band", sources="Varnholm Courier")

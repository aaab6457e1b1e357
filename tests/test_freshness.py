"""A reader is told what has become of the sources since an answer was saved."""

from pathlib import Path

import pytest
from made_answers import citation, differing, hit, quoted, refused, sentence, turn

from index import ArticleInfo, Index
from rag.types import Answer
from ui import strings
from ui.freshness import check_sources, warnings

SALE = "The council voted for the sale by eleven to six."
PRICE = "Councillor Petra Holm, who voted against it, called the price far too low."


@pytest.fixture
def mill(index: Index, articles: Path) -> ArticleInfo:
    index.sync([articles])
    return next(info for info in index.articles() if (info.path or "").endswith("mill.txt"))


def answer(info: ArticleInfo, *quotes: str) -> Answer:
    cited = [
        citation(quote, number, info.id, title="The mill")
        for number, quote in enumerate(quotes, start=1)
    ]
    return quoted(sentences=tuple(sentence(c.quote, c) for c in cited))


def rewrite(index: Index, folder: Path, text: str) -> None:
    (folder / "mill.txt").write_text(text, encoding="utf-8")
    index.sync([folder])


def test_nothing_is_said_while_nothing_has_changed(index: Index, mill: ArticleInfo) -> None:
    (source,) = check_sources(answer(mill, SALE, PRICE), index)
    assert (source.article_id, source.state, source.in_words()) == (mill.id, "unchanged", None)
    assert warnings([turn(answer=answer(mill, SALE))], index) == ()


def test_a_newer_version_is_named_and_whether_the_words_still_stand(
    index: Index, mill: ArticleInfo, articles: Path
) -> None:
    text = (articles / "mill.txt").read_text(encoding="utf-8")
    rewrite(index, articles, text + "The sale takes effect in January next year.\n")
    (source,) = check_sources(answer(mill, SALE, PRICE), index)
    assert (source.state, source.lost) == ("changed", ())
    assert source.newer.id != mill.id
    assert "a newer version" in source.in_words()
    assert "still has the words" in source.in_words()

    index.correct(source.newer.id, published="2025-11-03", title="Mill sale called off")
    rewrite(index, articles, text.replace(SALE, "The council voted against the sale."))
    (source,) = check_sources(answer(mill, SALE, PRICE), index)
    assert source.lost == (1,)
    assert "“Mill sale called off” (3 November 2025)" in source.in_words()
    assert source.in_words().endswith("the words of footnote 1.")
    assert source.in_words("2-").endswith("the words of footnote 2-1.")

    rewrite(index, articles, "The old paper mill burned down last night, the fire brigade said.")
    (source,) = check_sources(answer(mill, SALE, PRICE), index)
    assert source.in_words().endswith("the words of footnotes 1, 2.")


def test_words_that_only_broke_their_lines_anew_still_stand(
    index: Index, mill: ArticleInfo, articles: Path
) -> None:
    rewrite(index, articles, f"{PRICE}\n\n{SALE.replace(' sale by', chr(10) + 'sale  by')}\n")
    (source,) = check_sources(answer(mill, SALE, PRICE.replace(" called", "\ncalled")), index)
    assert (source.state, source.lost) == ("changed", ())


def test_what_was_taken_out_is_still_readable_and_what_was_erased_is_not(
    index: Index, mill: ArticleInfo, articles: Path
) -> None:
    index.remove([articles / "mill.txt"])
    (source,) = check_sources(answer(mill, SALE), index)
    assert source.state == "removed"
    assert source.in_words() == strings.SOURCE_REMOVED.format(title="The mill")
    index.erase(mill.id)
    (source,) = check_sources(answer(mill, SALE), index)
    assert source.state == "erased"
    assert source.in_words() == strings.SOURCE_ERASED.format(title="The mill")


def test_disagreements_and_the_passages_below_a_refusal_count_too(
    index: Index, mill: ArticleInfo
) -> None:
    gone = citation(number=2, article="d" * 16)
    disagreeing = quoted(disagreements=(differing(citation(SALE, 1, mill.id), gone),))
    states = [source.state for source in check_sources(disagreeing, index)]
    assert states == ["unchanged", "erased"]
    refusal = refused((SALE, mill.id), (SALE, "d" * 16))
    assert [source.state for source in check_sources(refusal, index)] == ["unchanged", "erased"]
    answered = quoted(hits=(hit(SALE, "d" * 16),))
    assert check_sources(answered, index) == ()


def test_a_passage_below_a_refusal_that_changed_speaks_of_no_footnote(
    index: Index, mill: ArticleInfo, articles: Path
) -> None:
    rewrite(index, articles, "The old paper mill burned down last night, the fire brigade said.")
    (source,) = check_sources(refused((SALE, mill.id)), index)
    assert source.state == "changed"
    assert "footnote" not in source.in_words()
    assert "words quoted" not in source.in_words()


def test_several_answers_tell_of_the_same_article_once(index: Index, mill: ArticleInfo) -> None:
    index.remove([str(mill.path)])
    one = turn(answer=answer(mill, SALE))
    assert warnings([one, one, turn("Failed?", problem="No.")], index) == (
        strings.SOURCE_REMOVED.format(title="The mill"),
    )

"""Both sides of a disagreement are shown, cited and dated; what is none is not."""

from pathlib import Path

import pytest

from eval.pairs import KINDS, Verdict, judge, load_pairs
from index import Index
from rag import Disagreement, answer

DEVELOPMENT = Path("tests/pairs_dev.jsonl")
MORE = Path("tests/pairs_more.jsonl")
HELD_BACK = Path("tests/pairs_test.jsonl")


def _only(index: Index, question: str) -> Disagreement:
    given = answer(question, index=index)
    (found,) = given.disagreements
    for side in found.sides:
        for citation in side.citations:
            text = index.article(citation.article_id).text
            assert text[citation.start : citation.end] == citation.quote
    cited = [*given.citations, *(c for side in found.sides for c in side.citations)]
    numbers = {(c.article_id, c.start, c.end): c.number for c in cited}
    assert len({c.number for c in cited}) == len(numbers), "one number to each span"
    return found


def test_copies_that_agree_stand_on_one_side(seeds: Index) -> None:
    found = _only(seeds, "How many people will Ostrel hire?")
    outlets = [{citation.source for citation in side.citations} for side in found.sides]
    assert outlets == [{"Marrowby Courier", "Ansel Valley Post"}, {"Hallin Herald"}]
    assert found.kind == "copies"
    assert found.about == "620 people or 260 people"


def test_a_quote_says_which_articles_have_it_word_for_word(seeds: Index) -> None:
    given = answer("What did Yvette Sandoz say about why Ostrel chose Marrowby?", index=seeds)
    copied = [citation for citation in given.citations if citation.also_in]
    assert copied
    for citation in copied:
        for article_id in citation.also_in:
            assert article_id != citation.article_id
            assert citation.quote in seeds.article(article_id).text


def test_two_papers_differ_and_the_later_is_marked(seeds: Index) -> None:
    found = _only(seeds, "How many people were hurt in the fire?")
    assert [side.text.split()[0] for side in found.sides] == ["Seven", "Nine"]
    assert [side.published for side in found.sides] == ["2025-10-14", "2025-10-15"]
    assert [side.note for side in found.sides] == [None, "the later report"]


def test_a_correction_is_named_as_one(seeds: Index) -> None:
    found = _only(seeds, "How many people use the ferry on a weekday?")
    assert found.kind == "correction"
    assert found.sides[1].note == "a correction"
    assert "1,150" in found.sides[1].text


def test_nothing_beyond_the_chosen_articles_is_compared_or_cited(seeds: Index) -> None:
    ids = {Path(info.path or "").stem: info.id for info in seeds.articles()}
    seven, nine = ids["kestrel-fire-seven-hurt"], ids["kestrel-fire-nine-hurt"]
    question = "How many people were hurt in the fire?"
    alone = answer(question, index=seeds, articles=[nine])
    assert alone.sentences
    assert {citation.article_id for citation in alone.citations} == {nine}
    assert {hit.article.id for hit in alone.hits} == {nine}
    assert alone.disagreements == ()
    both = answer(question, index=seeds, articles=[seven, nine])
    assert {hit.article.id for hit in both.hits} == {seven, nine}
    assert len(both.disagreements) == 1


@pytest.mark.parametrize(
    "question", ["How much will the ferry repair cost?", "When will the ferry be back?"]
)
def test_later_news_is_no_disagreement(seeds: Index, question: str) -> None:
    assert answer(question, index=seeds).disagreements == ()


def test_a_sample_of_the_development_pairs() -> None:
    pairs = load_pairs(DEVELOPMENT)
    verdicts = judge(
        [pair for kind in KINDS for pair in [each for each in pairs if each.kind == kind][:2]]
    )
    flagged = {verdict.pair.kind for verdict in verdicts if verdict.flagged}
    assert flagged == {"conflict"}
    assert not any(verdict.strayed for verdict in verdicts)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("path", "conflicts", "false_alarms"),
    [(DEVELOPMENT, 19, 3), (MORE, 27, 4), (HELD_BACK, 14, 7)],
    ids=["development", "more for development", "held back"],
)
def test_the_published_figures_hold(path: Path, conflicts: int, false_alarms: int) -> None:
    verdicts = judge(load_pairs(path))
    assert _flagged(verdicts, conflict=True) >= conflicts
    assert _flagged(verdicts, conflict=False) <= false_alarms
    assert not any(verdict.strayed for verdict in verdicts)


def _flagged(verdicts: list[Verdict], *, conflict: bool) -> int:
    return sum(v.flagged for v in verdicts if (v.pair.kind == "conflict") == conflict)

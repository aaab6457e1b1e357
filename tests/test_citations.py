"""A footnote is narrowed to the sentences that cover a claim, and each span has one number."""

import pytest

from index import Article, ArticleInfo, Hit, Passage
from rag.citations import Coverage, Footnotes, cite_span
from rag.types import Sentence, Support

TEXT = (
    "The town council met late on Monday evening. Eleven members voted for the sale of the mill. "
    "Six voted against it.\n\nMembers leave the hall after the vote\n\nThe mayor had a cold."
)
ARTICLE = Article(id="a", key="k", title="Mill sold", text="Lead-in. " + TEXT)


def hit(text: str = TEXT) -> Hit:
    passage = Passage(id=text[:5], article_id="a", start=9, end=9 + len(text), text=text)
    return Hit(passage=passage, article=ArticleInfo(id="a", key="k"), score=1.0)


@pytest.mark.parametrize(
    ("claim", "quote"),
    [
        ("The mayor was ill with a cold.", "The mayor had a cold."),
        ("The sale of the mill was approved by eleven members.",
         "Eleven members voted for the sale of the mill."),
        ("Eleven voted for the sale of the mill, six against it.",
         "Eleven members voted for the sale of the mill. Six voted against it."),
    ],
)
def test_a_passage_is_narrowed_to_what_covers_the_claim(claim: str, quote: str) -> None:
    window = Coverage().narrow(claim, hit())
    assert window is not None
    assert cite_span(ARTICLE, window.start, window.end, 1).quote == quote


def test_a_passage_of_captions_has_nothing_to_cite() -> None:
    assert Coverage().narrow("Members leave.", hit("Members leave the hall")) is None


def test_a_span_keeps_its_number() -> None:
    def sentence(*starts: int) -> Sentence:
        citations = tuple(cite_span(ARTICLE, start, start + 5, 0) for start in starts)
        return Sentence(text="It.", citations=citations, support=Support(verdict="supported"))

    footnotes = Footnotes()
    numbered = [footnotes.numbered(s) for s in (sentence(9, 20), sentence(20), sentence(30, 9))]
    assert [[c.number for c in s.citations] for s in numbered] == [[1, 2], [2], [3, 1]]

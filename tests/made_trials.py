"""A small library, and what a scorer says of a case and an answer over it."""

from collections.abc import Iterator

import pytest

from eval.gold import locate_gold
from eval.trial import Scorer, Trial
from eval.types import Case, Outcome, Span
from index import Article, Hit, Index
from rag.types import Answer, Citation, Sentence, Support

REPORT = "Divers found cracks in two of the six supports of the east ramp on Monday."
BAND = "The band rehearsed three evenings a week."
PRIZE = "The prize is worth 12,000 crowns."

TEXTS = {
    "courier/ferry.txt": f"The ferry stays in port. {REPORT} Nobody was hurt.",
    "herald/ferry.txt": f"{REPORT} Buses run instead, the town hall said.",
    "school.md": f"{BAND} {PRIZE} It pays for eleven instruments.",
}

CASE = Case(
    id="q1",
    question="What did the divers find?",
    reference="cracks",
    spans=(Span(path="courier/ferry.txt", quote=REPORT),),
    paths=("courier/ferry.txt",),
    answerable=True,
)
UNANSWERABLE = Case(id="q2", question="Who trained the divers?", answerable=False)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    articles = [
        Article(id=f"{n:016x}", key=path, path=path, text=text, title=f"Article {n}")
        for n, (path, text) in enumerate(TEXTS.items())
    ]
    with Index.open(tmp_path_factory.mktemp("scores")) as index:
        index.add_articles(articles)
        yield index


def hits(library: Index, *paths: str) -> tuple[Hit, ...]:
    """One hit for each path; these articles are one passage each."""
    by_path = {info.path: info for info in library.articles()}
    return tuple(
        Hit(passage=library.passages(by_path[path].id)[0], article=by_path[path], score=0.0)
        for path in paths
    )


def citation(library: Index, path: str, quote: str, number: int = 1) -> Citation:
    article_id = next(info.id for info in library.articles() if info.path == path)
    start = library.article(article_id).text.index(quote)
    return Citation(
        number=number,
        article_id=article_id,
        title=None,
        source=None,
        url=None,
        published=None,
        start=start,
        end=start + len(quote),
        quote=quote,
    )


def answered(*citations: Citation, text: str | None = None, score: float = 0.8) -> Answer:
    sentences = tuple(
        Sentence(text=text or c.quote, citations=(c,), support=Support(verdict="quoted"))
        for c in citations
    )
    return Answer(question="?", asked="?", sentences=sentences, score=score)


REFUSED = Answer(question="?", asked="?", refused=True, reason="nothing", score=0.1)


def scores(scorer: Scorer, case: Case, answer: Answer, index: Index) -> dict[str, float | None]:
    gold = locate_gold([case], index)[case.id]
    outcome = Outcome(case=case, answer=answer, first_sentence=0.2, whole_answer=0.5)
    trial = Trial(outcome=outcome, gold=gold)
    scored = scorer(trial, index)
    assert {score.case_id for score in scored} == {case.id}
    assert all(score.reason for score in scored if score.value is None)
    return {score.metric: score.value for score in scored}

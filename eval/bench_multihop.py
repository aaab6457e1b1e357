"""MultiHop-RAG (Tang and Yang 2024): questions about two to four news articles at once.

`corpus.json`: [{"title", "author", "source", "published_at", "url", "body"}]. `MultiHopRAG.json`:
[{"query", "answer", "question_type", "evidence_list": [{"title", "url", "fact"}]}]. A null_query
has no evidence: no article answers it. The set has no held-back split. A question's group is the
first article of its evidence: grouping all that share any article would leave one group.
"""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from eval.bench_files import Bench, Row, make_article, rows_of, text_of
from eval.types import Case, Span
from index import Article

CORPUS_FILE, QUESTIONS_FILE = "corpus.json", "MultiHopRAG.json"

UNANSWERABLE = "null_query"
TYPES = frozenset({"inference_query", "comparison_query", "temporal_query", UNANSWERABLE})

YES_NO_NOTE = (
    "MultiHop-RAG: many comparison and temporal questions have the reference answer Yes or No, "
    "which an answer in quotes seldom holds."
)
LOST_NOTE = (
    "MultiHop-RAG: {lost} of {all} facts of the evidence do not stand in their articles, white "
    "space aside, and are no gold quotes here."
)


def load_multihop(folder: Path) -> Bench:
    """Return MultiHop-RAG's news as articles, and its questions."""
    bodies = list(_bodies(folder / CORPUS_FILE))
    by_name = {name: body for body in bodies for name in (body.article.title, body.article.url)}
    cases: list[Case] = []
    lost = facts = 0
    for number, (place, row) in enumerate(rows_of(folder / QUESTIONS_FILE), start=1):
        with place:
            case = _case(row, number, by_name)
            cases.append(case)
            facts += len(row["evidence_list"]) if case.answerable else 0
            lost += len(row["evidence_list"]) - len(case.spans) if case.answerable else 0
    notes = (YES_NO_NOTE, LOST_NOTE.format(lost=lost, all=facts)) if lost else (YES_NO_NOTE,)
    return Bench([body.article for body in bodies], cases, notes)


class _Body:
    """An article in which facts are found whatever their white space."""

    def __init__(self, article: Article) -> None:
        self.article = article
        self.path = article.path or article.key
        self._places = [i for i, letter in enumerate(article.text) if not letter.isspace()]
        self._letters = "".join(article.text[i] for i in self._places)

    def quote(self, fact: str) -> str | None:
        """Return the article's own words for a fact, or None where they do not stand in it."""
        letters = "".join(fact.split())
        start = self._letters.find(letters)
        if start < 0 or not letters:
            return None
        return self.article.text[self._places[start] : self._places[start + len(letters) - 1] + 1]


def _bodies(path: Path) -> Iterator[_Body]:
    for number, (place, row) in enumerate(rows_of(path), start=1):
        with place:
            day = date.fromisoformat(row["published_at"][:10]) if row["published_at"] else None
            article = make_article(
                f"multihop/{number}",
                text_of(row, "body"),
                title=text_of(row, "title"),
                source=row["source"],
                author=row.get("author"),
                url=row.get("url"),
                published=day.isoformat() if day else None,
            )
            body = _Body(article)
        yield body


def _case(row: Row, number: int, by_name: dict[str | None, _Body]) -> Case:
    kind = row["question_type"]
    if kind not in TYPES:
        raise ValueError(f"question_type {kind!r} is none of {', '.join(sorted(TYPES))}")
    answerable = kind != UNANSWERABLE
    evidence = [(each, _body_of(each, by_name)) for each in row["evidence_list"] if answerable]
    if answerable and not evidence:
        raise ValueError("an answerable question without evidence")
    quotes = [(body.path, body.quote(text_of(each, "fact"))) for each, body in evidence]
    return Case(
        id=f"multihop-{number}",
        question=text_of(row, "query"),
        reference=text_of(row, "answer") if answerable else None,
        spans=tuple(Span(path=path, quote=quote) for path, quote in quotes if quote),
        paths=tuple(dict.fromkeys(body.path for _, body in evidence)),
        answerable=answerable,
        tags=(kind,),
    )


def _body_of(evidence: Row, by_name: dict[str | None, _Body]) -> _Body:
    found = by_name.get(evidence.get("url")) or by_name.get(text_of(evidence, "title"))
    if found is None:
        raise ValueError(f"{CORPUS_FILE} has no article {evidence['title']!r}")
    return found

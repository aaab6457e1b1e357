"""Suggest questions that the articles answer: first ones, and follow-ups to an answer.

Without a language model: questions are drafted by rule from single sentences, and only those are
shown that the pipeline itself, asked in quotes, answers with a footnote to that very sentence.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, zip_longest

from index import Article, ArticleInfo, Index
from index.errors import UnknownArticle
from index.types import Value
from rag.answer import stream
from rag.mentions import form, names_in
from rag.suggestion_candidates import Candidate, candidates_in, distance, forms_of
from rag.types import Answer, Citation
from rag.verbatim import flat

NEWEST = 240
"""Articles, newest first, from which first questions are drawn."""
MOST_READ = 24
"""Articles that are read for them, in turns from each outlet."""
TRIES = 4
"""Questions that are tried for each one wanted; each try takes some 0.4 s."""

ALIKE = 0.6
"""Share of the telling words of the shorter from which two questions ask the same."""
SAID_ALREADY = 0.8
"""Share of a sentence's telling words that an answer has, from which it says the same."""
MOST_FOLLOWED = 4
"""Articles from which follow-ups are drawn."""

SAME_KIND = 0.4
SAME_ARTICLE = 1.0
SAME_NAME = 0.7
"""What a question loses for each one shown already of its kind, from its article, or with one of
its names."""
NEWEST_FIRST = 0.6
"""What a question of the newest article gains; it fades to nothing at the last that is read."""


@dataclass(frozen=True, kw_only=True)
class Suggestion(Value):
    """A question, and the sentence that answers it: `article.text[start:end]`."""

    question: str
    article_id: str
    start: int
    end: int


def first_questions(
    index: Index,
    count: int = 6,
    *,
    articles: Sequence[str] | None = None,
    go_on: Callable[[], bool] = lambda: True,
) -> tuple[Suggestion, ...]:
    """Return questions to begin with: on the main points of new articles, of several kinds.

    Args:
        index: The library.
        count: How many at most; a library may hold fewer sentences that can be turned.
        articles: The ids of the articles to which they are limited; None for all.
        go_on: Asked before each try, which takes some 0.4 s; with False, those found are returned.

    Raises:
        IndexFailure: the library cannot be searched.
    """
    chosen = choose_articles(index.articles(), articles)
    candidates = [
        replace(candidate, score=candidate.score + NEWEST_FIRST * (1 - place / len(chosen)))
        for place, article in enumerate(_still_there(index, [info.id for info in chosen]))
        for candidate in candidates_in(article)
    ]
    return _proven(candidates, index, count, go_on=go_on)


def follow_ups(
    answer: Answer, index: Index, count: int = 3, *, go_on: Callable[[], bool] = lambda: True
) -> tuple[Suggestion, ...]:
    """Return questions that go on from an answer, each of which stands alone.

    They come from the articles that it cites and from those that differ; and from its other
    evidence, as far as they speak of the same. Nothing that was asked or told already.

    Raises:
        IndexFailure: the library cannot be searched.
    """
    told = [flat(sentence.text) for sentence in answer.sentences]
    known = " ".join([answer.asked, answer.question, *told])
    cited = [*answer.citations]
    cited += [c for d in answer.disagreements for side in d.sides for c in side.citations]
    cited_ids = dict.fromkeys(citation.article_id for citation in cited)
    other_ids = dict.fromkeys(hit.article.id for hit in answer.hits)
    candidates: list[Candidate] = []
    for article in _still_there(index, [*(cited_ids | other_ids)][:MOST_FOLLOWED]):
        near = [(c.start, c.end) for c in cited if c.article_id == article.id]
        candidates += [
            candidate
            for candidate in candidates_in(article, near=near, known=forms_of(known))
            if (near or _shares_a_name(candidate, known)) and not _is_told(candidate, answer, told)
        ]
    asked = [answer.asked, answer.question]
    return _proven(candidates, index, count, asked=asked, go_on=go_on)


def _still_there(index: Index, article_ids: Iterable[str]) -> Iterator[Article]:
    """Yield the articles with these ids, without those that went since the ids were read."""
    for article_id in article_ids:
        try:
            article = index.article(article_id)
        except UnknownArticle:
            continue
        yield article


def choose_articles(
    infos: Iterable[ArticleInfo], wanted: Sequence[str] | None
) -> list[ArticleInfo]:
    """Return the newest articles, in turns from each outlet."""
    among = None if wanted is None else frozenset(wanted)
    newest = [info for info in infos if among is None or info.id in among][:NEWEST]
    by_outlet: dict[str | None, list[ArticleInfo]] = {}
    for info in newest:
        by_outlet.setdefault(info.source, []).append(info)
    turns = chain.from_iterable(zip_longest(*by_outlet.values()))
    return [info for info in turns if info is not None][:MOST_READ]


def ask_alike(one: str, other: str) -> bool:
    """Say whether two questions ask the same, as far as their telling words say."""
    return _share(forms_of(one), forms_of(other)) >= ALIKE


def _proven(
    candidates: Sequence[Candidate],
    index: Index,
    count: int,
    *,
    asked: Sequence[str] = (),
    go_on: Callable[[], bool],
) -> tuple[Suggestion, ...]:
    """Return the best candidates that the pipeline answers, unlike one another."""
    left, chosen = [*candidates], list[Candidate]()
    found: list[Suggestion] = []
    tries = TRIES * count
    while left and tries and len(found) < count:
        best = max(left, key=lambda candidate: candidate.score - _repeats(candidate, chosen))
        left.remove(best)
        if _is_alike(best, chosen, asked):
            continue
        if not go_on():
            break
        tries -= 1
        suggestion = prove(best, index)
        if suggestion is not None:
            chosen.append(best)
            found.append(suggestion)
    return tuple(found)


def prove(candidate: Candidate, index: Index) -> Suggestion | None:
    """Return a suggestion if the pipeline's answer has a footnote to the candidate's sentence.

    In quotes, and only up to that footnote: a language model is never asked, and reports are not
    compared. Where a copy of the sentence is quoted, the suggestion names that copy.
    """
    question = candidate.drafted.question
    for partial in stream(question, index=index, in_quotes=True):
        for citation in partial.citations:
            if _is_answer(citation, candidate):
                return Suggestion(
                    question=question,
                    article_id=candidate.article_id,
                    start=candidate.start,
                    end=candidate.end,
                )
            if flat(citation.quote) == candidate.sentence:
                return Suggestion(
                    question=question,
                    article_id=citation.article_id,
                    start=citation.start,
                    end=citation.end,
                )
    return None


def _is_answer(citation: Citation, candidate: Candidate) -> bool:
    """Say whether a citation and the sentence of a candidate share characters."""
    spans = (citation.start, citation.end), (candidate.start, candidate.end)
    return citation.article_id == candidate.article_id and distance(*spans) < 0


def _repeats(candidate: Candidate, chosen: Sequence[Candidate]) -> float:
    """Return what a candidate loses beside those chosen, so that they speak of many things."""
    names = _names(candidate.drafted.question)
    return sum(
        SAME_KIND * (candidate.drafted.kind == other.drafted.kind)
        + SAME_ARTICLE * (candidate.article_id == other.article_id)
        + SAME_NAME * bool(names & _names(other.drafted.question))
        for other in chosen
    )


def _is_alike(candidate: Candidate, chosen: Sequence[Candidate], asked: Sequence[str]) -> bool:
    """Say whether a candidate asks what was asked already, or is made of the same sentence."""
    questions = [*asked, *(other.drafted.question for other in chosen)]
    return any(candidate.sentence == other.sentence for other in chosen) or any(
        ask_alike(candidate.drafted.question, question) for question in questions
    )


def _is_told(candidate: Candidate, answer: Answer, told: Sequence[str]) -> bool:
    """Say whether an answer already says what a candidate asks for."""
    if any(_is_answer(citation, candidate) for citation in answer.citations):
        return True
    words = forms_of(candidate.sentence)
    return any(_share(words, forms_of(sentence)) >= SAID_ALREADY for sentence in told)


def _shares_a_name(candidate: Candidate, text: str) -> bool:
    return bool(_names(candidate.drafted.question) & forms_of(text))


def _share(words: frozenset[str], other: frozenset[str]) -> float:
    """Return the share of the fewer words that are in both."""
    return len(words & other) / max(1, min(len(words), len(other)))


def _names(question: str) -> frozenset[str]:
    return frozenset(map(form, names_in(question)))

"""Find the gold quotes in an index: cases name paths and words, since ids change with cleaning."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import PurePath

from eval.errors import BadCases
from eval.types import Case
from eval.words import find_quote
from index import Article, Index, Passage
from index.types import Value

FEWEST_WORDS_OF_A_COPY = 8
"""A quote this long is a sentence: where another article holds it word for word, it is a copy of
the same report. A shorter one ("in France") may stand anywhere."""

REMEDY = (
    "There must be an article at every path, and a gold quote must stand word for word in the one "
    "at its path (white space aside). Correct the case, or see with `python -m index show` what "
    "was read from the file."
)


@dataclass(frozen=True, kw_only=True)
class GoldSpan(Value):
    """Where a gold quote stands; quotes of the same words have the same number."""

    number: int
    article_id: str
    start: int
    end: int
    quote: str


@dataclass(frozen=True, kw_only=True)
class Gold(Value):
    """What a case's gold is in one index; empty for an unanswerable case."""

    spans: tuple[GoldSpan, ...] = ()
    article_ids: frozenset[str] = frozenset()
    passages: tuple[frozenset[int], ...] = ()
    """The gold quotes that each passage of the index touches, copies and passages without left out.
    """
    among: tuple[str, ...] = ()
    """Ids of the only articles that the question is asked over; all of them where empty."""

    @property
    def numbers(self) -> frozenset[int]:
        """The numbers of the distinct gold quotes."""
        return frozenset(span.number for span in self.spans)

    def touched(self, article_id: str, start: int, end: int, text: str) -> frozenset[int]:
        """Return the numbers of the gold quotes that a stretch of an article touches or copies."""
        return frozenset(
            span.number
            for span in self.spans
            if (span.article_id == article_id and span.start < end and start < span.end)
            or (_is_sentence(span.quote) and find_quote(text, span.quote))
        )


def locate_gold(cases: Sequence[Case], index: Index) -> dict[str, Gold]:
    """Return each case's gold by case id.

    Raises:
        BadCases: lists the quotes that stand in no article at their path, and the paths at which
            there is no article.
    """
    shelf = _Shelf(index)
    problems: list[str] = []
    gold = {case.id: _gold_of(case, shelf, problems) for case in cases}
    if problems:
        raise BadCases("The cases do not fit the articles", problems, REMEDY)
    return gold


class _Shelf:
    """The articles of an index by file name, each read once."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._by_name: dict[str, list[tuple[PurePath, str]]] = {}
        self._articles: dict[str, Article] = {}
        self._passages: dict[str, list[Passage]] = {}
        for info in index.articles():
            for file in index.files(info.id):
                path = PurePath(file)
                self._by_name.setdefault(path.name, []).append((path, info.id))

    def at(self, path: str) -> list[Article]:
        """Return the articles whose file's path ends in `path`, folder by folder."""
        wanted = PurePath(path).parts
        named = self._by_name.get(wanted[-1], []) if wanted else []
        ids = {i: None for file, i in named if file.parts[-len(wanted) :] == wanted}
        return [self._article(article_id) for article_id in ids]

    def passages(self, article_id: str) -> list[Passage]:
        """Return an article's passages."""
        if article_id not in self._passages:
            self._passages[article_id] = self._index.passages(article_id)
        return self._passages[article_id]

    def _article(self, article_id: str) -> Article:
        if article_id not in self._articles:
            self._articles[article_id] = self._index.article(article_id)
        return self._articles[article_id]


def _gold_of(case: Case, shelf: _Shelf, problems: list[str]) -> Gold:
    numbers: dict[str, int] = {}
    spans: list[GoldSpan] = []
    articles = {a.id for path in case.paths if case.answerable for a in shelf.at(path)}
    for span in case.spans:
        number = numbers.setdefault(" ".join(span.quote.split()), len(numbers))
        found = list(_places(shelf.at(span.path), span.quote, number))
        if not found:
            problems.append(f"case {case.id!r}: {span.path} does not hold {span.quote[:80]!r}")
        spans += found
    articles |= {span.article_id for span in spans}
    among = {path: [article.id for article in shelf.at(path)] for path in case.among}
    problems += [
        f"case {case.id!r}: no article at {path}"
        for path in dict.fromkeys((*case.paths, *case.among))
        if not shelf.at(path)
    ]
    located = Gold(
        spans=tuple(spans),
        article_ids=frozenset(articles),
        among=tuple(dict.fromkeys(chain.from_iterable(among.values()))),
    )
    return replace(located, passages=_passages(located, shelf))


def _places(articles: Iterable[Article], quote: str, number: int) -> Iterable[GoldSpan]:
    for article in articles:
        place = find_quote(article.text, quote)
        if place:
            yield GoldSpan(
                number=number, article_id=article.id, start=place[0], end=place[1], quote=quote
            )


def _passages(gold: Gold, shelf: _Shelf) -> tuple[frozenset[int], ...]:
    """Return what each passage with gold touches; those that touch the same are copies of one."""
    held = {
        gold.touched(article_id, passage.start, passage.end, passage.text)
        for article_id in {span.article_id for span in gold.spans}
        for passage in shelf.passages(article_id)
    }
    return tuple(sorted(held - {frozenset()}, key=sorted))


def _is_sentence(quote: str) -> bool:
    return len(quote.split()) >= FEWEST_WORDS_OF_A_COPY

"""Draft cases from articles: questions whose gold sentence is known, each beside its twin.

The questions are those of `rag/drafted_questions.py`, which are also suggested in the chat; here
none is asked before it is taken. A set of questions that the pipeline answers anyway would tell
nothing about it.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from eval.draft_twins import Shelf, Twin
from eval.types import Case, Span
from index import Article
from index.progress import Progress
from index.sentences import sentence_spans
from index.types import Value
from rag.drafted_questions import draft_questions
from rag.question_forms import QuestionKind
from rag.sound_questions import has_name
from rag.suggestions import ask_alike

MOST_READ = 400
"""Articles from which questions are drafted, drawn by a hash of their text; all are searched for
what a twin must not find."""
MOST_OF_A_KIND = 1 / 3
"""Share of the questions that may ask for one thing: many sentences say who somebody is."""
ENOUGH = 4
"""Times as many articles with questions as cases are wanted, at which drafting stops."""
LONGEST_READ = 20_000
"""Characters of an article that are read."""
OPEN_KINDS = frozenset({"told"})
"""Questions such as "What did Jonas Wede say?", to which one sentence is not the answer."""
IN_SENTENCES = frozenset({"said"})
"""Kinds whose answer is no words of the sentence but all of it."""

LEANS = re.compile(r"(?:his|her|its|their) ", re.IGNORECASE)
"""How an answer begins that the sentence alone does not make plain: "its governor"."""
LEADING = re.compile(
    r"\A(?:(?:because of|because|due to|owing to|thanks to|in|on|at|since|from|until|by|during|for|"
    r"about|around|some|its|his|her|their|the|an?) ){1,3}(?=\w|[$€£¥])",
    re.IGNORECASE,
)

DRAFTED, TWIN, SEVERAL = "drafted", "twin", "several-answers"


@dataclass(frozen=True, kw_only=True)
class Pair(Value):
    """A drafted case, and its unanswerable twin where one is sure."""

    case: Case
    twin: Case | None = None

    @property
    def cases(self) -> tuple[Case, ...]:
        """Both, the answerable one first."""
        return (self.case,) if self.twin is None else (self.case, self.twin)


@dataclass(frozen=True, kw_only=True)
class _Gold(Value):
    """A sentence that answers, and the words of it that do."""

    path: str
    quote: str
    reference: str


@dataclass(frozen=True, kw_only=True)
class _Draft(Value):
    """A question that an article answers, before it is chosen."""

    question: str
    kind: QuestionKind
    article: str
    start: int
    gold: tuple[_Gold, ...]

    @property
    def rank(self) -> bytes:
        """Where it comes among its like: by chance, but always the same."""
        return _hash(f"{self.question} {self.gold[0].quote}")


def draft_pairs(
    articles: Sequence[Article], count: int, per_article: int, progress: Progress
) -> list[Pair]:
    """Return at most `count` pairs, spread over articles and kinds, in the order of the articles.

    The same articles give the same pairs, whatever their order.

    Args:
        articles: All of the pile, each with the path that cases name.
        count: How many answerable questions are wanted.
        per_article: How many of one article at most.
        progress: Called with articles read, articles in all, and the one at hand.
    """
    drawn = sorted(articles, key=lambda article: _hash(article.id))[:MOST_READ]
    drafts: dict[str, _Draft] = {}
    read: list[Article] = []
    for done, article in enumerate(drawn):
        progress(done, len(drawn), article.title or article.path or article.key)
        read.append(article)
        for draft in _drafts(article):
            drafts[draft.question] = _joined(drafts.get(draft.question), draft)
        if len({draft.article for draft in drafts.values()}) >= ENOUGH * count:
            break
    progress(len(drawn), len(drawn), "choosing")
    pairs = _Pairs(Shelf(articles, read))
    chosen = _choose([*drafts.values()], read, count, per_article, pairs)
    chosen.sort(key=lambda draft: (draft.gold[0].path, draft.start, draft.question))
    return [pairs.of(draft) for draft in chosen]


def _drafts(article: Article) -> list[_Draft]:
    """Return an article's questions; without a name, one could be asked of many articles."""
    return [
        _Draft(
            question=drafted.question,
            kind=drafted.kind,
            article=article.id,
            start=start,
            gold=(
                _Gold(
                    path=article.path or article.key,
                    quote=article.text[start:end],
                    reference=drafted.reference,
                ),
            ),
        )
        for start, end in sentence_spans(article.text[:LONGEST_READ])
        for drafted in draft_questions(article, start, end)
        if drafted.kind not in OPEN_KINDS and has_name(drafted.question)
        if not LEANS.match(drafted.reference)
    ]


def _joined(known: _Draft | None, draft: _Draft) -> _Draft:
    """Return one draft for a question that several sentences answer, in copies or on their own."""
    if known is None:
        return draft
    return _Draft(
        question=known.question,
        kind=known.kind,
        article=known.article,
        start=known.start,
        gold=tuple(dict.fromkeys([*known.gold, *draft.gold])),
    )


class _Pairs:
    """Makes drafts into pairs, each once."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._made: dict[str, Pair] = {}

    def of(self, draft: _Draft) -> Pair:
        if draft.question not in self._made:
            twin = self._shelf.twin_of(draft.question, self._shelf.articles[draft.article])
            self._made[draft.question] = _pair(draft, twin)
        return self._made[draft.question]


def _choose(
    drafts: Sequence[_Draft],
    articles: Sequence[Article],
    count: int,
    per_article: int,
    pairs: _Pairs,
) -> list[_Draft]:
    """Return drafts, article by article in turns: with a twin first, then of a kind not had yet."""
    left: dict[str, list[_Draft]] = {article.id: [] for article in articles}
    for draft in sorted(drafts, key=lambda draft: draft.rank):
        left[draft.article].append(draft)
    chosen: list[_Draft] = []
    kinds = Counter[str]()
    for of_article in chain.from_iterable([*left.values()] for _ in range(per_article)):
        if len(chosen) == count:
            break
        fit = [
            draft
            for draft in of_article
            if kinds[draft.kind] < MOST_OF_A_KIND * count and not _repeats(draft, chosen)
        ]
        if fit:
            best = min(fit, key=lambda d: (pairs.of(d).twin is None, kinds[d.kind]))
            kinds[best.kind] += 1
            chosen.append(best)
    return chosen


def _repeats(draft: _Draft, chosen: Sequence[_Draft]) -> bool:
    """Say whether a question was asked already, or is made of the same sentence."""
    quotes = {gold.quote for gold in draft.gold}
    return any(
        quotes & {gold.quote for gold in other.gold} or ask_alike(draft.question, other.question)
        for other in chosen
    )


def _pair(draft: _Draft, twin: Twin | None) -> Pair:
    identity = f"draft-{_hash(f'{draft.question} {draft.gold[0].quote}').hex()[:8]}"
    references = {_bare(gold.reference) for gold in draft.gold}
    short = len(references) == 1 and draft.kind not in IN_SENTENCES
    paths = tuple(dict.fromkeys(gold.path for gold in draft.gold))
    several = (SEVERAL,) if len(references) > 1 else ()
    case = Case(
        id=identity,
        question=draft.question,
        reference=_bare(draft.gold[0].reference) if short else None,
        spans=tuple(Span(path=gold.path, quote=gold.quote) for gold in draft.gold),
        paths=paths,
        answerable=True,
        tags=(DRAFTED, draft.kind, *several),
    )
    if twin is None:
        return Pair(case=case)
    exchanged = f"{_slug(twin.other.text)}-for-{_slug(twin.fact.text)}"
    return Pair(
        case=case,
        twin=Case(
            id=f"{identity}-{TWIN}-{exchanged}",
            question=twin.question,
            paths=paths,
            answerable=False,
            tags=(DRAFTED, TWIN, f"{TWIN}-{twin.fact.kind}"),
        ),
    )


def _bare(reference: str) -> str:
    """Return an answer without the words that only led up to it: "at about 7 percent"."""
    return LEADING.sub("", reference)


def _slug(text: str) -> str:
    """Return words as a part of an id: "Port Sellin" gives "Port_Sellin"."""
    return "_".join(text.split())


def _hash(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()

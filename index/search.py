"""Find passages: by meaning (base and tail) and by words, fused by rank."""

from collections.abc import Callable, Collection, Sequence
from contextlib import ExitStack
from pathlib import Path
from threading import Lock

import numpy as np

from index.base import Base, is_usable, mark_broken
from index.catalogue import Catalogue
from index.errors import BadValue, BrokenLibrary, UnknownArticle
from index.models import Vectors
from index.types import RETRIEVERS, ArticleInfo, Hit, Retriever
from index.vectors import VectorStore

DEPTH = 50
"""Passages that each retriever proposes."""

RRF_CONSTANT = 60
"""Reciprocal rank fusion's k, as in Cormack, Clarke and Büttcher (2009)."""


class Searcher:
    """Searches one library; what it keeps in memory follows the catalogue's revision."""

    def __init__(self, folder: Path, catalogue: Catalogue, vectors: VectorStore) -> None:
        """Search nothing yet: base and tail are loaded when first asked."""
        self._folder = folder
        self._catalogue = catalogue
        self._vectors = vectors
        self._lock = Lock()
        self._revision: str | None = None
        self._base: Base | None = None
        self._tail: tuple[list[str], Vectors] = ([], np.zeros((0, 0), dtype=np.float32))

    def search(
        self,
        question: str,
        vector: Vectors,
        k: int,
        limit: Callable[[], Sequence[str]] | None = None,
        retrievers: Sequence[Retriever] = RETRIEVERS,
    ) -> list[Hit]:
        """Return the k best passages by fused rank, all as they were at one moment.

        Args:
            question: What is asked, for the word index.
            vector: The question's vector.
            k: How many hits at most.
            limit: Gives the ids of the articles to which the search is limited, as they are at
                that moment; None for all.
            retrievers: What finds the passages.
        """
        while True:
            revision = self._catalogue.fact("revision")
            try:
                return self._search(question, vector, k, limit, retrievers)
            except BrokenLibrary:
                # a writer has let go of vectors that the moment before its change still needed
                if self._catalogue.fact("revision") == revision:
                    raise

    def _search(
        self,
        question: str,
        vector: Vectors,
        k: int,
        limit: Callable[[], Sequence[str]] | None,
        retrievers: Sequence[Retriever],
    ) -> list[Hit]:
        depth = max(DEPTH, k)
        rankings: dict[str, list[str]] = {}
        with ExitStack() as moment:
            with self._lock:  # so that a later search never looks at an earlier moment
                moment.enter_context(self._catalogue.moment())
                among = None if limit is None else limit()
                if "dense" in retrievers:
                    rankings["dense"] = [i for i, _ in self._find_dense(vector, depth, among)]
            if "words" in retrievers:
                rankings["words"] = self._catalogue.find_words(question, depth, among)
            scores, ranks = _fuse(rankings)
            best = sorted(scores, key=lambda i: (-scores[i], i))[:depth]
            found = self._catalogue.passages_by_id(best)
        return [
            Hit(passage=found[i][0], article=found[i][1], score=scores[i], ranks=ranks[i])
            for i in best
            if i in found
        ][:k]

    def close(self) -> None:
        """Let the base go."""
        with self._lock:
            self._drop_base()
            self._revision = None

    def _find_dense(
        self, vector: Vectors, k: int, among: Sequence[str] | None
    ) -> list[tuple[str, float]]:
        """Return up to k (passage id, cosine), best first. The caller holds the lock."""
        if among is not None:
            return _nearest(*self._rows_of(among), vector, k)
        self._refresh()
        found = dict(_nearest(*self._tail, vector, k))
        if self._base is not None:
            try:
                found |= dict(self._live_in_base(self._base, vector, k))
            except BrokenLibrary:
                self._give_up(self._base)
                found = dict(_nearest(*self._tail, vector, k))
        return sorted(found.items(), key=lambda item: (-item[1], item[0]))[:k]

    def _live_in_base(self, base: Base, vector: Vectors, k: int) -> list[tuple[str, float]]:
        """Ask the base for more until k of its answers are still live.

        Up to a tenth of its rows is not, and twice as many cost no more: see `ef_search`.
        """
        asked = 2 * k
        while True:
            found = base.search(vector, asked)
            live = self._catalogue.in_base(base.name, [i for i, _ in found])
            kept = [(i, score) for i, score in found if i in live]
            if len(kept) >= k or asked >= base.size:
                return kept[:k]
            asked *= 2

    def _rows_of(self, article_ids: Sequence[str]) -> tuple[list[str], Vectors]:
        rows = self._catalogue.vectors_of(article_ids)
        return [i for i, _ in rows], self._vectors.get([key for _, key in rows])

    def _refresh(self) -> None:
        """Load the base and the tail that the catalogue names now."""
        revision = self._catalogue.fact("revision")
        if revision == self._revision:
            return
        name = self._catalogue.fact("base")
        if self._base is None or self._base.name != name:
            self._drop_base()
            self._base = self._open_base(name)
        self._load_tail(name if self._base else None)
        self._revision = revision

    def _load_tail(self, base: str | None) -> None:
        """Load the passages that a base lacks; without one, all of them."""
        rows = self._catalogue.vectors(*(("base IS NOT ?", base) if base else ("1",)))
        self._tail = ([i for i, _ in rows], self._vectors.get([key for _, key in rows]))

    def _give_up(self, base: Base) -> None:
        """Go on without a damaged base, and have the next sync write another."""
        mark_broken(self._folder / base.name)
        revision, self._revision = self._revision, None  # until all is loaded
        self._drop_base()
        self._load_tail(None)
        self._revision = revision

    def _open_base(self, name: str | None) -> Base | None:
        """Open the base; without one, every passage is searched exactly, as part of the tail.

        A base that fails to open is no loss: it is marked, and the next sync writes another.
        """
        if not name or self._catalogue.database.read_only:
            return None
        folder = self._folder / name
        if not is_usable(folder):
            return None
        try:
            return Base(folder, int(self._catalogue.fact("base_size") or 0))
        except BrokenLibrary:
            mark_broken(folder)
            return None

    def _drop_base(self) -> None:
        if self._base is not None:
            self._base.close()
            self._base = None


def articles_within(
    articles: Sequence[ArticleInfo],
    since: str | None,
    until: str | None,
    sources: Sequence[str] | None,
    chosen: Collection[str] = (),
) -> list[str]:
    """Return the ids of the articles within a period, of some outlets and among the chosen.

    An article without a date is in no period; where no ids are chosen, all are.

    Raises:
        BadValue: an outlet is unknown.
        UnknownArticle: a chosen id is that of no article, or of an older version of one.
    """
    limit, live = set(chosen), {article.id for article in articles}
    for article_id in chosen:
        if article_id not in live:
            raise UnknownArticle(
                f"No article can be searched under the id {article_id!r}: it has changed, left the "
                "library or never was in it. `python -m index list` shows the ids."
            )
    wanted = {name.casefold() for name in sources or ()}
    known = {(article.source or "").casefold() for article in articles}
    for name in sources or ():
        if name.casefold() not in known:
            names = ", ".join(sorted({a.source for a in articles if a.source}))
            raise BadValue(f"No article is from the outlet {name!r}. The outlets are: {names}.")
    return [
        article.id
        for article in articles
        if (not chosen or article.id in limit)
        and (not wanted or (article.source or "").casefold() in wanted)
        and _is_within(article.published, since, until)
    ]


def _is_within(published: str | None, since: str | None, until: str | None) -> bool:
    if not (since or until):
        return True
    day = (published or "")[:10]
    return bool(day) and (not since or day >= since) and (not until or day <= until)


def _nearest(ids: list[str], rows: Vectors, vector: Vectors, k: int) -> list[tuple[str, float]]:
    """Return the k rows of largest inner product, best first; exact."""
    if not ids:
        return []
    scores = rows @ vector
    best = np.argpartition(-scores, min(k, len(ids)) - 1)[:k]
    return [(ids[i], float(scores[i])) for i in best[np.argsort(-scores[best], kind="stable")]]


def _fuse(
    rankings: dict[str, list[str]],
) -> tuple[dict[str, float], dict[str, dict[str, int]]]:
    """Return each passage's fused score and its rank by retriever."""
    scores: dict[str, float] = {}
    ranks: dict[str, dict[str, int]] = {}
    for name, ranking in rankings.items():
        for rank, passage_id in enumerate(ranking, start=1):
            scores[passage_id] = scores.get(passage_id, 0.0) + 1 / (RRF_CONSTANT + rank)
            ranks.setdefault(passage_id, {})[name] = rank
    return scores, ranks

"""What has become of the sources of a saved answer: changed, taken out of the library, or erased.

A saved answer stays as it was. It is the reader who is told that the library has moved on.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from index import ArticleInfo, Index
from index.errors import UnknownArticle
from index.types import Value
from rag.types import Answer, Citation
from ui import strings
from ui.elements import date_in_words
from ui.render import CLOSEST_SHOWN
from ui.turns import cited_in, footnote_prefix
from ui.types import Turn

State = Literal["unchanged", "changed", "removed", "erased"]
"""Changed: there is a newer version under the same key. Removed: no longer in the library, but
readable. Erased: gone, whether by `erase` or with another library."""

LOST = (strings.STILL_QUOTED, strings.LOST_ONE, strings.LOST_MANY)
"""What is said when no footnote, one, or several have lost their words."""


@dataclass(frozen=True, kw_only=True)
class Staleness(Value):
    """What has become of an article since an answer was saved."""

    article_id: str
    title: str
    state: State
    newer: ArticleInfo | None = None
    """The version that the library has now, where it changed."""
    lost: tuple[int, ...] = ()
    """Numbers of the footnotes whose words the newer version no longer has."""
    cited: bool = True
    """Whether a footnote leads to it; else it is a passage shown below a refusal."""

    def in_words(self, prefix: str = "") -> str | None:
        """Return what a reader is told; None where nothing has changed.

        Args:
            prefix: What stands before the number of each footnote, where several answers are
                shown together.
        """
        if self.state == "removed":
            return strings.SOURCE_REMOVED.format(title=self.title)
        if self.state == "erased":
            return strings.SOURCE_ERASED.format(title=self.title)
        if self.newer is None:
            return None
        changed = strings.SOURCE_CHANGED.format(
            title=self.title, newer=_named(self.newer, self.title)
        )
        if not self.cited:
            return changed
        wording = LOST[min(len(self.lost), 2)]
        numbers = ", ".join(f"{prefix}{number}" for number in self.lost)
        return f"{changed} {wording.format(numbers=numbers)}"


def check_sources(answer: Answer, index: Index) -> tuple[Staleness, ...]:
    """Return what has become of each article that an answer cites or, refusing, shows.

    They come in the order of their first footnotes.

    Raises:
        IndexFailure: the library cannot be read.
    """
    by_article: dict[str, list[Citation]] = {}
    for citation in cited_in(answer):
        by_article.setdefault(citation.article_id, []).append(citation)
    cited = tuple(
        _staleness(article_id, citations[0].title, citations, index)
        for article_id, citations in by_article.items()
    )
    if not answer.refused:
        return cited
    shown = {hit.article.id: hit.article for hit in answer.hits[:CLOSEST_SHOWN]}
    return cited + tuple(
        _staleness(info.id, info.title, (), index)
        for info in shown.values()
        if info.id not in by_article
    )


def warnings(turns: Sequence[Turn], index: Index) -> tuple[str, ...]:
    """Return in words what has become of the sources of some turns that are shown together.

    Raises:
        IndexFailure: the library cannot be read.
    """
    told = (
        source.in_words(footnote_prefix(number, len(turns)))
        for number, turn in enumerate(turns, start=1)
        if turn.answer is not None
        for source in check_sources(turn.answer, index)
    )
    return tuple(dict.fromkeys(words for words in told if words))


def _staleness(
    article_id: str, title: str | None, citations: Sequence[Citation], index: Index
) -> Staleness:
    known = Staleness(
        article_id=article_id,
        title=title or strings.UNTITLED,
        state="unchanged",
        cited=bool(citations),
    )
    try:
        newer = index.current(article_id)
    except UnknownArticle:
        return replace(known, state="erased")
    if newer is None:
        return replace(known, state="removed")
    if newer.id == article_id:
        return known
    text = _flat(index.article(newer.id).text)
    lost = tuple(c.number for c in citations if _flat(c.quote) not in text)
    return replace(known, state="changed", newer=newer, lost=lost)


def _named(newer: ArticleInfo, title: str) -> str:
    """Return by what a reader knows a newer version: its date, and its title if that is new."""
    day = newer.updated or newer.published
    date = date_in_words(day) if day else strings.NO_DATE
    if newer.title and newer.title != title:
        return strings.NEWER_TITLED.format(title=newer.title, date=date)
    return strings.NEWER_DATED.format(date=date) if day else strings.NEWER


def _flat(text: str) -> str:
    return " ".join(text.split())

"""Every mention of a phrase, article by article, sentence by sentence."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from index import Index
from index.mentions import MOST_MENTIONS
from index.types import ArticleInfo, Mention, Value
from ui.listing import Desk, in_order

Span = tuple[int, int]


@dataclass(frozen=True, kw_only=True)
class Said(Value):
    """A sentence that has the phrase, once or several times."""

    text: str
    start: int
    """Where the sentence begins in its article."""
    spans: tuple[Span, ...]
    """Where the phrase stands in the article."""


@dataclass(frozen=True, kw_only=True)
class Group(Value):
    """The mentions in one article."""

    info: ArticleInfo
    said: tuple[Said, ...]


@dataclass(frozen=True, kw_only=True)
class Mentions(Value):
    """A part of the mentions of a phrase."""

    groups: tuple[Group, ...]
    shown: int
    """Sentences that are shown."""
    sentences: int
    """Sentences that have the phrase, shown or not."""
    count: int
    """Places where the phrase stands."""
    articles: int
    all_found: bool
    """Whether that is all; else there are more, in articles that are newer."""


def find_mentions(index: Index, desk: Desk) -> Mentions:
    """Return the mentions of a desk's phrase, in its order, as many sentences as it shows."""
    found = index.mentions(desk.phrase)
    by_article: dict[str, list[Mention]] = {}
    for mention in found:
        by_article.setdefault(mention.article.id, []).append(mention)
    newest = [info for info in index.articles() if info.id in by_article]
    groups: list[Group] = []
    left, sentences = desk.most, 0
    for info in in_order(index, newest, desk.order):
        by_sentence = _by_sentence(by_article[info.id])
        sentences += len(by_sentence)
        if left > 0:
            groups.append(Group(info=info, said=tuple(by_sentence[:left])))
            left -= len(by_sentence)
    return Mentions(
        groups=tuple(groups),
        shown=sum(len(group.said) for group in groups),
        sentences=sentences,
        count=len(found),
        articles=len(by_article),
        all_found=len(found) < MOST_MENTIONS,
    )


def _by_sentence(mentions: Sequence[Mention]) -> list[Said]:
    """Return the sentences of one article that have the phrase, in reading order."""
    ordered = sorted(mentions, key=lambda m: (m.sentence_start, m.sentence_end, m.start))
    grouped = groupby(ordered, key=lambda m: (m.sentence_start, m.sentence_end))
    return [_said([*group]) for _, group in grouped]


def _said(mentions: Sequence[Mention]) -> Said:
    first = mentions[0]
    spans = tuple((mention.start, mention.end) for mention in mentions)
    return Said(text=first.sentence, start=first.sentence_start, spans=spans)

"""Every mention of a phrase, article by article, sentence by sentence."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from index import Index
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
    articles: int


def find_mentions(index: Index, desk: Desk) -> Mentions:
    """Return the mentions of a desk's phrase, in its order, as many sentences as it shows."""
    found = index.mentions(desk.phrase)
    by_article: dict[str, list[Mention]] = {}
    for mention in found:
        by_article.setdefault(mention.article.id, []).append(mention)
    newest = [info for info in index.articles() if info.id in by_article]
    groups: list[Group] = []
    left, sentences = desk.most, 0
    for info in in_order(newest, desk.order):
        by_sentence = _by_sentence(by_article[info.id])
        sentences += len(by_sentence)
        if left > 0:
            groups.append(_group(index, info, by_sentence[:left]))
            left -= len(by_sentence)
    return Mentions(
        groups=tuple(groups), shown=sum(len(group.said) for group in groups),
        sentences=sentences, count=len(found), articles=len(by_article),
    )


def _by_sentence(mentions: Sequence[Mention]) -> list[tuple[Span, list[Span]]]:
    """Return the sentences of one article that have the phrase, and where it stands in each."""
    ordered = sorted(mentions, key=lambda m: (m.sentence_start, m.start))
    grouped = groupby(ordered, key=lambda m: (m.sentence_start, m.sentence_end))
    return [(sentence, [(m.start, m.end) for m in group]) for sentence, group in grouped]


def _group(
    index: Index, info: ArticleInfo, sentences: Sequence[tuple[Span, list[Span]]]
) -> Group:
    text = index.article(info.id).text
    said = tuple(
        Said(text=text[start:end], start=start, spans=tuple(spans))
        for (start, end), spans in sentences
    )
    return Group(info=info, said=said)

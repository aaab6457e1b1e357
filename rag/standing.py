"""On what days an answer stands: said when time matters, or when its articles lie days apart."""

from collections.abc import Sequence
from datetime import date, timedelta

from index import Hit
from rag.period import When
from rag.prompts import (
    CHANGED_LATER,
    NEWER_UNUSED,
    NEWEST_DATED_USED,
    NEWEST_USED,
    NONE_DATED,
    NONE_OF_THAT_TIME,
)
from rag.spoken_days import day_in_words
from rag.stories import day_of, is_newer
from rag.types import Answer

APART = timedelta(days=3)
"""Between articles, beyond which a reader is told how new the newest is: a story that is followed
from day to day needs no remark, one that is taken up again later may have changed."""


def standing_notices(answer: Answer, when: When) -> tuple[str, ...]:
    """Return what the reader is told of the days of the articles that an answer cites."""
    cited = {citation.article_id for citation in answer.citations}
    used = [hit for hit in answer.hits if hit.article.id in cited]
    days = sorted(day_of(hit.article) for hit in used)
    dated = [day for day in days if day]
    notices = []
    if when.near and dated and not any(when.holds(hit.article) for hit in used):
        notices.append(NONE_OF_THAT_TIME)
    if when.near or when.newest or _are_apart(dated):
        notices += _newest(days)
    if when.newest and not when.near and dated:
        notices += _newer(answer.hits, used, dated[-1])
    if when.as_of:
        notices += _changed(used, when.as_of)
    return tuple(notices)


def _are_apart(dated: Sequence[str]) -> bool:
    if not dated:
        return False
    return date.fromisoformat(dated[-1]) - date.fromisoformat(dated[0]) > APART


def _newest(days: Sequence[str]) -> list[str]:
    """Say of what day the newest article is; days are sorted, "" for none."""
    if not days or not days[-1]:
        return [NONE_DATED] if days else []
    wording = NEWEST_USED if days[0] else NEWEST_DATED_USED
    return [wording.format(day=day_in_words(days[-1]))]


def _newer(hits: Sequence[Hit], used: Sequence[Hit], newest: str) -> list[str]:
    """Name the newest article of the story that was found but not cited, if it is newer."""
    newer = [
        hit.article
        for hit in hits
        if day_of(hit.article) > newest and any(is_newer(hit, other) for other in used)
    ]
    if not newer:
        return []
    article = max(newer, key=day_of)
    title, day = article.title or article.key, day_in_words(day_of(article))
    return [NEWER_UNUSED.format(title=title, day=day)]


def _changed(used: Sequence[Hit], as_of: str) -> list[str]:
    """Name the articles whose text is younger than the reader's day."""
    articles = {hit.article.id: hit.article for hit in used}
    return [
        CHANGED_LATER.format(
            title=article.title or article.key,
            changed=day_in_words(article.updated),
            day=day_in_words(as_of),
        )
        for article in articles.values()
        if article.updated and article.updated[:10] > as_of
    ]

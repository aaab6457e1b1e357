"""Which articles tell one story, and which of them is the newest."""

from collections.abc import Sequence

from index import ArticleInfo, Hit
from index.stopwords import STOPWORDS
from rag.mentions import CALENDAR, WORD, form, names_in
from rag.windows import Window

SHORTEST_SUBJECT = 4
"""Letters of a headline's word that may name its subject."""

SHARED_NAMES = 2
SHARED_SHARE = 0.3
"""Names, and share of the fewer ones, that reports of one story have in common; headlines share
one word. This alone would join too many: only what answers the same question is compared."""

NO_SUBJECTS = STOPWORDS | CALENDAR


def newest_first(chosen: Sequence[Window]) -> list[str]:
    """Return the article ids in the order in which they are quoted.

    They stand as their best windows do, but reports of the first one's story change places so
    that the newest comes first; if days were asked about, the closest to them. An article without
    a date keeps its place.
    """
    firsts: dict[str, Window] = {}
    for window in chosen:
        firsts.setdefault(window.hit.passage.article_id, window)
    windows = list(firsts.values())
    story = [
        window
        for window in windows
        if day_of(window.hit.article) and same_story(window.hit, windows[0].hit)
    ]
    by_day = sorted(story, key=lambda w: (w.closeness, day_of(w.hit.article)), reverse=True)
    places = iter(by_day)
    ordered = [next(places) if window in story else window for window in windows]
    return [window.hit.passage.article_id for window in ordered]


def same_story(one: Hit, other: Hit) -> bool:
    """Say whether passages that answer one question tell of one story."""
    if one.article.key == other.article.key or _subjects(one.article) & _subjects(other.article):
        return True
    ours, theirs = _names(one), _names(other)
    shared = len(ours & theirs)
    return shared >= SHARED_NAMES and shared >= SHARED_SHARE * min(len(ours), len(theirs))


def is_newer(one: Hit, other: Hit) -> bool:
    """Say whether a passage is of a later report of another's story; both must have a date."""
    later = day_of(one.article) > day_of(other.article) > ""
    return later and same_story(one, other)


def day_of(article: ArticleInfo) -> str:
    """Return the day of publication, ISO 8601; "" for none, which sorts as the oldest."""
    return (article.published or "")[:10]


def _subjects(article: ArticleInfo) -> set[str]:
    words = WORD.findall((article.title or "").lower())
    return {
        form(word)
        for word in words
        if len(word) >= SHORTEST_SUBJECT and word.isalpha() and word not in NO_SUBJECTS
    }


def _names(hit: Hit) -> set[str]:
    return {name.lower() for name in names_in(hit.passage.text)} - NO_SUBJECTS

"""Let time weigh: articles near the days asked about lead, or of one story the newest."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

from index import Hit, Index
from index.search import RRF_CONSTANT
from index.types import RETRIEVERS, Retriever
from rag.closeness import GRACE
from rag.period import When
from rag.quotes import MARGIN, best_first, rank_windows
from rag.stories import day_of, is_newer
from rag.timeframe import TimeFrame
from rag.windows import MOST_SENTENCES, Window

CLOSE_LOGITS = 2.0
"""What a passage of the right days gains, in logits of the cross-encoder."""

CLOSE_ODDS = MARGIN
"""What the score of a window of the right days gains: as much as a further quote may fall behind
the first, so it passes what answers as well, not what answers better."""

CLOSE = 0.5
"""Closeness from which an article is still quoted beside one of the days asked about."""

LONGEST_SEARCHED = timedelta(days=62)
"""Days that are searched by themselves. Articles of a longer time are not so few that others
would hide them, and so many that a search among them takes long."""


def search_near(
    library: Index,
    question: str,
    k: int,
    when: When,
    sources: Sequence[str] | None,
    articles: Sequence[str] | None = None,
    retrievers: Sequence[Retriever] = RETRIEVERS,
) -> list[Hit]:
    """Return the passages that best match a question within its limits.

    Articles near the days asked about are searched once more by themselves, and that ranking is
    fused with the others, so that they are found in a library however large.
    """
    first, last = when.limits or (None, None)
    search = partial(
        library.search, question, k, sources=sources, articles=articles, retrievers=retrievers
    )
    found = search(since=first, until=last)
    fused = {hit.passage.id: hit for hit in found}
    for frame in filter(_is_short, when.near):
        since = max(filter(None, (first, frame.first)), default=None)
        until = min(filter(None, (last, _with_grace(frame.last))), default=None)
        near = search(since=since, until=until)
        for rank, hit in enumerate(near, start=1):
            known = fused.get(hit.passage.id, replace(hit, score=0.0))
            gain = 1 / (RRF_CONSTANT + rank)
            fused[hit.passage.id] = replace(known, score=known.score + gain)
    return sorted(fused.values(), key=lambda hit: -hit.score)[:k]


def _is_short(frame: TimeFrame) -> bool:
    """Say whether days are few; "since Monday" counts as few, "before Monday" does not."""
    return frame.last is None if frame.length is None else frame.length <= LONGEST_SEARCHED


def _with_grace(last: str | None) -> str | None:
    return (date.fromisoformat(last) + timedelta(days=GRACE)).isoformat() if last else None


def may_lead(one: Hit, other: Hit, when: When) -> bool:
    """Say whether time may put one passage before another, whatever the cross-encoder says."""
    return bool(when.near) or (not when.earlier and is_newer(one, other))


def near_evidence_first(hits: Sequence[Hit], when: When) -> tuple[Hit, ...]:
    """Reorder reranked evidence; its scores stay as they are."""
    return tuple(
        sorted(
            hits,
            key=lambda hit: -hit.score - CLOSE_LOGITS * when.closeness(hit.article),
        )
    )


def rank_windows_in_time(
    question: str,
    within: str,
    evidence: Sequence[Hit],
    when: When,
    longest: int = MOST_SENTENCES,
    *,
    search: bool = False,
) -> tuple[Window, ...]:
    """Return ranked windows, among them some of each article that time speaks for.

    Few windows are ranked, and an article that repeats the question's words could take all the
    places from a newer one, or from one of the days asked about.

    Args:
        question: What is asked of any article.
        within: What is asked of an article of that time; see `of_the_time`.
        evidence: Reranked passages.
        when: The time of the question.
        longest: Sentences that a window has at most.
        search: Whether it was put as to a search box.
    """
    ranked = partial(rank_windows, longest=longest, search=search)
    windows = ranked(question, evidence)
    wanted = _wanted(windows[0].hit, evidence, when) if windows else []
    if not wanted or (len(wanted) == len(evidence) and within == question):
        return windows
    known = {(window.hit.passage.id, window.sentences): window for window in windows}
    known |= {(w.hit.passage.id, w.sentences): w for w in ranked(within, wanted)}
    return best_first(known.values())


def _wanted(best: Hit, evidence: Sequence[Hit], when: When) -> list[Hit]:
    """Return the evidence of the days asked about; without such days, what is newer on a story."""
    timely = of_the_time(evidence, when)
    if when.near or when.earlier:
        return [hit for hit in evidence if hit.article.id in timely]
    return [hit for hit in evidence if is_newer(hit, best)]


def of_the_time(evidence: Sequence[Hit], when: When) -> frozenset[str]:
    """Return the ids of the articles that need not repeat the question's words of time.

    They are of the days asked about; or, where it is asked how things first stood and no days are
    named, those that a newer report of the same story followed.
    """

    def is_timely(hit: Hit) -> bool:
        if when.near or not when.earlier:
            return when.holds(hit.article)
        return any(is_newer(other, hit) for other in evidence)

    return frozenset(hit.article.id for hit in evidence if is_timely(hit))


def lead_by_time(
    windows: Sequence[Window], when: When, answers: Callable[[Window], bool]
) -> tuple[Window, ...]:
    """Put in front what time speaks for, if it answers by itself.

    Where days are asked about, a window from about then leads, and what is of other days is left
    to the closest passages; without one that answers, closeness only weighs. Otherwise the newest
    report of the best window's story leads, and the others follow.

    Args:
        windows: Ranked, best first.
        when: The time of the question.
        answers: Whether a window is likely enough to answer for an answer to stand on it alone.
    """
    close = [when.closeness(window.hit.article) for window in windows]
    weighed = best_first(
        replace(window, score=window.score + CLOSE_ODDS * near, closeness=near)
        for window, near in zip(windows, close, strict=True)
    )
    inside = [window for window in weighed if not when.near or window.closeness == 1.0]
    best = next(filter(answers, inside), None) if when.near else next(iter(weighed), None)
    if best is None:
        return weighed
    newer = [w for w in inside if not when.earlier and is_newer(w.hit, best.hit)]
    newer.sort(key=lambda window: (day_of(window.hit.article), window.score), reverse=True)
    leader = next(filter(answers, newer), best)
    rest = [w for w in weighed if w is not leader and (not when.near or w.closeness >= CLOSE)]
    if when.earlier:  # "the original cost": a later one would be quoted in front of it
        rest = [w for w in rest if not is_newer(w.hit, leader.hit)]
    # It counts as much as the best, so that no more is quoted beside it than beside that one
    highest = max(window.score for window in [leader, *rest])
    return (replace(leader, score=highest), *rest)

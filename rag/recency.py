"""Let time weigh: articles near the days asked about lead, or of one story the newest."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from index import Hit, Index
from index.search import RRF_CONSTANT
from rag.period import When
from rag.quotes import MARGIN, rank_windows
from rag.stories import day_of, same_story
from rag.timeframe import TimeFrame
from rag.windows import Window

CLOSE_LOGITS = MARGIN
"""What an article of the right days gains, in logits of the cross-encoder: as much as a further
quote may fall behind the first, so it passes what answers as well, not what answers better."""

GRACE = 2
"""Days after a time in which it is still reported as news; the paper comes out a day later, and
not on every day."""

SHORTEST_HALF_LIFE = 3
"""Days beyond the frame after which an article counts half as close; longer frames, for which a
reader cares less about days, have their own length."""


def closeness(published: str | None, frames: Sequence[TimeFrame]) -> float:
    """Return how near a day of publication comes to frames, 0 to 1; without a day it is 0."""
    if not published:
        return 0.0
    day = date.fromisoformat(published[:10])
    return max((0.5 ** _half_lives(day, frame) for frame in frames), default=0.0)


def _half_lives(day: date, frame: TimeFrame) -> float:
    first = date.fromisoformat(frame.first) if frame.first else None
    last = date.fromisoformat(frame.last) if frame.last else None
    length = (last - first).days + 1 if first and last else 0
    before = (first - day).days if first else 0
    after = (day - last).days - GRACE if last else 0
    return max(before, after, 0) / max(length, SHORTEST_HALF_LIFE)


def is_within(published: str | None, frames: Sequence[TimeFrame]) -> bool:
    """Say whether a day of publication lies in one of the frames, or right after it."""
    return closeness(published, frames) == 1.0


def search_near(
    library: Index, question: str, k: int, when: When, sources: Sequence[str] | None
) -> list[Hit]:
    """Return the passages that best match a question within its limits.

    Articles near the days asked about are searched once more by themselves, and that ranking is
    fused with the others, so that they are found in a library however large.
    """
    first, last = when.limits or (None, None)
    found = library.search(question, k, since=first, until=last, sources=sources)
    fused = {hit.passage.id: hit for hit in found}
    for frame in when.near:
        since = max(filter(None, (first, frame.first)), default=None)
        until = min(filter(None, (last, _with_grace(frame.last))), default=None)
        near = library.search(question, k, since=since, until=until, sources=sources)
        for rank, hit in enumerate(near, start=1):
            known = fused.get(hit.passage.id, replace(hit, score=0.0))
            gain = 1 / (RRF_CONSTANT + rank)
            fused[hit.passage.id] = replace(known, score=known.score + gain)
    return sorted(fused.values(), key=lambda hit: -hit.score)[:k]


def _with_grace(last: str | None) -> str | None:
    return (date.fromisoformat(last) + timedelta(days=GRACE)).isoformat() if last else None


def near_evidence_first(hits: Sequence[Hit], frames: Sequence[TimeFrame]) -> tuple[Hit, ...]:
    """Reorder reranked evidence; its scores stay what the cross-encoder gave."""
    return tuple(
        sorted(
            hits,
            key=lambda hit: -hit.score - CLOSE_LOGITS * closeness(hit.article.published, frames),
        )
    )


def rank_windows_in_time(
    question: str, evidence: Sequence[Hit], when: When
) -> tuple[Window, ...]:
    """Return ranked windows, among them those of the articles that time speaks for.

    Few windows are ranked, and an older article that covers the question's words better could
    take all the places.
    """
    windows = {(w.hit.passage.id, w.sentences): w for w in rank_windows(question, evidence)}
    wanted = _wanted(evidence, when)
    if 0 < len(wanted) < len(evidence):
        windows |= {(w.hit.passage.id, w.sentences): w for w in rank_windows(question, wanted)}
    return tuple(sorted(windows.values(), key=lambda window: -window.score))


def _wanted(evidence: Sequence[Hit], when: When) -> list[Hit]:
    """Return the evidence that is near the days asked about, or is its story's newest."""
    wanted = [hit for hit in evidence if is_within(hit.article.published, when.near)]
    if when.newest and evidence:
        story = [hit for hit in evidence if same_story(hit, evidence[0])]
        newest = max(day_of(hit.article) for hit in story)
        wanted += [hit for hit in story if newest and day_of(hit.article) == newest]
    return wanted


def lead_by_time(windows: Sequence[Window], when: When) -> tuple[Window, ...]:
    """Reorder ranked windows: by closeness in time, and if so asked the story's newest in front.

    Only windows that answer about as well as the best change places with it.
    """
    near = [closeness(window.hit.article.published, when.near) for window in windows]
    weighed = sorted(
        (
            replace(window, score=window.score + CLOSE_LOGITS * close, closeness=close)
            for window, close in zip(windows, near, strict=True)
        ),
        key=lambda window: -window.score,
    )
    if not when.newest or not weighed:
        return tuple(weighed)
    best = weighed[0]
    lowest = best.score - CLOSE_LOGITS
    story = [w for w in weighed if w.score >= lowest and same_story(w.hit, best.hit)]
    story.sort(key=lambda window: day_of(window.hit.article), reverse=True)
    return tuple(story + [window for window in weighed if window not in story])

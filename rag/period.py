"""When a question is about: limits that the reader sets, and what its own words say."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from index import ArticleInfo
from index.types import Value
from rag.closeness import closeness
from rag.errors import BadPeriod
from rag.prompts import MONDAY_TO_SUNDAY, ONE_UNDATED_LEFT_OUT, TAKEN_AS, UNDATED_LEFT_OUT
from rag.spoken_days import in_words
from rag.timeframe import TimeFrame, read_timeframes

LONGEST_NEAR = timedelta(days=92)
"""A quarter or a season."""

EARLIER = re.compile(
    r"\b(?:at first|(?:the|its|his|her|their) (?:first|initial|original|previous|earlier)"
    r"|initially|originally|previously|formerly|used to)\b",
    re.IGNORECASE,
)

AT_FIRST = re.compile(r"\b(?:at first|initially|originally|original|initial)\b", re.IGNORECASE)
"""What a report that a newer one followed need not say of itself."""

Period = tuple[str | None, str | None]


@dataclass(frozen=True, kw_only=True)
class When(Value):
    """The time of a question."""

    limits: Period | None = None
    """First and last day of publication; outside nothing is looked at. None for any time."""
    as_of: str | None = None
    """The day on which the reader stands, if it was given."""
    frames: tuple[TimeFrame, ...] = ()
    """What the question's words mean, in their order."""

    @property
    def near(self) -> tuple[TimeFrame, ...]:
        """The frames near which articles are wanted.

        What happened "last year" is told in the articles of the year after, so long times say
        little about the day of publication.
        """
        return tuple(
            frame
            for frame in self.frames
            if frame.kind == "published"
            and not frame.newest
            and (frame.filters or frame.length is None or frame.length <= LONGEST_NEAR)
        )

    earlier: bool = False
    """Whether the question asks how things first stood, so that the newest report leads not."""

    @property
    def newest(self) -> bool:
        """Whether the question asks how things stand."""
        return any(frame.newest for frame in self.frames)

    def closeness(self, article: ArticleInfo) -> float:
        """Return how near an article comes to the days asked about, 0 to 1; 0 if none are."""
        return closeness(article.published, self.near)

    def holds(self, article: ArticleInfo) -> bool:
        """Say whether an article was published in the days asked about, or right after."""
        return self.closeness(article) == 1.0

    def without_words(self, question: str, *, within: bool = False) -> str:
        """Return a question without the words that only an article of another day could repeat.

        "Who was hurt last week?" searches for who was hurt: an article's own "last week" is
        another one, and the day of publication is weighed for itself. What an old article calls
        "the latest" is so no more.

        Args:
            question: The question from which the frames were read, or a part of it.
            within: Whether to ask an article of the time asked about: its date speaks for "in
                March", or if no days are for "originally" that a newer one followed, which no text
                need say.
        """
        whole = question
        for frame in reversed(self.frames):
            is_near = frame in self.near
            if (is_near and within) or ((is_near or frame.newest) and not frame.repeated):
                question = _without(question, frame)
        if within and self.earlier and not self.near:
            question = AT_FIRST.sub("", question)
        left = " ".join(question.split()).lstrip(",;: ").replace(" ?", "?")
        return left if any(map(str.isalnum, left)) else whole

    def notices(
        self, articles: Sequence[ArticleInfo], sources: Sequence[str] | None
    ) -> tuple[str, ...]:
        """Return what the reader is told before the answer: how words were taken, what is left out.

        Args:
            articles: All articles of the library; not needed without limits.
            sources: Outlets to which the question is limited.
        """
        taken = [_taken(frame) for frame in self.frames if frame.clocked and not frame.newest]
        wanted = {name.casefold() for name in sources or ()}
        undated = sum(
            article.published is None
            and (not wanted or (article.source or "").casefold() in wanted)
            for article in articles
        )
        if self.limits and undated:
            taken.append(undated_notice(undated))
        return tuple(taken)


def undated_notice(count: int) -> str:
    """Return what a reader is told of so many articles that were left out for want of a date."""
    return ONE_UNDATED_LEFT_OUT if count == 1 else UNDATED_LEFT_OUT.format(count=count)


def read_when(
    question: str, *, since: str | None = None, until: str | None = None, as_of: str | None = None
) -> When:
    """Return the time of a question.

    What the reader sets comes before what the question says: under `since` or `until` its words
    limit nothing. Without `as_of` they are read on today's date (UTC), and nothing is hidden that
    a wrong clock has dated later.

    Args:
        question: What is asked, standalone.
        since: First day of publication, "2025-10-01".
        until: Last day of publication.
        as_of: The day on which the reader stands; nothing later is looked at.

    Raises:
        BadPeriod: a day is not one, or the last comes before the first.
    """
    limits = read_period(since, until, as_of)
    as_of = _day("as_of", as_of)
    today = date.fromisoformat(as_of) if as_of else datetime.now(UTC).date()
    frames = read_timeframes(question, today)
    filters = [frame for frame in frames if frame.filters]
    if filters and not since and not until:
        first = min(f.first or "" for f in filters) or None
        ends = [frame.last for frame in filters]
        last = None if None in ends else max(end for end in ends if end)
        last = min((day for day in (last, limits and limits[1]) if day), default=None)
        if not (first and last and last < first):
            limits = (first, last)
    earlier = EARLIER.search(question) is not None
    return When(limits=limits, as_of=as_of, frames=frames, earlier=earlier)


def read_period(since: str | None, until: str | None, as_of: str | None) -> Period | None:
    """Return the first and last day that the reader sets, ISO 8601; None for any time.

    Raises:
        BadPeriod: a day is not one, or the last comes before the first.
    """
    first = _day("since", since)
    ends = [day for day in (_day("until", until), _day("as_of", as_of)) if day]
    last = min(ends, default=None)
    if first and last and last < first:
        raise BadPeriod(f"The period ends on {last}, before it begins on {first}. Swap the days.")
    return (first, last) if first or last else None


def _day(name: str, given: str | None) -> str | None:
    if given is None:
        return None
    try:
        return date.fromisoformat(given).isoformat()
    except (TypeError, ValueError) as error:
        raise BadPeriod(f"{name}: {given!r} is no day. Write it as 2025-10-28.") from error


def _without(question: str, frame: TimeFrame) -> str:
    """Return a question without a frame's words: where they were read, or else where they are."""
    start = (
        frame.start if question.startswith(frame.words, frame.start) else question.find(frame.words)
    )
    return question if start < 0 else question[:start] + question[start + len(frame.words) :]


def _taken(frame: TimeFrame) -> str:
    week = MONDAY_TO_SUNDAY if frame.is_week else ""
    return TAKEN_AS.format(words=frame.words, days=in_words(frame.first, frame.last) + week)

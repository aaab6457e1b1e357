"""When: what a question's words of time mean, read by rule against a stated clock.

"Last week" and "on Friday" mean days only for someone who stands on a day; they speak of what has
just been, so they ask for articles published about then. "In March 2020" means the same on any
day, and may be the time of the event, of which articles tell years later. So a phrase that needs
the clock, and whose days ended within a year of it, is "published"; everything else, and whatever
lies ahead, is "event", and hides nothing.

A "published" frame weighs, and seldom filters: an article of the 15th tells what happened on the
14th, a report of Monday what happened last week, and a week's limit would hide them. It filters
only where the question asks for reports as such ("what was reported last week", "last week's
news"), for then the day of the report is what is meant. Explicit limits always filter; those are
not read here, see `rag/period.py`.

Where no year stands, the nearest past one is taken, or the nearest to come where the question
looks ahead ("will", "is to"). Weeks run from Monday to Sunday. "Last week" is the calendar week
before, "the last week" and "the past week" are the seven days up to the clock's.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from index.types import Value
from rag.days import Days
from rag.timebounds import read_time
from rag.timephrases import Clock, Phrase
from rag.timewords import FUNCTION_WORDS, VERBS, Tokens

Kind = Literal["published", "event"]

RECENT = timedelta(days=366)
"""How long after its end a time is still read about in articles of that time: so far, no year
that is not named can lie further back."""

CLOCK_YEARS = (1000, 9000)
"""Of a clock by which words are read; far from the ends of what a date can hold."""

AHEAD = re.compile(
    r"\b(?:will|shall|won['’]t|going to|(?:is|are|be|was|were) to|upcoming"
    r"|(?:is|are) (?:due|set|expected|scheduled|planned))\b",
    re.IGNORECASE,
)
"""A question that looks ahead."""

NOW = re.compile(r"\b(?:is|are|am|does|do|what['’]s|who['’]s|where['’]s)\b", re.IGNORECASE)
THEN = re.compile(
    rf"\b(?:was|were|did|had|has|have|been|ago|happened|{'|'.join(sorted(VERBS))})\b", re.IGNORECASE
)
"""A question that speaks of how things are: its "today" is any day of late, its "in January" may
be every January."""

ASKS_FOR_REPORTS = re.compile(
    r"\bwhat(?:['’]s)? (?:was|were|is|has|have|had) (?:been |being )?(?:reported|published)\b"
    r"|\bdid the (?:local )?(?:papers?|press|newspapers?|media|headlines) (?:say|report|write)\b",
    re.IGNORECASE,
)
REPORTS_BEFORE = re.compile(
    r"\b(?:articles?|headlines|coverage)(?: (?:published|printed|dated))?"
    r"(?: about(?: \w+){1,4})?\s*$",
    re.IGNORECASE,
)
NEWS_BEFORE = re.compile(r"\b(?:news|reports|stories)\s*$", re.IGNORECASE)
"""Only before words that need the clock: "fake news in 2016" asks for no report of 2016."""
REPORTS_AFTER = re.compile(
    r"\s*(?:news|articles?|headlines|coverage|papers?|newspapers?)\b", re.IGNORECASE
)

NEWEST = (
    ("most", "recent"),
    ("at", "the", "moment"),
    ("at", "present"),
    ("right", "now"),
    ("so", "far"),
    ("up", "to", "now"),
    ("until", "now"),
    ("to", "date"),
    ("in", "recent", "days"),
    ("in", "recent", "weeks"),
    ("in", "recent", "months"),
    ("latest",),
    ("newest",),
    ("current",),
    ("currently",),
    ("now",),
    ("nowadays",),
    ("these", "days"),
    ("recently",),
    ("lately",),
)
"""Words that ask how things stand."""
BEFORE_ADJECTIVES = frozenset("the its his her their our".split())


@dataclass(frozen=True, kw_only=True)
class TimeFrame(Value):
    """The days that some words of a question stand for."""

    first: str | None
    """First day, ISO 8601; None for an open end."""
    last: str | None
    kind: Kind
    """"published": articles of about then are asked for; "event": what then happened may be."""
    words: str
    start: int
    end: int
    """`question[start:end] == words`."""
    clocked: bool
    """Whether the clock was needed; if so, readers are told how the words were taken."""
    newest: bool = False
    """Whether the words ask how things stand: "latest", "now"; also "today" where it means that."""
    filters: bool = False
    """Whether articles outside are left out."""
    repeated: bool = True
    """Whether an article could use the same words for the same days ("3 May"); where not, they
    are of no use to a search, which would find another week's "last week"."""

    @property
    def length(self) -> timedelta | None:
        """How long it is; None with an open end."""
        if not self.first or not self.last:
            return None
        return date.fromisoformat(self.last) - date.fromisoformat(self.first) + timedelta(days=1)

    @property
    def is_week(self) -> bool:
        """Whether it is a week from Monday to Sunday."""
        starts = date.fromisoformat(self.first) if self.first else None
        return starts is not None and starts.weekday() == 0 and self.length == timedelta(days=7)


def read_timeframes(question: str, today: date) -> tuple[TimeFrame, ...]:
    """Return every time that a question names, in order.

    Args:
        question: What is asked.
        today: The day on which the reader stands.
    """
    if not CLOCK_YEARS[0] <= today.year <= CLOCK_YEARS[1]:
        return ()
    tokens = Tokens(question)
    clock = Clock(today=today, future=AHEAD.search(question) is not None)
    found: list[TimeFrame] = []
    place = 0
    while place < len(tokens):
        phrase = read_time(tokens, place)
        frame = _frame(question, tokens, phrase, clock) if phrase else None
        stop = phrase.stop if phrase and frame else place + 1
        if frame is None:
            stop = _newest_at(tokens, place)
            frame = _newest_frame(question, tokens, place, stop) if stop > place else None
            stop = max(stop, place + 1)
        if frame:
            found.append(frame)
        place = stop
    return tuple(found)


def _frame(question: str, tokens: Tokens, phrase: Phrase, clock: Clock) -> TimeFrame | None:
    days = phrase.read(clock)
    if days is None or (days.first is None and days.last is None):
        return None
    start, end = tokens[phrase.start].start, tokens[phrase.stop - 1].end
    timeless = phrase.clocked and not clock.future and _tells_no_past(question)
    if timeless and phrase.named and not phrase.named.day:
        return None
    reports = _asks_for_reports(question, start, end, clocked=phrase.clocked)
    recent = phrase.clocked and not clock.future and _is_recent(days, clock.today)
    return TimeFrame(
        first=days.first.isoformat() if days.first else None,
        last=days.last.isoformat() if days.last else None,
        kind="published" if reports or recent else "event",
        words=question[start:end],
        start=start,
        end=end,
        clocked=phrase.clocked,
        filters=reports,
        repeated=phrase.repeated,
        newest=timeless and question[start:end].lower() == "today",
    )


def _tells_no_past(question: str) -> bool:
    """Say whether a question asks how things are."""
    return bool(NOW.search(question)) and not THEN.search(question)


def _is_recent(days: Days, today: date) -> bool:
    """Say whether days are not ahead, and ended at most a year ago."""
    if days.first and days.first > today:
        return False
    return days.last is None or days.last >= today - RECENT


def _asks_for_reports(question: str, start: int, end: int, *, clocked: bool) -> bool:
    before = question[max(0, start - 100) : start]
    return bool(
        ASKS_FOR_REPORTS.search(question)
        or REPORTS_BEFORE.search(before)
        or (clocked and NEWS_BEFORE.search(before))
        or REPORTS_AFTER.match(question, end)
    )


def _newest_at(tokens: Tokens, place: int) -> int:
    """Return the place after words that ask how things stand, or the same place."""
    said = next((words for words in NEWEST if tokens.follows(place, words)), ())
    stop = place + len(said)
    if not said or not tokens.is_small(place, stop) or tokens.is_glued(stop):
        return place
    after, before = tokens.word(stop), tokens.word(place - 1)
    wrong = {
        "far": after in {"away", "from", "apart", "north", "south", "east", "west"},
        "date": tokens[stop].is_word or before == "up",
        "now": after in {"that", "on"} or before in {"by", "just", "from"},
        "latest": before == "at",
        "current": before not in BEFORE_ADJECTIVES or after in FUNCTION_WORDS,
    }
    return place if wrong.get(said[-1], False) else stop


def _newest_frame(question: str, tokens: Tokens, place: int, stop: int) -> TimeFrame:
    start, end = tokens[place].start, tokens[stop - 1].end
    return TimeFrame(
        first=None,
        last=None,
        kind="published",
        words=question[start:end],
        start=start,
        end=end,
        clocked=False,
        newest=True,
        repeated=not _can_be_left_out(tokens, place, stop),
    )


def _can_be_left_out(tokens: Tokens, place: int, stop: int) -> bool:
    """Say whether a question stands without the words: "the latest estimate", not "the latest"."""
    is_noun = tokens.word(place - 1) == "the" and (
        not tokens[stop].is_word or tokens.word(stop) in FUNCTION_WORDS
    )
    return not is_noun

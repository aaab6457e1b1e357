"""The subject with which a sentence begins, and what may stand before it."""

from collections.abc import Iterator
from dataclasses import dataclass

from rag.clause_parts import PHRASE_LEADS, is_adverb
from rag.measured_phrases import DatePhrase, amount_at, date_at, time_end
from rag.phrases import FUNCTION_WORDS, INSIDE, OPENING, full_noun_end, is_plural, noun_end
from rag.sentence_words import Line
from rag.verb_forms import has_shape

DROPPED = frozenset(
    "also now already still currently then recently since nevertheless however therefore "
    "thus".split()
)
"""Adverbs before a verb that a question does without."""
LONGEST_LEAD = 9
"""Words before the first comma, of a phrase that comes before the subject."""
TOLD_BY = frozenset("said says announced confirmed reported reports estimates expects".split())
"""Verbs behind which a clause may begin without a "that"."""
MOST_BESIDE = 16
"""Words between two commas that stand between the subject and its verb."""


@dataclass(frozen=True)
class Opening:
    """Where a subject may begin, and what stands before it."""

    start: int
    date: DatePhrase | None = None
    phrase: tuple[int, int] | None = None


def openings(line: Line, start: int = 0) -> Iterator[Opening]:
    """Yield where a subject may begin: at a place, or behind a date or another phrase there.

    At last also where what somebody said begins: "The company said the repairs ...".
    """
    start += line.low(start) in {"but", "and", "meanwhile", "yet", "still"}
    start += line[start].text == ","
    date = date_at(line, start)
    end = date.end if date else time_end(line, start)
    if end > start:
        yield Opening(end + (line[end].text == ","), date=date)
    elif line[start].lower in PHRASE_LEADS and not amount_at(line, start):
        end = _phrases_end(line, start)
        parted = line[end].text == ","
        fits = parted or line[end].lower in {"the", "a", "an"} or amount_at(line, end)
        if start < end <= start + LONGEST_LEAD and fits:
            yield Opening(end + parted, phrase=(start, end))
    else:
        yield Opening(start)
    for place in range(start, min(len(line), start + MOST_BESIDE)):
        if line[place].lower in TOLD_BY and line[place - 1].text != ",":
            after = time_end(line, place + 1)
            yield Opening(after + (line[after].lower == "that"))
        elif line[place].text == "," and line[start].lower == "according":
            yield Opening(place + 1)


def _phrases_end(line: Line, start: int) -> int:
    place = start
    while line[place].lower in PHRASE_LEADS:
        end = full_noun_end(line, place + 1)
        if end == place + 1:
            return place
        place = end
    return place


def subject_end(line: Line, start: int, place: int) -> int | None:
    """Return where a subject ends, if the words before a place are one and nothing else.

    An adverb and what stands between commas beside the subject are passed over.
    """
    while place > start + 1 and (line[place - 1].lower in DROPPED or is_adverb(line, place - 1)):
        place -= 1
    if is_subject(line, start, place):
        return place
    if line[place - 1].text != ",":
        return None
    for end in range(start + 1, place - 1):
        if line[end].text == ",":
            inside = any(line[n].text == "," for n in range(end + 1, place - 1))
            fits = not inside and place - end <= MOST_BESIDE
            return end if fits and is_subject(line, start, end) else None
    return None


def is_subject(line: Line, start: int, limit: int) -> bool:
    """Say whether the words between two places are a noun phrase with what hangs on it."""
    counted = amount_at(line, start)
    end = counted.end if counted and counted.kind == "count" else noun_end(line, start, limit)
    if has_shape(line[start].lower, "ing") and line[start + 1].lower in OPENING:
        end = full_noun_end(line, start + 1, limit)  # "Mending the ferry"
    if end == start:
        return False
    while end < limit:
        if line[end].lower == "between":
            end = full_noun_end(line, end + 1, limit)
            if line[end].lower != "and":
                return False
        elif line[end].lower not in INSIDE and line[end].lower != "and":
            return False
        after = full_noun_end(line, end + 1, limit)
        if after == end + 1:
            return False
        end = after
    return end == limit


def is_many(line: Line, subject: tuple[int, int]) -> bool:
    """Say whether a subject in small letters is a plural."""
    start, end = subject
    words = [line[n].lower for n in range(start, end)]
    if "and" in words and "between" not in words:
        return True
    head = noun_end(line, start, end)
    counted = amount_at(line, start)
    if counted and counted.kind == "count" and counted.end <= end:
        return True
    return not line[head - 1].is_capital and is_plural(line, head - 1)


def is_name(line: Line, subject: tuple[int, int]) -> bool:
    """Say whether a subject is a name."""
    head = noun_end(line, *subject)
    last = line[max(head, subject[0] + 1) - 1]
    return last.is_capital and (last.start > 0 or last.lower not in FUNCTION_WORDS)

"""Two statements about one asked thing that cannot both be right: amounts and days."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

from rag.amounts import amounts_in
from rag.asked import Asked
from rag.copies import are_copies
from rag.facts import Place, Reader, Report
from rag.measures import Amount
from rag.mentions import form
from rag.scope import FARTHEST, differ_in_scope
from rag.timing import has_moved_on
from rag.verb_forms import shapes_of
from rag.windows import Window
from rag.written_days import Day, days_in

LEAST_BEARING = 1.25
"""Below it a fact is no answer; on the development pairs true ones have 1.35 and more."""

LEAST_NEARNESS = 0.62
"""Cosine of two contexts below which two facts are about different things; true pairs: .67."""

SAME_NOUN = 0.1
"""What two amounts gain that count the same."""

COPY_ALLOWANCE = 0.3
"""By how much what copies of one sentence give differently may bear less than what both give."""

FACTS_READ = 5
"""Facts of a report that the cross-encoder reads, each in its sentence, of some 10 ms."""

BEHIND_BEST = 4.5
"""Logits by which a fact may fall behind the report's best."""

LEAST_LOGIT = -6.0
"""Below it a sentence says nothing of the sort; -3 for a true one in other words."""

LABEL_WITHIN = 24
"""Characters before a number in which its noun stands, where it is a label."""

ANYBODY = frozenset(("", form("people"), form("persons"), form("person")))
"""Nouns for which a report may well have another; where it counts firefighters, those count."""

HOW_MANY = re.compile(r"\bhow many\b", re.IGNORECASE)

REPORTING = ("said", "told", "announced", "reported", "published", "confirmed", "disclosed")
REPORTED_WITHIN = 40
"""Characters before a weekday in which these words make it the day of the report."""


@dataclass(frozen=True)
class Fact:
    """An amount or a day where a report gives it."""

    given: Amount | Day
    place: Place

    def is_comparable(self, other: "Fact") -> bool:
        """Say whether both give the same kind of thing."""
        if isinstance(self.given, Amount) and isinstance(other.given, Amount):
            return self.given.is_comparable(other.given)
        if isinstance(self.given, Day) and isinstance(other.given, Day):
            return self.given.is_comparable(other.given)
        return False

    def agrees(self, other: "Fact") -> bool:
        """Say whether both may give the same."""
        if isinstance(self.given, Amount) and isinstance(other.given, Amount):
            return self.given.agrees(other.given)
        if isinstance(self.given, Day) and isinstance(other.given, Day):
            return self.given.agrees(other.given)
        return False

    def repeats(self, other: "Fact") -> bool:
        """Say whether both give the same kind of thing, and the same."""
        return self.is_comparable(other) and self.agrees(other)


@dataclass(frozen=True)
class Rival:
    """Two sentences that contradict each other, and in which words."""

    first: Window
    second: Window
    words: tuple[str, str] | None
    """None where whole sentences differ."""
    strength: float
    """How far both bear on the question, and how near their contexts are."""
    facts: tuple[Fact, Fact] | None = None

    @property
    def are_copies(self) -> bool:
        """Whether one sentence is a copy of the other, but for what differs."""
        return are_copies(self.first.text, self.second.text)


def facts_of(reader: Reader, asked: Asked, report: Report) -> list[Fact]:
    """Return the amounts or days of a report that may be what is asked for."""
    found = []
    for sentence in report.sentences:
        for given in _given(asked, sentence.text):
            noun = given.noun if isinstance(given, Amount) else ""
            if not noun and _is_label(reader, sentence.text[: given.start]):
                continue
            place = reader.place(sentence, given.start, given.end, noun)
            if place is not None:
                found.append(Fact(given, place))
    own = [
        fact for fact in found if isinstance(fact.given, Amount) and fact.given.noun == asked.noun
    ]
    return own if own and asked.noun not in ANYBODY else found


def rival_facts(
    reader: Reader, first: Sequence[Fact], second: Sequence[Fact], reports: tuple[Report, Report]
) -> tuple[Fact, Fact] | None:
    """Return the two facts that contradict each other most to the point, if any do.

    What both reports give is no contradiction, and where it bears on the question at least as
    much as what they give differently, they agree about what is asked; but copies of one sentence
    may differ beside it.
    """
    if not any(_may_differ(pair) for pair in product(first, second)):
        return None
    first, second = _answering(reader, first), _answering(reader, second)
    agreed = max(
        (
            min(ours.place.bearing, theirs.place.bearing)
            for ours, theirs in product(first, second)
            if ours.repeats(theirs)
        ),
        default=0.0,
    )
    alone = [fact for fact in first if not any(fact.repeats(other) for other in second)]
    others = [fact for fact in second if not any(fact.repeats(other) for other in first)]
    pairs = [
        pair
        for pair in product(alone, others)
        if _may_differ(pair) and _is_to_the_point(pair, agreed)
    ]
    for pair in sorted(pairs, key=lambda pair: -strength(*pair)):
        if contradict(pair, *reports):
            return pair
    return None


def _may_differ(pair: tuple[Fact, Fact]) -> bool:
    """Say whether two facts give the same kind of thing, but not the same, to the point."""
    ours, theirs = pair
    bearing = min(ours.place.bearing, theirs.place.bearing)
    return bearing >= LEAST_BEARING and ours.is_comparable(theirs) and not ours.agrees(theirs)


def _is_to_the_point(pair: tuple[Fact, Fact], agreed: float) -> bool:
    """Say whether two facts bear on the question, more than what both reports give."""
    bearing = min(fact.place.bearing for fact in pair)
    if pair[0].place.nearness(pair[1].place) < LEAST_NEARNESS:
        return False
    if bearing > agreed:
        return True
    return bearing > agreed - COPY_ALLOWANCE and are_copies(
        *(fact.place.sentence.text for fact in pair)
    )


def _answering(reader: Reader, facts: Sequence[Fact]) -> list[Fact]:
    """Return the facts with which a report may answer: put into the question, they still hold.

    The cross-encoder reads "Seven people were hurt" beside the sentence that has the "seven".
    """
    best = sorted(facts, key=lambda fact: -fact.place.bearing)[:FACTS_READ]
    if not best:
        return []
    logits = reader.claim_logits(
        [(_filled(reader.question, fact.given), fact.place.sentence.text) for fact in best]
    )
    least = max(LEAST_LOGIT, max(logits) - BEHIND_BEST)
    return [fact for fact, logit in zip(best, logits, strict=True) if logit >= least]


def _filled(question: str, given: Amount | Day) -> str:
    """Return a question with what is given for its question words, or after them."""
    number = given.text.split()[0] if isinstance(given, Amount) else given.text
    filled, changed = HOW_MANY.subn(number, question.rstrip("? "), count=1)
    return filled if changed else f"{filled}? {given.text}"


def contradict(pair: tuple[Fact, Fact], first: Report, second: Report) -> bool:
    """Say whether two facts that differ do contradict each other.

    They do not where one of them may be news of a later hour, or speaks of something else.
    """
    ours, theirs = (fact.place.sentence.text for fact in pair)
    if are_copies(ours, theirs):
        return True
    if has_moved_on(ours, theirs) or differ_in_scope(ours, theirs, first.text, second.text):
        return False
    return is_close(pair[0].given, pair[1].given)


def strength(first: Fact, second: Fact) -> float:
    """Return how much two facts look like answers to one question."""
    bearing = (
        3 * min(first.place.bearing, second.place.bearing)
        + max(first.place.bearing, second.place.bearing)
    ) / 4
    same = (
        isinstance(first.given, Amount)
        and isinstance(second.given, Amount)
        and bool(first.given.noun and first.given.noun == second.given.noun)
    )
    return bearing + first.place.nearness(second.place) + SAME_NOUN * same


def _given(asked: Asked, sentence: str) -> list[Amount] | list[Day]:
    if asked.kind == "amount":
        return [amount for amount in amounts_in(sentence) if asked.takes(amount)]
    return [day for day in days_in(sentence) if not _is_day_of_report(day, sentence)]


def _is_label(reader: Reader, before: str) -> bool:
    """Say whether a number only names one of what is asked: "kiln three", but not "injured 40"."""
    words = before[-LABEL_WITHIN:].split()
    if not words or not words[-1].isalpha() or form(words[-1]) not in reader.forms:
        return False
    return "past" not in shapes_of(words[-1].lower())


def _is_day_of_report(day: Day, sentence: str) -> bool:
    """Say whether a weekday is when something was said, and so may differ."""
    before = sentence[max(0, day.start - REPORTED_WITHIN) : day.start].lower()
    return day.fields.keys() == {"weekday"} and any(word in before for word in REPORTING)


def is_close(first: Amount | Day, second: Amount | Day) -> bool:
    """Say whether two amounts are near enough to count one thing, or one is a slip of the pen."""
    if isinstance(first, Day) or isinstance(second, Day):
        return True
    return first.ratio(second) <= FARTHEST or _is_slip(first, second)


def _is_slip(first: Amount, second: Amount) -> bool:
    """Say whether a zero too many or swapped digits would explain the difference."""
    ratio = first.ratio(second)
    if any(abs(ratio - power) < 1e-6 * power for power in (10, 100, 1_000)):
        return True
    ours, theirs = (
        "".join(filter(str.isdigit, amount.text)).rstrip("0") for amount in (first, second)
    )
    return len(ours) > 1 and sorted(ours) == sorted(theirs)

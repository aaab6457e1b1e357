"""Two reports whose answers to a question cannot both be right, whatever their words.

The entailment model picks the sentence of each report that answers best, and reads it beside the
other report: does that deny it? What rules find first (`rivals.py`, `rival_names.py`,
`rival_outcomes.py`) is named in words; this finds what they overlook.
"""

from itertools import product

from rag.asked import Asked, Kind
from rag.facts import Reader, Report
from rag.mentions import WORD
from rag.proper_names import names_with_places
from rag.rivals import Rival, facts_of, is_close
from rag.scope import differ_in_scope
from rag.windows import Window

SENTENCES_READ = 6
"""Of a report, those that cover the question best; each costs some 8 ms."""

# Set on 260 pairs of short reports, of which 88 contradict each other. They belong to the weights
# of the entailment model: with each new ones they were looked at again, and amounts moved last, on
# 200 of the pairs, of which 60 contradict each other.

LEAST_OPPOSED: dict[Kind, float] = {"name": 1.05, "outcome": 1.7, "day": 1.3, "amount": 1.9}
"""Log odds, contradicted less supported, the mean of both ways, from which two answers differ."""

LEAST_IN_SCOPE = 3.1
"""The same for amounts of which some word says that they may count different things."""


def rival_answers(reader: Reader, asked: Asked, first: Report, second: Report) -> Rival | None:
    """Return the sentences with which two reports answer a question unlike.

    Args:
        reader: Has encoded both.
        asked: What the question asks for.
        first: The earlier report.
        second: The later one.
    """
    ours, theirs = (_answer(reader, report) for report in (first, second))
    if ours is None or theirs is None:
        return None
    if asked.kind == "name" and _name_the_same(reader.question, (first, ours), (second, theirs)):
        return None
    words = None
    if asked.kind in {"amount", "day"}:
        words = _differing(reader, asked, (first, ours), (second, theirs))
        if words is None:
            return None
    against = reader.readings([(ours.text, _told(second)), (theirs.text, _told(first))])
    opposed = sum(reading.contradicted - reading.supported for reading in against) / 2
    least = LEAST_OPPOSED[asked.kind]
    if asked.kind == "amount" and differ_in_scope(ours.text, theirs.text, first.text, second.text):
        least = LEAST_IN_SCOPE
    if opposed < least:
        return None
    # whatever a rule finds in another pair of reports is named in better words
    return Rival(first=ours, second=theirs, words=words, strength=0.0)


def _answer(reader: Reader, report: Report) -> Window | None:
    """Return the sentence of a report that answers the question best."""
    sentences = sorted(report.sentences, key=lambda each: -reader.coverage(each))[:SENTENCES_READ]
    if not sentences:
        return None
    readings = reader.readings([(reader.question, each.text) for each in sentences])
    return max(zip(readings, sentences, strict=True), key=lambda pair: pair[0].answered)[1]


def _name_the_same(question: str, *answers: tuple[Report, Window]) -> bool:
    """Say whether two answers share a name of several words: "Anders Voll", however they differ.

    A single one may well be the place, or whom both speak of; so is what the question names.
    """
    asked = {word.lower() for word in WORD.findall(question)}
    ours, theirs = (
        [name.words - asked for name in names_with_places(answer.text, report.text)]
        for report, answer in answers
    )
    return any(len(one & other) > 1 for one, other in product(ours, theirs))


def _differing(
    reader: Reader, asked: Asked, ours: tuple[Report, Window], theirs: tuple[Report, Window]
) -> tuple[str, str] | None:
    """Return the amounts or days that two answers give unlike, if none of them is the same."""
    here, there = (
        [fact for fact in facts_of(reader, asked, report) if fact.place.sentence == sentence]
        for report, sentence in (ours, theirs)
    )
    pairs = [(one, other) for one, other in product(here, there) if one.is_comparable(other)]
    if any(one.agrees(other) for one, other in pairs):
        return None
    close = (
        (one.given.text, other.given.text)
        for one, other in pairs
        if is_close(one.given, other.given)
    )
    return next(close, None)


def _told(report: Report) -> str:
    """Return the passages of a report, in order."""
    hits = sorted(report.hits, key=lambda hit: hit.passage.start)
    return "\n".join(hit.passage.text for hit in hits)

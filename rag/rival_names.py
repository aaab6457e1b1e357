"""Two names that two reports give to one question: who, which, where.

The cross-encoder reads each report beside the question with a name put in ("Who won?" becomes
"Quellan won"), and so tells which name the report answers with, even where it has both.
"""

import re
from dataclasses import dataclass

from rag.facts import Place, Reader, Report
from rag.mentions import forms_in
from rag.proper_names import Name, names_with_places
from rag.rivals import Rival

NAMES_READ = 4
"""Names of each report that the cross-encoder reads; on two cores each costs some 30 ms."""

CLEARLY = 0.4
"""Logits by which a report must prefer its own name to the other's; development pairs: .5."""

CLEARLY_BOTH = 1.5
"""The same, both reports taken together; development pairs: 1.8."""

ANSWERS = 5.2
"""Logit from which a report answers with a name; development pairs: 5.4 or more. Three questions
that the sample articles do not answer: at most 4.8."""

COPIES = 0.88
"""How well copies of one report cover each other; on the seeds .9, other reports .85 at most."""

ASKS_WHO = re.compile(
    r"\A\W*(?:who|(?P<whose>whose)|(?:which|what) (?:of (?:the|these|those) )?\w+)\b",
    re.IGNORECASE,
)
ASKS_WHERE = re.compile(r"\bwhere\b", re.IGNORECASE)
ASKS_PERSON = re.compile(r"\b(?:who|whom|whose)\b", re.IGNORECASE)
PLACE_BEFORE = re.compile(
    r"\b(?:in|at|near|on|off|to|from|outside|around|towards?|over|into) (?:the )?(?:[a-z]+ )?\Z",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class _Candidate:
    name: Name
    place: Place


def rival_names(reader: Reader, first: Report, second: Report) -> Rival | None:
    """Return the two names with which two reports answer a question, where they differ."""
    ours, theirs = (_candidates(reader, report) for report in (first, second))
    if not ours or not theirs:
        return None
    both = [*ours, *(other for other in theirs if not _among(other, ours))]
    here, there = (_logits(reader, both, report) for report in (first, second))
    best, other = (max(range(len(both)), key=logits.__getitem__) for logits in (here, there))
    if both[best].name.is_same(both[other].name):
        return None
    if min(here[best], there[other]) < ANSWERS:
        return None  # neither report says who: some name is always the best
    gains = (here[best] - here[other], there[other] - there[best])
    if reader.likeness(first, second) >= COPIES and (
        _is_in(both[best].name, second) or _is_in(both[other].name, first)
    ):
        return None  # copies have the same roles
    left, right = _where(both[best], ours), _where(both[other], theirs)
    if min(gains) < CLEARLY or sum(gains) < CLEARLY_BOTH or left is None or right is None:
        return None
    return Rival(
        first=left.place.sentence,
        second=right.place.sentence,
        words=(left.name.text, right.name.text),
        strength=min(left.place.bearing, right.place.bearing),
    )


def _candidates(reader: Reader, report: Report) -> list[_Candidate]:
    """Return the names of a report that may be asked for, each once, those to the point first."""
    found: list[_Candidate] = []
    for sentence in report.sentences:
        for name in names_with_places(sentence.text, report.text):
            if _is_asked_for(reader.question, name, sentence.text):
                place = reader.place(sentence, name.start, name.end)
                found += [_Candidate(name, place)] if place else []
    found.sort(key=lambda candidate: -candidate.place.bearing)
    once: list[_Candidate] = []
    for candidate in found:
        if not _among(candidate, once):
            once.append(candidate)
    return once[:NAMES_READ]


def _is_asked_for(question: str, name: Name, sentence: str) -> bool:
    """Say whether a name may be the answer by where it stands."""
    if name.words <= {word.lower() for word in re.findall(r"\w+", question)}:
        return False
    if all(word in forms_in(question) for word in forms_in(name.text)):
        return False
    placed = bool(PLACE_BEFORE.search(sentence[: name.start][-24:]))
    if ASKS_WHERE.search(question):
        return placed
    return not (placed and ASKS_PERSON.search(question))


def _logits(reader: Reader, candidates: list[_Candidate], report: Report) -> list[float]:
    text = "\n".join(hit.passage.text for hit in report.hits)
    claims = [_filled(reader.question, candidate.name.text) for candidate in candidates]
    return reader.claim_logits([(claim, text) for claim in claims])


def _filled(question: str, name: str) -> str:
    """Return a question with a name for its question word, or after it where none leads it."""
    match = ASKS_WHO.match(question)
    asked = question.rstrip("? ")
    if not match:
        return f"{asked}? {name}"
    return f"{name}{'’s' if match['whose'] else ''}{asked[match.end() :]}"


def _is_in(name: Name, report: Report) -> bool:
    forms = forms_in(report.text)
    return all(form in forms for form in forms_in(name.text))


def _among(candidate: _Candidate, others: list[_Candidate]) -> bool:
    return any(candidate.name.is_same(other.name) for other in others)


def _where(candidate: _Candidate, own: list[_Candidate]) -> _Candidate | None:
    return next((each for each in own if each.name.is_same(candidate.name)), None)

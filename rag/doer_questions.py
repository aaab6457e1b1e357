"""Questions for who or what did something: "Who designed the bridge?"."""

from collections.abc import Iterator

from rag.offices import is_office
from rag.people import NAME, is_person_name
from rag.phrases import noun_end
from rag.plain_clauses import GAP, is_passive
from rag.question_forms import (
    DraftedQuestion,
    Told,
    kept_parts,
    make_question,
    predicate_words,
)
from rag.sentence_words import Line
from rag.verb_forms import past_of

DEEDS = frozenset(
    "design found write build create develop invent discover direct lead own run compose paint "
    "introduce establish sponsor organise organize publish produce win manage operate head chair "
    "fund finance elect appoint approve buy acquire record play present launch propose represent "
    "coach edit teach".split()
)
"""Verbs of which it matters who does them."""
CHOOSING = frozenset(
    "elect appoint choose hire marry nominate arrest beat defeat replace succeed name".split()
)
"""Verbs whose object is somebody of whom one asks who it is."""
CAUSING = frozenset("cause trigger spark delay halt destroy".split())
PAPERS = frozenset(
    "charter act treaty law decree order statute bill agreement convention constitution edict "
    "resolution accord pact report code amendment declaration".split()
)
"""What has a name, but does nothing."""


def ask_doers(told: Told) -> Iterator[DraftedQuestion]:
    """Yield who did something, to whom it was done, and what caused something."""
    for form in (_who_made, _who_did, _who_will_be, _whom, _what_caused):
        yield from form(told)


def _who_made(told: Told) -> Iterator[DraftedQuestion]:
    """Yield "Who designed the bridge?" for "The bridge was designed by Ada Lund"."""
    clause = told.clause
    if not is_passive(clause) or clause.auxiliary not in {"was", "were", "has", "have"}:
        return
    n = sum(part.kind == "verb" for part in clause.parts)
    base = clause.parts[n - 1].base
    agent = clause.parts[n] if n < len(clause.parts) else None
    if agent is None or agent.lead != "by" or agent.amount or base not in DEEDS:
        return
    if _is_doer(clause.line, agent.start + 1, agent.end):
        kept = map(told.words, kept_parts(clause.parts[n + 1 :]))
        answer = clause.line.slice(agent.start + 1, agent.end)
        yield make_question(["Who", past_of(base), told.subject, *kept], "person", answer)


def _who_did(told: Told) -> Iterator[DraftedQuestion]:
    """Yield "Who won the county prize?" where a name is the subject."""
    clause, (start, end) = told.clause, told.clause.subject
    deed = clause.plain_verb and clause.verb.base in DEEDS and not clause.opening
    if deed and _is_doer(clause.line, start, end):
        known = [
            part
            for part in clause.parts[1:2]
            if part.kind == "object"
            and (clause.line[part.start].lower == "the" or clause.line[part.start].is_capital)
        ]
        predicate = predicate_words(clause)
        if known and predicate:
            yield make_question(["Who", predicate], "person", told.subject)


def _who_will_be(told: Told) -> Iterator[DraftedQuestion]:
    """Yield "Who will be the next mayor of Hestover?"."""
    clause, line = told.clause, told.clause.line
    parts = clause.parts[1:] if clause.auxiliary == "will" else clause.parts
    be = "will be" if clause.auxiliary == "will" else clause.auxiliary
    verb = clause.line[clause.verb.start].lower
    if clause.auxiliary not in {"is", "will"} or (be == "will be" and verb != "be") or not parts:
        return
    office = parts[0]
    head = line.low(noun_end(line, office.start) - 1)
    named = any(line[place].is_capital for place in range(office.start, office.end))
    the = line[office.start].lower == "the"
    if office.kind == "object" and the and named and is_office(head):
        if NAME.fullmatch(told.subject) and not clause.is_cut:
            yield make_question(["Who", be, told.slice(office)], "person", told.subject)


def _whom(told: Told) -> Iterator[DraftedQuestion]:
    """Yield "Who have voters in Hestover elected as mayor?"."""
    clause, line = told.clause, told.clause.line
    for n, part in enumerate(clause.parts):
        if part.kind == "object" and told.follows_verb(n) and told.verb_before(n) in CHOOSING:
            written = told.slice(part)
            if NAME.fullmatch(written) and is_person_name(written) and not is_passive(clause):
                whole = line[part.end].text != GAP and not line[part.end].is_capital
                if whole:
                    yield from told.ask("Who", told.without(n), "person", written)
            return


def _what_caused(told: Told) -> Iterator[DraftedQuestion]:
    """Yield "What caused the fire at the Tamsin paper mill?"."""
    clause = told.clause
    if clause.plain_verb and clause.verb.base in CAUSING and len(clause.parts) > 1:
        known = clause.line[clause.parts[1].start].lower == "the"
        predicate = predicate_words(clause)
        if known and predicate and clause.parts[1].kind == "object":
            if not _is_doer(clause.line, *clause.subject):
                yield make_question(["What", predicate], "reason", told.subject)


def _is_doer(line: Line, start: int, end: int) -> bool:
    """Say whether a noun phrase is the name of a person or body, and not of a law or treaty."""
    words = [line[place] for place in range(start, end)]
    small = {word.lower for word in words if not word.is_capital}
    named = len(small) < len(words) and small <= {"the", "of", "and", "de", "von"}
    return named and not any(word.lower in PAPERS for word in words)

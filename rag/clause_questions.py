"""Questions that a clause answers: when, where, why, who made it, what; and its amounts."""

import re
from collections.abc import Iterator

from rag.amount_questions import ask_amounts, ask_presence
from rag.clause_subjects import is_many
from rag.grammar import is_person
from rag.measures import CURRENCIES
from rag.mentions import CALENDAR
from rag.offices import NATIONALITY
from rag.people import NAME, is_person_name
from rag.phrases import OPENING, amount_at, date_at, noun_end
from rag.plain_clauses import GAP, RELATIVES, is_passive, read_clauses, read_relatives
from rag.question_forms import (
    LONGEST_KEPT,
    DraftedQuestion,
    Told,
    kept_parts,
    make_question,
    predicate_words,
)
from rag.sentence_words import Line, Spelling
from rag.verb_forms import has_shape, past_of

WHEN = {"on": "When", "in": "When", "at": "When", "during": "When", "since": "Since when",
        "until": "Until when", "from": "From when"}
SAYING = frozenset(
    "tell say ask warn inform claim argue think believe know hope insist suggest announce confirm "
    "report estimate deny admit".split()
)
"""Verbs of which nobody asks when without asking what."""
PLACE_LEADS = frozenset("in at near on outside".split())
PLACING = frozenset(
    "build open hold find launch meet arrest bury produce make discover establish stage host film "
    "shoot land crash stop live happen occur".split()
)
PLACED = frozenset(
    "locate base bear bury arrest kill shoot discover find hold detain jail stage host film "
    "situate publish sign house store move".split()
)
"""Verbs after which it says where something is or was done."""
"""Verbs after whose object "in Varnholm" says where that was."""
BECAUSE = re.compile(r",? (?:because of|because|due to|owing to|thanks to) ")
DEEDS = frozenset(
    "design found write build create develop invent discover direct lead own run compose paint "
    "introduce establish sponsor organise organize publish produce win manage operate head chair "
    "fund finance elect appoint approve buy acquire record play present launch propose represent "
    "coach edit teach".split()
)
"""Verbs of which it matters who does them."""
ASKED_WHAT = frozenset(
    "build buy sell publish produce launch announce propose demand ban reject design invent "
    "discover damage steal seize withdraw cancel abolish prohibit manufacture export replace make "
    "destroy approve".split()
)
"""Verbs of which it matters what is done to what."""
WHAT_OF = frozenset(
    "accuse of|charge with|convict of|suspect of|know for|name after|ask for|call for|apply for|"
    "warn of|warn about|consist of|base on|blame for|campaign for|vote against|vote for|"
    "sentence to".split("|")
)
"""Verbs with the preposition that goes with them, at the end of a question."""


def ask_clauses(line: Line, spelling: Spelling) -> Iterator[DraftedQuestion]:
    """Yield the questions that the clauses of a sentence answer."""
    yield from ask_presence(line)
    for clause in [*read_clauses(line), *read_relatives(line)]:
        subject = spelling.lowered(line, *clause.subject)
        if subject is None:
            continue
        told = Told(clause, subject)
        for form in (
            ask_amounts, _when, _when_beside, _where, _why, _who_made, _who_did, _what, _what_is
        ):
            yield from form(told)


def _when(told: Told) -> Iterator[DraftedQuestion]:
    """Yield "When is the ramp to open again?", unless what happens then is an amount."""
    clause = told.clause
    counted = amount_at(clause.line, clause.subject[0]) is not None
    if clause.auxiliary == "had" or counted or any(part.amount for part in clause.parts):
        return
    if any(part.base in SAYING for part in clause.parts):
        return
    if clause.lead:
        asked = _when_words(told, clause.lead.lead)
        if asked and not any(part.kind == "date" for part in clause.parts):
            when = clause.line.slice(clause.lead.start, clause.lead.end)
            yield from told.ask(asked, clause.parts, "day", when)
        return
    for n, part in enumerate(clause.parts):
        asked = _when_words(told, part.lead) if part.kind == "date" and n else ""
        if asked:
            later = clause.parts[n + 1 :]
            goes_on = later and later[0].kind == "infinitive"
            kept = [*clause.parts[:n], *(later if goes_on else ())]
            yield from told.ask(asked, kept, "day", told.slice(part))
            return


def _when_words(told: Told, lead: str) -> str:
    if lead == "since" and told.clause.auxiliary not in {"has", "have"}:
        return ""
    return WHEN.get(lead, "")


def _when_beside(told: Told) -> Iterator[DraftedQuestion]:
    """Yield "When was the Lapwing built?" for "The Lapwing, built in 1987, is ..."."""
    line, place = told.clause.line, told.clause.subject[1]
    verb, date = line[place + 1].lower, date_at(line, place + 2)
    if line[place].text != "," or date is None or date.lead not in {"in", "on"}:
        return
    if has_shape(verb, "participle") and line[date.end].text == ",":
        be = "were" if is_many(line, told.clause.subject) else "was"
        when = line.slice(date.start, date.end)
        yield make_question(["When", be, told.subject, verb], "day", when)


def _where(told: Told) -> Iterator[DraftedQuestion]:
    clause = told.clause
    for n, part in enumerate(clause.parts):
        if part.kind != "phrase" or part.lead not in PLACE_LEADS or n == 0:
            continue
        if not _is_place(clause.line, part.start + 1, part.end):
            continue
        verb, before = told.verb_before(n), clause.parts[n - 1]
        placed = told.follows_verb(n) and verb in PLACING | PLACED
        if placed or (before.kind == "object" and verb in PLACING):
            yield from told.ask("Where", clause.parts[:n], "place", told.slice(part))
            return


def _why(told: Told) -> Iterator[DraftedQuestion]:
    """Yield a question for the reason that the sentence gives after a "because"."""
    clause, line = told.clause, told.clause.line
    match = BECAUSE.search(line.text, line[clause.verb.start].start)
    if match is None:
        return
    end = line.place_at(match.start() + 1)
    end -= line[end - 1].text == ","
    between = [line[n].text for n in range(clause.verb.end, end)]
    if not 0 < len(between) <= LONGEST_KEPT or clause.end > end:
        return
    if clause.end < end and (not clause.is_cut or "," in between):
        return
    words = ["Why", clause.auxiliary, told.subject, told.words(clause.verb),
             line.slice(clause.verb.end, end)]
    yield make_question(words, "reason", line.text[match.start() :].strip(" ,."))


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
    if any(clause.line[place].is_capital for place in range(agent.start + 1, agent.end)):
        kept = map(told.words, kept_parts(clause.parts[n + 1 :]))
        answer = clause.line.slice(agent.start + 1, agent.end)
        yield make_question(["Who", past_of(base), told.subject, *kept], "person", answer)


def _who_did(told: Told) -> Iterator[DraftedQuestion]:
    """Yield "Who won the county prize?" where a name is the subject."""
    clause, (start, end) = told.clause, told.clause.subject
    names = [clause.line[place] for place in range(start, end)]
    named = all(word.is_capital or word.lower in {"the", "of"} for word in names)
    if named and clause.plain_verb and clause.verb.base in DEEDS and not clause.opening:
        known = [
            part for part in clause.parts[1:2]
            if part.kind == "object"
            and (clause.line[part.start].lower == "the" or clause.line[part.start].is_capital)
        ]
        predicate = predicate_words(clause)
        if known and predicate:
            yield make_question(["Who", predicate], "person", told.subject)


def _what(told: Told) -> Iterator[DraftedQuestion]:
    """Yield "What does Kestrel make?", and "What was the driver charged with?"."""
    clause, line = told.clause, told.clause.line
    for n, part in enumerate(clause.parts):
        verb = told.verb_before(n)
        if not told.follows_verb(n) or clause.parts[n - 1].kind == "particle":
            continue
        if part.kind == "phrase" and f"{verb} {part.lead}" in WHAT_OF and not part.amount:
            answer = line.slice(part.start + 1, part.end)
            if not _names_somebody(line, part.start + 1):
                yield from told.ask("What", clause.parts[:n], "what", answer, stranded=part.lead)
        elif part.kind == "object" and verb in ASKED_WHAT and not is_passive(clause):
            known = line[part.start].lower in OPENING - {"a", "an"} or line[part.start].is_number
            whole = line[part.end].lower not in RELATIVES | {GAP}
            makes = verb != "make" or clause.auxiliary in {"does", "do"}
            if not known and whole and makes and not _names_somebody(line, part.start):
                yield from told.ask("What", told.without(n), "what", told.slice(part))
        return


def _what_is(told: Told) -> Iterator[DraftedQuestion]:
    """Yield "What is Diplomacy Vision 2030?" for a sentence that says what it is."""
    clause, line, (start, end) = told.clause, told.clause.line, told.clause.subject
    if clause.auxiliary not in {"is", "was"} or clause.parts[0].kind != "object":
        return
    if clause.lead or any(part.kind == "infinitive" for part in clause.parts):
        return
    names = [line[place] for place in range(start, end) if line[place].lower not in {"the", "of"}]
    first = clause.parts[0].start
    if not all(word.is_capital for word in names) or line[first].lower not in {"a", "an", "the"}:
        return
    person = is_person(line.low(noun_end(line, first) - 1))
    if person == bool(NAME.fullmatch(told.subject) and is_person_name(told.subject)):
        words = ["Who" if person else "What", clause.auxiliary, told.subject]
        yield make_question(words, "what", told.slice(clause.parts[0]))


def _names_somebody(line: Line, start: int) -> bool:
    """Say whether a noun phrase may mean a person, of whom one asks "whom"."""
    head = line[noun_end(line, start) - 1]
    return head.is_capital or is_person(head.lower) or is_person(head.lower.removesuffix("s"))


def _is_place(line: Line, start: int, end: int) -> bool:
    """Say whether words are a name that can be a place."""
    words = [line[place] for place in range(start, end) if line[place].lower != "the"]
    if not words or not all(word.is_capital or word.lower == "of" for word in words):
        return False
    if any(word.text.isupper() or word.lower in CALENDAR for word in words):
        return False
    if any(NATIONALITY.fullmatch(word.text) for word in words):
        return False  # a language
    return not any(word.lower.rstrip("s") in CURRENCIES for word in words)

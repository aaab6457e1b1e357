"""Questions that a clause answers: when, where, why, who made it, what; and its amounts."""

import re
from collections.abc import Iterator

from rag.amount_questions import ask_amounts, ask_presence
from rag.clause_subjects import is_many
from rag.doer_questions import ask_doers
from rag.grammar import is_person
from rag.measured_phrases import amount_at, date_at
from rag.measures import CURRENCIES
from rag.mentions import CALENDAR, TITLES
from rag.offices import NATIONALITY, is_office
from rag.people import NAME, is_person_name
from rag.phrases import OPENING, noun_end
from rag.plain_clauses import GAP, RELATIVES, Clause, is_passive
from rag.question_forms import (
    DraftedQuestion,
    Told,
    make_question,
)
from rag.sentence_clauses import read_clauses, read_relatives
from rag.sentence_words import Line, Spelling
from rag.verb_forms import has_shape

WHEN = {
    "on": "When",
    "in": "When",
    "at": "When",
    "during": "When",
    "since": "Since when",
    "until": "Until when",
    "from": "From when",
}
SAYING = frozenset(
    "tell say ask warn inform claim argue think believe know hope insist suggest announce confirm "
    "report estimate deny admit".split()
)
"""Verbs of which nobody asks when without asking what."""
PHASES = frozenset("begin start continue stop finish".split())
"""Verbs that tell of somebody nothing by themselves: with what will Wolska begin?"""
PLACE_LEADS = frozenset("in at near on outside".split())
PLACING = frozenset(
    "build open hold find arrest bury discover establish stage host film live happen occur".split()
)
"""Verbs behind which, or behind whose object, "in Varnholm" says where that was."""
PLACED = frozenset(
    "locate base bear bury arrest kill shoot discover find hold detain jail stage host film "
    "situate publish sign house store move".split()
)
"""Verbs right behind which it says so."""
LONGEST_EFFECT = 15
"""Words of what a reason is asked for."""
BECAUSE = re.compile(
    r",? (?:(?:partly|mainly|largely|mostly|only) )?"
    r"(?:because of|because|due to|owing to|thanks to) "
)
SAYS_LITTLE = frozenset("second third fourth fifth one part result thing success failure".split())
BORN = "-born"
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
        for form in (ask_amounts, _when, _when_beside, _where, _why, ask_doers, _what, _what_is):
            yield from form(told)


def _when(told: Told) -> Iterator[DraftedQuestion]:
    """Yield "When is the ramp to open again?", unless what happens then is an amount."""
    clause = told.clause
    counted = amount_at(clause.line, clause.subject[0]) is not None
    if clause.auxiliary == "had" or counted or any(part.amount for part in clause.parts):
        return
    if not _happens(clause) or any(part.base in SAYING for part in clause.parts):
        return
    told_of = [part for part in clause.parts if part.kind not in {"date", "time"}]
    if told.subject[0].isupper() and told_of[-1].base in PHASES:
        return
    if clause.lead:
        asked = _when_words(told, clause.lead.lead)
        if asked and not any(part.kind == "date" for part in clause.parts):
            when = clause.line.slice(clause.lead.start, clause.lead.end)
            yield from told.ask(asked, clause.parts, "day", when)
        return
    for n, part in enumerate(clause.parts):
        asked = _when_words(told, part.lead) if part.kind == "date" and n else ""
        if asked and not _ends_in_doing(told, n):
            later = clause.parts[n + 1 :]
            goes_on = later and later[0].kind == "infinitive"
            kept = [*clause.parts[:n], *(later if goes_on else ())]
            yield from told.ask(asked, kept, "day", told.slice(part))
            return


def _ends_in_doing(told: Told, n: int) -> bool:
    """Say whether "a calendar beginning" stands before a date, which then belongs to it alone."""
    before = told.clause.parts[n - 1]
    last = told.clause.line[before.end - 1].lower
    return before.kind in {"object", "phrase"} and has_shape(last, "ing")


def _when_words(told: Told, lead: str) -> str:
    if lead == "since" and told.clause.auxiliary not in {"has", "have"}:
        return ""
    return WHEN.get(lead, "")


def _happens(clause: Clause) -> bool:
    """Say whether a clause tells an event: "is the front-runner in March" tells none."""
    first = clause.parts[0]
    due = first.kind == "object" and first.end == first.start + 1
    return first.kind in {"verb", "infinitive"} or (
        due and any(part.kind == "infinitive" for part in clause.parts)
    )


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
    read = clause.end - (clause.parts[-1].kind == "adverb")  # "partly because"
    if len(between) > LONGEST_EFFECT or read > end:
        return
    if clause.end < end and (not clause.is_cut or "," in between):
        return
    words = [
        "Why",
        clause.auxiliary,
        told.subject,
        told.words(clause.verb),
        line.slice(clause.verb.end, end),
    ]
    yield make_question(words, "reason", line.text[match.start() :].strip(" ,."))


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
            after = clause.parts[n + 1] if n + 1 < len(clause.parts) else None
            whole = whole and (
                after is None
                or after.kind != "phrase"
                or (after.lead in PLACE_LEADS and _is_place(line, after.start + 1, after.end))
            )
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
    if not all(word.is_capital and BORN not in word.text for word in names):
        return
    if line[first].lower not in {"a", "an", "the"}:
        return
    head = line.low(noun_end(line, first) - 1)
    if head in SAYS_LITTLE or any(word.lower in TITLES | {"current", "former"} for word in names):
        return
    person = is_person(head) or is_office(head) or head.endswith("person")
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

"""The clauses of a sentence: the first, what "and" joins to it, and what is told beside names."""

from dataclasses import replace

from rag.clause_subjects import MOST_BESIDE, is_subject, openings, subject_end
from rag.grammar import AUXILIARIES, PRONOUNS
from rag.phrases import FUNCTION_WORDS, OPENING
from rag.plain_clauses import (
    ENDS,
    MANY,
    MODALS,
    Clause,
    read_on,
    read_predicate,
    with_verbs,
)
from rag.sentence_words import Line
from rag.verb_forms import has_shape, is_noun_too

MOST_CLAUSES = 6


def read_clauses(line: Line) -> list[Clause]:
    """Return the clauses of a sentence, as far as they can be read from its beginning.

    What "and" joins under the same subject is one of its own, and so is what follows a comma and
    an "and", if a clause ends there.
    """
    found: list[Clause] = []
    start: int | None = 0
    while start is not None and len(found) < MOST_CLAUSES:
        first = _first_clause(line, start)
        if first is None:
            break
        joined = _joined(first)
        found += [first, *joined]
        start = _next_start(found[-1])
    return found


def _first_clause(line: Line, start: int) -> Clause | None:
    for opening in openings(line, start):
        for place in range(opening.start + 1, len(line)):
            if line[place].text in ENDS and line[place].text != ",":
                break
            end = subject_end(line, opening.start, place)
            if end is None:
                continue
            clause = read_predicate(line, (opening.start, end), place)
            if clause is not None:
                return replace(clause, lead=opening.date, opening=opening.phrase)
    return None


def _next_start(clause: Clause) -> int | None:
    """Return where another clause begins right behind one: after "; " or ", and"."""
    line, place = clause.line, clause.end
    if line[place].text == ";":
        return place + 1
    if line[place].text == "," and line[place + 1].lower in {"and", "but", "while"}:
        return place + 2
    return None


def read_relatives(line: Line) -> list[Clause]:
    """Return what is told beside names, between commas: "Cech, who joined Chelsea in 2004,".

    A "which" may mean more than the name before it, unless the sentence begins with that name.
    """
    found: list[Clause] = []
    for place in range(2, len(line)):
        if line[place].lower not in {"who", "which"} or line[place - 1].text != ",":
            continue
        start = place - 1
        while start and line[start - 1].is_capital and line[start - 1].lower not in FUNCTION_WORDS:
            start -= 1
        before = line[start - 1]
        joined = before.lower in {"and", "or", ",", "&"} or (
            before.is_word and line[place].lower == "which"
        )
        if start == place - 1 or (start and joined):
            continue
        clause = read_predicate(line, (start, place - 1), place + 1)
        if clause is not None and clause.parts and clause.auxiliary not in MANY:
            found.append(clause)
    return found


def subject_of(line: Line) -> tuple[int, int] | None:
    """Return the places of a sentence's subject, if a verb surely follows it."""
    for opening in openings(line):
        for place in range(opening.start + 1, min(len(line), opening.start + MOST_BESIDE)):
            if line[place].text in ENDS:
                break
            word, after = line[place].lower, line[place + 1].lower
            finite = word in AUXILIARIES or (
                has_shape(word, "s", "past")
                and (not is_noun_too(word) or after in PRONOUNS | OPENING)
            )
            if finite and is_subject(line, opening.start, place):
                return opening.start, place
    return None


def _joined(first: Clause) -> list[Clause]:
    """Return what "and" joins to a clause under the same subject: "... and employs 2,300"."""
    line, found, place = first.line, [], first.end
    place += line[place].text == "," and line[place + 1].lower == "and"
    if line[place].lower != "and":
        return []
    word = line[place + 1].lower
    clause: Clause | None = None
    if first.auxiliary in MODALS and has_shape(word, "base"):
        clause = read_on(with_verbs(replace(first, parts=(), end=place + 1)))
    elif first.auxiliary not in MODALS | {"have"}:
        clause = read_predicate(line, first.subject, place + 1)
    if clause is not None and clause.parts:
        found.append(replace(clause, lead=None))
    return found

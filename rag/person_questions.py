"""Questions about persons: who somebody is, who holds an office, who did something, who said what.

Only persons whom an article names in full, and only what stands right beside the name: "Ilka Brem,
the fire chief of Tolven" answers "Who is Ilka Brem?" and "Who is the fire chief of Tolven?".
"""

import re
from collections.abc import Iterator

from rag.doer_questions import DEEDS
from rag.offices import NATIONALITY, is_office
from rag.people import NAME, is_person_name, without_title
from rag.phrases import INSIDE, full_noun_end, noun_end
from rag.plain_clauses import read_predicate
from rag.question_forms import DraftedQuestion, predicate_words
from rag.sentence_words import Line, Spelling

ANY = frozenset("man woman boy girl child person resident guest victim suspect witness".split())
"""Words that say of nobody who it is."""
POSSESSIVE = re.compile(r"[’']s? ")
MOST_BEFORE = 9
"""Words before a name in which the office is looked for."""
BEFORE_OFFICE = frozenset(
    "said says to by with of and that from for told as according ¤ , ; : . – — but".split()
)
"""Words after which a noun phrase begins, and none goes on."""


def ask_persons(line: Line, spelling: Spelling) -> Iterator[DraftedQuestion]:
    """Yield who is who, and who does what, as far as a sentence says so beside a name."""
    for match in NAME.finditer(line.text):
        name = without_title(match.group())
        start, end = line.place_at(match.start()), line.place_at(match.end())
        if not is_person_name(name) or line[end - 1].end != match.end():
            continue
        if NATIONALITY.fullmatch(name.split()[0]) or line[end].is_capital:
            continue
        if any(map(spelling.is_word, name.split())) or POSSESSIVE.search(name):
            continue
        yield from _by_clause(line, name, end)
        offices = [
            *_office_after(line, end),
            *_office_before(line, start),
            *_office_joined(line, start),
        ]
        for first, last in offices[:1]:
            office = spelling.lowered(line, first, last)
            yield DraftedQuestion(
                question=f"Who is {name}?", kind="person", reference=line.slice(first, last)
            )
            if office and _is_named_office(line, first, last):
                yield DraftedQuestion(question=f"Who is {office}?", kind="person", reference=name)


def _by_clause(line: Line, name: str, end: int) -> Iterator[DraftedQuestion]:
    """Yield "Who heads the committee?" for "Yusuf Adeyemi, who heads the committee,"."""
    if line[end].text != "," or line[end + 1].lower != "who":
        return
    clause = read_predicate(line, (end + 1, end + 2), end + 2)
    if clause is None or len(clause.parts) < 2 or clause.verb.base not in DEEDS | {"sit"}:
        return
    if clause.parts[1].kind == "object" or clause.verb.base == "sit":
        words = predicate_words(clause)
        if words:
            yield DraftedQuestion(question=f"Who {words}?", kind="person", reference=name)


def _office_after(line: Line, end: int) -> Iterator[tuple[int, int]]:
    """Yield the office in "Ilka Brem, the fire chief of Tolven,"."""
    if line[end].text != ",":
        return
    last = _office_end(line, end + 1)
    if last > end + 1 and line[last].text in {",", ".", ";"}:
        yield end + 1, last


def _office_before(line: Line, start: int) -> Iterator[tuple[int, int]]:
    """Yield the office in "the fire chief of Tolven, Ilka Brem"."""
    if line[start - 1].text != "," or start < 2:
        return
    for first in range(max(0, start - 1 - MOST_BEFORE), start - 1):
        opened = first == 0 or line[first - 1].lower in BEFORE_OFFICE
        if opened and _office_end(line, first) == start - 1:
            yield first, start - 1
            return


def _office_joined(line: Line, start: int) -> Iterator[tuple[int, int]]:
    """Yield the office in "the harbour master Jonas Wede"."""
    for first in range(max(0, start - 5), start - 1):
        if line[first].lower in {"the", "a", "an"} and noun_end(line, first) >= start:
            head = line[start - 1]
            if head.text.islower() and is_office(head.lower):
                yield first, start
                return


def _office_end(line: Line, first: int) -> int:
    """Return the place after an office that starts here; `first` where none does."""
    core = noun_end(line, first)
    head = line.low(core - 1)
    if core == first or not is_office(head) or head in ANY or not line[core - 1].text.islower():
        return first
    end = core
    while line[end].lower in INSIDE:
        after = full_noun_end(line, end + 1)
        if after == end + 1:
            return first
        end = after
    return end


def _is_named_office(line: Line, first: int, last: int) -> bool:
    """Say whether an office can be asked for by itself: "the fire chief of Tolven"."""
    words = [line[n] for n in range(first, last)]
    if words[0].is_capital and words[0].text.endswith(("'s", "’s")):
        return True
    hanging = words[noun_end(line, first) - first :]
    return words[0].lower == "the" and any(word.is_capital for word in hanging)

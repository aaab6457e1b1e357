"""The facts of an article that may be exchanged in a question: names, days and numbers, by kind.

Only what is surely of one kind: a person for a person and a place for a place leave a question that
reads well; anything else might give itself away, or ask nothing at all.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from index import Article
from index.sentences import sentence_spans
from index.types import Value
from rag.mentions import NUMBER_WORDS
from rag.offices import NATIONALITY, is_office
from rag.people import NAME, TITLES, is_person_name
from rag.proper_names import Name, names_with_places
from rag.quantities import QUANTITY
from rag.written_days import days_in

FactKind = Literal["person", "place", "body", "day", "number"]

BODIES = frozenset(
    "bank group council ministry company institute university college school hospital agency union "
    "party times post courier herald committee department commission association federation "
    "foundation trust club society court museum library theatre railway airlines energy cells "
    "mutual labs industries holdings board authority capital research "
    "academy parliament coaches lines partners insurance minerals quarries pharma "
    "systems press league ventures motors foods telecom logistics shipping media studios "
    "orchestra brewery airways".split()
)
"""First or last words of names that a body has."""
TEAMS = frozenset("united rovers athletic wanderers albion sporting dynamo".split())
PLAYS = re.compile(r"\A (?:(?:will|had|have|has) )?(?:meet|play|beat|led|reached|lost|drew|face)\b")
PLACED = re.compile(r"(?:\A|\s)(?:in|near|outside|of|at|from|to) \Z")
SURELY_PLACED = re.compile(r"(?:\A|\s)(?:[Ii]n|[Nn]ear|[Oo]utside) \Z")
ACTS = re.compile(
    r"\A(?:, (?:the|an?) [\w -]{1,30}(?:works|maker|company|firm|chain|operator|producer|start-up|"
    r"supplier),| (?:(?:will|has|had|is to|is|was|are|were) )?(?:employs?|makes?|plan(?:s|ned) to|"
    r"bought|sells?|sold|hired?|operates?|owns?|founded|set up|raised?|recall(?:s|ed|ing)|"
    r"denie[sd]|deny|offer(?:s|ed)|blame[sd]|invest(?:s|ed)?|exports?)\b)"
)
"""Behind the name of a body."""
RUN = re.compile(r"(?:managing director|chief executive|spokes\w{3,6}) (?:of|for) (?:the )?\Z")
"""Before it."""
IS_SOMEBODY = re.compile(
    r"\A(?:,? (?:said|says|told|added|argued|warned|called)\b|, (?:who|whose|the|an?|\d\d)\b)"
)
A_WORD_BEFORE = re.compile(r"([\w-]+) \Z")
CLOCK = re.compile(r"\b(?:at|by|until|from|since|to|past) \Z")
MOST_TIMES = 3
MOST_YEARS = 12
"""How far a number or a year may be from the one in whose place it stands; by judgement."""
SURNAME, TEAM, MANY = "surname", "team", "many"
JOINED = re.compile(r" and |[’']s")
LONGEST_SENTENCE = 1_000
"""Characters; a longer one is a list, or was made to be slow to read."""
NEAR = 40
"""Characters beside a name that tell of what kind it is."""


@dataclass(frozen=True, kw_only=True)
class Fact(Value):
    """A name, a day or a number as written, its kind, and what another must share to fit in."""

    kind: FactKind
    text: str
    shape: str = ""


def facts_of(article: Article) -> tuple[Fact, ...]:
    """Return the facts of an article, each once, in order."""
    names: dict[str, Fact] = {}
    found: dict[Fact, None] = {}
    seen: list[tuple[Name, str]] = []
    for start, end in sentence_spans(article.text):
        if end - start > LONGEST_SENTENCE:
            continue
        sentence = " ".join(article.text[start:end].split())
        seen += [(name, sentence) for name in names_with_places(sentence, article.text)]
        found |= dict.fromkeys([*_days(sentence), *_numbers(sentence)])
    alone = {name.text for name, _ in seen if " " not in name.text}
    for name, sentence in seen:
        fact = _named(name, sentence, alone)
        if fact:
            names.setdefault(name.text, fact)
            if fact.kind == "person":  # whom a surname alone means, too
                surname = name.text.split()[-1]
                names[surname] = replace(fact, text=surname, shape=SURNAME)
    return (*names.values(), *found)


def facts_in(question: str, known: tuple[Fact, ...]) -> list[Fact]:
    """Return the facts that stand in a question, each as a whole: no part of a longer name."""
    by_text = {fact.text: fact for fact in known}
    found: dict[Fact, None] = {}
    for name in names_with_places(question, question):
        fact = by_text.get(name.text) or _named(name, question, set())
        if fact:
            found[fact] = None
    return [*found, *_days(question), *_numbers(question)]


def fits_in_for(other: Fact, fact: Fact) -> bool:
    """Say whether one fact may stand where another stood: amounts and years must be near."""
    if fact.kind == "day":
        one, two = (days_in(each.text)[0].year or 0 for each in (fact, other))
        return fact.text != other.text and abs(one - two) <= MOST_YEARS
    if fact.kind != "number":
        return True
    less, more = sorted((_worth(fact.text), _worth(other.text)))
    return less < more <= MOST_TIMES * less


def _worth(number: str) -> float:
    return float(NUMBER_WORDS.get(number.lower(), number).replace(",", ""))


def _named(name: Name, sentence: str, alone: set[str]) -> Fact | None:
    """Return a name with its kind, if that is sure.

    Args:
        name: What is read.
        sentence: Where it stands.
        alone: The names of one word in the article; a surname among them makes a person sure.
    """
    before, after = sentence[: name.start][-NEAR:], sentence[name.end :][:NEAR]
    words = name.text.split()
    the = "the" if before.lower().endswith("the ") else ""
    if words[0] == "The" or JOINED.search(name.text):
        return None
    if " of " in name.text and words[0].lower() not in BODIES:
        return None  # "Joost Albers of the Ceramic Workers' Union"
    called = {words[-1].lower(), words[-1].lower().rstrip("s"), words[0].lower()} & BODIES
    if called and len(words) > 1:
        many = MANY if name.text.endswith("s") else ""
        return Fact(kind="body", text=name.text, shape=the + many)
    if (words[-1].lower() in TEAMS or PLAYS.match(after)) and not the:
        if len(words) < 3 and not PLACED.search(before):
            return Fact(kind="body", text=name.text, shape=TEAM)
    if after[:2] in {"'s", "’s"} or the or NATIONALITY.fullmatch(words[-1]):
        return None
    if SURELY_PLACED.search(before) and len(words) < 3 and not name.text.isupper():
        return Fact(kind="place", text=name.text)
    full = NAME.fullmatch(name.text) and is_person_name(name.text)
    if full and not PLACED.search(before):
        if IS_SOMEBODY.match(after) or _is_called(before) or words[-1] in alone:
            return Fact(kind="person", text=name.text)
    acts = ACTS.match(after) and len(words) < 3 and not full
    return Fact(kind="body", text=name.text) if acts or RUN.search(before) else None


def _is_called(before: str) -> bool:
    """Say whether an office or a title stands before a name."""
    word = A_WORD_BEFORE.search(before)
    return word is not None and (is_office(word[1].lower()) or word[1].lower() in TITLES)


def _days(text: str) -> Iterator[Fact]:
    """Yield the days, months and years; words for the day of a week or a season say too little."""
    for day in days_in(text):
        fields = day.fields
        if day.year and not fields.keys() & {"weekday", "season"}:
            first = "number" if day.text[0].isdigit() else "month"
            yield Fact(kind="day", text=day.text, shape=f"{first} {' '.join(sorted(fields))}")


def _numbers(text: str) -> Iterator[Fact]:
    """Yield the numbers that are no part of a day; the shape is how long they are."""
    days = [(day.start, day.end) for day in days_in(text)]
    for match in QUANTITY.finditer(text):
        start, end = match.span("number")
        if any(first < end and start < last for first, last in days) or CLOCK.search(
            text[:start][-NEAR:]
        ):
            continue
        written = match["number"]
        if written.lower() in NUMBER_WORDS:
            yield Fact(kind="number", text=written, shape="word")
        elif written[0].isdigit():
            whole, point, part = written.partition(".")
            yield Fact(kind="number", text=written, shape=f"{len(whole)}{point}{len(part)}")

"""The facts of an article that may be exchanged in a question: names, days and numbers, by kind.

Only what is surely of one kind: a person for a person and a place for a place leave a question that
reads well; anything else might give itself away, or ask nothing at all.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
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
    "mutual labs industries holdings board authority".split()
)
"""Last words of names that a body has."""
PLACED = re.compile(r"(?:\A|\s)(?:in|near|outside|of|at|from) \Z")
SURELY_PLACED = re.compile(r"(?:\A|\s)(?:[Ii]n|[Nn]ear|[Oo]utside) \Z")
ACTS = re.compile(
    r"\A(?:, (?:the|an?) [\w -]{1,30}(?:works|maker|company|firm|chain|operator|producer),|"
    r" (?:employs|makes|plans to|bought|sold|hired|operates|owns|was founded|were founded|"
    r"was set up)\b)"
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
    for start, end in sentence_spans(article.text):
        sentence = " ".join(article.text[start:end].split())
        for name in names_with_places(sentence, article.text):
            fact = _named(name, sentence)
            if fact:
                names.setdefault(name.text, fact)
        found |= dict.fromkeys([*_days(sentence), *_numbers(sentence)])
    return (*names.values(), *found)


def facts_in(question: str, known: tuple[Fact, ...]) -> list[Fact]:
    """Return the facts that stand in a question, each as a whole: no part of a longer name."""
    names = {name.text for name in names_with_places(question, question)}
    asked = {*_days(question), *_numbers(question)}
    return [fact for fact in known if fact in asked or fact.text in names]


def fits_in_for(other: Fact, fact: Fact) -> bool:
    """Say whether one fact may stand where another stood: an amount must be of the same order."""
    if fact.kind != "number":
        return True
    one, two = _worth(fact.text), _worth(other.text)
    return one != two and one <= MOST_TIMES * two and two <= MOST_TIMES * one


def _worth(number: str) -> float:
    return float(NUMBER_WORDS.get(number.lower(), number).replace(",", ""))


def _named(name: Name, sentence: str) -> Fact | None:
    before, after = sentence[: name.start][-NEAR:], sentence[name.end :][:NEAR]
    words = name.text.split()
    the = "the" if before.lower().endswith("the ") else ""
    if words[0] == "The" or " and " in name.text or "’s" in name.text or "'s" in name.text:
        return None
    if " of " in name.text and words[0].lower() not in BODIES:
        return None  # "Joost Albers of the Ceramic Workers' Union"
    acts = (ACTS.match(after) and len(words) < 3) or RUN.search(before)
    called = {words[-1].lower(), words[-1].lower().rstrip("s"), words[0].lower()} & BODIES
    if acts or (called and len(words) > 1):
        return Fact(kind="body", text=name.text, shape=f"{the} {name.text.endswith('s')}")
    if after[:2] in {"'s", "’s"} or the or NATIONALITY.fullmatch(words[-1]):
        return None
    if SURELY_PLACED.search(before) and len(words) < 3 and not name.text.isupper():
        return Fact(kind="place", text=name.text)
    if PLACED.search(before) or not (NAME.fullmatch(name.text) and is_person_name(name.text)):
        return None
    is_somebody = IS_SOMEBODY.match(after) or _is_called(before)
    return Fact(kind="person", text=name.text) if is_somebody else None


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
        if any(first < end and start < last for first, last in days) or CLOCK.search(text[:start]):
            continue
        written = match["number"]
        if written.lower() in NUMBER_WORDS:
            yield Fact(kind="number", text=written, shape="word")
        elif written[0].isdigit():
            whole, point, part = written.partition(".")
            yield Fact(kind="number", text=written, shape=f"{len(whole)}{point}{len(part)}")

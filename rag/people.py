"""The persons whom an article names, and whom a surname or a pronoun in it means."""

import re
from dataclasses import dataclass

from index.types import Value
from rag.attribution import Reported
from rag.offices import OFFICES

NAME = re.compile(
    r"\b[A-ZÀ-ÖØ-Þ][\w’'-]{1,60}(?: (?:[A-Z]\. ?)?"
    r"(?:(?:de|da|del|di|van|von|der|den|ter|bin|al|el|la|du|dos) ){0,2}"
    r"[A-ZÀ-ÖØ-Þ][\w’'-]{1,60}){1,3}"
)
"""Two to four words with capitals; the bound keeps "A-A-A-…" from taking quadratic time."""

TITLES = frozenset(
    "mr mrs ms miss mx dr prof professor sir dame lord lady president prime minister premier "
    "chancellor king queen prince princess pope mayor governor senator judge justice councillor "
    "general colonel captain sergeant chief inspector rev reverend father sister bishop archbishop "
    "secretary representative".split()
)
NO_PERSON = frozenset(
    "ministry council group company institute court school hospital university college party bank "
    "agency union press times post courier herald board committee department office street road "
    "bridge river lake island islands north south east west new united saint st port city county "
    "state states republic works park square hall house church association federation service "
    "police army authority commission office centre center museum theatre library station airport "
    "league cup festival act bill summit news radio television tv inc ltd corp plc the of greens "
    "january february march april may june july august september october november december monday "
    "tuesday wednesday thursday friday saturday sunday asia europe africa america flats quay point "
    "trust foundation society club foreign northern southern eastern western national royal world "
    "cells mutual crossings valley district high supreme but and in at on if when while "
    "after".split()
)
"""Words that no person's name has."""

MEN = frozenset(
    "mr sir lord king prince pope father bishop chairman spokesman policeman he".split()
)
WOMEN = frozenset(
    "mrs ms miss dame lady queen princess sister mother chairwoman spokeswoman policewoman "
    "she".split()
)
SMALL_FIRST = re.compile(
    r"(?:the|an?|its|his|her|their|our|my|one|two|three|four|five|six|seven|eight|nine|ten|several|"
    r"some|many|most|both|another|these|those|this|that|senior|local|former|he|she|they|it|we|"
    r"police|prosecutors|detectives|firefighters|lawyers|doctors|nurses|teachers|parents|pupils|"
    r"residents|neighbours|neighbors|locals|villagers|witnesses|visitors|tourists|passengers|"
    r"officials|ministers|lawmakers|diplomats|politicians|aides|advisers|spokes\w+|sources|people|"
    r"critics|opponents|supporters|campaigners|activists|protesters|unions|workers|employees|"
    r"managers|companies|firms|traders|shopkeepers|farmers|fishermen|drivers|analysts|economists|"
    r"experts|scientists|researchers|scholars|historians|engineers|inspectors|observers|reports|"
    r"authorities|investigators|organi[sz]ers|members|voters|students)\b",
    re.IGNORECASE,
)
"""First words that are no names, so that only the start of a sentence gives them a capital."""

BESIDE = re.compile(r", ((?:the|an?|its|his|her|their|who|whose) [^,.;:¤()]{3,80})(?=[,.;])")
"""What an article says of somebody between commas."""

MOST_KEPT = 40
"""Persons of one paragraph that are kept in mind."""

HANGS = re.compile(r" (?:of|at|from|with) \Z")
LONGEST_HANG = 6
"""Before a body or place to which somebody belongs, and its characters."""


@dataclass(frozen=True, kw_only=True)
class Speaker(Value):
    """A speaker as shown, and the name or office alone."""

    shown: str
    name: str


@dataclass
class Person:
    """Somebody whom the article names in full."""

    name: str
    detail: str | None = None
    kind: str | None = None
    """ "he" or "she", where the article tells. """


class People:
    """Keeps who was named and who spoke, paragraph by paragraph."""

    def __init__(self) -> None:
        """Start with nobody known."""
        self._by_surname: dict[str, dict[str, Person]] = {}
        self._here = _Paragraph()
        self._before = _Paragraph()

    def begin_paragraph(self) -> None:
        """Remember the paragraph that ends as the one before."""
        if self._here.named or self._here.offices:
            self._before, self._here = self._here, _Paragraph()

    def read(self, bare: str) -> None:
        """Note whom a sentence names."""
        rest = bare
        for match in NAME.finditer(bare):
            name = without_title(match.group())
            if is_person_name(name):
                person = self._note(name, title=match.group())
                beside = BESIDE.match(bare, match.end())
                if beside and person.detail is None:
                    person.detail = f"{name}, {beside.group(1)}"
        for surname in re.findall(r"\b[A-ZÀ-ÖØ-Þ][\w’-]+", bare):
            known = self._by_surname.get(_plain(surname), {})
            if len(known) == 1:
                self._here.name(next(iter(known.values())).name)
        self._here.offices += [match.start() for match in OFFICES.finditer(NAME.sub("", rest))][
            :MOST_KEPT
        ]

    def resolve(self, reported: Reported) -> Speaker:
        """Return the speaker under the name that the article has given, and note that he spoke."""
        subject, detail = reported.subject, reported.detail
        if subject.lower() in {"he", "she"}:
            return self._pronoun(subject.lower())
        written = f"{_lowered(subject)}, {detail}" if detail else _lowered(subject)
        name = _full_name(subject, detail)
        if name is None:
            person = self._by_name(subject)
            if person is not None and detail is None:
                self._here.speak(person.name)
                return Speaker(shown=_shown(person), name=person.name)
            self._here.speak(None)
            return Speaker(shown=written, name=_lowered(subject))
        person = self._note(name, title=written)
        if written != name and (person.detail is None or detail):
            person.detail = written
        self._here.speak(person.name)
        return Speaker(shown=person.detail or person.name, name=person.name)

    def _pronoun(self, word: str) -> Speaker:
        unknown = Speaker(shown=word, name=word)
        paragraph = self._here if self._here.named or self._here.offices else self._before
        fitting = [name for name in paragraph.named if self._person(name).kind in {None, word}]
        if len(fitting) != 1 or paragraph.speaker != fitting[0]:
            return unknown
        person = self._person(fitting[0])
        person.kind = word
        self._here.name(person.name)
        self._here.speak(person.name)
        return Speaker(shown=_shown(person), name=person.name)

    def _note(self, name: str, title: str) -> Person:
        known = self._by_surname.setdefault(_plain(name.split()[-1]), {})
        person = known.setdefault(name, Person(name=name))
        words = set(re.findall(r"[a-z]+", title.lower()))
        person.kind = person.kind or ("he" if words & MEN else "she" if words & WOMEN else None)
        self._here.name(name)
        return person

    def _by_name(self, subject: str) -> Person | None:
        """Return whom a surname means, with or without a title; None where two bear it."""
        words = subject.split()
        bare = [word for word in words if word.lower().rstrip(".") not in TITLES]
        if len(bare) != 1 or not bare[0][:1].isupper():
            return None
        known = self._by_surname.get(_plain(bare[0]), {})
        return next(iter(known.values())) if len(known) == 1 else None

    def _person(self, name: str) -> Person:
        return self._by_surname[_plain(name.split()[-1])][name]


class _Paragraph:
    """Who was named in a paragraph, and who spoke last."""

    def __init__(self) -> None:
        self.named: dict[str, None] = {}
        self.offices: list[int] = []
        self.speaker: str | None = None

    def name(self, name: str) -> None:
        if len(self.named) < MOST_KEPT:
            self.named[name] = None

    def speak(self, name: str | None) -> None:
        self.speaker = name


def _shown(person: Person) -> str:
    return person.detail or person.name


def _plain(word: str) -> str:
    return re.sub(r"[’']s?\Z", "", word)


def _lowered(subject: str) -> str:
    """Return a subject without the capital that only the start of a sentence gave it."""
    return subject[0].lower() + subject[1:] if SMALL_FIRST.match(subject) else subject


def without_title(name: str) -> str:
    """Return a person's name without the titles before it, where two words of it are left."""
    words = name.split()
    while len(words) > 2 and words[0].lower().rstrip(".") in TITLES:
        words.pop(0)
    words[-1:] = [_plain(word) for word in words[-1:]]
    return " ".join(filter(None, words))


def is_person_name(name: str) -> bool:
    """Say whether two or more words with capitals can be a person's name."""
    words = [word.lower().rstrip(".") for word in name.split()]
    return len(words) > 1 and not set(words) & NO_PERSON and words[-1] not in TITLES


def _name_in(text: str) -> str | None:
    """Return the person's full name that a text ends in or is: "the harbour master Jonas Wede".

    Of "Femi Adeyinka of Crestline Research" it is the first.
    """
    end = len(text)
    for match in reversed([*NAME.finditer(text)]):
        if match.end() != end:
            return None
        hanging = HANGS.search(text, max(0, match.start() - LONGEST_HANG), match.start())
        if hanging is None:
            name = without_title(match.group())
            return name if is_person_name(name) else None
        end = hanging.start()
    return None


def _full_name(subject: str, detail: str | None) -> str | None:
    """Return the one person's full name that a subject, or what stands beside it, ends in."""
    if " and " in subject:
        return None
    beside = detail if detail and not _is_clause(detail) else ""
    return _name_in(subject) or _name_in(beside)


def _is_clause(detail: str) -> bool:
    return re.match(r"(?:who|whose|which|the|an?|its|his|her|their)\b", detail) is not None

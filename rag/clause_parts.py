"""The parts of a clause after its verb: objects, amounts, days, phrases, infinitives."""

from dataclasses import dataclass
from typing import Literal

from index.types import Value
from rag.measured_phrases import AmountPhrase, DatePhrase, amount_at, date_at, rate_end, time_end
from rag.phrases import full_noun_end, noun_end
from rag.sentence_words import Line
from rag.verb_forms import base_of, has_shape
from rag.verb_list import TWO_OBJECTS

PartKind = Literal[
    "verb",
    "particle",
    "object",
    "amount",
    "rate",
    "date",
    "time",
    "phrase",
    "infinitive",
    "adverb",
]

PARTICLES = frozenset("up out off down away back on over in aside together".split())
ADVERBS = frozenset(
    "again together abroad home once twice alone ahead instead elsewhere nationwide worldwide "
    "later away back underground upstream downstream".split()
)
PHRASE_LEADS = frozenset(
    "about above across against along among around at behind below beneath beside between beyond "
    "by during for from in inside into near of off on onto out over through throughout to toward "
    "towards under up upon via with within without as despite".split()
)


@dataclass(frozen=True)
class Part(Value):
    """A part of what follows the auxiliary, by its first word and the place after its last."""

    kind: PartKind
    start: int
    end: int
    lead: str = ""
    """The preposition before it."""
    base: str = ""
    """Of a verb: what is written in its place, where "did" has taken its tense."""
    amount: AmountPhrase | None = None
    date: DatePhrase | None = None


def part_at(line: Line, place: int, parts: list[Part]) -> Part | None:
    """Return the part that begins at a place; None where none can be read."""
    before = parts[-1].kind if parts else ""
    word = line[place].lower
    date = date_at(line, place)
    if date:
        return Part("date", place, date.end, lead=date.lead, date=date)
    if time_end(line, place) > place:
        return Part("time", place, time_end(line, place))
    often = line[place].lower in {"each", "every"} or before in {"object", "amount"}
    if often and rate_end(line, place) > place:
        return Part("rate", place, rate_end(line, place))
    if word == "to" and (has_shape(line[place + 1].lower, "base") or line.low(place + 1) == "be"):
        return _infinitive(line, place)
    if before in {"verb", "infinitive"} and _is_particle(line, place):
        return Part("particle", place, place + 1)
    if word in PHRASE_LEADS:
        return _phrase(line, place)
    adverb = is_adverb(line, place) or word in ADVERBS or (word == "worth" and not parts)
    if adverb and not amount_at(line, place):
        return Part("adverb", place, place + 1)
    return _object(line, place, parts)


def is_adverb(line: Line, place: int) -> bool:
    """Say whether a word is an adverb by its ending."""
    word = line[place].lower
    return word.endswith("ly") and len(word) > 5


def _is_particle(line: Line, place: int) -> bool:
    """Say whether a word belongs to the verb before it: "set up", "handed over"."""
    if line[place].lower not in PARTICLES or noun_end(line, place + 1) > place + 1:
        return False
    return not amount_at(line, place + 1) or line[place + 1].lower in {"by", "at", "from", "to"}


def _object(line: Line, place: int, parts: list[Part]) -> Part | None:
    """Return an amount or another noun phrase, where the verb still takes one."""
    before = parts[-1].kind if parts else ""
    if before in {"object", "amount"} and not _takes_two(parts):
        return None
    amount = amount_at(line, place)
    if amount and (not parts or before in {"verb", "infinitive", "object", "particle"}):
        return Part("amount", place, amount.end, amount=amount)
    end = full_noun_end(line, place)
    return Part("object", place, end) if end > place else None


def _infinitive(line: Line, place: int) -> Part:
    """Return "to open" or "to be opened"."""
    end = place + 2
    if line[place + 1].lower == "be" and has_shape(line[end].lower, "participle"):
        end += 1
    return Part("infinitive", place, end, base=base_of(line[end - 1].lower, "base") or "")


def _phrase(line: Line, place: int) -> Part | None:
    """Return a preposition with its noun phrase or amount."""
    amount = amount_at(line, place + 1)
    end = amount.end if amount else full_noun_end(line, place + 1)
    if end == place + 1:
        return None
    if line[place].lower == "between":
        end = full_noun_end(line, end + 1) if line[end].lower == "and" else place
        return Part("phrase", place, end, lead="between") if end > place else None
    return Part("phrase", place, end, lead=line[place].lower, amount=amount)


def _takes_two(parts: list[Part]) -> bool:
    verbs = [part for part in parts if part.kind in {"verb", "infinitive"}]
    objects = sum(part.kind in {"object", "amount"} for part in parts)
    return objects == 1 and bool(verbs) and verbs[-1].base in TWO_OBJECTS

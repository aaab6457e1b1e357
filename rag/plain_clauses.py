"""Read a plain clause: its subject, its verb, and what follows, each part with its bounds.

"The ramp is to open again on 14 November" is a subject, an auxiliary, and the parts "to open",
"again" and "on 14 November". A clause that cannot be read whole, up to a comma or another end, is
not read at all: a question that is turned out of a clause misread would be no sentence.
"""

from dataclasses import dataclass, replace

from index.types import Value
from rag.clause_parts import ADVERBS, PHRASE_LEADS, Part, is_adverb, part_at
from rag.clause_subjects import (
    DROPPED,
    is_many,
    is_name,
)
from rag.grammar import BEING
from rag.measured_phrases import DatePhrase, amount_at
from rag.phrases import FUNCTION_WORDS
from rag.sentence_words import Line
from rag.verb_forms import base_of, has_shape, is_noun_too
from rag.verb_list import INTRANSITIVE

MODALS = frozenset("will would can could may might must should shall".split())
IS = frozenset("is was are were".split())
SINGULAR = frozenset("is was has".split())
MANY = frozenset("are were have do".split())
GAP = "¤"
"""Stands for a quotation."""
ENDS = frozenset(", ; : . ¤ – — - ( ) ...".split())
GOES_ON = frozenset(
    "and but after before when while because although though where so if unless until since "
    "whereas following including amid".split()
)
"""Words before which a clause may be cut off, with nothing wrong in what is left."""
RELATIVES = frozenset("that which who whom whose where".split())
MOST_PARTS = 12


@dataclass(frozen=True)
class Clause(Value):
    """A clause that was read whole."""

    line: Line
    subject: tuple[int, int]
    auxiliary: str
    parts: tuple[Part, ...]
    end: int
    """The place at which it ends or is cut off."""
    plain_verb: str = ""
    """The finite verb as written, where it is no auxiliary."""
    lead: DatePhrase | None = None
    """A date before the subject: "In May 2026 the ..."."""
    opening: tuple[int, int] | None = None
    """Another phrase before the subject: "In the G7 the government ..."."""
    is_cut: bool = False
    """Whether what follows hangs on the last part: "the crowns that it had promised"."""

    @property
    def verb(self) -> Part:
        """The first part."""
        return self.parts[0]


def read_predicate(line: Line, subject: tuple[int, int], place: int) -> Clause | None:
    """Return the clause whose finite verb stands at a place, if all of it can be read.

    Args:
        line: The sentence.
        subject: The places of its subject: of the first word, and after the last.
        place: Where the verb stands.
    """
    word = line[place].lower
    if word in MODALS or word in IS or word in {"has", "have", "had"}:
        return _with_auxiliary(line, subject, place)
    auxiliary = _tense(line, subject, place)
    if auxiliary is None:
        return None
    base = base_of(word, {"does": "s", "did": "past", "do": "base"}[auxiliary])  # type: ignore[arg-type]
    if base is None or not _has_complement(line, place, base):
        return None
    verb = Part("verb", place, place + 1, base=base)
    clause = Clause(line, subject, auxiliary, (verb,), place + 1, plain_verb=word)
    return read_on(clause)


def _tense(line: Line, subject: tuple[int, int], place: int) -> str | None:
    """Return the form of "do" that a verb's form and its subject call for."""
    word = line[place].lower
    many = is_many(line, subject)
    if has_shape(word, "s") and not many:
        return "does"
    if has_shape(word, "past"):
        unclear = has_shape(word, "base") and (many or is_name(line, subject))
        return None if unclear else "did"
    if has_shape(word, "base") and many and not is_name(line, subject):
        return "do"
    return None


def _has_complement(line: Line, place: int, base: str) -> bool:
    """Say whether what follows shows that a word is a verb here, and no noun or participle."""
    after = line[place + 1]
    word, form = after.lower, line[place].lower
    opens = word in {"the", "a", "an", "its", "his", "her", "their", "to"} or after.is_number
    if opens or after.is_capital or amount_at(line, place + 1):
        return True
    if after.text in ENDS or word in PHRASE_LEADS or word in ADVERBS:
        return base in INTRANSITIVE
    if word in FUNCTION_WORDS or (has_shape(word, "s", "past", "base") and not is_noun_too(word)):
        return False
    return not is_noun_too(form) and not has_shape(form, "participle")


def _with_auxiliary(line: Line, subject: tuple[int, int], place: int) -> Clause | None:
    auxiliary = line[place].lower
    many = is_many(line, subject)
    named = is_name(line, subject)
    if auxiliary in SINGULAR and many and not named:
        return None
    if auxiliary in MANY and not many and not named:
        return None
    start = place + 1
    while line[start].lower in DROPPED or is_adverb(line, start):
        start += 1
    word = line[start].lower
    if auxiliary in MODALS:
        if not (has_shape(word, "base") or word in {"be", "have"}):
            return None
    elif auxiliary in {"has", "have", "had"}:
        if not (has_shape(word, "participle") or word == "been"):
            return _with_have(line, subject, place)
    elif word in {"not", "being"} or not line[start].is_word:
        return None
    else:
        clause = Clause(line, subject, auxiliary, (), start)
        is_verb = has_shape(word, "participle", "ing")
        return read_on(with_verbs(clause) if is_verb else clause)
    return read_on(with_verbs(Clause(line, subject, auxiliary, (), start)))


def _with_have(line: Line, subject: tuple[int, int], place: int) -> Clause | None:
    """Return a clause in which "has" is no auxiliary: "has 310 employees", "has to close"."""
    if line[place + 1].lower == "to" and not has_shape(line[place + 2].lower, "base"):
        return None
    if line[place + 1].lower in FUNCTION_WORDS - {"a", "an", "the", "its", "to"}:
        return None
    tense = {"has": "does", "have": "do", "had": "did"}[line[place].lower]
    verb = Part("verb", place, place + 1, base="have")
    return read_on(Clause(line, subject, tense, (verb,), place + 1, plain_verb=line[place].lower))


def with_verbs(clause: Clause) -> Clause:
    """Add the verb after an auxiliary: "build", "be built", "have been built", "been built"."""
    line, place = clause.line, clause.end
    parts: list[Part] = []
    while line[place].lower in {"be", "have", "been"}:
        parts.append(Part("verb", place, place + 1))
        place += 1
        while line[place].lower in DROPPED or is_adverb(line, place):
            place += 1
    if has_shape(line[place].lower, "base", "participle", "ing"):
        parts.append(
            Part(
                "verb",
                place,
                place + 1,
                base=base_of(line[place].lower, "base", "participle", "ing") or "",
            )
        )
        place += 1
    return replace(clause, parts=tuple(parts), end=place)


def read_on(clause: Clause) -> Clause | None:
    """Read the parts after the verb, up to the end; None where something cannot be read."""
    line, place = clause.line, clause.end
    parts = list(clause.parts)
    while place < len(line) and len(parts) < MOST_PARTS:
        part = part_at(line, place, parts)
        if part is None:
            break
        parts.append(part)
        place = part.end
    if not parts or not _may_end(line, place, parts):
        return None
    # What hangs on an amount or a date goes with it: "620 people who ..."
    opens = line[place].lower in RELATIVES or line[place].text == GAP
    is_cut = opens and parts[-1].kind not in {"amount", "date", "time"}
    return replace(clause, parts=tuple(parts), end=place, is_cut=is_cut)


def _may_end(line: Line, place: int, parts: list[Part]) -> bool:
    """Say whether a clause may be cut off at a place."""
    word = line[place]
    if place >= len(line) or word.text in ENDS or word.lower in GOES_ON | RELATIVES:
        return True
    # "by cutting costs", "for as long as": an adjunct, unless it completes a verb
    adjunct = word.lower in PHRASE_LEADS and (
        has_shape(line[place + 1].lower, "ing") or line[place + 1].lower in {"as", "it", "them"}
    )
    before = [part.kind for part in parts if part.kind != "time"][-1:]
    return adjunct and not {"verb", "infinitive", "particle"} & {*before}


def is_passive(clause: Clause) -> bool:
    """Say whether a clause tells what was done to its subject."""
    verbs = [part for part in clause.parts if part.kind == "verb"]
    if not verbs or clause.plain_verb:
        return False
    last = clause.line[verbs[-1].start].lower
    be = clause.auxiliary in BEING or any(
        clause.line[part.start].lower in {"be", "been"} for part in verbs
    )
    return be and has_shape(last, "participle")

"""Who is named in a sentence as saying what it says: by rule, from the words around the verb.

Quotations are cut out first, so that what is judged is the reporter's own sentence: "¤, Brem said."
Where the words fit no pattern there is no speaker: a wrong one is worse than none.
"""

import re
from dataclasses import dataclass, replace

from index.types import Value
from rag.attribution_phrases import (
    ABBREVIATED,
    ACCORDING,
    ADJUNCT,
    APPOSITIVE,
    AS_REPORTED,
    AS_SAID,
    ASKED_BY,
    BLOCKED_BEFORE,
    CITING,
    CONTENT,
    FILLERS,
    INNER_VERB,
    LEAD_IN,
    LISTENER,
    MEDIUM,
    MEDIUM_FIRST,
    MEDIUM_SEEN,
    NAME,
    NAME_ALONE,
    NO_CONTENT,
    NO_SPEAKER,
    NOT_SAID,
    NOT_SAID_BEFORE,
    NOUN_PHRASE,
    OUTLET,
    QUOTED_AS_SAYING,
    QUOTED_BY,
    STOPS_NAME,
    STRAY_DETERMINER,
    TELLING,
    VERB,
)
from rag.offices import is_office

GAP = "¤"
"""Stands for a quotation."""

SOFT_STOP = "\u2024"
"""Stands for the full stop of an abbreviation, which ends no sentence."""

LONGEST_SENTENCE = 1_200
"""Characters; a longer sentence is a list or no prose, and has no speaker."""

MOST_WORDS = 14
"""Of a subject with what stands beside it."""


@dataclass(frozen=True, kw_only=True)
class Reported(Value):
    """A speaker as written, and by what way the words came."""

    subject: str
    detail: str | None = None
    """What stands beside the subject: "the fire chief of Marrowby"."""
    listener: str | None = None
    medium: str | None = None
    """ "in a letter that the Courier has seen". """
    outlet: str | None = None
    """Who reported what the subject said."""


NOBODY = re.compile(r"(?:that|which|whether|what)\b(?! [A-Z])|\W*\d", re.IGNORECASE)
"""What follows "said" is no speaker: "said that 1,510 people use the ferry"."""

TITLED = re.compile(rf"(?:[a-z-]+ ){{0,3}}(?P<office>[a-z-]+) {NAME}")


def read_attribution(bare: str) -> Reported | None:
    """Return who a sentence says it is from.

    Args:
        bare: The sentence with a `GAP` in the place of each quotation.
    """
    if len(bare) > LONGEST_SENTENCE:
        return None
    bare = ABBREVIATED.sub(rf"\1{SOFT_STOP}", " ".join(bare.split()))
    if NOT_SAID.search(bare):
        return None
    found = _as_quoted(bare) or _by_verb(bare) or _according(bare)
    if found is None or NOBODY.match(found.subject):
        return None
    found = _with_way(found, bare)
    written = {name: value.replace(SOFT_STOP, ".") for name, value in vars(found).items() if value}
    return Reported(**written)


def is_outlet(name: str) -> bool:
    """Say whether a name is that of a newspaper, an agency or a station."""
    return OUTLET.fullmatch(name.strip()) is not None


def _as_quoted(bare: str) -> Reported | None:
    """Read "the governor was quoted by Northwire as saying"."""
    match = QUOTED_AS_SAYING.search(bare)
    if match is None:
        return None
    subject = _subject_before(bare[: match.start()])
    outlet = match.group("first") or match.group("second")
    return replace(subject, outlet=outlet) if subject else None


def _by_verb(bare: str) -> Reported | None:
    for match in VERB.finditer(bare):
        left, verb, right = bare[: match.start()], match.group().lower(), bare[match.end() :]
        if BLOCKED_BEFORE.search(left) or NOT_SAID_BEFORE.search(left):
            continue
        subject = _subject_before(left)
        if subject and _carries(verb, left, subject, right):
            return _with_listener(subject, verb, right)
        after_content = re.search(rf"[,{GAP}?!]\s*\Z", left) is not None
        if subject is None and after_content and verb not in {"told", "tells"}:
            inverted = _subject_after(right)
            if inverted:
                return inverted
    return None


def _subject_before(left: str) -> Reported | None:
    """Return the subject that ends just before a verb."""
    left = FILLERS.sub("", left).rstrip()
    if left.endswith(","):
        parts = re.split(rf"[,;:{GAP}—–]", left[:-1])
        if len(parts) < 2:
            return None
        subject = _noun_phrase(parts[-2])
        return _beside(subject, parts[-1].strip()) if subject else None
    chunk = re.split(rf"[,;:{GAP}—–()]", left)[-1]
    subject = _noun_phrase(chunk)
    return Reported(subject=subject) if subject else None


def _beside(subject: str, detail: str) -> Reported | None:
    """Join a subject with what stands between commas after it."""
    quoted = QUOTED_BY.fullmatch(detail)
    if quoted:
        return Reported(subject=subject, outlet=quoted.group("outlet"))
    if re.match(r"(?:speaking|citing|writing|who asked|\d)", detail):
        return Reported(subject=subject)
    if len(detail.split()) > MOST_WORDS:
        return None
    if NAME_ALONE.fullmatch(detail) or APPOSITIVE.fullmatch(detail):
        return Reported(subject=subject, detail=detail)
    return None


def _noun_phrase(chunk: str) -> str | None:
    """Return a chunk of text if, lead-ins aside, it is a noun phrase and nothing else."""
    chunk = LEAD_IN.sub("", chunk.strip()).strip()
    chunk = LEAD_IN.sub("", chunk).strip()
    if not chunk or NO_SPEAKER.match(chunk):
        return None
    if len(chunk.split()) > MOST_WORDS:
        return None
    if not NOUN_PHRASE.fullmatch(chunk) and not _is_titled(chunk):
        return None
    rest = chunk.split(" ", 1)[1] if " " in chunk else ""
    if INNER_VERB.search(" " + rest + " ") or STRAY_DETERMINER.search(chunk):
        return None
    return chunk


def _is_titled(chunk: str) -> bool:
    """Say whether it is a name behind an office in small letters: "chief engineer Lotte Holm"."""
    titled = TITLED.fullmatch(chunk)
    return titled is not None and is_office(titled["office"])


def _carries(verb: str, left: str, subject: Reported, right: str) -> bool:
    """Say whether the words around subject and verb are what was said, and not a deed."""
    before = left.rstrip()
    start = before.rfind(subject.subject)
    opening = before[: max(0, start)].rstrip()
    follows = opening.endswith((",", GAP, "?", "!", "—", "–"))
    adjunct = ADJUNCT.match(right)
    ends = adjunct is not None
    only_lead_in = LEAD_IN.fullmatch(opening.rstrip(", ") + " ") is not None
    if adjunct and follows and (not only_lead_in or right[adjunct.end() :].strip(" .")):
        return True
    if re.match(rf"[,:]?\s?{GAP}", right) or (ends and AS_SAID.fullmatch(opening)):
        return True
    if verb in {"said", "says", "say"}:
        return not ends and not NO_CONTENT.match(right)
    if verb in TELLING:
        listener = LISTENER.match(right)
        rest = right[listener.end() :] if listener else right
        if verb in {"told", "tells"}:
            done = ADJUNCT.match(rest) is not None
            return listener is not None and not NO_CONTENT.match(rest) and (follows or not done)
        return CONTENT.match(rest) is not None and not NO_CONTENT.match(rest)
    return CONTENT.match(right) is not None


def _subject_after(right: str) -> Reported | None:
    """Return the subject that follows a verb: "said Ilka Brem, the fire chief of Tolven."."""
    parts = re.split(rf"[,;:{GAP}—–()]|[.?!](?=\s|\Z)", right.strip())
    first = STOPS_NAME.split(parts[0], maxsplit=1)[0]
    subject = _noun_phrase(first)
    if subject is None:
        return None
    found = Reported(subject=subject)
    if len(parts) > 1 and first == parts[0]:
        detail = STOPS_NAME.split(parts[1].strip(), maxsplit=1)[0].strip()
        detail = detail if APPOSITIVE.fullmatch(detail) else parts[1].strip()
        named = NAME_ALONE.fullmatch(detail) and not NAME_ALONE.fullmatch(subject)
        if named or APPOSITIVE.fullmatch(detail):
            return replace(found, detail=detail)
    return found


def _according(bare: str) -> Reported | None:
    match = ACCORDING.search(bare)
    if match is None:
        return None
    found = _subject_after(bare[match.end() :])
    if found and match.start() == 0 and found.detail and not NAME_ALONE.fullmatch(found.detail):
        return replace(found, detail=None)
    return found


def _with_listener(subject: Reported, verb: str, right: str) -> Reported:
    match = LISTENER.match(right) if verb in TELLING else re.match(r"(?: \w+ly)? to\b", right)
    if match and verb not in TELLING:
        match = LISTENER.match(right[match.end() :])
    if match is None:
        return subject
    name = match.group("to").rstrip(".,")
    if is_outlet(match.group("who")):
        return replace(subject, outlet=match.group("who"))
    return replace(subject, listener=name)


def _with_way(found: Reported, bare: str) -> Reported:
    """Add the letter or the newspaper through which the words came, where they are named."""
    asked = ASKED_BY.match(bare)
    if asked and not found.listener:
        found = replace(found, listener=asked.group("who"))
    medium = MEDIUM_FIRST.match(bare) or MEDIUM_SEEN.search(bare) or MEDIUM.search(bare)
    if medium and not found.medium:
        written = medium.group("medium")
        found = replace(found, medium=written[0].lower() + written[1:])
    reported = AS_REPORTED.match(bare)
    if reported and not found.outlet and reported.group("outlet") not in found.subject:
        found = replace(found, outlet=reported.group("outlet"))
    citing = CITING.search(bare)
    if citing and is_outlet(found.subject):
        who = _noun_phrase(citing.group("who").rstrip("."))
        found = Reported(subject=who, outlet=found.subject) if who else found
    return found

"""Read the lines that say who wrote an article, for whom, and when."""

import re
from dataclasses import dataclass

from index.dates import parse_date

LONGEST = 200
"""Characters; a longer line is no byline."""

MOST_NAME_WORDS = 5

_PARTS = re.compile(
    r"\s*[|•·]\s*|\s+[-–—]\s+(?=by\s)|"
    r"(?<!last)\s+(?=(?:last )?(?:updated|modified)\b)|"
    r"(?<!zuletzt)\s+(?=(?:zuletzt )?(?:aktualisiert|mis à jour|actualizado)\b)",
    re.IGNORECASE,
)
_UPDATED = re.compile(
    r"(?:last )?(?:updated|update|modified|edited)\b|(?:zuletzt )?aktualisiert\b|mis à jour\b|"
    r"(?:última )?actualiza(?:do|ción)\b|aggiornato\b",
    re.IGNORECASE,
)
_PUBLISHED = re.compile(
    r"(?:first )?(?:published|posted|issued|created)\b|date\b|veröffentlicht\b|erstellt\b|stand\b|"
    r"publié\b|publicado\b|pubblicato\b",
    re.IGNORECASE,
)
_AFTER_LABEL = re.compile(r"\s*[:：]?\s*(?:on|at|am|vom|le|el|il)?\b\s*", re.IGNORECASE)
_AUTHOR = re.compile(
    r"(?:(?:words |written |story |text |report |reported )?by|von|par|por|author|autor|auteur|"
    r"reporter|text)\b\s*[:：]?\s+(?=\S)",
    re.IGNORECASE,
)
_SOURCE = re.compile(r"(?:source|quelle|fuente|outlet|publisher)\s*[:：]\s*", re.IGNORECASE)
_READING_TIME = re.compile(r"\d+[ -]?min(?:ute)?s?\.? (?:read|lesezeit|de lecture)", re.IGNORECASE)
_AND = re.compile(r"\s*(?:,|&|\band\b|\bund\b|\bet\b|\by\b)\s+")
_OUTLET = re.compile(
    r"The [A-Z]|.*\b(?:News|Times|Post|Herald|Press|Agency|Journal|Gazette|Tribune|Chronicle|"
    r"Observer|Courier|Telegraph|Mail|Daily|Weekly|Reuters|AFP|AP|BBC|CNN|dpa|Zeitung|Anzeiger|"
    r"Kurier|Presse|Agentur|Magazine|Review|Standard|Bulletin|Broadcasting|Radio|TV|Wire)\b"
)
_ROLE = re.compile(
    r".*\b(?:writer|reporter|correspondent|editor|journalist|columnist|contributor|staff|"
    r"korrespondent|redakteurin?|redaktion|journaliste|correspondant)\b",
    re.IGNORECASE,
)
_PLACE = re.compile(r"\s+(?:in|at|à|aus)\s+[A-Z].*")
_PARTICLES = frozenset(
    "van von de der den da di del della la le bin ibn al el dos du ter zu y".split()
)
_CALENDAR = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may "
    "june july august september october november december today yesterday".split()
)


@dataclass(frozen=True, kw_only=True)
class Byline:
    """What a byline tells; what it does not say is None."""

    author: str | None = None
    source: str | None = None
    published: str | None = None
    updated: str | None = None

    def merged(self, other: "Byline") -> "Byline":
        """Return this byline, completed by another where it says nothing."""
        return Byline(
            author=self.author or other.author,
            source=self.source or other.source,
            published=self.published or other.published,
            updated=self.updated or other.updated,
        )


def parse_byline(line: str) -> Byline | None:
    """Return what a line tells if all of it is byline, outlet and full date; else None.

    A date without a year is no full date: its line is None, so that it stays in the text.
    """
    if len(line) > LONGEST or "\n" in line or "\t" in line:  # a table's row has tabs
        return None
    found = Byline()
    for part in _PARTS.split(line.strip(" .")):
        if not part.strip() or _READING_TIME.fullmatch(part):
            continue
        facts = _parse_part(part.strip())
        if facts is None:
            return None
        found = found.merged(facts)
    return found if found != Byline() else None


def is_outlet(line: str) -> bool:
    """Tell whether a line is no more than an outlet's name; asked only of lines between bylines."""
    words = line.split()
    plain = all(_is_name_word(word) or word in {"of", "and", "the"} for word in words)
    return len(words) <= MOST_NAME_WORDS and plain and _OUTLET.match(line) is not None


def is_name(text: str, *, fewest: int = 2) -> bool:
    """Tell whether a text looks like one person's name: a few capitalised words."""
    words = text.split()
    if not fewest <= len(words) <= MOST_NAME_WORDS:
        return False
    return words[0][0].isupper() and all(_is_name_word(word) for word in words)


def _is_name_word(word: str) -> bool:
    plain = word.strip(".").replace("-", "").replace("'", "").replace("’", "").replace(".", "")
    if not plain.isalpha() or word.lower().strip(",.") in _CALENDAR:
        return False
    return plain[0].isupper() or word in _PARTICLES


def _parse_part(part: str) -> Byline | None:
    if label := _UPDATED.match(part):
        updated = parse_date(part[_after(part, label.end()) :])
        return Byline(updated=updated) if updated else None
    if label := _PUBLISHED.match(part):
        published = parse_date(part[_after(part, label.end()) :])
        return Byline(published=published) if published else None
    if label := _SOURCE.match(part):
        return Byline(source=part[label.end() :] or None)
    label = _AUTHOR.match(part)
    rest = part[label.end() :] if label else part
    if not re.search(r"\d", rest):
        return _parse_people(rest, labelled=label is not None)
    return _parse_dated(rest, labelled=label is not None)


def _after(part: str, label_end: int) -> int:
    match = _AFTER_LABEL.match(part, label_end)
    return match.end() if match else label_end


def _parse_dated(text: str, *, labelled: bool) -> Byline | None:
    """Read "NAME DATE": the date is the longest end of the line that is one."""
    words = text.split()
    if not re.search(r"\d{4}", text):
        return None
    for count in range(min(len(words), 2 * MOST_NAME_WORDS)):
        published = parse_date(" ".join(words[count:]).lstrip("-–— "))
        if published is None:
            continue
        who = " ".join(words[:count]).rstrip(",;:-–— ")
        people = _parse_people(who, labelled=labelled, dated=True) if who else Byline()
        return people and people.merged(Byline(published=published))
    return None


def _parse_people(text: str, *, labelled: bool, dated: bool = False) -> Byline | None:
    """Read names, and an outlet or a role after them; a bare name needs a date beside it."""
    name, _, outlet = text.partition(" for ")
    names = [_PLACE.sub("", part) for part in _AND.split(name) if part]
    people = [part for part in names if not _OUTLET.match(part) and not _ROLE.match(part)]
    outlets = [part for part in names if _OUTLET.match(part) and not _ROLE.match(part)]
    source = outlet or (outlets[0] if outlets else None)
    if not people:
        return _parse_desk(text, source, labelled=labelled, dated=dated)
    fewest = 1 if labelled and len(people) == 1 else 2
    if not all(is_name(person, fewest=fewest) for person in people):
        return None
    if labelled or dated or (source and len(names) > 1):
        return Byline(author=", ".join(people), source=source)
    return None


def _parse_desk(text: str, source: str | None, *, labelled: bool, dated: bool) -> Byline | None:
    """Read a byline that names an outlet or a desk, but nobody."""
    if labelled and len(text.split()) <= MOST_NAME_WORDS:
        return Byline(author=text, source=source)
    return Byline(source=source) if dated and source and text == source else None

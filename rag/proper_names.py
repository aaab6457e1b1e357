"""The names that a text gives to persons, places and bodies, each whole and with its place."""

import re
from dataclasses import dataclass
from functools import lru_cache

from index.stopwords import STOPWORDS
from index.types import Value
from rag.late_interaction import load_token_encoder
from rag.mentions import CALENDAR, TITLES
from rag.mentions import WORD as ANY_WORD

PARTICLES = "of|the|and|de|del|van|von|der|den|du|da|al|bin|ter"
NAME = re.compile(
    r"\b[A-Z][\w’'-]*(?:\.(?= [A-Z]))?"
    rf"(?:(?: | & | (?:(?:{PARTICLES}) ){{1,2}})[A-Z][\w’'-]*(?:\.(?= [A-Z]))?)*"
)
COMMON_REMEMBERED = 4_096
UNKNOWN = "[UNK]"
"""The token of a word with a letter that the models do not know."""
POSSESSIVE = re.compile(r"[’']s?\Z")
LATER_CAPITAL = re.compile(r"(?<![.!?“\"‘'(\s])\s+([A-Z][\w-]+)")
OPENING = re.compile(r"(?:\A|[.!?:]\s|[“\"‘'(\n])\s*\Z")
OPENING_WITHIN = 20
"""Characters before a name that are looked at; from the front, each would cost a whole sentence."""


@dataclass(frozen=True, kw_only=True)
class Name(Value):
    """A name as written, and where it stands."""

    text: str
    start: int
    end: int

    @property
    def words(self) -> frozenset[str]:
        """Its words in small letters, without what stands before many names."""
        words = (word.lower() for word in ANY_WORD.findall(self.text))
        return frozenset(word for word in words if word not in STOPWORDS | TITLES)

    def is_same(self, other: "Name") -> bool:
        """Say whether one may be a part of the other: "Quellan" is Marit Quellan."""
        return self.words <= other.words or other.words <= self.words


def names_with_places(sentence: str, text: str) -> list[Name]:
    """Return the names of a sentence in order.

    A single word that opens the sentence is one only if the text writes it with a capital
    elsewhere too, and never without.

    Args:
        sentence: What is read.
        text: What it stands in.
    """
    capitals = set(LATER_CAPITAL.findall(text))
    small = {word for word in ANY_WORD.findall(text) if word.islower()}
    found = []
    for match in NAME.finditer(sentence):
        start, written = match.start(), POSSESSIVE.sub("", match.group())
        first, _, rest = written.partition(" ")
        if OPENING.search(sentence, max(0, start - OPENING_WITHIN), start) and _is_word(
            first, capitals, small, bool(rest)
        ):
            start, written = start + len(first) + 1, rest
        name = Name(text=written, start=start, end=start + len(written))
        if name.words - CALENDAR:
            found.append(name)
    return found


def _is_word(first: str, capitals: set[str], small: set[str], goes_on: bool) -> bool:
    """Say whether the first word of a sentence is a plain word with a capital."""
    plain = POSSESSIVE.sub("", first)
    if plain.lower() in STOPWORDS or plain.lower() in small or plain.lower() in TITLES:
        return True
    return not goes_on and plain not in capitals and is_common(plain)


@lru_cache(maxsize=COMMON_REMEMBERED)
def is_common(word: str) -> bool:
    """Say whether the models' vocabulary holds a word whole, as it does common ones."""
    tokens = load_token_encoder().tokens(word)
    return len(tokens) == 1 and tokens != [UNKNOWN]

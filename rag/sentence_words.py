"""A sentence of an article cut into words, so that its parts can be read one after the other."""

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property

from index.stopwords import STOPWORDS
from index.types import Value
from rag.mentions import CALENDAR, TITLES
from rag.offices import is_written_small
from rag.people import SMALL_FIRST
from rag.proper_names import is_common

WORD = re.compile(
    r"(?:[A-Z]\.){2,}|(?:Dr|Mr|Mrs|Ms|St|Gen|Sen|Rep|Gov|Prof|Rev|Sgt|Capt|Lt|Col|Jr|Sr|Mt)\.(?=\s)"
    r"|[A-Z]\.(?=\s[A-Z])|\w+(?:[-.,/&’']\w+)*(?:(?<=s)[’'](?=\s))?|[^\w\s]"
)
LATER_CAPITAL = re.compile(r"(?<![.!?:“\"‘'(\s])\s(?!\s)([A-Z][\w-]+)")
NOUN_ENDINGS = ("ment", "tion", "sion", "ness", "ity", "ance", "ence", "ship", "ism", "ing")
SHORTEST_NOUN = 6
"""Letters; longer words that end so are seldom names."""
ADJECTIVES = frozenset("former senior local".split())
SMALL_WORD = re.compile(r"\b[a-z][\w-]+")


@dataclass(frozen=True)
class Word(Value):
    """A word or a mark, and where it stands in its sentence."""

    text: str
    lower: str
    start: int
    end: int

    @property
    def is_word(self) -> bool:
        """Whether it is no mark."""
        return self.text[0].isalnum()

    @property
    def is_capital(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.text[0].isupper()

    @property
    def is_number(self) -> bool:
        """Whether it begins with a digit."""
        return self.text[0].isdigit()


END = Word(".", ".", -1, -1)
"""Stands behind the last word."""


@dataclass(frozen=True)
class Line:
    """A sentence in one line, and its words."""

    text: str

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """The words and marks, in order."""
        return tuple(
            Word(m.group(), m.group().lower(), m.start(), m.end()) for m in WORD.finditer(self.text)
        )

    @cached_property
    def _starts(self) -> list[int]:
        return [word.start for word in self.words]

    def __len__(self) -> int:
        return len(self.words)

    def __getitem__(self, place: int) -> Word:
        return self.words[place] if 0 <= place < len(self.words) else END

    def low(self, place: int) -> str:
        """Return a word in small letters, without its 's."""
        return re.sub(r"[’']s?\Z", "", self[place].lower)

    def slice(self, start: int, end: int) -> str:
        """Return the characters from one word up to another."""
        return self.text[self[start].start : self[end - 1].end] if end > start else ""

    def place_at(self, offset: int) -> int:
        """Return the first word that starts at an offset or after it."""
        return bisect_left(self._starts, offset)


class Spelling:
    """Which words an article writes with a capital though no sentence begins with them."""

    def __init__(self, text: str) -> None:
        """Read an article's text."""
        self._capitals = frozenset(LATER_CAPITAL.findall(text))
        self._small = frozenset(SMALL_WORD.findall(text))

    def is_word(self, name: str) -> bool:
        """Say whether a word with a capital is a common noun or adjective in the article too."""
        return name.lower() in self._small or f"{name}s" in self._capitals

    def lowered(self, line: Line, start: int, end: int) -> str | None:
        """Return words as they are written within a sentence; None where that is uncertain.

        Only the first word of a sentence is in doubt: a name, or a word with a capital?
        """
        written, first = line.slice(start, end), line[start]
        if not first.is_capital or line[start - 1].is_word:
            return written
        lower = written[0].lower() + written[1:]
        if first.lower in STOPWORDS or first.lower in ADJECTIVES:
            return lower
        if any(map(str.isupper, first.text[1:])) or first.lower in CALENDAR | TITLES:
            return written
        plain = re.sub(r"[’']s?\Z", "", first.text)
        if line[start + 1].is_capital and start + 1 < end:
            return lower if is_written_small(first.lower) else written
        if plain in self._capitals:
            return None if plain.lower() in self._small else written
        if plain.lower() in self._small or SMALL_FIRST.fullmatch(plain):
            return lower
        if len(plain) > SHORTEST_NOUN and plain.endswith(NOUN_ENDINGS):
            return lower
        rare = end == start + 1 and not plain.endswith("s") and not is_common(plain)
        return written if rare else None

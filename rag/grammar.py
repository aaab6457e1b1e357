"""English words by what they do in a question, and a question cut into words and marks."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.stopwords import STOPWORDS
from index.types import Value
from rag.mentions import TITLES

TOKEN = re.compile(r"\w+(?:[-.,]\w+)*(?:[’']\w+)?|[^\w\s]")

AUXILIARIES = frozenset(
    "is are was were be been am do does did has have had will would can could shall should may "
    "might must isn't aren't wasn't weren't don't doesn't didn't hasn't haven't hadn't won't "
    "wouldn't can't couldn't shouldn't".split()
)
INTERROGATIVES = frozenset("who whom whose what which when where why how".split())
PREPOSITIONS = frozenset(
    "about above across after against along among around at before behind below beneath between "
    "beyond by down during for from in inside into near of off on onto out over per since than "
    "through till to toward towards under until up upon with within without as like".split()
)
BOUNDARIES = frozenset(
    "when while after before because if that whether since until as although though unless once "
    "where why how what who which and but or".split()
)
"""Between two of these words a verb stands: what is named before one can be meant after it."""
DETERMINERS = frozenset(
    "the a an which whose every each any some no many several both all another".split()
)
ANYBODY = frozenset("anybody anyone everybody everyone somebody someone nobody people".split())
PERSONS = TITLES | frozenset(
    "man woman boy girl child mother father son daughter brother sister wife husband widow person "
    "farmer teacher pupil student nurse doctor midwife chief chair head boss analyst journalist "
    "critic spokesman spokeswoman spokesperson captain guard official resident author tenant "
    "founder owner president colleague expert victim suspect witness lawyer coach player actor "
    "artist singer scientist neighbour neighbor cook clerk pilot guest patient saint chef heir "
    "veteran deputy candidate".split()
)
PERSON_ENDINGS = ("er", "or", "ist", "ian", "ee", "ant", "man", "woman")
"""With a "the": the minister, the driver, the director, the employee, the assistant."""
NO_PERSONS = frozenset(
    "water river number paper letter computer order power matter summer winter border centre "
    "center tower tender offer member's corner master's harbour harbor floor door error factor "
    "motor sector visitor's reactor plant restaurant grant committee fee coffee weather other "
    "after under over never chapter container cover danger figure's flower shelter theater "
    "answer server printer helicopter register cluster disaster header ladder timber user's van "
    "want plan".split()
)

HE_OR_SHE = frozenset("he she him her his hers himself herself".split())
IT = frozenset("it its itself".split())
THEY = frozenset("they them their theirs themselves".split())
PRONOUNS = HE_OR_SHE | IT | THEY

BEING = frozenset("is are was were be been isn't aren't wasn't weren't".split())


@dataclass(frozen=True)
class Token(Value):
    """A word or a mark of a question."""

    text: str
    lower: str

    @property
    def is_word(self) -> bool:
        """Whether it is no mark."""
        return self.text[0].isalnum()

    @property
    def is_name(self) -> bool:
        """Whether it has a capital; the first word of a question must be told apart."""
        return self.text[0].isupper() and self.lower not in STOPWORDS | TITLES


def tokens_of(question: str) -> list[Token]:
    """Return the words and marks of a question."""
    return [Token(text, text.lower()) for text in TOKEN.findall(question)]


def is_person(word: str) -> bool:
    """Say whether a noun is likely to mean a person; rules of thumb, wrong now and then."""
    if word in PERSONS:
        return True
    return word.endswith(PERSON_ENDINGS) and word not in NO_PERSONS and len(word) > 4


def word_at(tokens: Sequence[Token], i: int) -> str:
    """Return a word in small letters; nothing for a mark, or beyond the ends."""
    return tokens[i].lower if 0 <= i < len(tokens) and tokens[i].is_word else ""

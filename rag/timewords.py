"""The words that tell time, and a question cut into tokens in which they can be looked for."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.stopwords import STOPWORDS
from rag.mentions import MONTHS, NUMBER_WORDS
from rag.mentions import WEEKDAYS as DAY_NAMES

MONTH_NUMBERS = {name.lower(): number for number, name in enumerate(MONTHS, start=1)}
SHORT_MONTHS = {name[:3].lower(): number for number, name in enumerate(MONTHS, start=1)} | {
    "sept": 9
}
DOUBTFUL_MONTHS = frozenset(("march", "may", "august"))
"""Also words: in small letters they are months only where nothing is written in capitals."""
NAME_MONTHS = frozenset(("april", "may", "june", "august"))
"""Also names of persons."""
WEEKDAYS = [day.lower() for day in DAY_NAMES]
SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
"""The month in which each begins; three months each, as meteorologists count."""

UNITS = {
    form: unit
    for unit in ("hour", "day", "night", "week", "fortnight", "month", "quarter", "year", "decade")
    for form in (unit, unit + "s")
}
VAGUE = {"few": 3, "several": 5}
PARTS_OF_DAY = frozenset(("morning", "afternoon", "evening", "night"))
THIRDS = {"early": 1, "mid": 2, "late": 3}
ORDINALS = {
    word: number
    for number, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth "
        "thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth "
        "twentieth".split(),
        start=1,
    )
}
FEASTS = {
    ("new", "year's", "day"): (1, 1),
    ("new", "year's", "eve"): (12, 31),
    ("christmas", "day"): (12, 25),
    ("christmas", "eve"): (12, 24),
    ("boxing", "day"): (12, 26),
    ("christmas",): (12, 25),
}
"""Those that have the same day every year."""

VERBS = frozenset(
    "began became bought broke brought built came cost cut fell found gave got grew held hit hurt "
    "kept led left lost made met paid put ran rose said saw sold sent set spent spoke stood struck "
    "took told went won wrote".split()
)
FUNCTION_WORDS = (
    STOPWORDS
    | VERBS
    | frozenset(
        "against alone along among around despite since till upon via within without like near "
        "onto according concerning regarding compared instead even ever already yet else last "
        "next".split()
    )
)
"""What may follow a date without being named by it, as the noun in "the May report" is."""

COUNTED = frozenset("people men women children feet million thousand hundred km bc bce".split())
"""After a number they tell that it was no year, as plurals do."""

TOKEN = re.compile(
    r"\d{4}-\d{1,2}-\d{1,2}(?![\w-])|\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}(?!\w)"
    r"|\d+(?:[.,]\d+)+|\w+(?:['’]\w+)*|[^\w\s]"
)
QUOTED = re.compile(r'"[^"]{1,300}"|“[^”]{1,300}”|‘[^’]{1,300}’|«[^»]{1,300}»|\s\'[^\']{1,300}\'\W')
"""What someone else said: its "last week" is not the reader's."""

YEAR = re.compile(r"1\d{3}|20\d\d|21\d\d")
CENTURY = re.compile(r"(1\d|2[01])(?:st|th)")
DECADE = re.compile(r"[3-9]0s")
SECOND_YEAR = re.compile(r"\d\d")
DAY_NUMBER = re.compile(r"([1-9]|[12]\d|3[01]|0[1-9])(?:st|nd|rd|th)?")


@dataclass(frozen=True)
class Token:
    """A word, number or mark, and where it stands."""

    text: str
    start: int
    end: int

    @property
    def is_possessive(self) -> bool:
        """Whether it ends in 's."""
        return self.text[-2:].lower() in ("'s", "’s")

    @property
    def word(self) -> str:
        """In small letters, without its 's."""
        text = self.text.lower()
        return text[:-2] if self.is_possessive else text

    @property
    def is_word(self) -> bool:
        """Whether it is no mark."""
        return self.text[0].isalnum() or self.text[0] == "_"

    @property
    def is_capital(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.text[0].isupper()


END = Token(".", -1, -1)
"""Stands before the first token and after the last."""


class Tokens:
    """A question's tokens, with what can be asked of the place where they stand."""

    def __init__(self, question: str) -> None:
        """Cut a question; what is quoted in it is left out, and a mark stands for it."""
        question = QUOTED.sub(lambda match: " " * (len(match.group()) - 1) + '"', question)
        if question.isupper() and len(question.lower()) == len(question):
            question = question.lower()
        self._all = [Token(m.group(), m.start(), m.end()) for m in TOKEN.finditer(question)]
        self.has_capitals = any(token.text[0].isupper() for token in self._all[1:])

    def __len__(self) -> int:
        return len(self._all)

    def __getitem__(self, place: int) -> Token:
        return self._all[place] if 0 <= place < len(self._all) else END

    def word(self, place: int) -> str:
        """Return a token in small letters, without its 's."""
        return self[place].word

    def skip(self, place: int, *words: str) -> int:
        """Return the next place if one of the words stands here, else this one."""
        return place + 1 if self.word(place) in words else place

    def follows(self, place: int, words: Sequence[str]) -> bool:
        """Say whether these words stand here."""
        return all(self.word(place + n) == word for n, word in enumerate(words))

    def is_first(self, place: int) -> bool:
        """Say whether a sentence starts here."""
        return self.word(place - 1) in {".", "?", "!", ":"}

    def is_glued(self, place: int) -> bool:
        """Say whether a hyphen or slash joins this token to the next one or is its neighbour."""
        mark, after = self[place], self[place + 1]
        return (
            mark.text in {"-", "/"}
            and mark.start == self[place - 1].end
            and (after.is_word and after.start == mark.end)
        )

    def is_small(self, start: int, stop: int) -> bool:
        """Say whether words are written as words, not as a name: "Last Week Tonight" is one."""
        if any(self[place].is_capital for place in range(start + 1, stop)):
            return False
        return not self[start].is_capital or self.is_first(start)

    def is_followed_plainly(self, stop: int, *, verbs: bool = True) -> bool:
        """Say whether what follows is the end, a mark or a small word, so no noun or name."""
        token = self[stop]
        if self.is_glued(stop):
            return False
        if not token.is_word or self[stop - 1].is_possessive:
            return True
        if not verbs:
            return token.text in FUNCTION_WORDS - VERBS - {"was", "is", "has", "had", "did", "were"}
        return token.text in FUNCTION_WORDS or (
            token.text.islower() and token.text.endswith(("ed", "ly"))
        )

    def counts(self, stop: int) -> bool:
        """Say whether the number before this place counts what follows: "2000 homes"."""
        word = self[stop].text
        if not word.islower() or word in FUNCTION_WORDS:
            return word in COUNTED
        return word.endswith("s") or word in COUNTED


def number_at(tokens: Tokens, place: int) -> tuple[int, int] | None:
    """Return a small number and the place after it: "14", "two", "a", "a couple of", "few"."""
    place = tokens.skip(place, "a") if tokens.word(place + 1) in {"few", "couple"} else place
    word = tokens.word(place)
    if word == "couple":
        return 2, tokens.skip(place + 1, "of")
    if word in VAGUE:
        return VAGUE[word], place + 1
    if word in {"a", "an"}:
        return 1, place + 1
    digits = NUMBER_WORDS.get(word, word)
    return (int(digits), place + 1) if digits.isdecimal() and len(digits) <= 3 else None


def month_at(tokens: Tokens, place: int) -> int | None:
    """Return a month's number, if its name in full stands here, as a name is written."""
    token = tokens[place]
    if token.is_capital or not tokens.has_capitals or token.word not in DOUBTFUL_MONTHS:
        return MONTH_NUMBERS.get(token.word)
    return None


def short_month_at(tokens: Tokens, place: int) -> tuple[int, int] | None:
    """Return a month's number and the place after its name, which may be short ("Oct.")."""
    month = month_at(tokens, place)
    if month is not None:
        return month, place + 1
    token = tokens[place]
    if token.word in SHORT_MONTHS and (token.is_capital or not tokens.has_capitals):
        if token.word in MONTH_NUMBERS:
            return None
        return SHORT_MONTHS[token.word], tokens.skip(place + 1, ".")
    return None


def year_at(tokens: Tokens, place: int) -> int | None:
    """Return a year of four digits."""
    return int(tokens.word(place)) if YEAR.fullmatch(tokens.word(place)) else None


def years_at(tokens: Tokens, place: int) -> tuple[int, int, int] | None:
    """Return a year, how many, and the place after: two for "2023/24"."""
    year = year_at(tokens, place)
    if year is None:
        return None
    if tokens.is_glued(place + 1) and SECOND_YEAR.fullmatch(tokens.word(place + 2)):
        if int(tokens.word(place + 2)) == (year + 1) % 100:
            return year, 2, place + 3
    return year, 1, place + 1


def day_number_at(tokens: Tokens, place: int) -> int | None:
    """Return a day of the month: "3", "3rd", or "third" before "of"."""
    match = DAY_NUMBER.fullmatch(tokens.word(place))
    if match is None and tokens.word(place + 1) == "of":
        return ORDINALS.get(tokens.word(place))
    return int(match.group(1)) if match else None

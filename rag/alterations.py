"""The one value in which two sentences part that are otherwise the same, word for word.

One may be a part of the other, and a word or two may have gone or come. Where a second value parts
them too, they speak of two things: "the school in Oslo cost 3", "the school in Bergen cost 4".
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Literal

from index.stopwords import STOPWORDS
from index.types import Value
from rag.amounts import amounts_in
from rag.measures import Amount
from rag.mentions import CALENDAR, TITLES, WORD, form, forms_in
from rag.offices import is_office
from rag.scope import SCOPES
from rag.timing import has_moved_on
from rag.written_days import Day, days_in

LEAST_SHARE = 0.75
"""Share of the shorter sentence's words, the value aside, that both have in one order."""

FEWEST_SHARED = 3
"""Telling words that both have in one order."""

MOST_TOKENS = 120
"""Words of a sentence; the alignment of longer ones could take long."""

LONGEST_CHANGE = 6
"""Words that one value may take on one side."""


@dataclass(frozen=True, kw_only=True)
class Alteration(Value):
    """What one sentence gives differently from its copy."""

    kind: Literal["amount", "day", "name"]
    words: tuple[str, str]
    """The value in the first and in the second sentence."""
    shared: frozenset[str] = frozenset()
    """Forms of the telling words that both sentences have in one order."""
    share: float = 1.0
    """Of the shorter sentence's words, those that the other has too."""
    amounts: tuple[Amount, Amount] | None = None
    """The value as amounts, where it is read as such."""
    parted: frozenset[str] = frozenset()
    """Forms of the telling words that stand for others, the value aside."""


@dataclass(frozen=True)
class _Token:
    """A word of a sentence."""

    text: str
    start: int
    end: int

    @property
    def form(self) -> str:
        return form(self.text)

    @property
    def is_figure(self) -> bool:
        return any(map(str.isdigit, self.form))

    @property
    def is_name(self) -> bool:
        """Whether a capital marks a name, and not an office that stands before one."""
        plain = self.text.lower()
        known = plain in STOPWORDS | TITLES | CALENDAR
        return self.text[0].isupper() and not known and not is_office(plain)


Tokens = Sequence[_Token]


def find_alteration(sentences: tuple[str, str], texts: tuple[str, str]) -> Alteration | None:
    """Return the value in which two sentences part; None where that is not all that parts them.

    Args:
        sentences: The sentence that is shown, and the other.
        texts: What they stand in; a name that both texts have is no rival of another.
    """
    ours, theirs = map(_tokens, sentences)
    if max(len(ours), len(theirs)) > MOST_TOKENS or not ours or not theirs:
        return None
    steps = SequenceMatcher(
        None, [token.form for token in ours], [token.form for token in theirs], autojunk=False
    ).get_opcodes()
    same = [step for step in steps if step[0] == "equal"]
    if not same:
        return None
    kept = [token for _, first, last, _, _ in same for token in ours[first:last]]
    shared = frozenset(token.form for token in kept) - STOPWORDS
    places = [
        _trimmed(ours[a:b], theirs[c:d], at_start=not a or not c, at_end=b == len(ours))
        for tag, a, b, c, d in steps
        if tag == "replace"
    ]
    found = [(_value(sentences, texts, *place), place) for place in places]
    values = [(value, place) for value, place in found if value is not None]
    if (
        len(values) != 1
        or len(shared) < FEWEST_SHARED
        or _differ_within(sentences, same, ours, theirs)
    ):
        return None
    value, place = values[0]
    shorter, changed = min((ours, place[0]), (theirs, place[1]), key=lambda side: len(side[0]))
    share = len(kept) / max(1, len(shorter) - len(changed))
    if share < LEAST_SHARE:
        return None
    rest = [one for one in places if one is not place]
    if any(all(any(map(_is_proper, side)) for side in one) for one in rest):
        return None
    parted = [token.form for one in rest for side in one for token in side]
    return replace(value, shared=shared, share=share, parted=frozenset(parted) - STOPWORDS)


def _is_proper(token: _Token) -> bool:
    """Say whether a word names somebody, something or a day."""
    return token.is_name or token.text.lower() in CALENDAR


def _tokens(sentence: str) -> list[_Token]:
    """Return the words; a clock's "6:20" is one, as "6.20" is."""
    plain = sentence.replace(":", ".")
    return [
        _Token(sentence[m.start() : m.end()].replace(":", "."), *m.span())
        for m in WORD.finditer(plain)
    ]


def _trimmed(
    ours: Tokens, theirs: Tokens, *, at_start: bool, at_end: bool
) -> tuple[Tokens, Tokens]:
    """Return what stands for what; where one sentence goes on beyond the other, the nearest."""
    most = min(len(ours), len(theirs)) + 1
    if at_start:
        return ours[-most:], theirs[-most:]
    return (ours[:most], theirs[:most]) if at_end else (ours, theirs)


def _value(
    sentences: tuple[str, str], texts: tuple[str, str], ours: Tokens, theirs: Tokens
) -> Alteration | None:
    """Return the value that stands for another in one place, if it is a value."""
    if max(len(ours), len(theirs)) > LONGEST_CHANGE:
        return None
    figures = [[token for token in side if token.is_figure] for side in (ours, theirs)]
    if all(figures):
        return _figure(sentences, figures[0][0], figures[1][0])
    days = [[t for t in side if t.text.lower() in CALENDAR] for side in (ours, theirs)]
    if all(days):
        return _figure(sentences, days[0][0], days[1][0])
    names = [
        _name(sentence, side) for sentence, side in zip(sentences, (ours, theirs), strict=True)
    ]
    if not all(names):
        return None
    if forms_in(names[0]) <= forms_in(texts[1]) or forms_in(names[1]) <= forms_in(texts[0]):
        return None
    return Alteration(kind="name", words=(names[0], names[1]))


def _figure(sentences: tuple[str, str], ours: _Token, theirs: _Token) -> Alteration | None:
    """Return two figures or days that differ; None where both may stand for one."""
    days = [_day_at(text, token) for text, token in zip(sentences, (ours, theirs), strict=True)]
    if days[0] and days[1]:
        if days[0].agrees(days[1]):
            return None
        return Alteration(kind="day", words=(days[0].text, days[1].text))
    if days[0] or days[1]:
        return None
    amounts = [
        _amount_at(text, token) for text, token in zip(sentences, (ours, theirs), strict=True)
    ]
    if amounts[0] and amounts[1]:
        if amounts[0].agrees(amounts[1]):
            return None
        return Alteration(
            kind="amount",
            words=(amounts[0].text, amounts[1].text),
            amounts=(amounts[0], amounts[1]),
        )
    if ours.form == theirs.form:
        return None
    return Alteration(kind="amount", words=(ours.text, theirs.text))


def _day_at(text: str, token: _Token) -> Day | None:
    return next((day for day in days_in(text) if day.start <= token.start < day.end), None)


def _amount_at(text: str, token: _Token) -> Amount | None:
    return next((each for each in amounts_in(text) if each.start <= token.start < each.end), None)


def _name(sentence: str, tokens: Tokens) -> str:
    """Return a name among words; a capital that only begins the sentence is none."""
    named = [token for token in tokens if token.is_name]
    if not named or all(token.text.isupper() for token in named):
        return ""
    if len(named) == 1 and not WORD.search(sentence[: named[0].start]):
        return ""
    return sentence[named[0].start : named[-1].end]


def _differ_within(
    sentences: tuple[str, str],
    same: Sequence[tuple[str, int, int, int, int]],
    ours: Tokens,
    theirs: Tokens,
) -> bool:
    """Say whether one of two sentences, where they run together, has another scope or hour."""
    one = sentences[0][ours[same[0][1]].start : ours[same[-1][2] - 1].end]
    other = sentences[1][theirs[same[0][3]].start : theirs[same[-1][4] - 1].end]
    if any(bool(scope.search(one)) != bool(scope.search(other)) for scope in SCOPES):
        return True
    return has_moved_on(one) != has_moved_on(other)

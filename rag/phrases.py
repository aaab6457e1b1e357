"""The noun phrases of a plain sentence.

Read strictly: what is not surely one is none, since questions are made of these pieces. Where one
begins is given; where it ends is found, and nothing but its own words stands between.
"""

from rag.amounts import IRREGULAR_PLURALS
from rag.grammar import (
    AUXILIARIES,
    BOUNDARIES,
    DETERMINERS,
    INTERROGATIVES,
    PREPOSITIONS,
    PRONOUNS,
)
from rag.mentions import CALENDAR
from rag.sentence_words import Line
from rag.verb_forms import is_noun_too, shapes_of

MOST_WORDS = 8
"""Of a noun phrase without what hangs on it; a longer one is rarely read rightly."""
FUNCTION_WORDS = (
    AUXILIARIES
    | BOUNDARIES
    | DETERMINERS
    | INTERROGATIVES
    | PREPOSITIONS
    | PRONOUNS
    | frozenset(
        "not no also only even just still yet already again then there here now ago very too so "
        "more less most least much many few such other others same either neither nor than own "
        "both all each every i we you me us my our your mine ours yours this these those that "
        "however therefore thus instead meanwhile moreover furthermore perhaps almost nearly "
        "quite rather once twice never always often ever back together away apart everywhere "
        "abroad home else enough out up off down due including today yesterday tomorrow tonight "
        "worth able ago later earlier plus per last next past".split()
    )
)
"""Words that no plain noun phrase holds after its first."""
OPENING = frozenset("the a an its his her their".split())
PLURAL_MODIFIERS = frozenset(
    "sports works savings sales arms news goods communications systems affairs operations games "
    "services species series women's men's mains customs human-rights rights admissions athletics "
    "politics economics physics".split()
)
"""Nouns in -s that stand before others or count as one."""
INSIDE = frozenset("of in at for on from to near between with about against over".split())
"""Prepositions by which more hangs on a noun phrase."""


def noun_end(line: Line, start: int, limit: int | None = None) -> int:
    """Return the place after the noun phrase that starts here; `start` where none does.

    Only its core: what hangs on it ("of the town") is not looked at.

    Args:
        line: The sentence.
        start: Its first word.
        limit: A place that it must not go beyond.
    """
    limit = len(line) if limit is None else limit
    place = start
    if line[place].lower in OPENING:
        place += 1
    elif line[place].lower in FUNCTION_WORDS or not line[place].is_word:
        return start
    first = place
    while place < limit and place - first < MOST_WORDS and _goes_on(line, place, first):
        place += 1
    if place == first or not _can_end(line, place - 1):
        return start
    return place


def full_noun_end(line: Line, start: int, limit: int | None = None) -> int:
    """Return the place after a noun phrase with the phrases that hang on it by "of"."""
    end = noun_end(line, start, limit)
    while end > start and line[end].lower == "of":
        after = noun_end(line, end + 1, limit)
        if after == end + 1:
            return start
        end = after
    return end


def is_plural(line: Line, place: int) -> bool:
    """Say whether a noun in small letters looks like a plural."""
    word = line[place].lower
    if word in IRREGULAR_PLURALS:
        return True
    if word in PLURAL_MODIFIERS or word.endswith(("ss", "us", "is", "'s", "’s", "ics")):
        return False
    return word.endswith(("s", "s'", "s’"))


def _goes_on(line: Line, place: int, first: int) -> bool:
    """Say whether a word belongs to the core of a noun phrase that began at `first`."""
    word, before = line[place], line[place - 1]
    if not word.is_word or (word.lower in FUNCTION_WORDS and not word.is_capital):
        return False
    if word.is_capital and word.lower in CALENDAR:
        return False
    if word.is_capital or word.is_number:
        return place == first or not _is_plain_plural(line, place - 1, first)
    if place > first and _is_plain_plural(line, place - 1, first):
        return False
    if word.lower.endswith("ly") and len(word.lower) > 5:
        return line[place + 1].is_word and line[place + 1].lower not in FUNCTION_WORDS
    shapes = shapes_of(word.lower)
    if not shapes:
        return True
    if shapes & {"past", "participle"} and not shapes & {"base"}:
        return _stands_before_noun(line, place, first)
    if shapes == {"ing"}:
        after = line[place + 1]
        acts = after.lower in OPENING or after.is_number or after.is_capital
        return before.lower in OPENING or (place > first and before.text.islower() and not acts)
    return is_noun_too(word.lower)


def _stands_before_noun(line: Line, place: int, first: int) -> bool:
    """Say whether a participle describes the noun after it: "the planned bridge"."""
    opened = line[first - 1].lower in OPENING
    leading = all(line[n].lower.endswith(("ly", "ed", "en")) for n in range(first, place))
    after = line[place + 1]
    return opened and leading and after.is_word and after.lower not in FUNCTION_WORDS


def _is_plain_plural(line: Line, place: int, first: int) -> bool:
    """Say whether a word is a plural in small letters, behind which no further noun stands."""
    word = line[place]
    return place >= first and word.text.islower() and is_plural(line, place) and not word.is_number


def _can_end(line: Line, place: int) -> bool:
    word = line[place].lower
    if line[place].is_number and not line[place - 1].is_capital:
        return False
    if word.endswith(("'s", "’s", "s'", "s’")) or (word.endswith("ly") and len(word) > 5):
        return False
    shapes = shapes_of(word)
    return line[place].is_capital or not shapes & {"past", "participle"} or is_noun_too(word)

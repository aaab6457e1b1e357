"""Put what a follow-up gives into the question before it: "And in 2024?", "And the county?".

Only where the grammar leaves one reading; elsewhere the two questions stand side by side. A "he"
or "she" is never resolved.
"""

import re
from collections.abc import Callable, Sequence

from index.stopwords import STOPWORDS
from rag.grammar import (
    AUXILIARIES,
    BOUNDARIES,
    DETERMINERS,
    INTERROGATIVES,
    PREPOSITIONS,
    PRONOUNS,
    Token,
    is_person,
    tokens_of,
)
from rag.mentions import MONTHS
from rag.reference import without_lead_in

LONGEST_PIECE = 5
"""Words of a fragment that can be put in."""

PLACES = frozenset(("in", "at", "on"))
"""Prepositions that stand for one another, as the noun wants: "in the G7", "at the UN"."""

TIME = re.compile(
    r"\b(?:\d{4}|(?:mon|tues|wednes|thurs|fri|satur|sun)days?|mornings?|evenings?|nights?|weekends?"
    rf"|summer|autumn|winter|spring|{'|'.join(MONTHS)})\b",
    re.IGNORECASE,
)
YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")

AGENT_VERBS = frozenset(
    "say think want expect promise pay contribute spend put plan offer answer reply do vote give "
    "know earn get need cost demand propose reckon estimate hope fear lose gain have employ hire "
    "believe claim call take make use buy sell charge".split()
)
"""What one subject does as well as another, so that the subjects can be exchanged."""

PLURAL_OF = {"is": "are", "was": "were", "does": "do", "has": "have"}
SINGULAR_OF = {plural: singular for singular, plural in PLURAL_OF.items()}

VAGUE = frozenset("rest other others same one ones former latter remainder".split())

Rule = Callable[[list[Token], list[Token]], list[str] | None]


def fill_in(anchor: str, question: str) -> str | None:
    """Return the anchor with the follow-up's words in their place, or None where that is unsure.

    Args:
        anchor: A question that stands alone: "How many people did it employ in 2023?"
        question: The follow-up: "And in 2024?"
    """
    before, piece = _words(anchor), _words(without_lead_in(question))
    if not before or not piece or anchor.count("?") > 1:
        return None
    for rule in RULES:
        filled = rule(before, piece)
        if filled:
            text = " ".join(filled)
            return text[0].upper() + text[1:] + "?"
    return None


def _year(before: list[Token], piece: list[Token]) -> list[str] | None:
    """Exchange the year: "And in 2024?", "And 2024?"."""
    *start, last = [token.text for token in piece]
    years = [i for i, token in enumerate(before) if YEAR.fullmatch(token.text)]
    if not YEAR.fullmatch(last) or len(years) != 1 or len(start) > 1:
        return None
    (at,) = years
    words = [token.text for token in before]
    if start:
        if start[0].lower() not in PREPOSITIONS or before[at - 1].lower not in PREPOSITIONS:
            return None
        words[at - 1] = start[0].lower()
    words[at] = last
    return words


def _place(before: list[Token], piece: list[Token]) -> list[str] | None:
    """Exchange or add what follows a preposition: "And in Washington?"."""
    if not _is_fragment(piece) or piece[0].lower not in PREPOSITIONS or len(piece) < 2:
        return None
    same = PLACES if piece[0].lower in PLACES else {piece[0].lower}
    words = [token.text for token in before]
    put = [piece[0].lower, *(token.text for token in piece[1:])]
    is_time = bool(TIME.search(" ".join(put)))
    for i in range(len(before) - 1, 0, -1):
        if before[i].lower in same and i + 1 < len(before):
            end = _end_of_phrase(before, i + 1)
            if end > i + 1 and bool(TIME.search(" ".join(words[i:end]))) == is_time:
                return [*words[:i], *put, *words[end:]]
    if piece[1].is_name and any(token.lower == "of" for token in before):
        return None  # "the mayor of Holm", and now of "Westmark"?
    return [*words, *put]


def _subject(before: list[Token], piece: list[Token]) -> list[str] | None:
    """Exchange who or what the question is about: "And the county?"."""
    if not _is_fragment(piece) or piece[0].lower in PREPOSITIONS:
        return None
    if piece[0].lower not in DETERMINERS and not piece[0].is_name and len(piece) > 1:
        return None
    aux = next((i for i, token in enumerate(before) if token.lower in AUXILIARIES), None)
    if not aux or before[0].lower not in INTERROGATIVES:
        return None
    end = _end_of_subject(before, aux)
    if end is None:
        return None
    words = [token.text for token in before]
    put = [token.text for token in piece]
    verb = _agreeing(words[aux], put, words[aux + 1 : end])
    return [*words[:aux], verb, *put, *words[end:]]


def _thing(before: list[Token], piece: list[Token]) -> list[str] | None:
    """Put the only thing that the question before names in the place of an "it"."""
    its = [i for i, token in enumerate(piece) if token.lower in PRONOUNS]
    if len(its) != 1 or piece[its[0]].lower != "it":
        return None
    (at,) = its
    if at == 0 or piece[at - 1].lower not in AUXILIARIES:
        return None
    thing = _only_thing(before)
    if thing is None:
        return None
    return [*(t.text for t in piece[:at]), *thing, *(t.text for t in piece[at + 1 :])]


RULES: Sequence[Rule] = (_year, _place, _subject, _thing)


def _only_thing(tokens: list[Token]) -> list[str] | None:
    """Return the one thing that a question names, as in "Who runs the ferry?"; None if unsure."""
    starts = [i for i, token in enumerate(tokens) if token.lower in DETERMINERS]
    names = [token for token in tokens[1:] if token.is_name]
    if len(starts) != 1 or tokens[starts[0]].lower != "the" or names:
        return None
    (start,) = starts
    end = _end_of_phrase(tokens, start)
    is_object = start > 0 and tokens[start - 1].lower not in AUXILIARIES
    if not is_object and end != len(tokens):
        return None
    phrase = tokens[start:end]
    if (not is_object and len(phrase) != 2) or not 2 <= len(phrase) <= 3:
        return None
    if any(is_person(token.lower) for token in phrase):
        return None
    return [token.text for token in phrase]


def _end_of_subject(tokens: list[Token], aux: int) -> int | None:
    """Return where the subject after an auxiliary ends; None if that is unsure."""
    copula = tokens[aux].lower in {"is", "are", "was", "were"}
    end = _end_of_phrase(tokens, aux + 1)
    if copula:
        return end if end > aux + 1 and aux <= 2 and len(tokens[aux + 1 : end]) <= 3 else None
    for i in range(aux + 2, end):
        if tokens[i].lower in AGENT_VERBS:
            return i
    return None


def _end_of_phrase(tokens: list[Token], start: int) -> int:
    """Return where a noun phrase that starts here ends, "of" not being its end."""
    stops = (PREPOSITIONS - {"of"}) | AUXILIARIES | BOUNDARIES | PRONOUNS
    end = start
    while end < len(tokens) and tokens[end].lower not in stops:
        end += 1
    return end


def _is_fragment(piece: list[Token]) -> bool:
    """Say whether words are no more than a phrase, and name something."""
    words = {token.lower for token in piece}
    no_phrase = AUXILIARIES | INTERROGATIVES | PRONOUNS | VAGUE | {"this", "that", "these", "those"}
    return (
        len(piece) <= LONGEST_PIECE
        and not words & no_phrase
        and bool(words - STOPWORDS - PREPOSITIONS)
    )


def _agreeing(verb: str, new: list[str], old: list[str]) -> str:
    """Return an auxiliary in the number of its new subject."""
    if _is_plural(new) == _is_plural(old):
        return verb
    return (PLURAL_OF if _is_plural(new) else SINGULAR_OF).get(verb.lower(), verb)


def _is_plural(phrase: list[str]) -> bool:
    """Say whether a phrase names several: "the fees", "the Greens", but not "Brussels"."""
    noun = phrase[-1]
    many = noun.islower() or [word.lower() for word in phrase[:-1]] == ["the"]
    return noun == "people" or (many and noun.endswith("s") and not noun.endswith("ss"))


def _words(question: str) -> list[Token]:
    """Return a question's words; nothing where it holds more than words and one mark."""
    tokens = tokens_of(question.strip().rstrip("?!. "))
    return tokens if all(token.is_word for token in tokens) else []

"""The forms of verbs, and the base form of a form where it is certain."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import Literal

from index.types import Value
from rag.verb_list import ALSO_NOUNS, DOUBLED, IRREGULAR, PLAIN

Shape = Literal["base", "s", "past", "participle", "ing"]

VOWELS = "aeiou"
SHORTEST_GUESSED = 5
NO_VERBS = frozenset(
    "hundred breed creed greed speed steed sacred shred indeed naked wicked during evening morning "
    "nothing something anything everything string spring bring".split()
)
"""Words that only end like verb forms."""


@dataclass(frozen=True)
class VerbForm(Value):
    """One reading of a word as a verb."""

    base: str
    shape: Shape


def verb_forms(word: str) -> tuple[VerbForm, ...]:
    """Return how a word in small letters can be read as a verb that is known; often none."""
    return _forms().get(word, ())


def shapes_of(word: str) -> frozenset[Shape]:
    """Return the shapes of every reading; of a verb that is not known, what its ending tells."""
    known = frozenset(form.shape for form in verb_forms(word))
    if known or len(word) < SHORTEST_GUESSED or word in NO_VERBS or "-" in word:
        return known
    if word.endswith("ed"):
        return frozenset(("past", "participle"))
    return frozenset(("ing",)) if word.endswith("ing") else known


def has_shape(word: str, *shapes: Shape) -> bool:
    """Say whether a word can be read as a verb in one of these shapes."""
    return any(form.shape in shapes for form in verb_forms(word))


def base_of(word: str, *shapes: Shape) -> str | None:
    """Return the base of a word read in one of these shapes; None where two fit, or none."""
    bases = {form.base for form in verb_forms(word) if form.shape in shapes}
    return bases.pop() if len(bases) == 1 else None


def past_of(base: str) -> str:
    """Return the past form of a verb that is known."""
    return next(
        word for word, forms in _by_base()[base] if "past" in {form.shape for form in forms}
    )


def is_noun_too(word: str) -> bool:
    """Say whether a verb form may be a noun as well: "report", "reports", "meeting"."""
    forms = [form for form in verb_forms(word) if form.shape in {"base", "s", "ing"}]
    return bool(forms) and all(f.base in ALSO_NOUNS or f.shape == "ing" for f in forms)


@cache
def _forms() -> dict[str, tuple[VerbForm, ...]]:
    found: dict[str, list[VerbForm]] = defaultdict(list)
    irregular = {base: (past, participle) for base, past, participle in IRREGULAR}
    for base in sorted(PLAIN | ALSO_NOUNS):
        past, participle = irregular.get(base, (_regular(base, "ed"),) * 2)
        shapes: dict[Shape, str] = {
            "base": base,
            "s": _third(base),
            "past": past,
            "participle": participle,
            "ing": _regular(base, "ing"),
        }
        for shape, word in shapes.items():
            found[word].append(VerbForm(base, shape))
    return {word: tuple(forms) for word, forms in found.items()}


@cache
def _by_base() -> dict[str, list[tuple[str, list[VerbForm]]]]:
    found: dict[str, list[tuple[str, list[VerbForm]]]] = defaultdict(list)
    for word, forms in _forms().items():
        for base in {form.base for form in forms}:
            found[base].append((word, [form for form in forms if form.base == base]))
    return found


def _third(base: str) -> str:
    if base.endswith(("s", "x", "z", "ch", "sh", "o")):
        return base + "es"
    if base.endswith("y") and base[-2] not in VOWELS:
        return base[:-1] + "ies"
    return base + "s"


def _regular(base: str, ending: Literal["ed", "ing"]) -> str:
    if base in DOUBLED or _is_short(base):
        return base + base[-1] + ending
    if base.endswith("ie") and ending == "ing":
        return base[:-2] + "ying"
    if base.endswith("e") and not base.endswith(("ee", "oe", "ye")):
        return base[:-1] + ending
    if base.endswith("ee") and ending == "ed":
        return base + "d"
    if base.endswith("y") and base[-2] not in VOWELS and ending == "ed":
        return base[:-1] + "ied"
    return base + ending


def _is_short(base: str) -> bool:
    """Say whether it is a word of one syllable that doubles its end: "cut", "swim"."""
    if len(base) > 4 or base[-1] in VOWELS + "wxyhs":
        return False
    return sum(letter in VOWELS for letter in base) == 1 and base[-2] in VOWELS

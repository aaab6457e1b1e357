"""Examples for the entailment model: a claim or question, beside sentences of a passage."""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from eval.entailment_groups import Altered, PassageGroup, Statement
from eval.entailment_swaps import false_twin

Label = Literal[
    "supported", "contradicted", "not stated", "not supported", "answered", "not answered"
]
"""Of claims and of questions; "not supported" is either of the two before it."""

CLAIMS: tuple[Label, ...] = ("supported", "contradicted", "not stated")
"""The labels of claims, in the order of the network's outputs; its fourth is for questions."""

LABELS: dict[str, Label] = {
    "+": "supported",
    "-": "contradicted",
    "?": "not stated",
    "!": "not supported",
    "A": "answered",
    "X": "not answered",
}
"""Of a statement beside its passage."""

TURNED: dict[str, Label] = {
    "+": "contradicted",
    "-": "supported",
    "?": "supported",
    "A": "not answered",
    "X": "answered",
}
"""Of a statement beside its passage with a sentence altered."""

# The shares below were set once, by what the check and the quotes read, and not tuned.

ALTERED_SHARE = 0.5
"""How often a statement stands beside the altered passage, where there is one: so that its wording
says nothing of its label."""

WITHOUT_SHARE = 0.25
"""How often a true claim or an answered question that stands beside its own passage also stands
beside one that lacks what it rests on."""

ONE_GONE_SHARE = 0.4
"""How often that lacks one of several sentences instead of all: most of a claim is then there."""

ELSEWHERE_SHARE = 0.05
"""How often such a one also stands beside another passage."""

TWIN_SHARE = 0.3
"""How often a true claim is followed by a false twin made by rule, where there is one."""

VERBATIM_SHARE = 0.5
"""How often a passage's own sentence is a claim."""

WHOLE_SHARE, BARE_SHARE = 0.4, 0.3
"""How often a statement stands beside the whole passage, and beside what it rests on alone; else
it is what it rests on and a little more."""

LONGEST_WINDOW = 4
"""Sentences of another passage that a statement stands beside."""

Places = Sequence[int]


@dataclass(frozen=True)
class Example:
    """What the model reads, and what it is to say."""

    text: str
    evidence: tuple[str, ...]
    label: Label

    @property
    def is_claim(self) -> bool:
        """Whether it is a claim; else it is a question."""
        return is_of_claim(self.label)


def is_of_claim(label: Label) -> bool:
    """Whether a label is of a claim; else it is of a question."""
    return label in CLAIMS or label == "not supported"


def make_examples(groups: Sequence[PassageGroup], rng: random.Random) -> Iterator[Example]:
    """Yield examples of all groups, drawn anew at each call."""
    for group in groups:
        for statement in group.statements:
            yield from _of_statement(statement, group, groups, rng)
        if rng.random() < VERBATIM_SHARE:
            place = rng.randrange(len(group.sentences))
            yield Example(
                group.sentences[place], _cut(group.sentences, [place], rng, _scattered), "supported"
            )


def every_example(groups: Sequence[PassageGroup]) -> Iterator[Example]:
    """Yield each statement beside its whole passage, and beside every altered one that turns it."""
    for group in groups:
        for statement in group.statements:
            yield Example(statement.text, group.sentences, LABELS[statement.sign])
        for altered in group.altered:
            sentences = _altered_passage(altered, group)
            for statement in altered.turns:
                yield Example(statement.text, sentences, TURNED[statement.sign])


def _of_statement(
    statement: Statement, group: PassageGroup, groups: Sequence[PassageGroup], rng: random.Random
) -> Iterator[Example]:
    near = _adjoining if statement.sign in "AX" else _scattered
    turning = [altered for altered in group.altered if statement in altered.turns]
    if turning and rng.random() < ALTERED_SHARE:
        altered = rng.choice(turning)
        places = sorted({*statement.rests_on, altered.place})
        evidence = _cut(_altered_passage(altered, group), places, rng, near)
        yield Example(statement.text, evidence, TURNED[statement.sign])
        return
    evidence = _cut(group.sentences, statement.rests_on, rng, near)
    yield Example(statement.text, evidence, LABELS[statement.sign])
    if statement.sign == "+" and rng.random() < TWIN_SHARE:
        if twin := false_twin(statement.text, group, rng):
            evidence = _cut(group.sentences, statement.rests_on, rng, near)
            yield Example(twin, evidence, "not supported")
    if statement.sign in "+A":
        label: Label = "not answered" if statement.sign == "A" else "not stated"
        if rng.random() < WITHOUT_SHARE and (rest := _without(statement, group, rng)):
            yield Example(statement.text, rest, label)
        if rng.random() < ELSEWHERE_SHARE:
            other = rng.choice(groups)
            if other is not group:
                yield Example(statement.text, other.sentences[:LONGEST_WINDOW], label)


def _altered_passage(altered: Altered, group: PassageGroup) -> tuple[str, ...]:
    sentences = list(group.sentences)
    sentences[altered.place] = altered.text
    return tuple(sentences)


def _cut(
    sentences: Sequence[str],
    places: Places,
    rng: random.Random,
    near: Callable[[Places, int, random.Random], Places],
) -> tuple[str, ...]:
    """Return the whole passage, or the named sentences, or those and some more, in order."""
    drawn = rng.random()
    if drawn < WHOLE_SHARE:
        return tuple(sentences)
    kept = places if drawn < WHOLE_SHARE + BARE_SHARE else near(places, len(sentences), rng)
    return tuple(sentences[place] for place in sorted(set(kept)))


def _scattered(places: Places, sentences: int, rng: random.Random) -> Places:
    """Add one or two sentences from anywhere, as the check reads them."""
    others = [place for place in range(sentences) if place not in places]
    return [*places, *rng.sample(others, min(len(others), rng.randint(1, 2)))]


def _adjoining(places: Places, sentences: int, rng: random.Random) -> Places:
    """Widen to neighbours, as the windows of quotes are cut."""
    first = max(0, min(places) - rng.randint(0, 1))
    return range(first, min(sentences - 1, max(places) + rng.randint(0, 1)) + 1)


def _without(statement: Statement, group: PassageGroup, rng: random.Random) -> tuple[str, ...]:
    """Return some sentences of the passage without one or all of those that a statement needs."""
    gone = set(statement.rests_on)
    if statement.sign == "+" and len(gone) > 1 and rng.random() < ONE_GONE_SHARE:
        gone = {rng.choice(sorted(gone))}
    rest = [place for place in range(len(group.sentences)) if place not in gone]
    kept = rng.sample(rest, rng.randint(1, len(rest))) if rest else []
    return tuple(group.sentences[place] for place in sorted(kept))

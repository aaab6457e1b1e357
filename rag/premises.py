"""Evidence sentences, encoded once, against which any number of claims can be checked."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, chain

import numpy as np

from index.models import Vectors
from index.sentences import Span
from rag.amounts import amounts_in
from rag.clauses import clause_spans
from rag.implied_amounts import differences, restated_amounts
from rag.late_interaction import TokenVectors, load_token_encoder
from rag.measures import Amount
from rag.mentions import mentioned_forms
from rag.written_days import Day, days_in, listed_days

LONGEST_PASSAGE = 9
"""Evidence sentences; beside more a claim stands beside a page. Beside a passage the entailment
model reads almost all, and tells more than coverage; beside a page it reads three sentences, and
coverage tells what is nowhere. Passages have up to nine sentences, nearly all of WiCE's pages more.
"""


@dataclass(frozen=True)
class Clause:
    """A part of an evidence sentence."""

    text: str
    first_token: int
    """Which of the sentence's tokens is its first."""


@dataclass(frozen=True)
class Premise:
    """A sentence of evidence, and what can be told from it alone."""

    text: str
    tokens: TokenVectors
    forms: frozenset[str]
    amounts: tuple[Amount, ...]
    restated_amounts: tuple[Amount, ...]
    """What it gives in other terms: "a year ago", "37 of the 94"."""
    differences: tuple[Amount, ...]
    """By how much amounts and results differ."""
    days: tuple[Day, ...]
    clauses: tuple[Clause, ...]


@dataclass(frozen=True)
class Premises:
    """The evidence for claims: at least one sentence, or nothing can be checked."""

    each: tuple[Premise, ...]

    def only(self, places: Iterable[int]) -> "Premises":
        """Return some of the sentences as evidence of their own; nothing is encoded again."""
        return Premises(tuple(self.each[place] for place in places))

    @cached_property
    def sentences(self) -> tuple[str, ...]:
        """The text of every sentence."""
        return tuple(premise.text for premise in self.each)

    @cached_property
    def all_vectors(self) -> Vectors:
        """The vectors of every sentence's tokens, shape (tokens, width)."""
        return np.concatenate([premise.tokens.vectors for premise in self.each])

    @cached_property
    def sentence_starts(self) -> list[int]:
        """The first token of each sentence, counted over all."""
        return [*accumulate((len(each.tokens.vectors) for each in self.each[:-1]), initial=0)]

    @cached_property
    def clauses(self) -> list[Clause]:
        """The clauses of every sentence, their tokens counted over all."""
        return [
            Clause(clause.text, start + clause.first_token)
            for start, premise in zip(self.sentence_starts, self.each, strict=True)
            for clause in premise.clauses
        ]

    @cached_property
    def all_amounts(self) -> tuple[Amount, ...]:
        """The amounts of every sentence."""
        return tuple(chain.from_iterable(premise.amounts for premise in self.each))

    @cached_property
    def all_restated_amounts(self) -> tuple[Amount, ...]:
        """The amounts that sentences give in other terms."""
        return tuple(chain.from_iterable(premise.restated_amounts for premise in self.each))

    @cached_property
    def all_differences(self) -> tuple[Amount, ...]:
        """By how much the amounts of single sentences differ."""
        return tuple(chain.from_iterable(premise.differences for premise in self.each))

    @cached_property
    def all_days(self) -> tuple[Day, ...]:
        """The days of every sentence."""
        return tuple(chain.from_iterable(premise.days for premise in self.each))

    @cached_property
    def all_forms(self) -> frozenset[str]:
        """The forms of every sentence's words."""
        return frozenset().union(*(premise.forms for premise in self.each))


def encode_premises(sentences: Sequence[str]) -> Premises:
    """Encode evidence; sentences without a word are left out."""
    worded = [sentence for sentence in sentences if any(map(str.isalnum, sentence))]
    encoded = [tokens for tokens in load_token_encoder().encode(worded) if len(tokens.vectors)]
    return Premises(tuple(map(_premise, encoded)))


def join_premises(parts: Sequence[Premises]) -> Premises:
    """Return the evidence of several parts as one, each sentence once; nothing is encoded again."""
    kept = {premise.text: premise for part in parts for premise in part.each}
    return Premises(tuple(kept.values()))


def _premise(tokens: TokenVectors) -> Premise:
    text = tokens.text
    amounts = tuple(amounts_in(text))
    return Premise(
        text=text,
        tokens=tokens,
        forms=mentioned_forms(text),
        amounts=amounts,
        restated_amounts=tuple(restated_amounts(text)),
        differences=tuple(differences(text, amounts)),
        days=(*days_in(text), *listed_days(text)),
        clauses=tuple(Clause(text[slice(*span)], first) for span, first in _clauses(tokens)),
    )


def _clauses(sentence: TokenVectors) -> list[tuple[Span, int]]:
    """Return each clause that has tokens, and which of the sentence's tokens is its first."""
    found: list[tuple[Span, int]] = []
    for start, end in clause_spans(sentence.text):
        first = sum(place < start for place, _ in sentence.spans)
        if first == len(sentence.spans):
            break  # beyond what the encoder reads
        if found and found[-1][1] == first:
            found[-1] = ((found[-1][0][0], end), first)
        else:
            found.append(((start, end), first))
    return found

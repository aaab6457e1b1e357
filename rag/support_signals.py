"""What speaks for and against a claim's being supported by its evidence."""

import re
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from index.models import load_reranker
from rag.denials import denies
from rag.late_interaction import CoveredWord, load_token_encoder, telling, word_coverage
from rag.mentions import form, is_mentioned, names_in, telling_words
from rag.premises import Premises
from rag.quantities import Quantity, quantities_in

SENTENCES_READ = 3
"""Evidence sentences that the cross-encoder reads together beside the claim."""

HEDGE = re.compile(
    r"\b(may|might|could|would|possibly|perhaps|likely|expected|plans?|planned|proposed?|alleged"
    r"|allegedly|reportedly|appears?|seems?|aims?|hopes?|considering|estimated|suggests?)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, kw_only=True)
class SupportSignals:
    """One claim beside its evidence; every figure is small where support is good, or a score."""

    coverage: float
    """Mean cosine by which all evidence covers the claim's telling words."""
    least_covered: float
    """The same over the three least-covered words."""
    worst_word: float
    """The same of the least-covered word."""
    logit: float
    """The cross-encoder's logit for the claim and the sentences that cover most of it."""
    missing_words: float
    """Share of the telling words that no evidence sentence has."""
    missing_names: float
    """Names that no evidence sentence has."""
    wrong_numbers: float
    """Quantities with which none of the evidence agrees."""
    pairs: float
    """Share of neighbouring telling words that are neighbours in the evidence too."""
    denial: float
    """1 where one of the two denies what the other states, or says the opposite."""
    lost_hedge: float
    """1 where the best sentence hedges and the claim does not."""


@dataclass(frozen=True)
class Examination:
    """The signals, and what they were read from, for putting reasons into words."""

    signals: SupportSignals
    covered: tuple[CoveredWord, ...]
    best: int
    """Which evidence sentence covers the claim best."""
    missing_names: tuple[str, ...]
    wrong_numbers: tuple[Quantity, ...]

    @property
    def is_contradicted(self) -> bool:
        """Whether no chance can make up for it: a number that no evidence gives, or a denial.

        Most of the claims that people labelled as unsupported lack something; few give a wrong
        number or leave out a "not", so that the weights alone forgive both.
        """
        return bool(self.wrong_numbers) or bool(self.signals.denial)


def examine(claim: str, premises: Premises) -> Examination:
    """Compare a claim with evidence; at least one sentence of it."""
    tokens = load_token_encoder().encode([claim])[0]
    whole = telling(word_coverage(tokens, premises.all_vectors))
    by_sentence = [
        float(np.mean([word.coverage for word in telling(word_coverage(tokens, each.vectors))]))
        for each in premises.tokens
    ]
    order = sorted(range(len(by_sentence)), key=lambda i: -by_sentence[i])
    best, read = order[0], sorted(order[:SENTENCES_READ])
    joined = " ".join(premises.sentences[i] for i in read)
    logit = load_reranker().predict([(claim, joined)])[0]
    covered = sorted(word.coverage for word in whole)
    forms = premises.all_forms
    words = telling_words(claim)
    names = tuple(name for name in names_in(claim) if not is_mentioned(name, forms))
    numbers = _wrong_numbers(claim, premises)
    signals = SupportSignals(
        coverage=float(np.mean(covered)),
        least_covered=float(np.mean(covered[:3])),
        worst_word=covered[0],
        logit=float(logit),
        missing_words=sum(form(word) not in forms for word in words) / max(1, len(words)),
        missing_names=float(len(names)),
        wrong_numbers=float(len(numbers)),
        pairs=_shared_pairs(claim, premises),
        denial=float(denies(claim, [premises.sentences[i] for i in order[:SENTENCES_READ]])),
        lost_hedge=float(
            bool(HEDGE.search(premises.sentences[best])) and not HEDGE.search(claim)
        ),
    )
    return Examination(signals, tuple(whole), best, names, numbers)


def _wrong_numbers(claim: str, premises: Premises) -> tuple[Quantity, ...]:
    given = premises.all_quantities
    return tuple(
        quantity
        for quantity in quantities_in(claim)
        if not any(quantity.agrees(other) for other in given)
    )


def _shared_pairs(claim: str, premises: Premises) -> float:
    pairs = _pairs(claim)
    given = set().union(*map(_pairs, premises.sentences))
    return len(pairs & given) / max(1, len(pairs))


def _pairs(text: str) -> set[tuple[str, str]]:
    forms = [form(word) for word in telling_words(text)]
    return set(pairwise(forms))

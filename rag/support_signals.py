"""What speaks for and against a claim's being supported by its evidence."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from rag.alignment import Alignment, Matched, align
from rag.denials import empties, is_denied, is_overstated, loses_hedge, opposites, turns_verdict
from rag.entailment import load_entailment
from rag.evidence_words import in_words_of
from rag.intervals import with_intervals_of
from rag.late_interaction import load_token_encoder
from rag.measures import Amount
from rag.mentions import form, is_mentioned, mentioned_forms, names_in, telling_words
from rag.premises import LONGEST_PASSAGE, Premises
from rag.stated import missing_amounts
from rag.written_days import Day, days_in
from rag.wrong_speaker import gives_to_another

SENTENCES_READ = 3
"""Evidence sentences that the entailment model reads together beside the claim."""

SPEAKERS_COMPARED = 2
"""Evidence sentences whose speakers are compared with the claim's."""

SAME_THING = 0.6
"""Cosine from which a clause and what covers it best are taken to speak of the same thing."""


@dataclass(frozen=True, kw_only=True)
class SupportSignals:
    """One claim beside its evidence; every figure is small where support is good, or a score."""

    coverage: float
    """Mean cosine by which all evidence covers the claim's telling words."""
    least_covered: float
    """The same over the three least-covered words."""
    worst_word: float
    """The same of the least-covered word."""
    clause_coverage: float
    """Mean cosine by which single clauses of the evidence cover the claim's."""
    worst_in_sentence: float
    """Cosine of the word that is covered least by the very sentence that covers its clause."""
    supported: float
    """Log odds, by the entailment model, that the sentences that cover most of it carry it."""
    contradicted: float
    """The same that it cannot be true if they are."""
    missing_words: float
    """Share of the telling words that no evidence sentence has."""
    pairs: float
    """Share of neighbouring telling words that are neighbours in the evidence too."""
    missing_names: float
    """Names that no evidence sentence has."""
    wrong_numbers: float
    """Amounts with which none of the evidence agrees."""
    wrong_days: float
    """Days, months and years that no evidence gives."""
    misplaced_numbers: float
    """Amounts where the sentences that cover their clause best give another one."""
    opposites: float
    """Words of which the clause that speaks of the same thing has the opposite."""
    denied: float
    """1 where of two clauses in much the same words one says "not", or the claim is of nobody where
    the evidence is of somebody; else 0."""
    wrong_speaker: float
    """1 where the claim gives a statement to another than the evidence does; else 0."""
    lost_hedges: float
    """Clauses that are put as so, and in the evidence as thought, wished or planned; and 1 more
    where the claim calls certain or done what no evidence calls so."""


@dataclass(frozen=True)
class Examination:
    """The signals, and what they were read from, for putting reasons into words."""

    signals: SupportSignals
    alignment: Alignment
    missing_names: tuple[str, ...]
    wrong_names: tuple[str, ...]
    """Those of them where the sentence that says most of the claim names another."""
    wrong_numbers: tuple[Amount, ...]
    wrong_days: tuple[Day, ...]
    misplaced_numbers: tuple[Amount, ...]
    opposites: tuple[tuple[str, str], ...]
    """Words of the claim, each with the evidence's opposite."""
    turns_verdict: bool
    """Whether the claim calls guilty whom the evidence calls cleared, or the reverse."""

    @property
    def best(self) -> int:
        """Which evidence sentence covers the claim best."""
        return self.alignment.order[0]

    @property
    def is_contradicted(self) -> bool:
        """Whether no chance can make up for it: a wrong day, name or verdict, a misplaced number.

        The entailment model overlooks a wrong number more often than other errors. A "not" too many
        or another speaker it knows better than rules do: of 400 sound sentences about reports
        rules called 28 wrong for these, of 400 with an error 41.
        """
        return bool(
            (self.wrong_numbers and self.misplaced_numbers)
            or self.wrong_days
            or self.wrong_names
            or self.turns_verdict
        )


def examine(claim: str, premises: Premises) -> Examination:
    """Compare a claim with evidence; at least one sentence of it."""
    plain = _aligned(claim, premises)
    told = with_intervals_of(premises.sentences[plain.order[0]], claim)
    if told != claim:
        claim, plain = told, _aligned(told, premises)
    reworded = _reworded(claim, plain, premises)
    alignment = plain if reworded == claim else _aligned(reworded, premises)
    read = sorted(alignment.order[:SENTENCES_READ])
    joined = " ".join(premises.sentences[i] for i in read)
    whole = " ".join(premises.sentences)
    (reading,) = load_entailment().read([(reworded, joined)])
    covered = sorted(word.coverage for word in alignment.words)
    matched = [each for each in alignment.clauses if each.coverage > SAME_THING]
    names = _missing_names(claim, reworded, premises)
    wrong = missing_amounts(
        claim,
        premises.all_amounts,
        restated=premises.all_restated_amounts,
        differences=premises.all_differences,
    )
    days = tuple(day for day in days_in(claim) if not _is_given(day, premises.all_days))
    misplaced = tuple(amount for each in plain.clauses for amount in _misplaced(each, premises))
    reversed_words = tuple(pair for each in matched for pair in opposites(each.text, each.clause))
    signals = SupportSignals(
        coverage=float(np.mean(covered)),
        least_covered=float(np.mean(covered[:3])),
        worst_word=covered[0],
        clause_coverage=float(np.mean([each.coverage for each in alignment.clauses])),
        worst_in_sentence=min(each.worst_word for each in alignment.clauses),
        supported=reading.supported,
        contradicted=reading.contradicted,
        missing_words=_missing_words(reworded, premises),
        pairs=_shared_pairs(reworded, premises),
        missing_names=float(len(names)),
        wrong_numbers=float(len(wrong)),
        wrong_days=float(len(days)),
        misplaced_numbers=float(len(misplaced)),
        opposites=float(len(reversed_words)),
        denied=float(_is_denied(matched, premises)),
        wrong_speaker=float(
            gives_to_another(
                claim, whole, [premises.sentences[i] for i in alignment.order[:SPEAKERS_COMPARED]]
            )
        ),
        lost_hedges=float(
            sum(loses_hedge(claim, each.clause) for each in matched) + is_overstated(claim, whole)
        ),
    )
    return Examination(
        signals=signals,
        alignment=alignment,
        missing_names=names,
        wrong_names=_wrong_names(claim, names, premises.sentences[alignment.order[0]]),
        wrong_numbers=wrong,
        wrong_days=days,
        misplaced_numbers=misplaced,
        opposites=reversed_words,
        turns_verdict=any(turns_verdict(each.text, each.clause) for each in matched),
    )


def _aligned(claim: str, premises: Premises) -> Alignment:
    return align(load_token_encoder().encode([claim])[0], premises)


def _reworded(claim: str, alignment: Alignment, premises: Premises) -> str:
    """Return a claim in the words of those sentences of a passage that cover it best.

    On a page amounts agree by chance, and a claim is read as it is: of WiCE's sound ones .61 then
    pass, reworded .56 (cross-fitted).
    """
    if len(premises.each) > LONGEST_PASSAGE:
        return claim
    return in_words_of(premises.only(alignment.order[:SENTENCES_READ]), claim)


def _missing_names(claim: str, reworded: str, premises: Premises) -> tuple[str, ...]:
    """Return the names of a claim that no evidence has, nor in other words."""
    kept = {*names_in(reworded)}
    return tuple(
        name
        for name in names_in(claim)
        if name in kept and not is_mentioned(name, premises.all_forms)
    )


def _missing_words(reworded: str, premises: Premises) -> float:
    """Return the share of a claim's telling words that no evidence has."""
    words = telling_words(reworded)
    return sum(form(word) not in premises.all_forms for word in words) / max(1, len(words))


def _is_denied(matched: Sequence[Matched], premises: Premises) -> bool:
    return any(
        is_denied(each.text, each.clause) or empties(each.text, premises.sentences[each.sentence])
        for each in matched
    )


def _wrong_names(claim: str, missing: Sequence[str], sentence: str) -> tuple[str, ...]:
    """Return the missing names where a sentence has a name in their place, days aside.

    Of 300 sound sentences about short reports none is hit, of 30 with a wrong name 26.
    """
    forms = mentioned_forms(claim)
    others = [name for name in names_in(sentence) if not is_mentioned(name, forms)]
    if not any(_is_name(name) for name in others):
        return ()
    return tuple(name for name in missing if _is_name(name))


def _is_name(word: str) -> bool:
    return word.isalpha() and not days_in(word)


def _is_given(day: Day, given: Sequence[Day]) -> bool:
    """Say whether evidence gives a day: all of it that can stand in one place.

    The year and the weekday may follow from the day of publication; a year alone is wrong only
    where others are given, and a season where no month is.
    """
    needed = day.fields.keys() - {"weekday", "year"}
    if needed == {"season"} and any(other.month for other in given):
        return True
    if needed:
        return any(needed <= other.fields.keys() and day.agrees(other) for other in given)
    years = [other.year for other in given if other.year is not None]
    return day.year is None or not years or day.year in years


def _misplaced(matched: Matched, premises: Premises) -> tuple[Amount, ...]:
    """Return a clause's amounts of which the sentences that tell of it give others of the kind."""
    near = premises.only(_telling_of(matched, premises))
    return tuple(
        amount
        for amount in missing_amounts(
            matched.text,
            near.all_amounts,
            restated=near.all_restated_amounts,
            differences=near.all_differences,
        )
        if any(amount.is_alike(other) for other in near.all_amounts)
    )


def _telling_of(matched: Matched, premises: Premises) -> list[int]:
    """Return the sentence that covers a clause best, and those near it that tell more of it.

    What has no word of the clause but those that the best has tells the same of something else:
    "the south bridge cost 5 million", beside "the north bridge cost 3 million".
    """
    best = premises.each[matched.sentence]
    words = {form(word) for word in telling_words(matched.text) if not word[0].isdigit()}
    wanted = words - best.forms
    return [i for i in matched.near if i == matched.sentence or premises.each[i].forms & wanted]


def _shared_pairs(claim: str, premises: Premises) -> float:
    pairs = _pairs(claim)
    given = set().union(*map(_pairs, premises.sentences))
    return len(pairs & given) / max(1, len(pairs))


def _pairs(text: str) -> set[tuple[str, str]]:
    forms = [form(word) for word in telling_words(text)]
    return set(pairwise(forms))

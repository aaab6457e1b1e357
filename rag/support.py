"""Does the evidence carry a claim? Checked without a judge model, on the CPU.

Two logistic regressions over the signals of `support_signals.py`: one for claims beside a passage,
one beside a page. `eval/calibrate_support.py` fits them on labelled claims, and writes
`support.json` with the data, the date and the figures that they reached on claims that they had not
seen. The check errs: those figures say how often.
"""

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from rag.late_interaction import CoveredWord
from rag.logistic import load_logistic
from rag.measures import Amount
from rag.premises import LONGEST_PASSAGE, Premises, encode_premises
from rag.settings import rag_settings
from rag.support_signals import Examination, examine
from rag.types import Support

WEIGHTS_FILE = Path(__file__).with_name("support.json")

PASSAGE, PAGE = "passage", "page"
"""Names of the two models in the file; one threshold serves both, for both give true chances."""

PARTLY_SHARE = 0.5
"""Of the threshold; a claim above it is "partly" supported, one below is "unsupported"."""

UNCOVERED = 0.75
"""Cosine below which a word counts as not spoken of, for the reasons alone."""

MOST_REASONS = 3

SOURCE_SAYS = "the source says {theirs}, not {ours}"
NO_CLAIM = "it says nothing that could be checked"
NO_EVIDENCE = "there is no evidence"
NO_NUMBER = "the source does not give {ours}"
ELSEWHERE = "the source does not give {ours} where it speaks of this"
NO_NAME = "the source does not mention {name}"
DENIED = "one of the two denies what the other says"
OTHER_SPEAKER = "the source gives this statement to another speaker"
HEDGED = "the source says it less firmly"
NO_WORD = "the source does not speak of “{word}”"


def check_support(claim: str, evidence: Sequence[str]) -> Support:
    """Say whether evidence carries a claim, and if not, why, in words.

    Args:
        claim: One sentence.
        evidence: Sentences that are to carry it.

    Returns:
        "supported", "partly" or "unsupported", with the calibrated chance of support.
    """
    if isinstance(evidence, str):
        evidence = [evidence]
    return check_claim(_whole(claim), encode_premises([*map(_whole, evidence)]))


def _whole(text: str) -> str:
    """Return text without halves of characters, which no encoder can read."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def check_claim(claim: str, premises: Premises) -> Support:
    """Check a claim against evidence that is encoded already; see `check_support`."""
    if not any(map(str.isalnum, claim)):
        return Support(verdict="unsupported", score=0.0, reasons=(NO_CLAIM,))
    if not premises.each:
        return Support(verdict="unsupported", score=0.0, reasons=(NO_EVIDENCE,))
    model = load_logistic(WEIGHTS_FILE, model_for(len(premises.each)))
    examined = examine(claim, premises)
    chance, threshold = model.chance(asdict(examined.signals)), model.threshold
    settings = rag_settings()
    if settings.support_model:
        from rag.support_model import named_chance

        chance, threshold = named_chance(claim, premises.sentences), settings.support_threshold
    if chance >= threshold and not examined.is_contradicted:
        return Support(verdict="supported", score=chance)
    partly = chance >= PARTLY_SHARE * threshold and not examined.is_contradicted
    return Support(
        verdict="partly" if partly else "unsupported",
        score=chance,
        reasons=tuple(_reasons(examined, premises)),
    )


def model_for(sentences: int) -> str:
    """Return which of the two models reads a claim beside so many sentences of evidence."""
    return PASSAGE if sentences <= LONGEST_PASSAGE else PAGE


def fitted_threshold() -> float:
    """Return the chance from which the fitted check accepts a claim."""
    return load_logistic(WEIGHTS_FILE, PASSAGE).threshold


def _reasons(examined: Examination, premises: Premises) -> list[str]:
    """Put into words what speaks against a claim, the surest first."""
    said = [*premises.each[examined.best].amounts, *premises.all_amounts]
    wrong = dict.fromkeys(examined.wrong_numbers)
    reasons = [_number_reason(amount, said) for amount in wrong]
    misplaced = dict.fromkeys(amount.text for amount in examined.misplaced_numbers)
    unsaid = {amount.text for amount in wrong}
    reasons += [ELSEWHERE.format(ours=text) for text in misplaced if text not in unsaid]
    reasons += [NO_NUMBER.format(ours=day.text) for day in examined.wrong_days]
    reasons += [NO_NAME.format(name=name) for name in examined.missing_names]
    reasons += [
        SOURCE_SAYS.format(theirs=f"“{theirs}”", ours=f"“{ours}”")
        for ours, theirs in examined.opposites
    ]
    if examined.signals.denied:
        reasons.append(DENIED)
    if examined.signals.wrong_speaker:
        reasons.append(OTHER_SPEAKER)
    if examined.signals.lost_hedges:
        reasons.append(HEDGED)
    if not reasons:
        reasons = [NO_WORD.format(word=word.text) for word in _uncovered(examined.alignment.words)]
    return reasons[:MOST_REASONS]


def _number_reason(ours: Amount, theirs: Sequence[Amount]) -> str:
    for other in theirs:
        if not ours.is_comparable(other):
            continue
        if ours.is_other_end_of(other):
            return SOURCE_SAYS.format(theirs=other.put, ours=ours.put)
        if not ours.agrees(other):
            return SOURCE_SAYS.format(theirs=other.text, ours=ours.text)
    return NO_NUMBER.format(ours=ours.text)


def _uncovered(words: Sequence[CoveredWord]) -> list[CoveredWord]:
    ranked = sorted(words, key=lambda word: word.coverage)
    return [word for word in ranked if word.coverage < UNCOVERED]

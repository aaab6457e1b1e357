"""Floors of claim checking: what counting the words that claim and evidence share reaches.

Where the floor needs a threshold, it is chosen on other claims than it is reported on, as ours was:
on the set's other parts, or, where all parts are reported, fold by fold.
"""

import hashlib
from collections.abc import Iterator, Sequence
from statistics import fmean

import numpy as np

from eval.curves import Numbers, Truths, auroc, balanced_accuracy, precision_recall_f1
from eval.parts import fold_of
from eval.types import Claim, Floor
from eval.words import words

MOST_CHOSEN_ON = 2_000
"""Claims on which a threshold is chosen; more move it by next to nothing."""

OVERLAP = "the share of the claim's words that stand in the evidence"
OVERLAP_AT = f"{OVERLAP}, from the threshold that is best on other claims of the set"
ALL_UNSUPPORTED = "calling every claim unsupported"


def claim_floors(
    claims: Sequence[Claim], others: Sequence[Claim], pairs: Sequence[tuple[str, str]]
) -> tuple[Floor, ...]:
    """Return the floors of all figures about claims that are defined.

    Args:
        claims: Those that are reported.
        others: Claims of the set's other parts; none where all parts are reported.
        pairs: Ids of (sound, edited) claims.
    """
    overlaps, supported = _overlaps(claims), _supported(claims)
    accepted = _accepted(claims, overlaps, others)
    found: list[tuple[str, float | None, str]] = [
        ("claim AUROC", auroc(overlaps, supported), OVERLAP),
        ("pair consistency", _consistency(claims, overlaps, pairs), OVERLAP),
    ]
    if accepted is not None:
        found += [
            ("claim balanced accuracy", balanced_accuracy(accepted, supported), OVERLAP_AT),
            ("unsupported claim accepted", _share(accepted[~supported]), OVERLAP_AT),
            ("sound claim withheld", _share(~accepted[supported]), OVERLAP_AT),
        ]
    found.append(("unsupported F1", *_unsupported_f1(accepted, supported)))
    return tuple(
        Floor(metric=metric, value=value, method=method)
        for metric, value, method in found
        if value is not None
    )


def overlap(claim: Claim) -> float:
    """Return the share of a claim's words that stand in its evidence; 0 without words."""
    evidence = set(words(" ".join(claim.evidence)))
    said = words(claim.text)
    return sum(word in evidence for word in said) / len(said) if said else 0.0


def best_threshold(scores: Numbers, supported: Truths) -> float | None:
    """Return the score from which accepting is best by balanced accuracy, None where undefined."""
    if not len(supported) or supported.all() or not supported.any():
        return None
    return max(
        (float(score) for score in np.unique(scores)),
        key=lambda score: balanced_accuracy(scores >= score, supported) or 0.0,
    )


def _accepted(claims: Sequence[Claim], overlaps: Numbers, others: Sequence[Claim]) -> Truths | None:
    """Return which claims word overlap accepts, None where no threshold can be chosen."""
    if others:
        chosen_on = _sample(others)
        threshold = best_threshold(_overlaps(chosen_on), _supported(chosen_on))
        return None if threshold is None else overlaps >= threshold
    folds = np.array([fold_of(claim.group) for claim in claims])
    supported = _supported(claims)
    accepted = np.zeros(len(claims), dtype=bool)
    for fold in np.unique(folds):
        inside = folds == fold
        threshold = best_threshold(overlaps[~inside], supported[~inside])
        if threshold is None:
            return None
        accepted[inside] = overlaps[inside] >= threshold
    return accepted


def _unsupported_f1(accepted: Truths | None, supported: Truths) -> tuple[float | None, str]:
    """Return the better of two methods: word overlap, and calling all claims unsupported."""
    everything = precision_recall_f1(np.ones(len(supported), dtype=bool), ~supported)[2]
    by_words = None if accepted is None else precision_recall_f1(~accepted, ~supported)[2]
    if (by_words or 0.0) > (everything or 0.0):
        return by_words, OVERLAP_AT
    return everything, ALL_UNSUPPORTED


def _consistency(
    claims: Sequence[Claim], overlaps: Numbers, pairs: Sequence[tuple[str, str]]
) -> float | None:
    by_id = {claim.id: score for claim, score in zip(claims, overlaps, strict=True)}
    lower = [by_id[b] < by_id[a] for a, b in pairs if a in by_id and b in by_id]
    return fmean(lower) if lower else None


def _sample(claims: Sequence[Claim]) -> list[Claim]:
    ranked = sorted(claims, key=lambda claim: hashlib.sha256(claim.id.encode()).digest())
    return ranked[:MOST_CHOSEN_ON]


def _overlaps(claims: Sequence[Claim]) -> Numbers:
    return np.array([*_each_overlap(claims)], dtype=np.float64)


def _each_overlap(claims: Sequence[Claim]) -> Iterator[float]:
    for claim in claims:
        yield overlap(claim)


def _supported(claims: Sequence[Claim]) -> Truths:
    return np.array([claim.supported for claim in claims], dtype=bool)


def _share(chosen: Truths) -> float | None:
    return float(chosen.mean()) if len(chosen) else None

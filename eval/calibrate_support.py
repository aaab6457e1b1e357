"""`python -m eval.calibrate_support`: fit the check of whether evidence carries a claim.

Writes `rag/support.json`: a model for claims beside a passage, and one beside a page.

Passages: fitted on sound sentences about short reports, and the same with one planted error
(`eval/claims_learnt.jsonl`). The figures come from others that nothing was fitted on:
`eval/claims.jsonl`, with which in sight rules were made, and `eval/claims_held_out.jsonl`.

Pages: WiCE's claims are split by claim (each stands several times with one label), BUMP's pairs by
article. Weights are fitted on three fifths of each; the figures come from the rest, which no
shipped weight is fitted on. What the signals could tell of BUMP's pairs stands beside them, by
weights that are fitted on such pairs and not shipped.

Chances are set by what weights that have not seen a claim say of it (cross-fitting). One threshold
serves both models, with the best balanced accuracy at which at most a fifth of the planted errors
is accepted; the odds of pages are moved so that at it at most a tenth of WiCE's unsupported claims
is; what is supported in part counts as unsupported. What that costs in sound claims withheld stands
among the figures. That two models are better than one was seen on the rest of WiCE and BUMP, too.
"""

import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields, replace
from itertools import groupby
from pathlib import Path
from typing import Any

import numpy as np
from rich.progress import track

from eval.benches import claim_part, load_claims
from eval.claims_own import HELD_OUT_FILE, LEARNT_FILE, load_own
from eval.curves import auroc, balanced_accuracy
from eval.fitting import Bounds, Fitted, Folds, Numbers, Sample, fit, fit_calibrated
from eval.fitting_command import run_fitting, today
from eval.parts import fold_of
from eval.support_figures import (
    Read,
    by_claim,
    chances_of,
    figures_of,
    odds_of,
    pair_consistency,
    sample_of,
)
from eval.types import Claim
from rag.premises import encode_premises
from rag.support import PAGE, PASSAGE, WEIGHTS_FILE
from rag.support_signals import SupportSignals, examine

MOST_ACCEPTED = {PASSAGE: 0.20, PAGE: 0.10}
"""Share of the unsound claims that the threshold may accept: of the planted errors, of which half
are made to be overlooked, and of WiCE's unsupported claims."""

SHIFTS = np.linspace(-3, 3, 301)
"""Of log odds; those that are tried."""

NAMES = [field.name for field in fields(SupportSignals)]

LEARNT = ("learnt", "learnt, narrow")
REPORTED = ("own", "held out", "held out, narrow")
"""Our own sets. A narrow one stands beside what it rests on alone, as a footnote does."""


def main() -> int:
    """Read, fit, set, report; return the exit code."""
    return run_fitting(
        "python -m eval.calibrate_support",
        __doc__,
        "wice/ and bump/",
        WEIGHTS_FILE,
        lambda data: make_weights(read_all(data)),
    )


def read_all(data: Path) -> list[Read]:
    """Read the claims of both public sets, and our own."""
    claims = {
        "wice": load_claims("wice", data / "wice").claims,
        "bump": load_claims("bump", data / "bump").claims,
        "learnt": load_own(LEARNT_FILE).claims,
        "learnt, narrow": load_own(LEARNT_FILE, narrow=True).claims,
        "own": load_own().claims,
        "held out": load_own(HELD_OUT_FILE).claims,
        "held out, narrow": load_own(HELD_OUT_FILE, narrow=True).claims,
    }
    total = sum(map(len, claims.values()))
    read = (each for name, listed in claims.items() for each in read_claims(name, listed))
    return list(track(read, "Reading claims", total=total))


def read_claims(name: str, claims: Iterable[Claim]) -> Iterator[Read]:
    """Yield claims as the check sees them; evidence is encoded once for claims that share it."""
    for evidence, sharing in groupby(claims, key=lambda claim: claim.evidence):
        premises = encode_premises(evidence)
        for claim in sharing:
            examined = examine(claim.text, premises)
            yield Read(name, claim, examined.signals, examined.is_contradicted)


def make_weights(read: Sequence[Read]) -> dict[str, Any]:
    """Return the weights of both models, the threshold, and what they reach on unseen claims."""
    seen, rest = (
        {
            name: [
                each
                for each in read
                if each.set == name and (claim_part(name, each.claim) == "report") == last
            ]
            for name in ("wice", "bump")
        }
        for last in (False, True)
    )
    own = {name: [each for each in read if each.set == name] for name in REPORTED}
    learnt = [each for each in read if each.set in LEARNT]
    passage, odds_learnt = _fit([sample_of(learnt)], [_folds(learnt)], learnt)
    page, odds_wice = _fit(
        [sample_of(seen["wice"]), _by_difference(seen["bump"], seen["wice"])],
        [_folds(seen["wice"]), _folds(seen["bump"])],
        [*seen["wice"], *seen["bump"]],
    )
    unseen = chances_of(odds_learnt, learnt)
    threshold = _threshold(unseen, learnt, MOST_ACCEPTED[PASSAGE])
    # One threshold serves both: a page's odds are moved so that its own falls on the other.
    moved = _shift(odds_wice, threshold, seen["wice"], MOST_ACCEPTED[PAGE])
    fitted = {PASSAGE: passage, PAGE: replace(page, bias=page.bias + moved)}
    figures = {
        "learnt, cross-fitted": figures_of(unseen, threshold, learnt),
        "wice, cross-fitted": figures_of(
            chances_of(odds_wice + moved, seen["wice"]), threshold, seen["wice"]
        ),
    } | {
        name: figures_of(chances_of(odds_of(fitted, claims), claims), threshold, claims)
        for name, claims in {**rest, **own}.items()
    }
    edited = rest["bump"]
    figures["bump"]["pair consistency"] = pair_consistency(odds_of(fitted, edited), edited)
    figures["bump, by folds"] = figures_by_folds([r for r in read if r.set == "bump"], seen["wice"])
    return {
        **{name: model.to_dict(threshold) for name, model in fitted.items()},
        "date": today(),
        "data": {name: {"fit": len(seen[name]), "report": len(rest[name])} for name in seen}
        | {"learnt": {"fit": len(learnt), "report": 0}},
        "figures": figures,
    }


def _fit(
    samples: Sequence[Sample], folds: Sequence[Folds], read: Sequence[Read]
) -> tuple[Fitted, Numbers]:
    """Fit a model whose chances are true on the first sample.

    Args:
        samples: What it is fitted on.
        folds: Of each sample.
        read: All that it is fitted on, as it stands: signals are held within their range. As
            differences, pairs do not show how high signals go; held lower, near copies would tie.

    Returns:
        The model, and the log odds of each claim of the first sample without its fold.
    """
    return fit_calibrated(NAMES, samples, folds, _bounds(sample_of(read)))


def _bounds(sample: Sample) -> Bounds:
    return sample.signals.min(axis=0), sample.signals.max(axis=0)


def figures_by_folds(pairs: Sequence[Read], others: Sequence[Read]) -> dict[str, Any]:
    """Return what the signals tell of pairs, each by weights fitted on pairs of other articles.

    The model for pages serves long claims too, and pays for it with pairs. The range of signals,
    and the mean about which pairs are centred, are of all.
    """
    sample, folds = sample_of(pairs), _folds(pairs)
    odds = np.zeros(len(pairs))
    for fold in np.unique(folds):
        rest = [pair for pair, own in zip(pairs, folds, strict=True) if own != fold]
        fitted = fit(NAMES, [_by_difference(rest, others)], _bounds(sample))
        odds[folds == fold] = fitted.odds(sample)[folds == fold]
    return {
        "AUROC": auroc(odds, sample.positive),
        "AUROC of missing words alone": auroc(
            -sample.signals[:, NAMES.index("missing_words")], sample.positive
        ),
        "pair consistency": pair_consistency(odds, pairs),
    }


def _threshold(chances: Numbers, read: Sequence[Read], most: float) -> float:
    """Return the chance with the best balanced accuracy by claim, within the promised cost."""
    scored = by_claim(chances, read)
    unsound = scored.chances[~scored.supported]
    lowest = float(np.nextafter(np.quantile(unsound, 1 - most, method="higher"), 1))
    allowed = [lowest, *(float(each) for each in scored.chances if each >= lowest)]
    return max(
        allowed,
        key=lambda least: balanced_accuracy(scored.chances >= least, scored.supported) or 0.0,
    )


def _shift(odds: Numbers, threshold: float, read: Sequence[Read], most: float) -> float:
    """Return what to add to log odds so that a threshold is the best within the promised cost."""

    def reached(shift: float) -> float:
        scored = by_claim(chances_of(odds + shift, read), read)
        accepted = scored.chances >= threshold
        within = accepted[~scored.supported].mean() <= most
        return (within and balanced_accuracy(accepted, scored.supported)) or 0.0

    return max((float(shift) for shift in SHIFTS), key=reached)


def _folds(read: Sequence[Read]) -> Folds:
    return np.array([fold_of(r.claim.group) for r in read])


def _by_difference(pairs: Sequence[Read], others: Sequence[Read]) -> Sample:
    """Return pairs with what both have in common taken out, about the mean of other claims.

    What one wrong fact changes is small beside what tells one summary from another: fitted as they
    are, pairs teach next to nothing.
    """
    sample, mean = sample_of(pairs), sample_of(others).signals.mean(axis=0)
    by_pair = sample.signals.reshape(-1, 2, sample.signals.shape[1])
    centred = by_pair - by_pair.mean(axis=1, keepdims=True) + mean
    return Sample(centred.reshape(sample.signals.shape), sample.positive)


if __name__ == "__main__":
    sys.exit(main())

"""`python -m eval.calibrate_support`: fit the check of whether evidence carries a claim.

Writes `rag/support.json`. WiCE's claims are split by claim (each stands several times with one
label), BUMP's pairs by article, each in three parts opened for one purpose: weights are fitted on
the first, the chance and the threshold are set on the second, the figures come from the third.

The threshold follows a stated cost: at most a tenth of the unsupported claims may be accepted. What
that costs in sound claims withheld stands among the figures.
"""

import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, fields, replace
from itertools import groupby
from pathlib import Path
from typing import Any

import numpy as np
from rich.progress import track

from eval.curves import auroc
from eval.errors import MissingData
from eval.fitting import Fitted, Sample, calibrate, fit, share
from eval.fitting_command import run_fitting, today
from eval.parts import Part, part_of
from index.sentences import sentence_spans
from rag.premises import encode_premises
from rag.support import WEIGHTS_FILE
from rag.support_signals import SupportSignals, examine

WICE_FILE = Path("wice") / "oracle_chunks_dev.jsonl"
BUMP_FILE = Path("bump") / "task2.jsonl"
SETS = ("wice", "bump")
PARTS: tuple[Part, ...] = ("fit", "calibrate", "report")

MOST_ACCEPTED = 0.10
"""Share of the second part's unsupported WiCE claims that the threshold may accept."""


@dataclass(frozen=True)
class Claim:
    """A claim that people labelled, with its evidence; claims of one group go into one part."""

    set: str
    group: str
    text: str
    evidence: tuple[str, ...]
    supported: bool

    @property
    def part(self) -> Part:
        """The part that the claim counts in."""
        return part_of(f"{self.set} {self.group}")


@dataclass(frozen=True)
class Read:
    """A claim, and what the check sees of it."""

    claim: Claim
    signals: SupportSignals
    contradicted: bool


def main() -> int:
    """Read, fit, set, report; return the exit code."""
    return run_fitting(
        "python -m eval.calibrate_support",
        str(__doc__),
        "wice/ and bump/",
        WEIGHTS_FILE,
        lambda data: make_weights(read_all(data)),
    )


def read_all(data: Path) -> list[Read]:
    """Read the claims of both sets."""
    claims = [*load_wice(data / WICE_FILE), *load_bump(data / BUMP_FILE)]
    return list(track(read_claims(claims), "Reading claims", total=len(claims)))


def load_wice(path: Path) -> Iterator[Claim]:
    """Yield WiCE's claims; what is supported in part counts as not supported."""
    for row in _json_lines(path):
        yield Claim(
            set="wice",
            group=row["claim"],
            text=row["claim"],
            evidence=tuple(row["evidence"]),
            supported=row["label"] == "supported",
        )


def load_bump(path: Path) -> Iterator[Claim]:
    """Yield what was edited in BUMP's summaries, before and after; the two follow each other.

    The check reads single sentences, so the others, which are the same in both, are left out.
    """
    for row in _json_lines(path):
        evidence = _sentences(row["article"])
        pair = edited_sentences(row["reference_summary"], row["edited_summary"])
        for text, supported in zip(pair, (True, False), strict=True):
            yield Claim(
                set="bump",
                group=str(row["article_id"]),
                text=text,
                evidence=evidence,
                supported=supported,
            )


def edited_sentences(before: str, after: str) -> tuple[str, str]:
    """Return the sentences in which two summaries differ; all, where their number does."""
    ours, theirs = _sentences(before), _sentences(after)
    if len(ours) != len(theirs):
        return before, after
    pairs = [(a, b) for a, b in zip(ours, theirs, strict=True) if a != b]
    return " ".join(a for a, _ in pairs), " ".join(b for _, b in pairs)


def read_claims(claims: Iterable[Claim]) -> Iterator[Read]:
    """Yield claims as the check sees them; evidence is encoded once for claims that share it."""
    for evidence, sharing in groupby(claims, key=lambda claim: claim.evidence):
        premises = encode_premises(evidence)
        for claim in sharing:
            examined = examine(claim.text, premises)
            yield Read(claim, examined.signals, examined.is_contradicted)


def make_weights(read: Sequence[Read]) -> dict[str, Any]:
    """Return the weights, the threshold, and what they reach on the third part."""
    names = [field.name for field in fields(SupportSignals)]
    parts = {
        part: {name: [r for r in read if r.claim.part == part and r.claim.set == name]
               for name in SETS}
        for part in PARTS
    }
    first, second, third = parts.values()
    fitted = fit(names, [_sample(first["wice"]), _by_difference(first["bump"], first["wice"])])
    # As differences, pairs do not show how high signals go; held lower, near copies would tie.
    seen = np.concatenate([_sample(first[name]).signals for name in SETS])
    fitted = replace(fitted, low=seen.min(axis=0), high=seen.max(axis=0))
    others = [_sample(second[name]) for name in SETS]
    odds = [fitted.odds(sample) for sample in others]
    fitted, _ = calibrate(fitted, odds, [sample.positive for sample in others])
    scores, supported = _by_claim(fitted, second["wice"])
    threshold = float(np.quantile(scores[~supported], 1 - MOST_ACCEPTED, method="higher"))
    threshold = float(np.nextafter(threshold, 1))
    return {
        **fitted.to_dict(threshold),
        "date": today(),
        "data": {
            name: {part: len(by_set[name]) for part, by_set in parts.items()} for name in SETS
        },
        "figures": {
            "wice, second part": _figures(fitted, threshold, second["wice"]),
            "wice": _figures(fitted, threshold, third["wice"]),
            "bump": _figures(fitted, threshold, third["bump"])
            | {"pair consistency": _consistency(fitted, third["bump"])},
        },
    }


def _by_difference(pairs: Sequence[Read], others: Sequence[Read]) -> Sample:
    """Return pairs with what both have in common taken out, about the mean of other claims.

    What one wrong fact changes is small beside what tells one summary from another: fitted as they
    are, pairs teach next to nothing.
    """
    sample, mean = _sample(pairs), _sample(others).signals.mean(axis=0)
    by_pair = sample.signals.reshape(-1, 2, sample.signals.shape[1])
    centred = by_pair - by_pair.mean(axis=1, keepdims=True) + mean
    return Sample(centred.reshape(sample.signals.shape), sample.positive)


def _figures(fitted: Fitted, threshold: float, read: Sequence[Read]) -> dict[str, Any]:
    """Return figures by claim."""
    scores, supported = _by_claim(fitted, read)
    accepted = scores >= threshold
    return {
        "AUROC": auroc(scores, supported),
        "sound claims accepted": share(accepted[supported]),
        "unsound claims accepted": share(accepted[~supported]),
        "balanced accuracy": float(
            (accepted[supported].mean() + (~accepted[~supported]).mean()) / 2
        ),
        "best balanced accuracy": max(
            float(((scores >= t)[supported].mean() + (scores < t)[~supported].mean()) / 2)
            for t in scores
        ),
    }


def _scores(fitted: Fitted, read: Sequence[Read]) -> Any:  # noqa: ANN401 - an array
    """Return the chance of each claim, 0 where it is contradicted."""
    contradicted = np.array([r.contradicted for r in read], dtype=bool)
    return np.where(contradicted, 0.0, fitted.chances(_sample(read)))


def _by_claim(fitted: Fitted, read: Sequence[Read]) -> tuple[Any, Any]:
    """Return the scores of claims, averaged over the evidence that each was read with."""
    scores: dict[tuple[str, bool], list[float]] = defaultdict(list)
    for each, score in zip(read, _scores(fitted, read), strict=True):
        scores[each.claim.text, each.claim.supported].append(float(score))
    return (
        np.array([np.mean(values) for values in scores.values()]),
        np.array([supported for _, supported in scores], dtype=bool),
    )


def _consistency(fitted: Fitted, pairs: Sequence[Read]) -> dict[str, Any]:
    """Return how often what was edited ranks below what it was made from.

    What is contradicted ranks last; where both are, or neither, the odds decide.
    """
    odds = fitted.odds(_sample(pairs))
    ranks = odds - np.where([r.contradicted for r in pairs], 2 * np.abs(odds).max() + 1, 0.0)
    return share(ranks[0::2] > ranks[1::2])


def _sample(read: Sequence[Read]) -> Sample:
    return Sample.of([(asdict(r.signals), r.claim.supported) for r in read])


def _sentences(text: str) -> tuple[str, ...]:
    return tuple(text[start:end] for start, end in sentence_spans(text))


def _json_lines(path: Path) -> Iterator[dict[str, Any]]:
    if not path.is_file():
        raise MissingData(f"{path} is not there. Name the folder of the public sets with --data.")
    with path.open(encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


if __name__ == "__main__":
    sys.exit(main())

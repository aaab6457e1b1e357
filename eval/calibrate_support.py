"""`python -m eval.calibrate_support`: fit the check of whether evidence carries a claim.

Writes `rag/support.json`. WiCE's claims are split by claim (each stands several times with one
label), BUMP's pairs by article, each in three parts opened for one purpose: weights are fitted on
the first, the chance and the threshold are set on the second, the figures come from the third.

The threshold follows a stated cost: at most a tenth of the unsupported claims may be accepted. What
that costs in sound claims withheld stands among the figures.
"""

import argparse
import datetime
import json
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np
from rich.console import Console
from rich.progress import track

from eval.curves import auroc
from eval.errors import MissingData
from eval.fitting import Fitted, Sample, calibrate, fit, share
from eval.parts import Part, part_of
from index import IndexFailure
from index.sentences import sentence_spans
from rag.premises import encode_premises
from rag.support import WEIGHTS_FILE
from rag.support_signals import SupportSignals, examine

WICE_FILE = Path("wice") / "oracle_chunks_dev.jsonl"
BUMP_FILE = Path("bump") / "task2.jsonl"
SETS = ("wice", "bump")

MOST_ACCEPTED = 0.10
"""Share of the second part's unsupported claims that the threshold may accept."""

out = Console(highlight=False, soft_wrap=True)


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


def main() -> int:
    """Read, fit, set, report; return the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m eval.calibrate_support", description=__doc__.split("\n\n")[0]
    )
    parser.add_argument("--data", type=Path, required=True, help="holds wice/ and bump/")
    parser.add_argument("--output", type=Path, default=WEIGHTS_FILE)
    arguments = parser.parse_args()
    try:
        claims = [*load_wice(arguments.data / WICE_FILE), *load_bump(arguments.data / BUMP_FILE)]
        read = [
            Read(claim, examine(claim.text, encode_premises(claim.evidence)).signals)
            for claim in track(claims, description="Reading claims")
        ]
    except (MissingData, IndexFailure) as error:
        Console(stderr=True, soft_wrap=True).print(error, style="red", markup=False)
        return 2
    written = make_weights(read)
    arguments.output.write_text(json.dumps(written, indent=2) + "\n", encoding="utf-8")
    out.print_json(json.dumps(written))
    return 0


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
    """Yield BUMP's summaries, each as written and with one fact edited."""
    for row in _json_lines(path):
        text = row["article"]
        evidence = tuple(text[start:end] for start, end in sentence_spans(text))
        for name, supported in (("reference_summary", True), ("edited_summary", False)):
            yield Claim(
                set="bump",
                group=str(row["article_id"]),
                text=row[name],
                evidence=evidence,
                supported=supported,
            )


def make_weights(read: Sequence[Read]) -> dict[str, Any]:
    """Return the weights, the threshold, and what they reach on the third part."""
    names = [field.name for field in fields(SupportSignals)]
    fitted = calibrate(fit(names, _samples(read, "fit")), _samples(read, "calibrate"))
    chosen = [r for r in read if r.claim.part == "calibrate" and r.claim.set == "wice"]
    unsound = [r for r in chosen if not r.claim.supported]
    threshold = float(np.quantile(fitted.chances(_sample(unsound)), 1 - MOST_ACCEPTED))
    report = [r for r in read if r.claim.part == "report"]
    return {
        **fitted.to_dict(threshold),
        "date": datetime.datetime.now(tz=datetime.UTC).date().isoformat(),
        "data": {
            name: {
                part: sum(r.claim.part == part for r in read if r.claim.set == name)
                for part in ("fit", "calibrate", "report")
            }
            for name in SETS
        },
        "figures": {
            "wice": _figures(fitted, threshold, [r for r in report if r.claim.set == "wice"]),
            "bump": _figures(fitted, threshold, [r for r in report if r.claim.set == "bump"])
            | {"pair consistency": _consistency(fitted, report)},
        },
    }


def _figures(fitted: Fitted, threshold: float, read: Sequence[Read]) -> dict[str, Any]:
    """Return figures by claim: the chances of one claim's chunks are averaged."""
    chances, supported = _by_claim(fitted, read)
    accepted = chances >= threshold
    return {
        "AUROC": auroc(chances, supported),
        "sound claims accepted": share(accepted[supported]),
        "unsound claims accepted": share(accepted[~supported]),
        "balanced accuracy": float(
            (accepted[supported].mean() + (~accepted[~supported]).mean()) / 2
        ),
        "best balanced accuracy": max(
            float(((chances >= t)[supported].mean() + (chances < t)[~supported].mean()) / 2)
            for t in chances
        ),
    }


def _by_claim(fitted: Fitted, read: Sequence[Read]) -> tuple[Any, Any]:
    chances: dict[tuple[str, bool], list[float]] = defaultdict(list)
    for each, chance in zip(read, fitted.chances(_sample(read)), strict=True):
        chances[each.claim.text, each.claim.supported].append(float(chance))
    return (
        np.array([np.mean(values) for values in chances.values()]),
        np.array([supported for _, supported in chances], dtype=bool),
    )


def _consistency(fitted: Fitted, report: Sequence[Read]) -> dict[str, Any]:
    """Return how often the edited summary scores below the one that it was made from."""
    chances = fitted.odds(_sample([r for r in report if r.claim.set == "bump"]))
    return share(chances[0::2] > chances[1::2])


def _samples(read: Sequence[Read], part: Part) -> list[Sample]:
    return [
        _sample([r for r in read if r.claim.part == part and r.claim.set == name]) for name in SETS
    ]


def _sample(read: Sequence[Read]) -> Sample:
    return Sample.of([(asdict(r.signals), r.claim.supported) for r in read])


def _json_lines(path: Path) -> Iterator[dict[str, Any]]:
    if not path.is_file():
        raise MissingData(f"{path} is not there. Name the folder of the public sets with --data.")
    with path.open(encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


if __name__ == "__main__":
    sys.exit(main())

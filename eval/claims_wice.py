"""WiCE (Kamoi and others 2023): claims of Wikipedia, and sentences of the pages cited for them.

The authors' `oracle_chunks/claim/dev.jsonl`, also as `oracle_chunks_dev.jsonl`: {"label", "claim",
"evidence": [sentence]}. A claim stands about three times with one label, beside other sentences
each time, so claims are grouped by their words. The test split is not read.
"""

from pathlib import Path

from eval.bench_files import ClaimBench, first_file, rows_of, text_of, texts_of
from eval.types import Claim

WICE_FILES = ("oracle_chunks_dev.jsonl", "oracle_chunks/claim/dev.jsonl")

SUPPORTED = "supported"
LABELS = (SUPPORTED, "partially_supported", "not_supported")

NOTES = (
    "WiCE: what is supported in part (partially_supported) counts as unsupported.",
    "WiCE: rows are claims beside sentences that annotators chose (oracle chunks); a claim stands "
    "about three times, and intervals are by claim.",
)


def load_wice(folder: Path) -> ClaimBench:
    """Return WiCE's claims; what is supported in part counts as not supported."""
    claims: list[Claim] = []
    for place, row in rows_of(first_file(folder, WICE_FILES)):
        with place:
            if row["label"] not in LABELS:
                raise ValueError(f"label {row['label']!r} is none of {', '.join(LABELS)}")
            claim = Claim(
                id=f"wice-{len(claims) + 1}",
                group=text_of(row, "claim"),
                text=text_of(row, "claim"),
                evidence=texts_of(row, "evidence"),
                supported=row["label"] == SUPPORTED,
                label=row["label"],
            )
            claims.append(claim)
    return ClaimBench(claims, notes=NOTES)

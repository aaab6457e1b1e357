"""RAGTruth (Niu and others 2024): what six language models made of sources, checked by people.

`source_info.jsonl`: {"source_id", "task_type", "source_info"}; the source is a text (Summary), a
dict with "passages" (QA) or a record of a business (Data2txt). `response.jsonl`: {"id",
"source_id", "labels": [{"label_type"}], "split", "quality", "response"}. A response is supported
if nobody marked a span in it; those of another quality than "good" are left out, as in the authors'
baseline. Only the train split is read: the test split is for whoever reports at the end.
"""

from collections.abc import Iterator
from pathlib import Path

from eval.bench_files import ClaimBench, Row, rows_of, sentences_of, text_of, whole_text
from eval.types import Claim

SOURCES_FILE, RESPONSES_FILE = "source_info.jsonl", "response.jsonl"

TASKS = ("Summary", "QA", "Data2txt")
SPLITS = ("train", "test")
SPLIT_READ = "train"
QUALITY_READ = "good"

NOTES = (
    "RAGTruth: a response counts as supported as far as its least supported sentence is; it is "
    "unsupported if people marked any span of it.",
    "RAGTruth: the train split, responses of good quality; the test split is not opened. Nothing "
    "was fitted on either.",
)


def load_ragtruth(folder: Path) -> ClaimBench:
    """Return RAGTruth's responses, those about one source side by side."""
    sources: dict[str, Row] = {}
    evidence: dict[str, tuple[str, ...]] = {}
    for place, row in rows_of(folder / SOURCES_FILE):
        with place:
            if row["task_type"] not in TASKS:
                raise ValueError(f"task_type {row['task_type']!r} is none of {', '.join(TASKS)}")
            sources[str(row["source_id"])] = row
            evidence[str(row["source_id"])] = _evidence(row)
    claims: list[Claim] = []
    for place, row in rows_of(folder / RESPONSES_FILE):
        with place:
            if row["split"] not in SPLITS:
                raise ValueError(f"split {row['split']!r} is none of {', '.join(SPLITS)}")
            if row["split"] != SPLIT_READ or row["quality"] != QUALITY_READ:
                continue
            source = str(row["source_id"])
            if source not in sources:
                raise ValueError(f"{SOURCES_FILE} has no source {source!r}")
            claims.append(_claim(row, sources[source]["task_type"], evidence[source]))
    claims.sort(key=lambda claim: claim.group)
    return ClaimBench(claims, by_sentence=True, notes=NOTES)


def _claim(row: Row, task: str, evidence: tuple[str, ...]) -> Claim:
    if not isinstance(row["labels"], list):
        raise ValueError("'labels' is not a list")
    kinds = sorted({label["label_type"] for label in row["labels"]})
    return Claim(
        id=f"ragtruth-{row['id']}",
        group=str(row["source_id"]),
        text=text_of(row, "response"),
        evidence=evidence,
        supported=not kinds,
        label=f"{task}: {', '.join(kinds) or 'sound'}",
    )


def _evidence(row: Row) -> tuple[str, ...]:
    """Return a source as sentences; of a record, one line for each value."""
    source = row["source_info"]
    if row["task_type"] == "Summary":
        return sentences_of(text_of(row, "source_info"))
    if row["task_type"] == "QA":
        return sentences_of(text_of(source, "passages"))
    return tuple(line for name, value in source.items() for line in _lines(name, value))


def _lines(name: str, value: object) -> Iterator[str]:
    """Yield "attributes WiFi: no" for each value of a record, long texts sentence by sentence."""
    if isinstance(value, dict):
        for inner, each in value.items():
            yield from _lines(f"{name} {inner}", each)
    elif isinstance(value, list):
        for each in value:
            yield from _lines(name, each)
    else:
        text = "none" if value is None else str(value)
        first, *rest = sentences_of(text) or (text,)
        yield whole_text(f"{name}: {first}", name)
        yield from rest

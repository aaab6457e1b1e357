"""BUMP (Ma and others 2023): news articles, a summary, and the summary with one fact edited.

The authors' `task2_dataset.json`, also as JSON Lines in `task2.jsonl`: {"id", "article_id",
"article", "reference_summary", "edited_summary", "error_type"}. Pairs share articles, so claims are
grouped by article.
"""

from pathlib import Path

from eval.bench_files import ClaimBench, Row, first_file, rows_of, sentences_of, text_of
from eval.types import Claim

BUMP_FILES = ("task2.jsonl", "task2_dataset.json")

NOTES = (
    "BUMP: what is checked are the sentences in which a summary and its edited twin differ; others "
    "score whole summaries.",
)


def load_bump(folder: Path) -> ClaimBench:
    """Return what was edited in BUMP's summaries, before and after; the two follow each other.

    The check reads single sentences, so the others, which are the same in both, are left out.
    """
    claims: list[Claim] = []
    pairs: list[tuple[str, str]] = []
    for number, (place, row) in enumerate(rows_of(first_file(folder, BUMP_FILES)), start=1):
        with place:
            sound, edited = _pair(row, number)
            claims += [sound, edited]
            pairs.append((sound.id, edited.id))
    return ClaimBench(claims, pairs=tuple(pairs), notes=NOTES)


def edited_sentences(before: str, after: str) -> tuple[str, str]:
    """Return the sentences in which two summaries differ; all, where their number does."""
    ours, theirs = sentences_of(before), sentences_of(after)
    if len(ours) != len(theirs):
        return before, after
    pairs = [(a, b) for a, b in zip(ours, theirs, strict=True) if a != b]
    return " ".join(a for a, _ in pairs), " ".join(b for _, b in pairs)


def _pair(row: Row, number: int) -> tuple[Claim, Claim]:
    evidence = sentences_of(text_of(row, "article"))
    texts = edited_sentences(text_of(row, "reference_summary"), text_of(row, "edited_summary"))
    if not all(texts):
        raise ValueError("the edited summary does not differ from its reference")
    sound, edited = (
        Claim(
            id=f"bump-{number}-{kind}",
            group=str(row["article_id"]),
            text=text,
            evidence=evidence,
            supported=kind == "reference",
            label=label,
        )
        for kind, text, label in zip(
            ("reference", "edited"), texts, ("reference", row["error_type"]), strict=True
        )
    )
    return sound, edited

"""`python -m eval.pairs`: whether two reports that contradict each other are shown to differ.

Every line of the file holds a question and two short reports: in conflict, or apart by an update,
rounding or scope, or in agreement. All reports stand in one library, and each question is asked
of it. Beside the figures stands what a trivial method reaches, which calls any two numbers a
conflict that only one of the two sentences closest to the question has.
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import track
from rich.table import Table

from eval.errors import EvalFailure, MissingData
from eval.intervals import wilson
from index import Article, Index, IndexFailure
from index.sentences import sentence_spans
from rag import answer
from rag.mentions import forms_in

KINDS = ("conflict", "update", "rounding", "scope", "agreement")

out = Console(highlight=False, soft_wrap=True)


@dataclass(frozen=True)
class Pair:
    """A question and the two reports that it is about."""

    id: str
    kind: str
    question: str
    reports: tuple[Article, Article]


@dataclass(frozen=True)
class Verdict:
    """What the answer to one pair's question shows."""

    pair: Pair
    flagged: bool
    """The two reports stand on different sides, and not as a correction."""
    corrected: bool
    """They do, and one is named a correction of the other."""
    strayed: bool
    """A disagreement names a report of another pair."""
    refused: bool
    trivial: bool
    """What the trivial method says."""
    about: tuple[str, ...] = ()


def main(argv: Sequence[str] | None = None) -> int:
    """Ask every pair's question, and return the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m eval.pairs", description=__doc__.split("\n\n")[0]
    )
    parser.add_argument("--pairs", type=Path, required=True, help="JSON Lines; see tests/")
    parser.add_argument("--show", action="store_true", help="list every pair that is judged wrong")
    arguments = parser.parse_args(argv)
    try:
        verdicts = judge(load_pairs(arguments.pairs))
    except (EvalFailure, IndexFailure) as error:
        Console(stderr=True, soft_wrap=True).print(error, style="red", markup=False)
        return 2
    out.print(tabulate(verdicts))
    strayed = sum(verdict.strayed for verdict in verdicts)
    out.print(f"Disagreements that name a report of another pair: {strayed}")
    for verdict in verdicts if arguments.show else ():
        if verdict.flagged != (verdict.pair.kind == "conflict") or verdict.strayed:
            refused = "refused" if verdict.refused else ""
            pair = verdict.pair
            out.print(pair.kind, pair.id, pair.question, verdict.about, refused, markup=False)
    return 0


def load_pairs(path: Path) -> list[Pair]:
    """Read the pairs of a file.

    Raises:
        MissingData: there is no such file.
    """
    if not path.is_file():
        raise MissingData(f"{path} is not there. Name a file of pairs with --pairs.")
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]
    return [
        Pair(
            id=row["id"],
            kind=row["kind"],
            question=row["question"],
            reports=(_article(row, "a"), _article(row, "b")),
        )
        for row in rows
    ]


def judge(pairs: Sequence[Pair]) -> list[Verdict]:
    """Ask every pair's question of one library that holds the reports of all."""
    with tempfile.TemporaryDirectory() as scratch, Index.open(scratch) as index:
        index.add_articles(report for pair in pairs for report in pair.reports)
        return [_verdict(pair, index) for pair in track(pairs, "Asking", transient=True)]


def tabulate(verdicts: Sequence[Verdict]) -> Table:
    """Return the figures by kind."""
    table = Table("kind", "flagged", "95 % interval", "as correction", "refused", "floor", box=None)
    others = tuple(kind for kind in KINDS if kind != "conflict")
    for name, kinds in (*((kind, (kind,)) for kind in KINDS), ("all but conflict", others)):
        chosen = [verdict for verdict in verdicts if verdict.pair.kind in kinds]
        if not chosen:
            continue
        flagged = sum(verdict.flagged for verdict in chosen)
        low, high = wilson(flagged, len(chosen))
        table.add_row(
            name,
            f"{flagged} of {len(chosen)}",
            f"{low:.3f} to {high:.3f}",
            str(sum(verdict.corrected for verdict in chosen)),
            str(sum(verdict.refused for verdict in chosen)),
            str(sum(verdict.trivial for verdict in chosen)),
        )
    return table


def differs_trivially(pair: Pair) -> bool:
    """Say whether either report's sentence closest to the question has a number of its own."""
    asked = forms_in(pair.question)
    numbers = []
    for report in pair.reports:
        sentences = [report.text[start:end] for start, end in sentence_spans(report.text)]
        best = max(sentences, key=lambda sentence: len(forms_in(sentence) & asked))
        numbers.append({form for form in forms_in(best) if form[0].isdigit()})
    return bool(numbers[0] - numbers[1]) and bool(numbers[1] - numbers[0])


def _verdict(pair: Pair, index: Index) -> Verdict:
    given = answer(pair.question, index=index)
    own = {report.id for report in pair.reports}
    kinds, strayed = set(), False
    for disagreement in given.disagreements:
        sides = [{c.article_id for c in side.citations} for side in disagreement.sides]
        cited = set().union(*sides)
        strayed = strayed or not cited <= own
        if own <= cited:
            kinds.add(disagreement.kind)
    return Verdict(
        pair=pair,
        flagged=bool(kinds - {"correction"}),
        corrected="correction" in kinds,
        strayed=strayed,
        refused=given.refused,
        trivial=differs_trivially(pair),
        about=tuple(disagreement.about for disagreement in given.disagreements),
    )


def _article(row: dict[str, Any], side: str) -> Article:
    report = row[side]
    text = report["text"]
    key = f"{row['id']}/{side}"
    return Article(
        id=sha256(f"{key}\n{text}".encode()).hexdigest()[:16],
        key=key,
        title=report["title"],
        source=report["source"],
        published=report["published"],
        text=text,
        language="en",
    )


if __name__ == "__main__":
    sys.exit(main())

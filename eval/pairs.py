"""`python -m eval.pairs`: whether two reports that contradict each other are shown to differ.

Every line of the file holds a question and two short reports: in conflict, or apart by an update,
rounding or scope, or in agreement. All reports stand in one library, and each question is asked
of it. Beside the figures stands what a trivial method reaches, which calls any two numbers a
conflict that only one of the two sentences closest to the question has.
"""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Literal, get_args

from pydantic import BaseModel, ConfigDict
from rich.progress import track
from rich.table import Table

from eval.checked_lines import Filled, read_lines
from eval.console import about, err, fail, out
from eval.errors import EvalFailure
from eval.intervals import wilson
from index import Article, Index, IndexFailure
from index.scratch import scratch_folder
from index.sentences import sentence_spans
from rag import answer
from rag.mentions import forms_in

Kind = Literal["conflict", "update", "rounding", "scope", "agreement"]
KINDS: tuple[Kind, ...] = get_args(Kind)

REMEDY = (
    'Each line must be an object such as {"id": "1", "kind": "conflict", "question": "What did it '
    'cost?", "a": {"title": "Bridge", "source": "Herald", "published": "2025-02-11", "text": "It '
    'cost 3 crowns."}, "b": {...}}.'
)


CONFIG = ConfigDict(extra="ignore", strict=True, frozen=True)
"""A line may say more of itself for readers, such as what differs."""


class _Report(BaseModel):
    """One of two reports, as a line of the file holds it."""

    model_config = CONFIG

    title: str | None = None
    source: str | None = None
    published: str | None = None
    text: Filled


class _Row(BaseModel):
    """A line of the file."""

    model_config = CONFIG

    id: Filled
    kind: Kind
    question: Filled
    a: _Report
    b: _Report


@dataclass(frozen=True)
class Pair:
    """A question and the two reports that it is about."""

    id: str
    kind: Kind
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
    parser = argparse.ArgumentParser(prog="python -m eval.pairs", description=about(__doc__))
    parser.add_argument(
        "--pairs",
        type=Path,
        required=True,
        help="JSON Lines: id, kind, question, and the reports a and b",
    )
    parser.add_argument("--show", action="store_true", help="list every pair that is judged wrong")
    arguments = parser.parse_args(argv)
    try:
        verdicts = judge(load_pairs(arguments.pairs))
    except (EvalFailure, IndexFailure) as error:
        fail(str(error))
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
        MissingData: there is no such file, or it holds no pair.
        BadCases: lists every bad line with its number and cause.
    """
    return [
        Pair(
            id=row.id,
            kind=row.kind,
            question=row.question,
            reports=(_article(f"{row.id}/a", row.a), _article(f"{row.id}/b", row.b)),
        )
        for row in read_lines(path, _Row, REMEDY)
    ]


def judge(pairs: Sequence[Pair]) -> list[Verdict]:
    """Ask every pair's question of one library that holds the reports of all."""
    with scratch_folder("pairs") as scratch, Index.open(scratch) as index:
        index.add_articles(report for pair in pairs for report in pair.reports)
        return [
            _verdict(pair, index) for pair in track(pairs, "Asking", transient=True, console=err)
        ]


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


def _article(key: str, report: _Report) -> Article:
    return Article(
        id=sha256(f"{key}\n{report.text}".encode()).hexdigest()[:16],
        key=key,
        title=report.title,
        source=report.source,
        published=report.published,
        text=report.text,
        language="en",
    )


if __name__ == "__main__":
    sys.exit(main())

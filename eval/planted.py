"""`python -m eval.planted`: how many errors that were planted in a model's sentences are caught.

For each case a scripted model says two sentences, one after the other: one that an article carries,
and the same with an error planted in it. It puts the footnotes to the passages that hold the
evidence, as a good model would, and insists: asked to write a sentence again, it says the same
once more. The error is caught if nothing in the model's words is shown; a sound sentence is touched
if it is not shown as it was written, though a quote may stand in its place.

A case whose question is refused, or whose evidence is not among the passages that retrieval
brings, is put to the writer with the evidence among its passages. A case whose evidence cannot be
shown at all is not asked, and counted apart.

The cases are written by hand, or made from a public set of questions: the sound sentence is its
answer as people gave it, the error a name, a day or a number from another article.
"""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.progress import track
from rich.table import Table

from eval.benches import BENCHES, load_bench
from eval.console import about, err, fail, out
from eval.errors import EvalFailure
from eval.intervals import share_in_words
from eval.planted_bench import planted_cases
from eval.planted_cases import Planted, load_planted
from eval.planted_trial import ask, is_shown, put, says_anything
from eval.scripted_model import ScriptedModel, answering_with
from eval.words import shared_words, words
from index import Index, IndexFailure
from index.scratch import scratch_folder
from index.types import Value

ALL = "all"


@dataclass(frozen=True, kw_only=True)
class Outcome(Value):
    """What became of a case's two sentences."""

    kind: str
    caught: bool
    touched: bool
    retrieved: bool
    """Whether the whole way was gone; else the evidence was put before the writer."""
    sound_overlap: float
    """Share of the sound sentence's words that its evidence has: what the floor goes by."""
    planted_overlap: float


def main(argv: Sequence[str] | None = None) -> int:
    """Measure, print a table by kind, and return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m eval.planted", description=about(__doc__))
    parser.add_argument("--cases", type=Path, help="JSON Lines; with --articles")
    parser.add_argument("--articles", type=Path, help="the folder they are about")
    parser.add_argument("--bench", choices=BENCHES, help="make the cases of a public set instead")
    parser.add_argument("--data", type=Path, help="the folder of the set's files")
    parser.add_argument("--limit", type=int, help="take so many cases, spread over the file")
    parser.add_argument("--no-check", action="store_true", help="leave the support check out")
    arguments = parser.parse_args(argv)
    by_hand, public = (arguments.cases, arguments.articles), (arguments.bench, arguments.data)
    if not ((all(by_hand) and not any(public)) or (all(public) and not any(by_hand))):
        parser.error("name --cases and --articles, or --bench and --data")
    try:
        with scratch_folder("planted") as scratch, Index.open(scratch) as index:
            cases = spread(_load(arguments, index), arguments.limit)
            outcomes = measure(cases, index, check=not arguments.no_check)
    except (EvalFailure, IndexFailure) as error:
        fail(str(error))
        return 2
    out.print(to_table(outcomes))
    retrieved = sum(outcome.retrieved for outcome in outcomes)
    out.print(
        f"Floor: word overlap, touching as many sound sentences. "
        f"{len(cases)} cases: {retrieved} the whole way, {len(outcomes) - retrieved} put to the "
        f"writer with their evidence, {len(cases) - len(outcomes)} not asked."
    )
    return 0


def _load(arguments: argparse.Namespace, index: Index) -> list[Planted]:
    """Return the cases, and put what they are about into the index."""
    if arguments.cases:
        cases = load_planted(arguments.cases)
        index.sync([arguments.articles])
        return cases
    bench = load_bench(arguments.bench, arguments.data)
    index.add_articles(bench.articles)
    return planted_cases(bench, bench.cases)


def measure(cases: Sequence[Planted], index: Index, *, check: bool = True) -> list[Outcome]:
    """Return what became of each case that could be asked; without the check if so wished."""
    with ScriptedModel() as server, answering_with(server):
        tried = [
            _try(case, index, server, check)
            for case in track(cases, description="Asking", transient=True, console=err)
        ]
    return [outcome for outcome in tried if outcome]


def spread(cases: Sequence[Planted], limit: int | None) -> list[Planted]:
    """Return at most so many cases, at even distances."""
    if limit is None or limit >= len(cases):
        return list(cases)
    return [cases[i * len(cases) // limit] for i in range(limit)]


def word_overlap(sentence: str, evidence: Sequence[str]) -> float:
    """Return the share of a sentence's words that the evidence has."""
    said = words(sentence)
    return shared_words(said, words(" ".join(evidence))) / max(1, len(said))


def caught_by_overlap(outcomes: Sequence[Outcome], kind: str, touched: int) -> float:
    """Return what share of a kind's planted errors a check of word overlap catches.

    Its threshold touches as many sound sentences, over all kinds, as is said; where several have
    the overlap at which it falls, those at it are caught by the same chance.
    """
    sound = sorted(outcome.sound_overlap for outcome in outcomes)
    planted = [each.planted_overlap for each in outcomes if kind in {each.kind, ALL}]
    if not touched or not planted:
        return 0.0
    threshold = sound[touched - 1]
    at = (touched - sum(each < threshold for each in sound)) / sound.count(threshold)
    below = sum(each < threshold for each in planted)
    return (below + at * planted.count(threshold)) / len(planted)


def to_table(outcomes: Sequence[Outcome]) -> Table:
    """Return the figures by kind, each with its 95 % interval, beside the floor of word overlap."""
    table = Table("kind", "n", "error caught", "floor", "sound touched", box=None)
    touched = sum(outcome.touched for outcome in outcomes)
    for kind in (*sorted({outcome.kind for outcome in outcomes}), ALL):
        chosen = [outcome for outcome in outcomes if kind in {outcome.kind, ALL}]
        table.add_row(
            kind,
            str(len(chosen)),
            share_in_words([outcome.caught for outcome in chosen], digits=2),
            f"{caught_by_overlap(outcomes, kind, touched):.2f}",
            share_in_words([outcome.touched for outcome in chosen], digits=2),
        )
    return table


def _try(case: Planted, index: Index, server: ScriptedModel, check: bool) -> Outcome | None:
    """Return what became of a case; None where its evidence cannot be shown to the writer."""
    sound = ask(case, case.sound, index, server, check=check)
    retrieved = sound is not None
    way = ask if retrieved else put
    sound = sound or way(case, case.sound, index, server, check=check)
    planted = way(case, case.planted, index, server, check=check)
    if sound is None or planted is None:
        return None
    return Outcome(
        kind=case.kind,
        caught=not says_anything(planted),
        touched=not is_shown(case.sound, sound),
        retrieved=retrieved,
        sound_overlap=word_overlap(case.sound, case.evidence),
        planted_overlap=word_overlap(case.planted, case.evidence),
    )


if __name__ == "__main__":
    sys.exit(main())

"""`python -m eval.speed`: how fast this machine indexes and answers; needs no data.

Articles are made up from word lists, so that anyone can run it: their passages are as long as
those of news, and what they say matters to no figure here.
"""

import argparse
import os
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import numpy as np
from rich.progress import Progress
from rich.table import Table

from eval.console import about, err, out
from index import Article, Index
from index.models import load_embedder
from index.passages import cut_passages, headed
from index.scratch import scratch_folder
from rag import stream

WARM_PASSAGES = 300
"""Passages by which indexing is timed against the bare model; some ten seconds each."""

ROUNDS = 3
"""Each thing is timed this often, since other work on the machine comes and goes; the median."""

PLACES = "Aldport Brevick Corrin Dunmere Elsvik Farrow Gilden Hallin Istad Jarrow Kelby".split()
PEOPLE = "Anna Bo Clara Dag Edda Finn Greta Hugo Ida Jon Kaja Lars Mona Nils Olga Per".split()
FAMILIES = "Ahlgren Berg Castell Dorst Ekman Frey Grube Holm Iversen Jansen Kolbe".split()
THINGS = "bridge ferry school library clinic harbour tramway museum bakery mill stadium".split()
ACTS = "repaired closed reopened sold extended inspected painted flooded praised".split()
SENTENCES = (
    "{person} of {place} said that the {thing} would be {act} before {month} at a cost of {n} "
    "million crowns.",
    "The council voted by {n} to {m} for the plan, which the {thing} of {place} had asked for "
    "since {year}.",
    "In {month} {year} some {n} people signed a letter against it, among them {person}, who "
    "lives beside the {thing}.",
    "Nobody was hurt when the {thing} was {act}, although the road to {place} stayed closed for "
    "{m} days.",
)
MONTHS = "January March May July September November".split()
QUESTIONS = (
    "What did {person} of {place} say about the {thing}?",
    "How many people signed the letter about the {thing} in {place}?",
    "By how many votes did the council of {place} decide on the {thing}?",
    "When was the {thing} of {place} {act}?",
)
SENTENCES_AN_ARTICLE = 24


def main(argv: Sequence[str] | None = None) -> int:
    """Time what a user waits for, and return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m eval.speed", description=about(__doc__))
    parser.add_argument("--passages", type=int, default=5_000, help="in the library (default 5000)")
    parser.add_argument("--questions", type=int, default=100, help="asked of it (default 100)")
    parser.add_argument("--files", type=int, default=1_000, help="read twice (default 1000)")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help=f"of each (default {ROUNDS})")
    arguments = parser.parse_args(argv)
    table = Table("what", "figure", "n", box=None, header_style="bold")
    with scratch_folder("speed") as folder:
        rounds, warm = arguments.rounds, min(WARM_PASSAGES, arguments.passages)
        share, rate = time_indexing(folder / "timed", warm, rounds)
        table.add_row("indexing, share of the bare model's speed", f"{share:.2f}", f"{rounds}")
        table.add_row("passages indexed a second", f"{rate:.0f}", f"{warm}")
        with Index.open(folder / "library") as index:
            count = fill(index, arguments.passages)
            waits = time_questions(index, arguments.questions)
        for percent in (50, 95):
            wait = np.percentile(waits, percent)
            label = f"first sentence over {count:,} passages, p{percent}"
            table.add_row(label, f"{wait * 1000:.0f} ms", f"{len(waits)}")
        seconds = time_resync(folder / "again", folder / "files", arguments.files, rounds)
        table.add_row("unchanged folder read again", f"{seconds:.2f} s", f"{arguments.files} files")
        seconds = time_cold_start(folder / "library", rounds)
        table.add_row("cold `python -m rag`", f"{seconds:.1f} s", f"{rounds}")
    out.print(table)
    return 0


def made_up(number: int) -> Article:
    """Return an article of some four passages, always the same one for a number."""
    chance = random.Random(number)  # noqa: S311 - no secret hangs on it
    text = " ".join(_filled(chance, SENTENCES) for _ in range(SENTENCES_AN_ARTICLE))
    return Article(
        id=f"{number:016x}", key=f"made-up-{number}", title=_filled(chance, ("{place}: {thing}",)),
        source="The Speed Post", published="2025-10-28", language="en", text=text,
    )  # fmt: skip


def time_indexing(library: Path, count: int, rounds: int) -> tuple[float, float]:
    """Return indexing's speed as a share of the bare model's, and passages a second; medians."""
    load_embedder().encode(["warm"])
    shares, rates = [], []
    for turn in range(rounds):
        articles = _articles_of(count, first=turn * 10_000)
        passages = [(a, passage) for a in articles for passage in cut_passages(a)]
        texts = [headed(a, passage.text) for a, passage in passages]
        bare = _seconds(partial(load_embedder().encode, texts))
        with Index.open(library / str(turn)) as index:
            whole = _seconds(partial(index.add_articles, articles))
        shares.append(bare / whole)
        rates.append(len(texts) / whole)
    return statistics.median(shares), statistics.median(rates)


def fill(index: Index, passages: int) -> int:
    """Add articles of at least so many passages, and return how many there are."""
    articles = _articles_of(passages, first=1_000_000)
    with Progress(console=err, transient=True) as bar:
        task = bar.add_task("Filling a library", total=len(articles))
        index.add_articles(articles, progress=lambda done, _, __: bar.update(task, completed=done))
    return sum(len(index.passages(info.id)) for info in index.articles())


def time_questions(index: Index, count: int) -> list[float]:
    """Return the seconds to the first sentence, or to the refusal, models warm."""
    chance = random.Random(7)  # noqa: S311
    questions = [_filled(chance, QUESTIONS) for _ in range(count + 3)]
    waits = [_seconds(partial(next, stream(question, index=index))) for question in questions]
    return waits[3:]


def time_resync(library: Path, files: Path, count: int, rounds: int) -> float:
    """Return the seconds in which a folder is found to be unchanged."""
    files.mkdir()
    for number in range(count):
        text = made_up(number).text[:400]
        (files / f"{number}.txt").write_text(f"{text[: text.rfind(' ')]} …", encoding="utf-8")
    with Index.open(library) as index:
        index.sync([files])
        return statistics.median(_seconds(lambda: index.sync([files])) for _ in range(rounds))


def time_cold_start(library: Path, rounds: int) -> float:
    """Return the seconds of one question from a process of its own, start to end."""
    command = [sys.executable, "-m", "rag", "--library", str(library), "Who painted the ferry?"]
    root = Path(__file__).parent.parent
    return statistics.median(
        _seconds(
            lambda: subprocess.run(  # noqa: S603 - our own program
                command, cwd=root, check=True, stdout=subprocess.DEVNULL, env=os.environ
            )
        )
        for _ in range(rounds)
    )


def _articles_of(passages: int, first: int) -> list[Article]:
    articles: list[Article] = []
    count = 0
    while count < passages:
        articles.append(made_up(first + len(articles)))
        count += len(cut_passages(articles[-1]))
    return articles


def _filled(chance: random.Random, templates: Sequence[str]) -> str:
    return chance.choice(templates).format(
        person=f"{chance.choice(PEOPLE)} {chance.choice(FAMILIES)}",
        place=chance.choice(PLACES),
        thing=chance.choice(THINGS),
        act=chance.choice(ACTS),
        month=chance.choice(MONTHS),
        year=chance.randint(1990, 2025),
        n=chance.randint(2, 900),
        m=chance.randint(2, 40),
    )


def _seconds(run: Callable[[], object]) -> float:
    started = time.perf_counter()
    run()
    return time.perf_counter() - started


if __name__ == "__main__":
    sys.exit(main())

"""`python -m eval.pile`: whether the refusal holds when the pile grows.

The best score of a question rises with the number of articles, so a threshold that was set on a
small pile may let too much through on a large one. The same cases are asked again and again while
other articles are added: texts of the public sets, which are about other things.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from rich.progress import track
from rich.table import Table

from eval.bench_files import rows_of
from eval.benches import load_bench
from eval.cases import load_cases
from eval.console import about, err, fail, out
from eval.errors import EvalFailure
from eval.gold import locate_gold
from eval.intervals import share_in_words
from eval.types import Case
from index import Article, Index, IndexFailure
from index.scratch import scratch_folder
from rag import answer

SIZES = (1_000, 10_000)
"""Articles in all, after the articles that the cases are about alone."""


def main(argv: Sequence[str] | None = None) -> int:
    """Ask the same cases over growing piles, and return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m eval.pile", description=about(__doc__))
    parser.add_argument(
        "--cases",
        type=Path,
        default=Path("seeds/cases.jsonl"),
        help="JSON Lines (default: %(default)s)",
    )
    parser.add_argument(
        "--articles",
        type=Path,
        default=Path("seeds"),
        help="the folder they are about (default: %(default)s)",
    )
    parser.add_argument("--data", type=Path, required=True, help="the folder of the public sets")
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="articles, later on")
    arguments = parser.parse_args(argv)
    table = Table("articles", "answerable refused", "unanswerable refused", box=None)
    try:
        cases = load_cases(arguments.cases)
        others = iter([*other_articles(arguments.data)])  # so what is missing is told at once
        with scratch_folder("pile") as scratch, Index.open(scratch) as index:
            index.sync([arguments.articles])
            for size in (0, *sorted(arguments.sizes)):
                index.add_articles(islice(others, max(0, size - len(index.articles()))))
                table.add_row(f"{len(index.articles()):,}", *ask(cases, index))
    except (EvalFailure, IndexFailure) as error:
        fail(str(error))
        return 2
    out.print(table)
    return 0


def ask(cases: Sequence[Case], index: Index) -> tuple[str, str]:
    """Return the share of the answerable and of the unanswerable that are refused, in words.

    Raises:
        BadCases: a gold quote stands in no article.
    """
    refused: dict[bool, list[bool]] = {True: [], False: []}
    gold = locate_gold(cases, index)
    about_how_many = f"Asking over {len(index.articles()):,}"
    for case in track(cases, description=about_how_many, transient=True, console=err):
        given = answer(
            case.question,
            index=index,
            history=case.history,
            as_of=case.as_of,
            articles=gold[case.id].among or None,
        )
        refused[case.answerable].append(given.refused)
    answerable, unanswerable = (
        share_in_words(refused[kind], digits=3, n=True) for kind in (True, False)
    )
    return answerable, unanswerable


def other_articles(data: Path) -> Iterator[Article]:
    """Yield the news of BUMP, the passages of ClapNQ and SQuAD 2, then WiCE's sentences."""
    texts = _values(data / "bump" / "task2.jsonl", "article")
    for name in ("clapnq", "squad2"):
        texts += [article.text for article in load_bench(name, data / name).articles]
    texts += _values(data / "wice" / "oracle_chunks_dev.jsonl", "evidence")
    for number, text in enumerate(dict.fromkeys(texts)):
        key = f"other/{number}"
        yield Article(id=f"{number:016x}", key=key, text=text, language="en")


def _values(path: Path, field: str) -> list[str]:
    """Return the texts of a field; a list of sentences gives each of them.

    Raises:
        MissingData: there is no such file.
        BadData: names the line that has no such field.
    """
    found: list[str] = []
    for place, row in rows_of(path):
        with place:
            texts = row[field] if isinstance(row[field], list) else [row[field]]
            if not all(isinstance(text, str) for text in texts):
                raise TypeError(f"{field} must be text, or a list of texts")
        found += texts
    return found


if __name__ == "__main__":
    sys.exit(main())

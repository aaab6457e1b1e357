"""`python -m eval`: ask questions whose answers are known, and see how far to trust the rest."""

import argparse
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from eval.bench_command import labels_to_markdown, measure_claims, published_to_markdown
from eval.bench_files import Bench
from eval.benches import (
    CLAIM_BENCHES,
    NAMES,
    PARTS_ASKED,
    choose_part,
    fitting_note,
    load_bench,
    part_asked,
    sample_cases,
)
from eval.cases import load_cases
from eval.compare import changes_to_markdown, compare_reports
from eval.errors import BadOption, EvalFailure, MissingData
from eval.page import to_page
from eval.provenance import public_settings
from eval.report import read_json, tags_to_markdown, to_markdown, write_file, write_json
from eval.run import Progress as Show
from eval.run import make_report, run_cases
from eval.types import Case, Report
from index import Article, Index, IndexFailure, SyncReport
from index.settings import index_settings
from rag import stream

DEFAULT_CASES, DEFAULT_ARTICLES = Path("seeds/cases.jsonl"), Path("seeds")

LONGEST_LABEL = 60

EXAMPLES = """examples:
  python -m eval                                    the cases of seeds/ over the articles of seeds/
  python -m eval --cases mine.jsonl --articles news your own questions over your own articles
  python -m eval --cases mine.jsonl --library library    the same over a library that exists
  python -m eval --bench clapnq --data ../bench/clapnq --limit 100
  python -m eval --bench wice --data ../bench/wice      how far the support check can be trusted
  python -m eval --json before.json                 keep a run, change something, then:
  python -m eval --baseline before.json             what got better or worse beyond noise
  python -m eval --html report.html                 plots, and every case with its answer

A case is one line of JSON:
  {"id": "pact-1", "question": "Who leads the pact?", "reference": "Ana Ruiz",
   "spans": [{"path": "pact.md", "quote": "Ana Ruiz leads the pact."}],
   "paths": ["pact.md"], "answerable": true, "tags": ["people"]}

exit codes: 0 measured, 1 worse than the baseline beyond noise, 2 bad input"""

out = Console(highlight=False, soft_wrap=True, emoji=False)
err = Console(stderr=True, highlight=False, soft_wrap=True, emoji=False)


def main() -> int:
    """Measure, show and compare; return the exit code."""
    arguments = _parser().parse_args()
    try:
        _refuse_options(arguments)
        baseline = read_json(arguments.baseline) if arguments.baseline else None
        report = _measure(arguments)
        out.print(escape(to_markdown(report)))
        for below in (tags_to_markdown(report), labels_to_markdown(report)):
            if below:
                out.print(escape(below))
        if arguments.bench and (others := published_to_markdown(arguments.bench, report)):
            out.print(escape(others))
        if arguments.json:
            write_json(report, arguments.json)
        if arguments.html:
            write_file(arguments.html, to_page(report))
        return _compare(baseline, report) if baseline else 0
    except (EvalFailure, IndexFailure) as error:
        err.print(f"[red]{escape(str(error))}[/red]")
        return 2
    except KeyboardInterrupt:
        err.print("Stopped. Nothing was written; run the command again.")
        return 130


def _measure(arguments: argparse.Namespace) -> Report:
    if arguments.bench:
        arguments.part = part_asked(arguments.bench, arguments.part)
        note = fitting_note(arguments.bench, arguments.part)
        if note:
            err.print(f"[yellow]{escape(note)}[/yellow]")
    if arguments.bench in CLAIM_BENCHES:
        with _progress("Checking") as show:
            return measure_claims(
                arguments.bench,
                arguments.data,
                part=arguments.part,
                limit=arguments.limit,
                settings=_settings(arguments),
                progress=show,
            )
    articles, cases, notes = _load(arguments)
    with (
        tempfile.TemporaryDirectory(prefix="footnote-eval-") as scratch,
        Index.open(arguments.library or scratch, create=articles is not None) as index,
    ):
        with _progress("Reading") as show:
            if isinstance(articles, list):
                index.add_articles(articles, progress=show)
            elif articles is not None:
                _warn(index.sync([articles], progress=show))
        with _progress("Asking") as show:
            trials = run_cases(cases, index, stream=stream, progress=show)
        report = make_report(trials, index, _settings(arguments))
        return replace(report, notes=(*report.notes, *notes))


def _load(
    arguments: argparse.Namespace,
) -> tuple[list[Article] | Path | None, list[Case], tuple[str, ...]]:
    """Return the articles, or their folder, or None for those of the library; cases; and notes."""
    if arguments.bench:
        bench: Bench = load_bench(arguments.bench, arguments.data)
        cases = choose_part(bench, arguments.part)
        if not cases:
            raise MissingData(f"{arguments.data} holds no question of --part {arguments.part}.")
        note = fitting_note(arguments.bench, arguments.part)
        notes = (*bench.notes, note) if note else bench.notes
        return bench.articles, sample_cases(cases, arguments.limit), notes
    folder = arguments.articles or (None if arguments.cases else DEFAULT_ARTICLES)
    cases = load_cases(arguments.cases or DEFAULT_CASES)
    return folder, sample_cases(cases, arguments.limit), ()


def _compare(baseline: Report, report: Report) -> int:
    changes = compare_reports(baseline, report)
    out.print("Against the baseline:\n")
    out.print(escape(changes_to_markdown(changes)))
    worse = [change.name for change in changes if change.verdict == "worse"]
    if worse:
        err.print(f"[red]Worse beyond noise: {escape(', '.join(worse))}.[/red]")
    return 1 if worse else 0


def _refuse_options(arguments: argparse.Namespace) -> None:
    """Refuse options that say nothing together, before anything is read.

    Raises:
        BadOption: names the option and what to give instead.
    """
    if arguments.bench and not arguments.data:
        raise BadOption(f"--bench {arguments.bench} needs --data, the folder of the set's files.")
    if arguments.bench and (arguments.cases or arguments.articles):
        raise BadOption("--bench brings its own cases and articles: leave --cases and --articles.")
    if not arguments.bench and (arguments.data or arguments.part):
        raise BadOption("--data and --part belong to a public set: name it with --bench.")
    if arguments.cases and not (arguments.articles or arguments.library):
        raise BadOption("--cases needs --articles or --library, to be asked over.")
    if arguments.limit is not None and arguments.limit < 1:
        raise BadOption("--limit must be at least 1.")
    for name in (arguments.json, arguments.html):
        if name and not Path(name).absolute().parent.is_dir():
            raise MissingData(f"{name} cannot be written: its folder is not there. Make it first.")


def _settings(arguments: argparse.Namespace) -> dict[str, object]:
    """Return what the run was made with: the program's settings, and what was asked of what."""
    asked: dict[str, object] = {
        "eval_bench": arguments.bench,
        "eval_part": arguments.part,
        "eval_limit": arguments.limit,
        "eval_cases": arguments.cases or (None if arguments.bench else str(DEFAULT_CASES)),
    }
    return {**public_settings(index_settings()), **asked}


def _warn(report: SyncReport) -> None:
    for path, reason in report.rejected:
        err.print(f"[yellow]not read:[/yellow] {escape(path)}: {escape(reason)}")


@contextmanager
def _progress(verb: str) -> Iterator[Show]:
    """Show a bar while the block runs."""
    columns = (
        TextColumn(verb),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.description}"),
    )
    with Progress(*columns, console=err, transient=True) as bar:
        task = bar.add_task("", total=None)

        def show(done: int, total: int, label: str) -> None:
            text = escape(label[:LONGEST_LABEL])
            bar.update(task, completed=done, total=total, description=text)

        yield show


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m eval",
        description="Measure answers on questions whose answers are known. Every figure comes with "
        "n, a 95 % interval, and the floor that a method without understanding reaches.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add = parser.add_argument
    add("--cases", metavar="F", help=f"questions, JSON Lines (default: {DEFAULT_CASES})")
    add("--articles", type=Path, metavar="DIR", help="the articles they are about (default: seeds)")
    add("--bench", choices=NAMES, help="a public set instead of --cases and --articles")
    add("--data", metavar="DIR", help="the folder of the public set's files")
    add("--part", choices=PARTS_ASKED, help="one part of the set (default: what is unseen, or all)")
    add("--library", metavar="DIR", help="keep the index here (default: a folder thrown away)")
    add("--limit", type=int, metavar="N", help="ask N cases, always the same ones")
    add("--json", metavar="F", help="write settings, versions, commit and all scores")
    add("--html", metavar="F", help="write one page with plots and every case")
    add("--baseline", metavar="F", help="compare with an earlier --json; exit 1 if worse")
    return parser


if __name__ == "__main__":
    sys.exit(main())

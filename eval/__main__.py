"""`python -m eval`: ask questions whose answers are known, and see how far to trust the rest."""

import argparse
import hashlib
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from rich.markup import escape

from eval import draft_command, label_command
from eval.ablation import ablation_to_rows, describe_changes
from eval.bench_command import labels_to_markdown, measure_claims, published_to_markdown
from eval.bench_files import Bench
from eval.benches import (
    CLAIM_BENCHES,
    choose_part,
    fitting_note,
    load_bench,
    part_asked,
    sample_cases,
)
from eval.cases import load_cases
from eval.compare import Comparison, compare_reports
from eval.compare_tables import comparison_to_markdown
from eval.console import err, fail, out, show_progress, warn
from eval.errors import EvalFailure, MissingData
from eval.fallbacks import note_fallbacks
from eval.files import replace_file
from eval.groundedness import add_labels
from eval.journal import Journal
from eval.labels import read_labels
from eval.markdown import markdown_table, tags_to_markdown, to_markdown
from eval.options import DEFAULT_ARTICLES, DEFAULT_CASES, make_parser, refuse_options
from eval.page import to_page
from eval.provenance import code_digest, public_settings, versions
from eval.report import read_json, write_json
from eval.run import make_report, run_cases
from eval.settings import eval_settings, refuse_judge
from eval.terminal import print_report
from eval.thresholds import find_failures, load_thresholds
from eval.types import Case, Report
from eval.vary import Variant, read_grid
from index import Article, Index, IndexFailure, SyncReport
from index.program import run_program
from index.scratch import scratch_folder
from index.settings import index_settings
from rag import stream
from rag.pipeline import WHOLE
from rag.settings import rag_settings

COMMANDS: dict[str, Callable[[Sequence[str]], int]] = {
    "draft": draft_command.main,
    "label": label_command.main,
}

WHOLE_PIPELINE = Variant(name="", pipeline=WHOLE)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command that is asked for, and return its exit code."""
    given = sys.argv[1:] if arguments is None else [*arguments]
    if given and given[0] in COMMANDS:
        return COMMANDS[given[0]](given[1:])
    try:
        return _run(make_parser().parse_args(given))
    except (EvalFailure, IndexFailure) as error:
        fail(str(error))
        return 2
    except KeyboardInterrupt:
        err.print("Stopped. With --resume F each answer is kept, and the next run goes on there.")
        return 130


def _run(arguments: argparse.Namespace) -> int:
    """Measure, show and compare."""
    refuse_options(arguments)
    if arguments.judge:
        refuse_judge(eval_settings(), [rag_settings().writer])
    variants = read_grid(arguments.vary, model_writes=rag_settings().llm_model is not None)
    baseline = read_json(arguments.baseline) if arguments.baseline else None
    thresholds = load_thresholds(arguments.thresholds) if arguments.thresholds else []
    if arguments.bench:
        arguments.part = part_asked(arguments.bench, arguments.part)
        if note := fitting_note(arguments.bench, arguments.part):
            warn(note)
    if arguments.bench in CLAIM_BENCHES:
        reports = [_check_claims(arguments)]
    else:
        reports = _measure(arguments, variants if arguments.vary else [WHOLE_PIPELINE])
    if arguments.vary:
        _show_ablation(arguments, [variant.name for variant in variants], reports)
        return 0
    report = _judged(reports[0]) if arguments.judge else reports[0]
    comparison = compare_reports(baseline, report) if baseline else None
    _show(arguments, report, comparison)
    failures = find_failures(report, comparison, thresholds)
    for failure in failures:
        fail(f"Worse than it may be: {failure}.")
    return 1 if failures else 0


def _judged(report: Report) -> Report:
    """Return a report with what a language model says of its answers."""
    from eval.judge import judge_report

    with show_progress("Judging") as show:
        return judge_report(report, eval_settings(), show)


def _check_claims(arguments: argparse.Namespace) -> Report:
    """Put the claims of a public set to the support check."""
    with show_progress("Checking") as show:
        return measure_claims(
            arguments.bench,
            arguments.data,
            part=arguments.part,
            limit=arguments.limit,
            settings=_settings(arguments, WHOLE_PIPELINE),
            progress=show,
        )


def _measure(arguments: argparse.Namespace, variants: Sequence[Variant]) -> list[Report]:
    """Ask all cases of every variant, and return a report for each."""
    labels = read_labels(arguments.labels) if arguments.labels else []
    bench = _bench(arguments)
    cases = sample_cases(bench.cases, arguments.limit)
    with _opened(arguments, bench.articles) as index:
        reports = [_measure_variant(arguments, cases, index, variant) for variant in variants]
    return [
        add_labels(replace(report, notes=(*report.notes, *bench.notes)), labels)
        for report in reports
    ]


def _measure_variant(
    arguments: argparse.Namespace, cases: Sequence[Case], index: Index, variant: Variant
) -> Report:
    settings = _settings(arguments, variant)
    journal = None
    if arguments.resume:
        file = Path(arguments.resume)
        named = file.with_name(f"{file.stem} {variant.name}{file.suffix}") if variant.name else file
        journal = Journal(named, _identity(settings, index, variant))
    with show_progress(f"Asking {variant.name}".strip()) as show:
        trials = run_cases(
            cases,
            index,
            stream=partial(stream, pipeline=variant.pipeline),
            progress=show,
            journal=journal,
            at_once=arguments.at_once,
        )
    report = make_report(trials, index, settings, prices=arguments.prices)
    fallen = note_fallbacks(report.outcomes)
    if fallen is None:
        return report
    warn(fallen)
    return replace(report, notes=(*report.notes, fallen))


def _bench(arguments: argparse.Namespace) -> Bench:
    """Return what is asked: a part of a public set over all its articles, or cases of a file."""
    notes: list[str] = []
    if not arguments.bench:
        cases = load_cases(arguments.cases or DEFAULT_CASES, note=notes.append)
        for note in notes:
            warn(note)
        return Bench([], cases, tuple(notes))
    bench = load_bench(arguments.bench, arguments.data)
    cases = choose_part(bench, arguments.part)
    if not cases:
        raise MissingData(
            f"{arguments.data} holds no question of --part {arguments.part}. Ask for --part all."
        )
    fitted = fitting_note(arguments.bench, arguments.part)
    return bench._replace(cases=cases, notes=(*bench.notes, *filter(None, [fitted])))


@contextmanager
def _opened(arguments: argparse.Namespace, articles: Sequence[Article]) -> Iterator[Index]:
    """Open the library, with the articles read: a public set's, or those of a folder."""
    folder = arguments.articles or (None if arguments.cases else DEFAULT_ARTICLES)
    with (
        scratch_folder("eval") as scratch,
        Index.open(
            arguments.library or scratch, create=bool(arguments.bench) or folder is not None
        ) as index,
    ):
        with show_progress("Reading") as show:
            if arguments.bench:
                index.add_articles(articles, progress=show)
            elif folder is not None:
                _warn_of_rejected(index.sync([folder], progress=show))
        yield index


def _show(arguments: argparse.Namespace, report: Report, comparison: Comparison | None) -> None:
    """Show a report on the terminal, and write it wherever it is wanted."""
    print_report(report, out)
    below = [labels_to_markdown(report)]
    if arguments.bench:
        below.append(published_to_markdown(arguments.bench, report))
    if comparison:
        below.append(f"Against the baseline:\n\n{comparison_to_markdown(comparison)}")
    for table in filter(None, below):
        out.print(escape(table))
    if arguments.json:
        write_json(report, arguments.json)
    if arguments.html:
        replace_file(arguments.html, to_page(report, comparison))
    if arguments.markdown:
        tables = [to_markdown(report), tags_to_markdown(report), *below]
        replace_file(arguments.markdown, "\n".join(filter(None, tables)))


def _show_ablation(
    arguments: argparse.Namespace, names: Sequence[str], reports: Sequence[Report]
) -> None:
    cases = len(reports[0].outcomes)
    table = markdown_table(ablation_to_rows(names, reports))
    moved = describe_changes(names, reports) or ["Nothing moved beyond noise."]
    head = f"{cases} cases. ▲ ▼: better, worse than the first variant beyond noise."
    text = "\n".join([table, head, "", *moved]) + "\n"
    out.print(escape(text))
    if arguments.markdown:
        replace_file(arguments.markdown, text)


def _settings(arguments: argparse.Namespace, variant: Variant) -> dict[str, Any]:
    """Return what the run was made with: the program's settings, and what was asked of what."""
    return {
        **public_settings(index_settings(), rag_settings()),
        "eval_bench": arguments.bench,
        "eval_part": arguments.part,
        "eval_limit": arguments.limit,
        "eval_cases": arguments.cases or (None if arguments.bench else str(DEFAULT_CASES)),
        "eval_variant": variant.name or None,
        "eval_at_once": arguments.at_once,
    }


def _identity(settings: dict[str, Any], index: Index, variant: Variant) -> dict[str, Any]:
    """Return all that can change an answer: what was asked for is compared case by case."""
    answering = {name: value for name, value in settings.items() if not name.startswith("eval_")}
    facts = sorted(json.dumps(info.to_dict(), sort_keys=True) for info in index.articles())
    articles = hashlib.sha256("\n".join(facts).encode()).hexdigest()[:16]
    made_with = {"pipeline": variant.pipeline.to_dict(), "articles": articles}
    return {**answering, **versions(), "code": code_digest(), **made_with}


def _warn_of_rejected(report: SyncReport) -> None:
    for path, reason in report.rejected:
        warn(f"not read: {path}: {reason}")


if __name__ == "__main__":
    run_program(main)

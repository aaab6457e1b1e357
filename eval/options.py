"""The options of `python -m eval`, and which of them make no sense together."""

import argparse
from math import inf
from pathlib import Path

from eval.benches import CLAIM_BENCHES, NAMES, PARTS_ASKED
from eval.errors import BadOption
from eval.files import refuse_outputs
from eval.score_usage import Prices

DEFAULT_CASES, DEFAULT_ARTICLES = Path("seeds/cases.jsonl"), Path("seeds")

EXAMPLES = """examples:
  python -m eval                                    the cases of seeds/ over the articles of seeds/
  python -m eval --cases mine.jsonl --articles news your own questions over your own articles
  python -m eval --cases mine.jsonl --library library    the same over a library that exists
  python -m eval --bench clapnq --data ../bench/clapnq --limit 100
  python -m eval --bench wice --data ../bench/wice  how far the support check can be trusted
  python -m eval --html report.html                 plots, and every case with its answer
  python -m eval --resume answers.jsonl             keep each answer; go on there after a stop
  python -m eval --json before.json                 keep a run, change something, then:
  python -m eval --baseline before.json             what got better or worse beyond noise
  python -m eval --thresholds seeds/thresholds.toml exit 1 where a figure is worse than it may be
  python -m eval --vary rag.rerank=off,on           what a part of the pipeline earns

  python -m eval draft --help                       questions drafted from your articles
  python -m eval label --help                       collect people's judgements quickly

A case is one line of JSON:
  {"id": "pact-1", "question": "Who leads the pact?", "reference": "Ana Ruiz",
   "spans": [{"path": "pact.md", "quote": "Ana Ruiz leads the pact."}],
   "paths": ["pact.md"], "answerable": true, "tags": ["people"]}
and, where they apply: "history", "as_of", "disputed" and "nuggets". Thumbs in the chat make such
a file too: <library>/feedback.jsonl.

exit codes: 0 measured, 1 worse than the baseline or a threshold, 2 bad input,
or output that cannot be written, 130 stopped"""


def make_parser() -> argparse.ArgumentParser:
    """Return the parser of the options."""
    parser = argparse.ArgumentParser(
        prog="python -m eval",
        description="Measure answers on questions whose answers are known. Every figure comes with "
        "n, a 95 % interval and, where there is one, the floor that a method without "
        "understanding reaches.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add = parser.add_argument_group("what is asked").add_argument
    add("--cases", metavar="F", help=f"questions, JSON Lines (default: {DEFAULT_CASES})")
    add("--articles", type=Path, metavar="DIR", help="the articles they are about (default: seeds)")
    add("--library", metavar="DIR", help="keep the index here (default: a folder thrown away)")
    add("--bench", choices=NAMES, help="a public set instead of --cases and --articles")
    add("--data", metavar="DIR", help="the folder of the public set's files")
    add("--part", choices=PARTS_ASKED, help="one part of the set (default: what is unseen, or all)")
    add("--limit", type=int, metavar="N", help="ask N cases, always the same ones")
    add = parser.add_argument_group("how it is asked").add_argument
    add("--resume", metavar="F", help="keep each answer in F, and ask nothing that F holds")
    add("--at-once", type=int, default=1, metavar="N", help="N questions at the same time, which "
        "pays where a language model's server is what is waited for")  # fmt: skip
    add("--vary", action="append", default=[], metavar="PART=A,B", help="measure with a part of "
        "the pipeline left out or exchanged; several make a grid")  # fmt: skip
    add("--prices", type=_prices, metavar="R,W", help="what a million tokens read and written cost")
    add("--labels", metavar="F", help="people's judgements, made by python -m eval label")
    add("--judge", action="store_true", help="let the model of FOOTNOTE_JUDGE_MODEL judge, too")
    add = parser.add_argument_group("what is kept and compared").add_argument
    add("--json", metavar="F", help="write settings, versions, commit, answers and all scores")
    add("--html", metavar="F", help="write one page with plots and every case")
    add("--markdown", metavar="F", help="write the tables as Markdown")
    add("--baseline", metavar="F", help="compare with an earlier --json; exit 1 if worse")
    add("--thresholds", metavar="F", help="what must be reached, TOML; exit 1 if it is not")
    return parser


def refuse_options(arguments: argparse.Namespace) -> None:
    """Refuse options that say nothing together, before anything is read.

    Raises:
        BadOption: names the option and what to give instead.
        MissingData: a file cannot be written, since its folder is not there.
    """
    for is_wrong, message in _rules(arguments):
        if is_wrong:
            raise BadOption(message)
    if arguments.vary:
        _refuse_beside_vary(arguments)
    written = ("json", "html", "markdown", "resume")
    read = ("cases", "baseline", "thresholds", "labels")
    refuse_outputs(
        {f"--{name}": getattr(arguments, name) for name in written},
        {f"--{name}": getattr(arguments, name) for name in read},
        arguments.articles,
    )


def _rules(arguments: argparse.Namespace) -> list[tuple[bool, str]]:
    """Return each rule's breach, and what to say of it."""
    bench, own = arguments.bench, arguments.cases or arguments.articles
    asked_over = arguments.articles or arguments.library
    return [
        (
            bool(bench and not arguments.data),
            f"--bench {bench} needs --data, the folder of the set's files.",
        ),
        (
            bool(bench and own),
            "--bench brings its own cases and articles: leave --cases and --articles.",
        ),
        (
            bool(not bench and (arguments.data or arguments.part)),
            "--data and --part belong to a public set: name it with --bench.",
        ),
        (
            bool(arguments.cases and not asked_over),
            "--cases needs --articles or --library, to be asked over.",
        ),
        (
            bool(bench and arguments.library),
            "--bench would add its articles to --library for good: leave --library.",
        ),
        (
            bool(arguments.library and arguments.articles)
            and Path(arguments.library).resolve() == Path(arguments.articles).resolve(),
            "--library and --articles name one folder: the index would lie among the articles.",
        ),
        (
            bool(arguments.library and not bench and not arguments.cases),
            "--library needs --cases, the questions that are asked over it.",
        ),
        (
            bench in CLAIM_BENCHES
            and bool(arguments.vary or arguments.resume or arguments.labels or arguments.judge),
            f"--bench {bench} puts claims to the check and asks nothing: leave --vary, --resume, "
            "--labels and --judge.",
        ),
        (arguments.limit is not None and arguments.limit < 1, "--limit must be at least 1."),
        (arguments.at_once < 1, "--at-once must be at least 1."),
    ]


def _refuse_beside_vary(arguments: argparse.Namespace) -> None:
    for name in ("json", "html", "baseline", "thresholds", "judge"):
        if getattr(arguments, name):
            raise BadOption(
                f"--{name} is about one run, and --vary makes several: leave one of the two."
            )


def _prices(text: str) -> Prices:
    """Return the prices in "0.15,0.60"."""
    read, written = (float(price) for price in text.split(","))
    if not (0 <= read < inf and 0 <= written < inf):
        raise ValueError
    return Prices(read=read, written=written)


_prices.__name__ = "prices (such as 0.15,0.60)"  # argparse names it so in its error

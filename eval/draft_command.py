"""`python -m eval draft`: draft cases from articles into a file, and review them one by one."""

import argparse
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from rich.markup import escape

from eval.console import err, fail, out, show_progress, warn
from eval.draft_articles import Pile, library_pile, read_pile
from eval.draft_cases import Pair, draft_pairs
from eval.draft_file import pairs_to_text, refuse_to_overwrite
from eval.draft_review import review_cases
from eval.errors import BadOption, EvalFailure, MissingData
from eval.files import refuse_outputs, replace_file
from index import Index, IndexFailure
from index.progress import Progress

COUNT, PER_ARTICLE = 30, 4
"""With their twins an hour's review; thirty cases give an interval of some ± 16 points."""

DESCRIPTION = """Draft cases from articles: questions whose gold sentence is known, each followed by
an unanswerable twin in which one fact (a name, a day, a number) is exchanged for one of another
article. They are made by rule, without a language model, and some are wrong: so each line says
"reviewed": false, and no case is asked until somebody has looked at it."""

EXAMPLES = """three steps:
  python -m eval draft --articles news --out mine.jsonl     1. draft
  python -m eval draft --review mine.jsonl --articles news  2. review, one key a case
  python -m eval --cases mine.jsonl --articles news         3. measure

Review in a text editor if you like it better: each line is one case, its twin is the next line, and
a blank line stands between pairs. Put "reviewed": true on what is right (search and replace does
it for all), correct what is nearly right, delete the rest. A good question reads well, stands
alone, and is answered by the sentence in "spans"; a good twin reads as well, and no article
answers it. The same articles give the same file, byte for byte.

Drafted questions use the words of the sentence that answers, so they are easier than what readers
ask. Compare versions by them, look at the twins, and add questions of your own, and thumbs.

exit codes: 0 done, 2 bad input (nothing was written), 130 stopped (what was decided is kept)"""

NOTHING_DRAFTED = (
    "No question could be drafted from the {count} articles of {place}. Questions are made from "
    "plain English sentences that name somebody or something, and give a day, an amount, a "
    "reason, a place or a speaker. Add longer reports, or write cases by hand: see "
    "`python -m eval --help`."
)


def main(arguments: Sequence[str]) -> int:
    """Draft or review; return the exit code."""
    options = _parser().parse_args(arguments)
    try:
        _refuse_options(options)
        return _review(options) if options.review else _draft(options)
    except (EvalFailure, IndexFailure) as error:
        fail(str(error))
        return 2
    except KeyboardInterrupt:
        kept = "Every decision so far is in the file" if options.review else "Nothing was written"
        err.print(f"\nStopped. {kept}; run the command again to go on.")
        return 130


def _draft(options: argparse.Namespace) -> int:
    refuse_to_overwrite(options.out, overwrite=options.overwrite)
    with show_progress("Reading") as show:
        pile = _read(options, show)
    for path, reason in pile.rejected:
        warn(f"not read: {path}: {reason}")
    with show_progress("Drafting") as show:
        pairs = draft_pairs(pile.articles, options.count, options.per_article, show)
    if not pairs:
        place = options.articles or options.library
        raise MissingData(NOTHING_DRAFTED.format(count=len(pile.articles), place=place))
    replace_file(options.out, pairs_to_text(pairs))
    out.print(escape(_told(pairs, options)))
    return 0


def _told(pairs: Sequence[Pair], options: argparse.Namespace) -> str:
    """Return what was drafted, and what comes next."""
    twins = sum(pair.twin is not None for pair in pairs)
    kinds = Counter(pair.case.tags[1] for pair in pairs).most_common()
    articles = len({pair.case.group for pair in pairs})
    source = (
        f"--articles {options.articles}" if options.articles else f"--library {options.library}"
    )
    lines = [
        f"{len(pairs)} questions ({', '.join(f'{n} {kind}' for kind, n in kinds)}) of {articles} "
        f"files, {twins} of them with an unanswerable twin, are in {options.out}.",
        'None is asked until it is reviewed: put "reviewed": true on what is right, or run',
        f"  python -m eval draft --review {options.out} {source}",
    ]
    if len(pairs) < options.count:
        lines.insert(1, f"No more than that could be drafted ({options.count} were wanted).")
    return "\n".join(lines)


def _review(options: argparse.Namespace) -> int:
    pile = Pile(articles=())
    if options.articles or options.library:
        with show_progress("Reading") as show:
            pile = _read(options, show)
    decided = review_cases(options.review, pile.articles, out, out.input)
    out.print(
        f"{decided['k'] + decided['e']} kept, {decided['d']} dropped, {decided['left']} not "
        f"reviewed yet. {escape(str(options.review))} has it all."
    )
    return 0


def _read(options: argparse.Namespace, show: Progress) -> Pile:
    if options.articles:
        return read_pile(options.articles, show)
    with Index.open(options.library, create=False) as index:
        return library_pile(index, options.library, show)


def _refuse_options(options: argparse.Namespace) -> None:
    """Refuse options that say nothing together, before anything is read.

    Raises:
        BadOption: names the option and what to give instead.
    """
    if options.articles and options.library:
        raise BadOption("--articles and --library both say where the articles are: give one.")
    if options.review:
        if options.out or options.overwrite:
            raise BadOption("--review changes its own file: leave --out and --overwrite.")
        return
    if not (options.articles or options.library):
        raise BadOption("Name the articles: --articles FOLDER, or --library FOLDER.")
    if not options.out:
        raise BadOption("Name the file of cases to write: --out FILE.")
    refuse_outputs({"--out": options.out}, {}, options.articles)
    for name in ("count", "per_article"):
        if getattr(options, name) < 1:
            raise BadOption(f"--{name.replace('_', '-')} must be at least 1.")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m eval draft",
        description=DESCRIPTION,
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add = parser.add_argument
    add("--articles", type=Path, metavar="DIR", help="draft from the articles of a folder")
    add("--library", type=Path, metavar="DIR", help="draft from the articles of a library")
    add("--out", type=Path, metavar="FILE", help="where the cases go; never overwritten unasked")
    add("--overwrite", action="store_true", help="replace --out, and any review in it")
    add("--count", type=int, default=COUNT, metavar="N", help=f"questions (default: {COUNT})")
    add(
        "--per-article",
        type=int,
        default=PER_ARTICLE,
        metavar="N",
        help=f"questions of one article at most (default: {PER_ARTICLE})",
    )
    add(
        "--review",
        type=Path,
        metavar="FILE",
        help="go through the cases of a file; with --articles or --library, in context",
    )
    return parser

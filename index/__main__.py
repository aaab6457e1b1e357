"""`python -m index`: keep a library of articles."""

import argparse
import json
import re
from contextlib import AbstractContextManager
from itertools import groupby
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from index.errors import BadValue, FetchFailure, IndexFailure
from index.library import Index
from index.mentions import MOST_MENTIONS
from index.program import run_program
from index.progress import Progress, show_bar
from index.settings import index_settings
from index.uploads import Uploads
from index.walk import is_text

EXAMPLES = """examples:
  python -m index add articles          read a folder, and all that is beneath it
  python -m index add https://example.org/news
                                        fetch one public page, and keep it
  python -m index list                  what is in the library
  python -m index show 3f9c2a61d0b4e875 one article, with what cleaning cut from it
  python -m index mentions Jonas Wede   every place where the name stands, oldest first
  python -m index set 3f9c2a61d0b4e875 --published 2025-10-28
  python -m index verify                check every file of the library

exit codes: 0 done, 1 the library has a problem, 2 bad input (nothing is lost),
or output that cannot be written (all else is done)"""

ADDRESS = re.compile(r"https?://", re.IGNORECASE)
"""How what is to be fetched begins."""

PATIENCE = 1.0
"""Seconds for which a command waits for whoever else writes; then it says who that is."""

out = Console(highlight=False, soft_wrap=True, emoji=False)
err = Console(stderr=True, highlight=False, soft_wrap=True, emoji=False)


def main() -> int:
    """Run one command and return its exit code."""
    arguments = _parser().parse_args()
    try:
        index_settings()
        _refuse_odd_words(arguments)
        return int(arguments.run(arguments))
    except IndexFailure as error:
        err.print(f"[red]{_shown(str(error))}[/red]")
        return 2
    except KeyboardInterrupt:
        err.print("Stopped. What was committed is kept; run the command again to go on.")
        return 130


def _refuse_odd_words(arguments: argparse.Namespace) -> None:
    """Refuse words that are not in UTF-8, which no library holds; files are named if they are so.

    Raises:
        BadValue: one is not.
    """
    for name, value in vars(arguments).items():
        if isinstance(value, str) and not is_text(value):
            raise BadValue(f"The {name} {value!a} is not in UTF-8. Write it in UTF-8.")


def _add(arguments: argparse.Namespace) -> int:
    addresses = [path for path in arguments.paths if ADDRESS.match(path)]
    paths = [path for path in arguments.paths if path not in addresses]
    with Index.open(arguments.library) as index:
        with _progress("Reading") as progress:
            report = index.sync(paths, progress=progress)
        fetched = [_fetch(index, address) for address in addresses]
        count = len(index.articles())
    for path, reason in report.rejected:
        err.print(f"[yellow]not read:[/yellow] {_shown(path)}: {_shown(reason)}")
    out.print(
        f"{len(report.added)} added, {len(report.updated)} updated, {len(report.removed)} removed, "
        f"{len(report.unchanged)} unchanged, {len(report.rejected)} not read. "
        f"The library holds {count} articles."
    )
    if count == 0:
        err.print(
            "There is nothing to ask yet: put articles (.txt, .md, .html, .pdf, .docx, .jsonl) "
            "into the folder and run this again."
        )
    return 2 if report.rejected or count == 0 or not all(fetched) else 0


def _fetch(index: Index, address: str) -> bool:
    """Fetch a page into the library, and say what came of it; returns whether it is in."""
    try:
        kept = Uploads(index, patience=PATIENCE).fetch(address)
    except FetchFailure as error:
        err.print(f"[yellow]not fetched:[/yellow] {escape(str(error))}")
        return False
    if kept.reason:
        err.print(f"[yellow]not read:[/yellow] {escape(address)}: {escape(kept.reason)}")
    else:
        out.print(f"{kept.outcome}: {escape(address)}, kept as {escape(kept.name)}")
    return kept.reason is None


def _list(arguments: argparse.Namespace) -> int:
    with Index.open(arguments.library, create=False) as index:
        articles = index.articles()
    if arguments.json:
        out.print_json(json.dumps([article.to_dict() for article in articles]))
        return 0
    table = Table(box=None, header_style="bold")
    for name in ("id", "published", "words", "outlet", "title"):
        table.add_column(name, justify="right" if name == "words" else "left")
    for article in articles:
        date = (article.published or "no date")[:10]
        title = article.title or Path(article.path or article.key).name
        words = "–" if article.words is None else f"{article.words:,}"
        table.add_row(article.id, date, words, _shown(article.source or "–"), _shown(title))
    out.print(table)
    return 0


def _show(arguments: argparse.Namespace) -> int:
    with Index.open(arguments.library, create=False) as index:
        article = index.article(arguments.id)
        files = index.files(arguments.id)
        corrected = index.corrections(arguments.id)
    if arguments.json:
        out.print_json(json.dumps(article.to_dict()))
        return 0
    facts = article.info.to_dict()
    for name in (
        "title", "source", "author", "published", "updated", "url", "language", "words",
    ):  # fmt: skip
        mark = " (corrected by hand)" if name in corrected else ""
        out.print(f"[bold]{name}[/bold]: {escape(str(facts[name] or '–'))}{mark}")
    out.print(f"[bold]files[/bold]: {_shown(', '.join(files) or 'none any more')}")
    out.print(f"\n{escape(article.text)}")
    for cut in article.cut:
        out.print(f"\n[dim]cut ({cut.kind}): {escape(cut.text)}[/dim]")
    return 0


def _mentions(arguments: argparse.Namespace) -> int:
    with Index.open(arguments.library, create=False) as index:
        mentions = index.mentions(" ".join(arguments.phrase), limit=arguments.limit)
    if arguments.json:
        out.print_json(json.dumps([mention.to_dict() for mention in mentions]))
        return 0
    for article, places in groupby(mentions, key=lambda mention: mention.article):
        title = article.title or Path(article.path or article.key).name
        facts = (article.source, (article.published or "no date")[:10], article.id)
        out.print(
            f"[bold]{_shown(title)}[/bold]  [dim]{_shown(' · '.join(filter(None, facts)))}[/dim]"
        )
        for place in places:
            first, second = place.start - place.sentence_start, place.end - place.sentence_start
            line = Text(_flat(place.sentence))
            line.stylize("bold cyan", first, second)
            out.print(Text(f"  {place.start}–{place.end}: ", style="dim") + line)
    articles = len({mention.article.id for mention in mentions})
    out.print(f"Mentions: {len(mentions):,}, in {articles:,} of the library's articles.")
    return 0


def _set(arguments: argparse.Namespace) -> int:
    given = {name: getattr(arguments, name) for name in ("title", "source", "author", "published")}
    fields = {name: value or None for name, value in given.items() if value is not None}
    if not fields:
        raise BadValue("Name what to set: --title, --source, --author or --published.")
    with Index.open(arguments.library, create=False) as index:
        article = index.correct(arguments.id, **fields)
    out.print(f"Corrected {article.id}: {escape(', '.join(fields))}.")
    return 0


def _remove(arguments: argparse.Namespace) -> int:
    with Index.open(arguments.library, create=False) as index:
        paths = index.remove(arguments.paths)
    if not paths:
        raise BadValue("The library holds nothing from there. `python -m index list` shows it.")
    out.print(f"{len(paths)} files taken out of the library; the files stay where they are.")
    return 0


def _erase(arguments: argparse.Namespace) -> int:
    with Index.open(arguments.library, create=False) as index:
        erased = Uploads(index, patience=PATIENCE).erase(arguments.id)
    out.print(f"Erased {arguments.id}. No later `add` brings it back.")
    for path in erased.elsewhere:
        err.print(f"[yellow]still in:[/yellow] {_shown(path)}, which is not the library's own")
    return 0


def _verify(arguments: argparse.Namespace) -> int:
    with Index.open(arguments.library, create=False) as index:
        problems = index.verify()
        count = len(index.articles())
    for problem in problems:
        err.print(f"[red]{escape(problem)}[/red]")
    if problems:
        err.print("Run `python -m index rebuild` to make it sound again.")
        return 1
    out.print(f"All is well: {count} articles.")
    return 0


def _restore(arguments: argparse.Namespace) -> int:
    made = Index.restore(arguments.library)
    out.print(
        f"Put back the copy of {made}; what was there lies beside it, in a folder named damaged-…. "
        "Run `python -m index add` again for what came later."
    )
    return 0


def _rebuild(arguments: argparse.Namespace) -> int:
    with (
        Index.open(arguments.library, create=False) as index,
        _progress("Rebuilding") as progress,
    ):
        index.rebuild(progress=progress)
    out.print("Rebuilt.")
    return 0


def _shown(text: str) -> str:
    """Return what strangers named, such as a file, so that it can neither mark up nor steer."""
    return escape(_flat(text))


def _flat(text: str) -> str:
    return "".join(c if c.isprintable() else " " for c in text)


def _progress(verb: str) -> AbstractContextManager[Progress]:
    """Show a bar with the name of the file at hand while the block runs."""
    return show_bar(err, verb, lambda label: _flat(Path(label).name), transient=not err.is_terminal)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m index",
        description="Keep a library of articles: what Footnote answers from.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--library", metavar="DIR", help="FOOTNOTE_HOME, else ./library")
    commands = parser.add_subparsers(required=True, metavar="command")

    add = commands.add_parser("add", help="read files and folders; run again to follow changes")
    add.add_argument("paths", nargs="+", metavar="PATH", help="or the address of a public page")
    add.set_defaults(run=_add)

    listing = commands.add_parser("list", help="list the articles, newest first")
    listing.add_argument("--json", action="store_true", help="print JSON")
    listing.set_defaults(run=_list)

    show = commands.add_parser("show", help="show one article and what was cut from it")
    show.add_argument("id")
    show.add_argument("--json", action="store_true", help="print JSON")
    show.set_defaults(run=_show)

    mentions = commands.add_parser("mentions", help="every place where a phrase or a name stands")
    mentions.add_argument("phrase", nargs="+", help="a name or a few words; quotes are optional")
    mentions.add_argument("--limit", type=int, default=MOST_MENTIONS, help="%(default)s by default")
    mentions.add_argument("--json", action="store_true", help="print JSON")
    mentions.set_defaults(run=_mentions)

    correct = commands.add_parser("set", help="correct what is known about an article")
    correct.add_argument("id")
    for name in ("title", "source", "author", "published"):
        correct.add_argument(f"--{name}", help='a value, or "" for none')
    correct.set_defaults(run=_set)

    remove = commands.add_parser("remove", help="take files out of the library; they stay on disk")
    remove.add_argument("paths", nargs="+", metavar="PATH")
    remove.set_defaults(run=_remove)

    erase = commands.add_parser("erase", help="delete an article and its versions for good")
    erase.add_argument("id")
    erase.set_defaults(run=_erase)

    verify = commands.add_parser("verify", help="check the library from end to end")
    verify.set_defaults(run=_verify)

    restore = commands.add_parser("restore", help="put back the last good copy of the catalogue")
    restore.set_defaults(run=_restore)

    rebuild = commands.add_parser("rebuild", help="cut and embed everything again")
    rebuild.set_defaults(run=_rebuild)
    return parser


if __name__ == "__main__":
    run_program(main)

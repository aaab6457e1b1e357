"""`python -m rag "question"`: answer on a terminal, or check a draft, with coloured footnotes."""

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.text import Text

from index import Index, IndexFailure
from index.program import run_program
from index.settings import index_settings
from rag.answer import stream
from rag.draft import LONGEST_DRAFT, is_silent, stream_draft
from rag.draft_lines import read_lines
from rag.errors import AnswerFailure, BadDraft
from rag.loading import load_ahead
from rag.logs import set_up_logging
from rag.prompts import (
    DISAGREEMENTS,
    DRAFT_NOT_TEXT,
    DRAFT_TOO_LONG,
    NO_DRAFT_FILE,
    NOTHING_TO_SUGGEST,
    WITHHELD,
)
from rag.shown import shown
from rag.types import Answer, Sentence

EXAMPLES = """examples:
  python -m rag "Why was the ferry stopped?"
  python -m rag "How many members voted?" --since 2025-10-01 --source "The Herald"
  python -m rag "Who owns the mill?" --json | jq .citations
  python -m rag "Who owns the mill?" --article 3f9c2a61d0b4e875
  python -m rag --draft my-article.txt
  python -m rag --suggest
  pbpaste | python -m rag --draft - --source "The Herald" --until 2025-10-31

a draft comes back sentence by sentence:
  ✓  the articles support it; the footnotes say where
  ≠  the nearest article differs, or does not say all of it; why, and what it says, stand below
  ?  no article speaks of it
  ·  not checked: a heading, a byline, a question, a greeting
The check can err in both directions: read the quotes.

exit codes: 0 answered, or refused because the articles do not say, or draft checked; 2 bad input,
or output that cannot be written"""

SIGNS = {
    "supported": ("✓", "green"),
    "differs": ("≠", "red"),
    "silent": ("?", "yellow"),
    "unchecked": ("·", "dim"),
}
"""How each line of a draft is marked: a sign, and a colour that says the same."""

LONGEST_QUOTE = 400
"""Characters of the nearest quote that are shown below a sentence that differs from it."""

out = Console(highlight=False, soft_wrap=True, emoji=False)
err = Console(stderr=True, highlight=False, soft_wrap=True, emoji=False)


def main() -> int:
    """Answer one question, or check one draft, and return the exit code."""
    parser = _parser()
    arguments = parser.parse_args()
    if [bool(arguments.question), bool(arguments.draft), arguments.suggest].count(True) != 1:
        parser.error("ask one question, or name one draft with --draft FILE, or take --suggest")
    if arguments.draft and arguments.as_of:
        parser.error("--as-of goes with a question; with a draft, --until does the same")
    try:
        index_settings()
        set_up_logging("warning")
        run = _check_draft if arguments.draft else _suggest if arguments.suggest else _answer
        run(arguments)
    except (AnswerFailure, IndexFailure) as error:
        err.print(Text(str(error), style="red"))
        return 2
    except KeyboardInterrupt:
        return 130
    return 0


def _answer(arguments: argparse.Namespace) -> None:
    with Index.open(arguments.library, create=False) as index:
        load_ahead()
        partials = stream(
            " ".join(arguments.question),
            index=index,
            as_of=arguments.as_of,
            since=arguments.since,
            until=arguments.until,
            sources=arguments.source,
            articles=arguments.article,
        )
        if arguments.json:
            *_, answer = partials
            _print_json(answer)
            return
        printed = 0
        for answer in partials:
            for sentence in answer.sentences[printed:]:
                out.print(_sentence(sentence))
            printed = len(answer.sentences)
        _print_notes(answer)


def _suggest(arguments: argparse.Namespace) -> None:
    from rag.suggestions import first_questions

    with Index.open(arguments.library, create=False) as index:
        suggested = first_questions(index)
    if arguments.json:
        out.print_json(json.dumps([suggestion.to_dict() for suggestion in suggested]))
        return
    for suggestion in suggested:
        out.print(Text(suggestion.question))
    if not suggested:
        out.print(Text(NOTHING_TO_SUGGEST, style="yellow"))


def _check_draft(arguments: argparse.Namespace) -> None:
    text = _read_draft(arguments.draft)
    with Index.open(arguments.library, create=False) as index:
        partials = stream_draft(
            text,
            index=index,
            since=arguments.since,
            until=arguments.until,
            sources=arguments.source,
            articles=arguments.article,
        )
        printed = 0
        for answer in _with_progress(partials, text):
            if not arguments.json:
                for sentence in answer.sentences[printed:]:
                    _print_checked(sentence)
                printed = len(answer.sentences)
    if arguments.json:
        _print_json(answer)
    else:
        _print_notes(answer)


def _read_draft(name: str) -> str:
    """Read a draft from a file, or from standard input where the name is "-".

    Raises:
        BadDraft: it cannot be read, is too long, or is no text in UTF-8.
    """
    most = 4 * LONGEST_DRAFT  # bytes: no character takes more than four
    try:
        if name == "-":
            written = sys.stdin.buffer.read(most + 1)
        else:
            with Path(name).open("rb") as file:
                written = file.read(most + 1)
    except OSError as error:
        raise BadDraft(NO_DRAFT_FILE.format(path=name, reason=error.strerror)) from error
    if len(written) > most:
        given = f"more than {LONGEST_DRAFT:,}"
        raise BadDraft(DRAFT_TOO_LONG.format(given=given, most=f"{LONGEST_DRAFT:,}"))
    try:
        return written.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise BadDraft(DRAFT_NOT_TEXT) from error


def _with_progress(partials: Iterator[Answer], text: str) -> Iterator[Answer]:
    """Pass on a growing answer, with a bar on the terminal of how many lines were checked."""
    # Where both streams are one terminal, one console has to draw on it; else lines overlap.
    console = out if out.is_terminal else err
    columns = (TextColumn("Checking"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(
        *columns,
        console=console,
        transient=True,
        disable=not console.is_terminal,
        redirect_stdout=False,
        redirect_stderr=False,
    ) as bar:
        task = bar.add_task("", total=sum(1 for _ in read_lines(text)))
        for answer in partials:
            bar.update(task, completed=len(answer.sentences))
            yield answer


def _print_checked(sentence: Sentence) -> None:
    """Print a draft's line with its sign; below it, why it is flagged and what comes nearest."""
    verdict = sentence.support.verdict
    flagged = "silent" if is_silent(sentence) else "differs"
    sign, colour = SIGNS.get(verdict, SIGNS[flagged])
    line = Text(f"{sign} ", style=f"bold {colour}")
    line.append_text(
        _sentence(sentence) if verdict != "unchecked" else Text(_flat(sentence.text), style="dim")
    )
    out.print(line)
    if verdict == "supported":
        return
    out.print(Text(f"    {_flat('; '.join(sentence.support.reasons))}", style=colour))
    for citation in sentence.citations:
        quote = _flat(citation.quote)
        more = " …" if len(quote) > LONGEST_QUOTE else ""
        out.print(Text(f"    [cf. {citation.number}] “{quote[:LONGEST_QUOTE]}{more}”", style="dim"))


def _print_json(answer: Answer) -> None:
    out.print_json(json.dumps(answer.to_dict() | {"text": answer.text}))


def _flat(text: str) -> str:
    """Return text in one line, without what would pass for a footnote or steer a terminal."""
    return " ".join("".join(c if c.isprintable() else " " for c in shown(text)).split())


def _sentence(sentence: Sentence) -> Text:
    line = Text(_flat(sentence.text))
    if sentence.marks:
        line.append(f" {sentence.marks.replace('][', '] [')}", style="bold cyan")
    return line


def _print_notes(answer: Answer) -> None:
    """Print what stands below an answer: footnotes, or the closest passages."""
    if answer.refused:
        out.print(Text(answer.reason or "", style="yellow"))
        for hit in answer.hits[:3]:
            out.print(Text(f"\n  {_flat(hit.article.title or hit.article.key)}", style="bold"))
            out.print(Text(f"  {_flat(hit.passage.text)[:300]} …", style="dim"))
    else:
        out.print()
    for disagreement in answer.disagreements:
        about = f"{DISAGREEMENTS[disagreement.kind]}: {_flat(disagreement.about)}"
        out.print(Text(about, style="bold"))
        for side in disagreement.sides:
            date = (side.published or "")[:10] or "no date given"
            numbers = "".join(f" [{citation.number}]" for citation in side.citations)
            line = Text.assemble(_flat(side.text), (numbers, "bold cyan"))
            mark = ", ".join(filter(None, (date, side.note)))
            out.print(Text(f"  {mark}: ", style="dim") + line)
    differing = [c for d in answer.disagreements for side in d.sides for c in side.citations]
    by_number = {citation.number: citation for citation in (*answer.citations, *differing)}
    for _, citation in sorted(by_number.items()):
        note = Text(f"[{citation.number}] ", style="cyan")
        note.append(_flat(citation.title or "untitled"))
        page = f"page {citation.page}" if citation.page else None
        place = f"characters {citation.start}–{citation.end} of {citation.article_id}"
        date = (citation.published or "")[:10] or "no date given"
        facts = [citation.speaker, citation.source, date, page, place]
        note.append("  " + " · ".join(fact for fact in facts if fact), style="dim")
        out.print(note)
    notices = list(answer.notices)
    if answer.withheld:
        notices.append(WITHHELD.format(count=answer.withheld))
    for notice in notices:
        out.print(Text(notice, style="yellow"))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m rag",
        description="Answer a question from the library, every sentence with its footnote. Or "
        "check a draft: each of its sentences is footnoted, or flagged with the reason.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("question", nargs="*", help="the question; quotes are optional")
    parser.add_argument(
        "--draft",
        metavar="FILE",
        help="check this text instead: plain text in UTF-8, or - for standard input",
    )
    parser.add_argument("--suggest", action="store_true", help="questions to begin with")
    parser.add_argument("--library", metavar="DIR", help="FOOTNOTE_HOME, else ./library")
    parser.add_argument("--since", metavar="DAY", help="first day of publication, 2025-10-28")
    parser.add_argument("--until", metavar="DAY", help="last day of publication")
    parser.add_argument("--as-of", metavar="DAY", help="stand on this day: see nothing later")
    parser.add_argument("--source", action="append", metavar="OUTLET", help="may be repeated")
    parser.add_argument(
        "--article",
        action="append",
        metavar="ID",
        help="look at no other article; may be repeated",
    )
    parser.add_argument("--json", action="store_true", help="print the whole answer as JSON")
    return parser


if __name__ == "__main__":
    run_program(main)

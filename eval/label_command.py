"""`python -m eval label`: collect human labels, one sentence and one span at a time."""

import argparse
import datetime
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.text import Text

from eval.agreement import agreement_to_text
from eval.errors import BadOption, EvalFailure
from eval.label_items import KINDS, Item, list_items, make_units
from eval.label_keys import read_key, takes_keys
from eval.label_screen import KEYS, WORDS, Progress, make_console, show_help, show_item
from eval.labels import Label, LabelFile, Mark, marks_of, read_labels
from eval.report import read_json

DEFAULT_LABELS = "labels.jsonl"

EXAMPLES = """examples:
  python -m eval --cases mine.jsonl --articles news --json run.json
  python -m eval label run.json --rater ana          press 1, 2 or 3; stop and go on at will
  python -m eval label run.json --rater ben          the same sentences in the same order
  python -m eval label --agreement labels.jsonl      how far the two agree
  python -m eval label run.json --rater ana --kind answers    do the quotes answer the question?

What the check said and what others said is not shown. Sentences quoted word for word are grounded
by construction, so only sentences that a language model wrote are asked about, unless --kind says
otherwise. Each press is saved at once; a sentence and span that stand in several runs are asked
about once. Groundedness is measured from 400 labelled sentences on.

exit codes: 0 done or stopped with q, 2 bad input, 130 stopped with Ctrl-C"""


def main(arguments: Sequence[str]) -> int:
    """Collect labels or show how far raters agree; return the exit code."""
    given = _parser().parse_args(arguments)
    console = make_console()
    try:
        _refuse_options(given)
        if given.agreement:
            console.print(agreement_to_text(read_labels(given.agreement)), markup=False)
            return 0
        return _label(given, console)
    except EvalFailure as error:
        Console(stderr=True, soft_wrap=True).print(error, style="red", markup=False)
        return 2
    except KeyboardInterrupt:
        console.print("\nStopped. Every label is saved; the same command goes on from here.")
        return 130


def _label(given: argparse.Namespace, console: Console) -> int:
    items = list_items(make_units(read_json(given.run).outcomes, given.kind))
    if not items:
        raise BadOption(_nothing_to_label(given))
    labels = read_labels(given.labels) if Path(given.labels).exists() else []
    marks = {
        key: raters[given.rater]
        for key, raters in marks_of(labels).items()
        if given.rater in raters
    }
    with LabelFile(given.labels) as file:
        Session(items, marks, given.rater, file, console).run()
    return 0


class Session:
    """One sitting of one rater."""

    def __init__(
        self,
        items: Sequence[Item],
        marks: dict[str, Mark],
        rater: str,
        file: LabelFile,
        console: Console,
    ) -> None:
        """Start where the rater stopped; `marks` is what the rater said so far, by item key."""
        self._items = items
        self._marks = marks
        self._rater = rater
        self._file = file
        self._console = console
        self._given: list[Item] = []
        """What was labelled in this sitting, in order: what undo takes back."""
        self._seconds: list[float] = []

    def run(self) -> None:
        """Ask until all is labelled, the rater quits, or the input ends."""
        said: str | None = ""
        while said is not None and (item := self._next()):
            said = self._ask(item, said)
        self._say_goodbye()

    def _next(self) -> Item | None:
        return next((item for item in self._items if item.key not in self._marks), None)

    def _ask(self, item: Item, said: str) -> str | None:
        """Show an item and do what the key says; return what to tell about it, None to stop."""
        self._show(item, said)
        began = time.monotonic()
        while (key := read_key()) not in (None, "q"):
            if key in KEYS:
                self._seconds.append(time.monotonic() - began)
                return self._keep(item, KEYS[key])
            if key == "u":
                return self._undo()
            if key in ("?", "h"):
                self._console.print(show_help(item.kind))
        return None

    def _show(self, item: Item, said: str) -> None:
        if self._console.is_terminal:
            self._console.clear()
        done = sum(each.key in self._marks for each in self._items)
        progress = Progress(
            rater=self._rater, done=done, total=len(self._items), seconds=tuple(self._seconds)
        )
        hint = "" if takes_keys() else "(then Enter)"
        self._console.print(show_item(item, progress, said, hint))

    def _keep(self, item: Item, mark: Mark) -> str:
        self._write(item, mark)
        self._marks[item.key] = mark
        self._given.append(item)
        return f"Saved: {WORDS[item.kind][mark]}. u takes it back."

    def _undo(self) -> str:
        if not self._given:
            return "Nothing to take back in this sitting."
        item = self._given.pop()
        self._write(item, "undone")
        del self._marks[item.key]
        return "Taken back. Here it is again."

    def _write(self, item: Item, mark: Mark) -> None:
        self._file.add(
            Label(
                key=item.key,
                kind=item.kind,
                sentence=item.sentence,
                quote=item.quote,
                article_id=item.citation.article_id,
                question=item.question,
                rater=self._rater,
                label=mark,
                date=datetime.datetime.now(tz=datetime.UTC).date().isoformat(),
            )
        )

    def _say_goodbye(self) -> None:
        left = sum(item.key not in self._marks for item in self._items)
        told = f"{len(self._given):,} labelled in this sitting, all saved; {left:,} left."
        self._console.print(Text(told))


def _nothing_to_label(given: argparse.Namespace) -> str:
    if given.kind == "support":
        return (
            f"{given.run} holds no sentence that a language model wrote; quotes are grounded by "
            "construction. Label a run made with FOOTNOTE_LLM_MODEL, or ask with --kind answers "
            "whether the quotes answer the questions."
        )
    return f"{given.run} holds no quoted sentence. Leave out --kind answers."


def _refuse_options(given: argparse.Namespace) -> None:
    """Refuse options that say nothing together.

    Raises:
        BadOption: names what to give.
    """
    if given.agreement and (given.run or given.rater):
        raise BadOption("--agreement FILE stands alone: leave out the run and --rater.")
    if not given.agreement and not given.run:
        raise BadOption("Name the run to label, a file that --json wrote.")
    if not given.agreement and not (given.rater or "").strip():
        raise BadOption("Say who labels: --rater NAME.")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m eval label",
        description="Label answers by hand: does the cited text support the sentence?",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add = parser.add_argument
    add("run", nargs="?", metavar="RUN.json", help="a report that --json wrote")
    add("--rater", metavar="NAME", help="who labels")
    add(
        "--labels",
        metavar="FILE",
        default=DEFAULT_LABELS,
        help="where labels are added, JSON Lines (default: %(default)s)",
    )
    add("--kind", choices=KINDS, default="support", help="what is asked (default: %(default)s)")
    add("--agreement", metavar="FILE", help="show how far the raters of a file agree, and stop")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

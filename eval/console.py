"""What every command of the evaluation shows on a terminal: results, warnings and progress."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

LONGEST_LABEL = 60

out = Console(highlight=False, soft_wrap=True, emoji=False)
err = Console(stderr=True, highlight=False, soft_wrap=True, emoji=False)

Show = Callable[[int, int, str], None]
"""Called with how many are done, how many there are, and the one at hand."""


def warn(message: str) -> None:
    """Show what the reader should know before trusting a result."""
    err.print(f"[yellow]{escape(message)}[/yellow]")


def fail(message: str) -> None:
    """Show why there is no result, or a bad one."""
    err.print(f"[red]{escape(message)}[/red]")


def about(docstring: str | None) -> str:
    """Return what a command's help says it does: its docstring's first paragraph, unnamed."""
    first = (docstring or "").split("\n\n", maxsplit=1)[0]
    words = first.partition("`: ")[2] or first
    return words[:1].upper() + words[1:]


@contextmanager
def show_progress(verb: str) -> Iterator[Show]:
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

"""What every command of the evaluation shows on a terminal: results, warnings and progress."""

from contextlib import AbstractContextManager

from rich.console import Console
from rich.markup import escape

from index.progress import Progress, show_bar

LONGEST_LABEL = 60

out = Console(highlight=False, soft_wrap=True, emoji=False)
err = Console(stderr=True, highlight=False, soft_wrap=True, emoji=False)


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


def show_progress(verb: str) -> AbstractContextManager[Progress]:
    """Show a bar while the block runs."""
    return show_bar(err, verb, lambda label: label[:LONGEST_LABEL], transient=True)

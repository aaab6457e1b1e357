"""A bar on a terminal for work that takes a while."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console

Progress = Callable[[int, int, str], None]
"""Called with how many are done, how many there are, and the one at hand."""


@contextmanager
def show_bar(
    console: "Console", verb: str, name: Callable[[str], str], *, transient: bool
) -> Iterator[Progress]:
    """Show a bar while the block runs.

    Args:
        console: Where it is shown.
        verb: What is done, such as "Reading".
        name: Makes what is shown of the one at hand.
        transient: Whether the bar is gone at the end.
    """
    from rich.markup import escape
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bar

    columns = (
        TextColumn(verb),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.description}"),
    )
    with Bar(*columns, console=console, transient=transient) as bar:
        task = bar.add_task("", total=None)

        def show(done: int, total: int, label: str) -> None:
            bar.update(task, completed=done, total=total, description=escape(name(label)))

        yield show

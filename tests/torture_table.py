"""The table that ends `make torture`: what was done to the product, and what was left of it."""

from collections.abc import Iterable
from dataclasses import dataclass

from rich.table import Table

ROWS = {
    1: "killed with -9 while indexing",
    2: "a fault at every step of writing",
    3: "every stored vector queried",
    4: "fifty rounds of change",
    5: "readers during new bases",
    6: "a second writer",
    7: "a full disk",
    8: "damaged files of a library",
    9: "another model, width, revision or rules",
    10: "a folder that cannot be written",
    11: "hostile files",
    12: "fuzzing",
    13: "names and paths that lead out",
    14: "addresses that lead in",
    15: "script and beacons in the page",
    16: "poisoned passages",
    17: "poison articles against questions",
    18: "altered quotes and forged footnotes",
    19: "a language model's server that fails",
    20: "a canary key",
    21: "fifty chats at once",
    22: "ten thousand questions",
    23: "users against each other",
    24: "no network, no key",
    25: "altered weights",
}
"""What each row tries, by the number under which `tests/README.md` tells what it must show."""


@dataclass(frozen=True, kw_only=True)
class Figure:
    """What one test measured for a row."""

    row: int
    test: str
    outcome: str
    """"passed" or "failed"."""
    measured: str


def table(figures: Iterable[Figure]) -> Table:
    """Return the figures by row, one line each."""
    drawn = Table("row", "what was tried", "outcome", "measured", "test", title="Torture")
    for figure in sorted(figures, key=lambda figure: (figure.row, figure.test)):
        drawn.add_row(
            str(figure.row), ROWS[figure.row], figure.outcome, figure.measured, figure.test
        )
    return drawn

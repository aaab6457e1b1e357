"""Filters that need no script: radio buttons, and rules of style that hide what is not chosen."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from rag.shown import shown


@dataclass(frozen=True)
class Choice:
    """Something by which a list can be narrowed."""

    name: str
    """Letters, digits and hyphens alone; the rows that it shows have the class `is-` with it."""
    words: str
    count: int


def render_choices(
    place: str, legend: str, total: int, choices: Sequence[Choice], noun: str = "case"
) -> str:
    """Return radio buttons, "all" first, and the rules that make them work.

    Args:
        place: The id of the list that they narrow.
        legend: What they ask.
        total: How many rows there are.
        choices: What can be chosen; those without a row are left out.
        noun: What a row is.
    """
    filled = [choice for choice in choices if choice.count]
    if not filled:
        return ""
    group = f"{place}-{''.join(c for c in legend.lower() if c.isalpha())}"
    everything = Choice("", f"all {noun}s", total)
    buttons = "".join(_button(group, choice) for choice in (everything, *filled))
    rules = "\n".join(_rules(place, group, filled))
    return f"<fieldset><legend>{escape(legend)}</legend>{buttons}</fieldset><style>{rules}</style>"


def _button(group: str, choice: Choice) -> str:
    checked = "" if choice.name else " checked"
    words = escape(" ".join(shown(choice.words).split()))
    return (
        f'<label><input type="radio" name="{group}" id="{group}-{choice.name or "all"}"{checked}>'
        f'<span>{words} <span class="count">{choice.count}</span></span></label>'
    )


def _rules(place: str, group: str, choices: Iterable[Choice]) -> Iterable[str]:
    for choice in choices:
        yield (
            f"#{place}:has(#{group}-{choice.name}:checked) .row:not(.is-{choice.name}) "
            "{ display: none; }"
        )

"""What a rater sees: the question, the sentence, the span within its article, and the keys.

Nothing tells what the check said, nor what another rater did. Texts of strangers are shown through
`rag.shown` and never read as markup. The span stands between ⟦ and ⟧, so that it can be told
without colours.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from eval.label_items import Item, Kind
from eval.labels import Mark
from index.types import Value
from rag.shown import shown

WIDEST = 80
"""Columns; longer lines are hard to read."""

INDENT = (0, 2, 0, 2)

KEYS: dict[str, Mark] = {"1": "full", "2": "partial", "3": "none", "s": "skipped"}

WORDS: dict[Kind, dict[Mark, str]] = {
    "support": {"full": "supports", "partial": "partly", "none": "does not", "skipped": "skipped"},
    "answers": {"full": "answers", "partial": "partly", "none": "does not", "skipped": "skipped"},
}

ASKED: dict[Kind, str] = {
    "support": "Does the marked text say what the sentence says?",
    "answers": "Does the marked text answer the question?",
}

HELP: dict[Kind, str] = {
    "support": """
1  supports   The marked text alone shows that the sentence is true: each name,
              number, date and claim in it is there or follows plainly.
2  partly     Some of what it claims is there, and nothing there speaks against
              it, but a part is missing.
3  does not   The main point is missing, or the text says otherwise.

Judge by the marked text. What stands around it only shows what its words mean:
whom “she” is, which day “Monday” was. What you know yourself does not count.
Where a sentence has several sources, each is judged for itself.
""",
    "answers": """
1  answers    Whoever asked has the answer after reading the marked text.
2  partly     It gives a part of the answer, or one that must be guessed at.
3  does not   It is about something else, or leaves the question open.

Whether it is true does not count, nor whether a better answer exists.
""",
}

OTHER_KEYS = """
s  skip       You cannot tell. It will not be asked again.
u  undo       Takes back your last label, and asks again.
q  quit       Everything is saved already; the same command goes on from here."""

MOST_AROUND = 300
"""Characters on either side of a span, so that a screen of 24 lines holds all."""

CUT = "…"

RECENT = 20
"""Labels that the pace is measured on."""


@dataclass(frozen=True, kw_only=True)
class Progress(Value):
    """How far a rater is."""

    rater: str
    done: int
    total: int
    seconds: tuple[float, ...] = ()
    """Between the presses of this session; the median is not moved by a pause."""

    @property
    def in_words(self) -> str:
        """Such as "13 of 412 · ana · 6 s each, 40 min left"."""
        told = [f"{self.done + 1:,} of {self.total:,}", _flat(self.rater).strip()]
        if self.seconds:
            each = median(self.seconds[-RECENT:])
            minutes = each * (self.total - self.done) / 60
            left = f"{minutes:.0f} min" if minutes < 90 else f"{minutes / 60:.1f} h"
            told.append(f"{each:.0f} s each, {left} left" if minutes >= 1 else f"{each:.0f} s each")
        return " · ".join(told)


def show_item(item: Item, progress: Progress, said: str, keys: str) -> RenderableType:
    """Return the screen for one item.

    Args:
        item: What is to be judged.
        progress: How far the rater is.
        said: What the last key did, or "".
        keys: How a key is given, such as "(then Enter)", or "".
    """
    parts: list[RenderableType] = [
        Text(progress.in_words, style="dim"),
        Text(said, style="dim"),
        Text("Question", style="bold cyan"),
        _indented(Text(shown(item.question))),
        Text(),
    ]
    if item.kind == "support":
        parts += [
            Text("Sentence", style="bold cyan"),
            _indented(Text(shown(item.sentence), style="bold")),
            Text(),
        ]
    parts += [
        Text(_source(item), style="bold cyan"),
        _indented(_span(item)),
        Text(),
        Text.assemble(ASKED[item.kind], (f" {keys}" if keys else "", "dim")),
        _key_line(item.kind),
    ]
    return Group(*parts)


def show_help(kind: Kind) -> RenderableType:
    """Return what the keys mean."""
    return Text(f"{HELP[kind]}{OTHER_KEYS}\n")


def make_console() -> Console:
    """Return a console no wider than is good to read; NO_COLOR is respected."""
    console = Console(highlight=False, emoji=False)
    console.width = min(console.width, WIDEST)
    return console


def _source(item: Item) -> str:
    citation = item.citation
    which = f"Source {item.position} of {item.spans}" if item.spans > 1 else "Source"
    known = [citation.title, citation.source, citation.published]
    return f"{which}: {shown(' · '.join(filter(None, known)))}" if any(known) else which


def _span(item: Item) -> Text:
    return Text.assemble(
        (_last_words(_flat(item.before)), "dim"),
        (f"⟦{_flat(item.quote)}⟧", "bold underline"),
        (_first_words(_flat(item.after)), "dim"),
    )


def _flat(text: str) -> str:
    """Return a text on one line, its outer white space as one space."""
    words = " ".join(shown(text).split())
    if not words:
        return " " if text else ""
    return f"{' ' * text[0].isspace()}{words}{' ' * text[-1].isspace()}"


def _first_words(text: str) -> str:
    return text if len(text) <= MOST_AROUND else text[:MOST_AROUND].rsplit(" ", 1)[0] + CUT


def _last_words(text: str) -> str:
    return text if len(text) <= MOST_AROUND else CUT + text[-MOST_AROUND:].partition(" ")[2]


def _indented(text: Text) -> RenderableType:
    return Padding(text, INDENT)


def _key_line(kind: Kind) -> Text:
    words = WORDS[kind]
    named: Sequence[tuple[str, str]] = [
        *((key, words[mark]) for key, mark in KEYS.items() if key != "s"),
        ("s", "skip"),
        ("u", "undo"),
        ("q", "quit"),
        ("?", "help"),
    ]
    line = Text()
    for key, meaning in named:
        line.append(key, style="bold").append(f" {meaning}   ")
    line.rstrip()
    return line

"""Ask a model to write again what failed the check, and read what it answers."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index import Hit
from index.types import Value
from rag.briefing import Message, defused, show_passages
from rag.drafted import Drafted, SentenceStream
from rag.prompts import REPAIR_ASKED, REPAIR_INSTRUCTIONS, REPAIR_SENTENCE

NUMBERED = re.compile(r"[\s*_]*(?P<number>[0-9]{1,3})[.):][\s*_]*(?P<text>.*)")
"""A line of the reply: "2. It opens on Monday. [1]", in bold or not."""


@dataclass(frozen=True, kw_only=True)
class Failed(Value):
    """A sentence that the check did not let through, and why, in words."""

    drafted: Drafted
    reasons: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Rewritten(Value):
    """What a model wrote in a failed sentence's stead; `number` counts those sentences from 1."""

    number: int
    drafted: Drafted


def write_repair(question: str, passages: Sequence[Hit], failed: Sequence[Failed]) -> list[Message]:
    """Return the messages that ask for failed sentences to be written again.

    Args:
        question: What was asked.
        passages: All that the model read; those that the sentences cite are shown again, under
            the same numbers.
        failed: The sentences; each cites passages that are there.
    """
    cited = sorted({number for each in failed for number in each.drafted.numbers})
    sentences = "\n".join(
        REPAIR_SENTENCE.format(
            number=number,
            text=defused(each.drafted.text),
            footnotes="".join(f"[{cited}]" for cited in each.drafted.numbers),
            reasons=defused("; ".join(each.reasons)),
        )
        for number, each in enumerate(failed, start=1)
    )
    asked = REPAIR_ASKED.format(
        passages=show_passages((number, passages[number - 1]) for number in cited),
        question=defused(question),
        sentences=sentences,
    )
    return [("system", REPAIR_INSTRUCTIONS), ("user", asked)]


def read_repair(reply: str) -> list[Rewritten]:
    """Return the sentences of a reply; lines that do not begin with a number say nothing."""
    lines = filter(None, map(NUMBERED.match, reply.splitlines()))
    return [
        Rewritten(number=int(line["number"]), drafted=drafted)
        for line in lines
        for drafted in _sentences(line["text"])
    ]


def _sentences(line: str) -> list[Drafted]:
    stream = SentenceStream()
    return [*stream.feed(line), *stream.finish()]

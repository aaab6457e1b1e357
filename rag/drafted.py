"""Cut what a language model writes, while it comes in, into sentences with the passages they cite.

The text is taken character by character, so that how it was cut into chunks changes nothing.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from index.sentences import sentence_spans
from index.types import Value

FOOTNOTE = re.compile(
    r"\s{0,3}\[(?:passages?\s+)?([0-9]{1,4}(?:\s?[,;]\s?[0-9]{1,4})*)\]", re.IGNORECASE
)
"""One footnote, with the space before it: "[1]", "[1, 3]", "[Passage 2]"."""

CLOSERS = "\"'”’»)*_"
ENDED = re.compile(
    rf"(?:[.!?…][{CLOSERS}]*\s*(?:\[[^\[\]]*\]\s*)+|\[[^\[\]]*\][{CLOSERS}]*[.!?…][{CLOSERS}]*)\s\Z"
)
"""A full stop and footnotes, in either order, and a space: a sentence may end here."""

LOOK_BACK = 200
"""Characters that are read to see whether a sentence ended; far more than any footnotes take."""

DIGITS = re.compile(r"[0-9]+")
LIST_MARK = re.compile(r"^\s*(?:[-*•–]|\d{1,2}[.)])\s+")
EMPHASIS = re.compile(r"\*\*|__")
SPACE_BEFORE_STOP = re.compile(r"\s+([.!?…,;:])")


@dataclass(frozen=True, kw_only=True)
class Drafted(Value):
    """A sentence that a model wrote, without its footnotes, and the passages that it cites."""

    text: str
    numbers: tuple[int, ...]


class SentenceStream:
    """Takes chunks of text and gives back whole sentences."""

    def __init__(self) -> None:
        """Start with nothing read."""
        self._pending = ""

    def feed(self, chunk: str) -> Iterator[Drafted]:
        """Yield the sentences that a chunk completes."""
        for character in chunk:
            if character == "\n":
                yield from self.finish()
            elif self._begins_sentence(character):
                yield from self.finish()
                self._pending = character
            else:
                self._pending += character

    def finish(self) -> Iterator[Drafted]:
        """Yield what is left at the end of a line or of the text."""
        line, self._pending = self._pending, ""
        yield from _sentences(line)

    def _begins_sentence(self, character: str) -> bool:
        """Say whether a character begins another sentence: none goes on with a small letter."""
        if not self._pending[-1:].isspace() or character.isspace():
            return False
        if character == "[" or character.islower():
            return False
        return ENDED.search(self._pending[-LOOK_BACK:]) is not None


def _sentences(line: str) -> Iterator[Drafted]:
    """Yield the sentences of a line; one without a footnote is parted from one that has it."""
    plain, cited = _without_footnotes(LIST_MARK.sub("", line))
    spans = sentence_spans(plain)
    numbers: list[list[int]] = [[] for _ in spans]
    starts = [start for start, _ in spans]
    for place, number in cited:
        if spans:
            # It belongs to the last sentence that began before it; one at the front, to the first.
            numbers[max(0, bisect_left(starts, place) - 1)].append(number)
    for (start, end), theirs in zip(spans, numbers, strict=True):
        text = SPACE_BEFORE_STOP.sub(r"\1", " ".join(plain[start:end].split()))
        if any(map(str.isalnum, text)):
            yield Drafted(text=text, numbers=tuple(dict.fromkeys(theirs)))


def _without_footnotes(line: str) -> tuple[str, list[tuple[int, int]]]:
    """Return a line without its footnotes and emphasis, and where each number stood."""
    line = EMPHASIS.sub("", line)
    plain = ""
    cited: list[tuple[int, int]] = []
    read = 0
    for match in FOOTNOTE.finditer(line):
        plain += line[read : match.start()]
        cited += [(len(plain), int(number)) for number in DIGITS.findall(match.group(1))]
        read = match.end()
    return plain + line[read:], cited

"""Leave out what a model thinks aloud: only what it says afterwards is its answer.

Some servers send thoughts apart from the answer, and then nothing is to be done. Others leave them
in the text, between tags; a prompt may even have opened the tag already, so that the text begins
with a thought and holds the closing tag alone.
"""

import re
from dataclasses import dataclass

from index.types import Value

TAG = re.compile(r"<(?P<closing>/?)(?:think|thinking|thought|reasoning)>", re.IGNORECASE)
LONGEST_TAG = len("</reasoning>")


@dataclass(frozen=True, kw_only=True)
class Said(Value):
    """What a chunk adds to a model's answer."""

    text: str
    afresh: bool = False
    """Whether all that came before this text has turned out to be a thought."""


class ThoughtFilter:
    """Takes chunks of text and gives back what is no thought."""

    def __init__(self) -> None:
        """Start with nothing read."""
        self._pending = ""
        self._is_thinking = False
        self._any_tag = False

    def feed(self, chunk: str) -> Said:
        """Return what a chunk adds; what may be the beginning of a tag is kept for later."""
        pending = self._pending + chunk
        cut = self._unfinished(pending)
        text, self._pending = pending[:cut], pending[cut:]
        return self._read(text)

    def finish(self) -> Said:
        """Return what was kept; a thought that was never closed stays one."""
        text, self._pending = self._pending, ""
        return self._read(text)

    def _read(self, text: str) -> Said:
        """Return text without thoughts; it begins and ends outside of tags."""
        said: list[str] = []
        afresh, read = False, 0
        for tag in TAG.finditer(text):
            if not self._is_thinking:
                said.append(text[read : tag.start()])
            if tag["closing"] and not self._any_tag:
                said, afresh = [], True
            self._is_thinking, self._any_tag = not tag["closing"], True
            read = tag.end()
        if not self._is_thinking:
            said.append(text[read:])
        return Said(text="".join(said), afresh=afresh)

    @staticmethod
    def _unfinished(text: str) -> int:
        """Return where a tag may begin that is not yet whole; the text's length if none does."""
        start = text.rfind("<", max(0, len(text) - LONGEST_TAG + 1))
        return start if start >= 0 and ">" not in text[start:] else len(text)

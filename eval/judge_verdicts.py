"""Ask a judge for one verdict, and read it: one of three words, or no verdict at all."""

import json
import re
import threading
from collections.abc import Sequence
from dataclasses import dataclass

from eval.intervals import SEED
from eval.settings import EvalSettings
from eval.weights import DEGREES
from index.types import Value
from rag.briefing import Message
from rag.errors import ModelFailure
from rag.model import Conversation, Limits
from rag.shown import shown
from rag.thoughts import ThoughtFilter

LIMITS = Limits(connect=5.0, first=60.0, idle=30.0, total=120.0)
"""Nobody waits for a judge as a reader does, and one that thinks first takes its time."""

MOST_FAILURES = 3
"""In a row; then the server is not asked again, or a thousand cases would each wait for it."""

LONGEST_REPLY = 4_000
"""Characters read; a verdict has some five."""

RAW_KEPT = 200
"""Characters of an unreadable verdict that are kept."""

NOT_ASKED, UNREADABLE = "not asked", "unreadable verdict"
"""How the reasons begin that are not a failure of the server's own."""

VERDICT = re.compile(r"[\W_]*(full|partial|none)[\W_]*", re.IGNORECASE)
"""One of the words alone, whatever marks stand around it. "Not full" and "full or partial" are no
verdicts: a pattern that looks for a word anywhere reads "none of it is full" as full."""


@dataclass(frozen=True, kw_only=True)
class Verdict(Value):
    """What a judge said of one thing, or why that is not known."""

    value: float | None
    reason: str | None = None

    @property
    def cause(self) -> str | None:
        """What to mend, alike for verdicts that are missing alike; None where nothing was tried."""
        if self.reason is None or self.reason.startswith(NOT_ASKED):
            return None
        return UNREADABLE if self.reason.startswith(UNREADABLE) else self.reason


class JudgeModel:
    """A model on a server, asked by several threads; it is given up on after failures in a row."""

    def __init__(self, settings: EvalSettings, limits: Limits = LIMITS) -> None:
        """Ask nothing yet."""
        self._settings = settings.as_writer
        self._limits = limits
        self._lock = threading.Lock()
        self._failures = 0
        self._reported: dict[str, None] = {}

    @property
    def name(self) -> str:
        """The judge as it was asked for."""
        return self._settings.writer

    @property
    def reported(self) -> tuple[str, ...]:
        """The judge as its server calls it; several names if it was changed meanwhile."""
        return tuple(self._reported)

    def ask(self, messages: Sequence[Message]) -> Verdict:
        """Return the verdict on one thing; a failure is a verdict without a value."""
        if self._failures >= MOST_FAILURES:
            return Verdict(
                value=None, reason=f"{NOT_ASKED}, since {self.name} failed {MOST_FAILURES} times"
            )
        try:
            text = self._reply(messages)
        except ModelFailure as error:
            with self._lock:
                self._failures += 1
            return Verdict(value=None, reason=f"{self.name} {error}")
        with self._lock:
            self._failures = 0
        return read_verdict(self._without_key(text))

    def _reply(self, messages: Sequence[Message]) -> str:
        text, thoughts = "", ThoughtFilter()
        for piece in Conversation(self._settings, self._limits, seed=SEED).stream(messages):
            if piece.model:
                with self._lock:
                    self._reported[self._without_key(piece.model)] = None
            said = thoughts.feed(piece.text)
            text = said.text if said.afresh else text + said.text
            if len(text) > LONGEST_REPLY:
                break
        return text + thoughts.finish().text

    def _without_key(self, text: str) -> str:
        """Return what a server said without the key, which it could hold."""
        key = self._settings.llm_api_key
        secret = key.get_secret_value() if key else ""
        return text.replace(secret, "(key)") if secret else text


def read_verdict(text: str) -> Verdict:
    """Return the verdict that a reply is: a word, or a JSON object whose only value is one.

    Whatever else it is stays without a value, with the reply itself as the reason.
    """
    match = VERDICT.fullmatch(_unwrapped(text.strip()))
    if match:
        return Verdict(value=DEGREES[match[1].casefold()])
    raw = " ".join(shown(text).split())
    kept = raw if len(raw) <= RAW_KEPT else f"{raw[:RAW_KEPT]}…"
    return Verdict(value=None, reason=f"{UNREADABLE}: {kept!r}")


def _unwrapped(text: str) -> str:
    """Return the only value of a JSON object, or the text as it is."""
    try:
        content = json.loads(text)
    except (ValueError, RecursionError):
        return text
    if isinstance(content, dict) and len(content) == 1:
        (value,) = content.values()
        return value if isinstance(value, str) else text
    return text

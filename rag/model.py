"""A language model on an OpenAI-compatible server: its text as it comes, or why there is none.

This module is imported late: its clients take a second, and most answers are quotes.
"""

import queue
import ssl
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import httpx
import openai
from llama_index.core.base.llms.types import ChatMessage
from llama_index.llms.openai_like import OpenAILike

from index.types import Value
from rag.bounded import HEADERS, bound
from rag.breaker import Breaker
from rag.briefing import Message
from rag.errors import (
    ModelBrokeOff,
    ModelFailure,
    ModelRefused,
    ModelResting,
    ModelTooSlow,
    ModelUnreachable,
)
from rag.meant import NO_KEY, meant_for
from rag.prompts import (
    ANSWERED_WITH_ERROR,
    BROKE_OFF,
    NOT_UNDERSTOOD,
    RESTING,
    TOO_LONG,
    TOO_SLOW,
    UNREACHABLE,
)
from rag.quiet import quiet
from rag.settings import RagSettings


@dataclass(frozen=True, kw_only=True)
class Limits(Value):
    """How long a reader is made to wait, in seconds."""

    connect: float = 5.0
    first: float = 20.0
    """Until the first token, retries included; a model that has to be loaded takes a while."""
    idle: float = 15.0
    """Between two tokens."""
    total: float = 50.0
    """Since the question was asked; with quotes instead, an answer then takes a minute at most."""


LIMITS = Limits()

MOST_RETRIES = 2
"""Tried again, after a growing and random pause, only as long as nothing has come back."""

MOST_TOKENS = 2_000
"""Six short sentences take some 200; a model that thinks first needs many more."""

LONGEST_REPLY = 40_000
"""Characters; 2,000 tokens have some 9,000, but not every server counts what a model thinks."""

TEMPERATURE = 0.0

MOST_COUNTED = 10_000_000
"""Tokens that a server may claim to have read or written for one answer; more is no count."""


@dataclass(frozen=True, kw_only=True)
class Piece(Value):
    """Some more of a model's text, or in the end the tokens that it took."""

    text: str
    usage: dict[str, int] | None = None
    model: str | None = None
    """What the server calls the model that wrote it; an alias shows here what it stands for."""
    finish: str | None = None
    """Why the model ends here: "stop", or "length" if it was cut short; None if it goes on."""


class Conversation:
    """The requests that one answer takes; the limit of time in all is over all of them."""

    def __init__(
        self,
        settings: RagSettings,
        limits: Limits | None = None,
        *,
        seed: int | None = None,
        began: float | None = None,
        breaker: Breaker | None = None,
    ) -> None:
        """Start the clock; `LIMITS` hold if no others are given.

        Args:
            settings: Which model is asked.
            limits: How long it may take.
            seed: Asked of the server, for answers that can be repeated.
            began: When the reader began to wait, by `time.monotonic`; now by default.
            breaker: Told how each request went, and asked whether to make it at all.
        """
        self._settings = settings
        self._seed = seed
        self._limits = limits or LIMITS
        self._breaker = breaker
        self._end = (time.monotonic() if began is None else began) + self._limits.total

    @property
    def seconds_left(self) -> float:
        """How long a reader may still be made to wait."""
        return self._end - time.monotonic()

    def stream(self, messages: Sequence[Message]) -> Iterator[Piece]:
        """Yield a model's text as it comes; thoughts that the server sends apart are left out.

        Raises:
            ModelFailure: the server cannot be reached, answers with an error, makes the reader
                wait too long, stops before the end, or has failed so often that it is left alone.
        """
        breaker = self._breaker or Breaker()
        if not breaker.admit():
            raise ModelResting(RESTING)
        finish: str | None = None
        try:
            for piece in self._pieces(messages):
                finish = piece.finish or finish
                yield piece
            if finish is None:
                raise ModelBrokeOff(BROKE_OFF)
        except ModelFailure:
            breaker.failed()
            raise
        breaker.succeeded()
        if finish != "stop":
            raise ModelBrokeOff(BROKE_OFF)

    def _pieces(self, messages: Sequence[Message]) -> Iterator[Piece]:
        limits = self._limits
        # The first wait is the longest for one read; the shorter ones are kept by `_received`.
        timeout = httpx.Timeout(limits.first, connect=limits.connect)
        channel: queue.Queue[Piece | Exception | None] = queue.Queue()
        with httpx.Client(
            timeout=timeout,
            follow_redirects=False,
            verify=_tls(),
            headers=HEADERS,
            event_hooks={"request": [meant_for(self._settings)], "response": [bound]},
        ) as client:
            # A thread, since only so can a wait be ended that a server keeps alive with empty lines
            reader = threading.Thread(
                target=_read,
                args=(self._settings, messages, client, timeout, channel, self._seed),
                daemon=True,
            )
            reader.start()
            yield from _received(channel, limits, self._end)


@cache
def _tls() -> ssl.SSLContext:
    """Return the trusted certificates, which take a tenth of a second to read."""
    return httpx.create_ssl_context()


def _read(
    settings: RagSettings,
    messages: Sequence[Message],
    client: httpx.Client,
    timeout: httpx.Timeout,
    channel: "queue.Queue[Piece | Exception | None]",
    seed: int | None,
) -> None:
    """Put every piece into the channel, then None or what went wrong."""
    try:
        with quiet():
            left = LONGEST_REPLY
            for response in _asked(settings, messages, client, timeout, seed):
                piece = _piece(response)
                left -= len(piece.text)
                if left < 0:
                    raise ModelBrokeOff(TOO_LONG)
                channel.put(piece)
        channel.put(None)
    except Exception as error:  # noqa: BLE001 - handed over to `_received`, which raises it
        channel.put(error)


def _asked(
    settings: RagSettings,
    messages: Sequence[Message],
    client: httpx.Client,
    timeout: httpx.Timeout,
    seed: int | None,
) -> Iterator[Any]:
    """Yield the responses of the server, as the client gives them."""
    model = OpenAILike(
        model=settings.llm_model,
        api_base=settings.llm_base_url,
        api_key=NO_KEY,  # what is sent is set by `meant_for`
        is_chat_model=True,
        is_function_calling_model=False,
        temperature=TEMPERATURE,
        max_tokens=MOST_TOKENS,
        max_retries=MOST_RETRIES,
        http_client=client,
        additional_kwargs={
            "timeout": timeout,
            "stream_options": {"include_usage": True},
            **({} if seed is None else {"seed": seed}),
        },
    )
    asked = [ChatMessage(role=role, content=content) for role, content in messages]
    yield from model.stream_chat(asked)


def _piece(response: Any) -> Piece:  # noqa: ANN401 - a client's own object
    """Return what a response adds; half a UTF-16 pair is no text, and becomes a question mark."""
    raw = response.raw
    usage = getattr(raw, "usage", None)
    return Piece(
        text=(response.delta or "").encode("utf-8", "replace").decode("utf-8"),
        usage=_usage(usage) if usage else None,
        model=getattr(raw, "model", None),
        finish=next((c.finish_reason for c in raw.choices if c.finish_reason), None),
    )


def _received(
    channel: "queue.Queue[Piece | Exception | None]", limits: Limits, end: float
) -> Iterator[Piece]:
    """Yield what the channel brings, within the limits; `end` is a time of the monotonic clock."""
    wait = limits.first
    while True:
        left = end - time.monotonic()
        if left <= 0:
            raise ModelTooSlow(TOO_SLOW)
        try:
            item = channel.get(timeout=min(wait, left))
        except queue.Empty:
            raise ModelTooSlow(TOO_SLOW) from None
        if item is None:
            return
        if isinstance(item, Exception):
            # Not chained: what a server says may hold the key, and tracebacks print it.
            raise _failure(item) from None
        yield item
        wait = limits.idle


def _failure(error: Exception) -> ModelFailure:
    """Say in our own words what went wrong."""
    if isinstance(error, ModelFailure):
        return error
    if isinstance(error, openai.APITimeoutError | httpx.TimeoutException):
        return ModelTooSlow(TOO_SLOW)
    if isinstance(error, openai.APIConnectionError):
        return ModelUnreachable(UNREACHABLE)
    if isinstance(error, openai.APIStatusError):
        return ModelRefused(ANSWERED_WITH_ERROR.format(status=error.status_code))
    if isinstance(error, httpx.HTTPError):
        return ModelBrokeOff(BROKE_OFF)
    return ModelBrokeOff(NOT_UNDERSTOOD)


def _usage(usage: Any) -> dict[str, int]:  # noqa: ANN401 - a server's own object
    """Return the counts of tokens that a server gives."""
    names = ("prompt_tokens", "completion_tokens", "total_tokens")
    counts = {name: getattr(usage, name, None) for name in names}
    return {
        name: count
        for name, count in counts.items()
        if type(count) is int and 0 <= count <= MOST_COUNTED
    }

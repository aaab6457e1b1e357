"""The log: one line of JSON for each answer, whether a program, the page or the API asked for it.

It tells how long what took and what came of it. No text of an article is ever logged, and what was
asked at level debug alone.
"""

import json
import logging
import sys
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import closing, suppress
from datetime import UTC, datetime
from functools import wraps
from inspect import signature
from typing import Any, ParamSpec, cast

from rag.settings import LogLevel, rag_settings
from rag.types import Answer

P = ParamSpec("P")
Streams = Callable[P, Iterator[Answer]]

LOGGER = logging.getLogger("footnote")
"""Whoever uses Footnote as a library can put a handler here; `fields` of a record has the facts."""


class JsonLines(logging.Formatter):
    """Writes a record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the time, the level and the event, then the event's own facts."""
        time_of = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line = {"time": time_of, "level": record.levelname.lower(), "event": record.getMessage()}
        return json.dumps(line | getattr(record, "fields", {}))


class _StandardError(logging.Handler):
    """Writes to standard error, whatever that is at the time."""

    def emit(self, record: logging.LogRecord) -> None:
        with suppress(OSError, ValueError):  # nobody reads it any more: that costs no answer
            sys.stderr.write(f"{self.format(record)}\n")
            sys.stderr.flush()


def set_up_logging(usual: LogLevel) -> None:
    """Have the log written to standard error, from the level that `FOOTNOTE_LOG_LEVEL` names.

    Args:
        usual: The level where the setting names none.

    Raises:
        BadValue: a setting cannot be used.
    """
    handler = _StandardError()
    handler.setFormatter(JsonLines())
    LOGGER.handlers = [handler]
    LOGGER.setLevel((rag_settings().log_level or usual).upper())


def logged(event: str) -> Callable[[Streams[P]], Streams[P]]:
    """Have a function that streams an answer to its first argument log a line at the end of each.

    With `in_quotes` nothing is logged: that is how suggestions are tried, which nobody asked.

    Args:
        event: What the line calls it.
    """

    def decorate(stream: Streams[P]) -> Streams[P]:
        first = next(iter(signature(stream).parameters))

        @wraps(stream)
        def logging_stream(*arguments: P.args, **named: P.kwargs) -> Iterator[Answer]:
            partials = stream(*arguments, **named)
            if named.get("in_quotes"):
                return partials
            asked = arguments[0] if arguments else named[first]
            return _noted(event, str(asked), partials)

        return logging_stream

    return decorate


def _noted(event: str, asked: str, partials: Iterator[Answer]) -> Iterator[Answer]:
    """Pass on an answer as it grows, and log what came of it, also if somebody leaves it."""
    began = time.monotonic()
    last: Answer | None = None
    failure: str | None = None
    try:
        with closing(cast(Generator[Answer, None, None], partials)):
            for last in partials:
                yield last
    except Exception as error:
        failure = type(error).__name__
        raise
    finally:
        seconds = round(time.monotonic() - began, 3)
        facts = {"characters": len(asked), "seconds": seconds, **_facts(last, failure)}
        LOGGER.info(event, extra={"fields": facts})
        LOGGER.debug("asked", extra={"fields": {"text": asked}})


def _facts(answer: Answer | None, failure: str | None) -> dict[str, Any]:
    """Return what came of an answer, without any text of it."""
    if answer is None or failure:
        return {"outcome": failure or "left"}
    outcome = "refused" if answer.refused else "answered" if answer.complete else "left"
    return {
        "outcome": outcome,
        "writer": answer.writer,
        "sentences": len(answer.sentences),
        "withheld": answer.withheld,
        "hits": len(answer.hits),
        "disagreements": len(answer.disagreements),
        "steps": {step: round(each, 3) for step, each in (answer.timings or {}).items()},
    }

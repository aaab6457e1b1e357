"""The API: ask, and be answered with the same JSON as everywhere, whole or as it grows."""

import json
import threading
from collections.abc import AsyncGenerator, Generator
from contextlib import aclosing
from typing import Any

from fastapi import APIRouter, Request
from fastapi.sse import EventSourceResponse, format_sse_event
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import JSONResponse, Response

from index import IndexFailure
from rag import Answer, AnswerFailure, stream
from ui.api_articles import Library, Name, add_articles
from ui.live import follow
from ui.problems import PROBLEMS, as_problem
from ui.shelf import Shelf
from ui.turnstile import Turnstile
from ui.writer_status import WriterStatus, WriterWatch

PATIENCE = 2.0
"""Seconds within which a problem still gets a status of its own; then the stream has begun."""

HEARTBEAT = 10.0
"""Seconds without a sentence after which a stream shows that it lives."""

LOOK_AROUND = 0.5
"""Seconds between two looks whether whoever waits for a whole answer has left."""


class Question(BaseModel):
    """What is asked, of which articles."""

    model_config = ConfigDict(extra="forbid")

    question: str = Field(max_length=20_000, description="what is asked, of 2,000 characters")
    history: list[tuple[str, str]] = Field(
        default=[],
        max_length=100,
        description="the conversation so far: pairs of a question and its answer, oldest first",
    )
    as_of: Name | None = Field(default=None, description="stand on this day: see nothing later")
    since: Name | None = Field(default=None, description="first day of publication")
    until: Name | None = Field(default=None, description="last day of publication")
    sources: list[Name] | None = Field(default=None, max_length=100, description="outlets")
    articles: list[Name] | None = Field(default=None, max_length=1_000, description="their ids")
    library: Library = None

    def limits(self) -> dict[str, Any]:
        """Return what limits the search, as `rag.stream` takes it."""
        limits = {name: getattr(self, name) or None for name in ("as_of", "since", "until")}
        # An empty list is no limit, as on the page.
        lists = {name: getattr(self, name) for name in ("sources", "articles")}
        return limits | {name: value for name, value in lists.items() if value}


def answer_json(answer: Answer) -> dict[str, Any]:
    """Return an answer as `python -m rag --json` prints it."""
    return answer.to_dict() | {"text": answer.text}


def build_api(shelf: Shelf, turnstile: Turnstile, writer: WriterWatch) -> APIRouter:
    """Return the routes under /api."""
    router = APIRouter(prefix="/api", tags=["answers and articles"])

    @router.post("/answer", responses={200: ANSWER_FORMS, **PROBLEMS}, response_class=JSONResponse)
    async def answer_question(question: Question, request: Request) -> Response:
        """Answer a question, every sentence with its footnotes.

        With `Accept: text/event-stream` the answer comes as it grows: each event `answer` holds
        all of it so far, the last one has `"complete": true`; an event `error` holds a problem.
        """
        user: str = request.scope["user"]
        if "text/event-stream" in request.headers.get("accept", ""):
            return await _streamed(_partials(question, shelf, turnstile, user, every=PATIENCE))
        partials = _partials(question, shelf, turnstile, user, every=LOOK_AROUND)
        return await _whole(partials, request)

    @router.get("/writer")
    def tell_writer() -> WriterStatus:
        """Tell what writes the answers, and whether it could be reached a short while ago."""
        return writer.status()

    add_articles(router, shelf)
    return router


def _partials(
    question: Question, shelf: Shelf, turnstile: Turnstile, user: str, *, every: float
) -> AsyncGenerator[Answer | None, None]:
    """Yield the growing answer, and None whenever nothing came for some seconds."""

    def begin(gone: threading.Event) -> Generator[Answer, None, None]:
        index = shelf.open(question.library)
        with turnstile.admit(gone, user=user):
            yield from stream(
                question.question, index=index, history=question.history, **question.limits()
            )

    return follow(begin, every)


async def _whole(partials: AsyncGenerator[Answer | None, None], request: Request) -> Response:
    """Wait for the last of the partial answers, as long as somebody else does."""
    last: Answer | None = None
    async with aclosing(partials):
        async for partial in partials:
            last = partial or last
            if await request.is_disconnected():
                break
    return JSONResponse(answer_json(last) if last else {})


async def _streamed(partials: AsyncGenerator[Answer | None, None]) -> Response:
    """Return the partial answers as server-sent events.

    What goes wrong before the first of them is raised, so that it gets its own status.
    """
    first = await anext(partials)

    async def events() -> AsyncGenerator[bytes, None]:
        async with aclosing(partials):
            yield _event(first)
            silent = 0.0
            try:
                async for partial in partials:
                    silent = 0.0 if partial else silent + PATIENCE
                    if partial or silent >= HEARTBEAT:
                        silent = 0.0
                        yield _event(partial)
            except Exception as error:  # told to the client, which has its 200 by now
                yield format_sse_event(data_str=json.dumps(as_problem(error)), event="error")
                if not isinstance(error, AnswerFailure | IndexFailure):
                    raise

    return EventSourceResponse(events())


def _event(partial: Answer | None) -> bytes:
    """Return an answer as an event, or a sign of life."""
    if partial is None:
        return format_sse_event(comment="working")
    return format_sse_event(data_str=json.dumps(answer_json(partial)), event="answer")


ANSWER_FORMS: dict[str, Any] = {
    "model": Answer,
    "description": "The answer, whole or as it grows.",
    "content": {"text/event-stream": {"schema": {"type": "string"}}},
}

"""What goes wrong, as `application/problem+json` (RFC 9457) with the right status."""

import json
from http import HTTPStatus
from typing import Any, cast

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from index import IndexFailure
from index.errors import BadValue, LibraryBusy, ModelMismatch, UnknownArticle
from rag.errors import AnswerFailure, ArticleErased, EmptyLibrary
from ui import strings
from ui.errors import Busy, NotThere
from ui.headers import HEADERS

MEDIA_TYPE = "application/problem+json"

STATUS = {
    UnknownArticle: 404,
    NotThere: 404,
    BadValue: 422,
    EmptyLibrary: 409,
    ArticleErased: 409,
    ModelMismatch: 409,
    Busy: 503,
    LibraryBusy: 503,
    AnswerFailure: 422,
    IndexFailure: 503,
}
"""The status of each failure; the first that fits counts."""


PROBLEM_FORM = {
    "description": "A problem; `detail` says what is wrong and what to do.",
    "content": {
        MEDIA_TYPE: {
            "schema": {
                "type": "object",
                "properties": {
                    "status": {"type": "integer"},
                    "title": {"type": "string"},
                    "detail": {"type": "string"},
                    "field": {"type": "string"},
                },
                "required": ["status", "title", "detail"],
            }
        }
    },
}

PROBLEMS: dict[int | str, dict[str, Any]] = dict.fromkeys((404, 409, 422, 503), PROBLEM_FORM)
"""How the documentation names them."""


def problem(status: int, message: str, **more: object) -> Response:
    """Return a problem; its message names the remedy where there is one."""
    return _respond(_body(status, message) | more)


def as_problem(error: Exception) -> dict[str, object]:
    """Return what is told of an error: its own message if it is one of ours."""
    for kind, status in STATUS.items():
        if isinstance(error, kind):
            return _body(status, str(error))
    return _body(500, strings.FAULT_IN_API)


def tell_problems(app: FastAPI) -> None:
    """Have an application answer with problems where something fails."""
    app.exception_handler(AnswerFailure)(_failure)
    app.exception_handler(IndexFailure)(_failure)
    app.exception_handler(RequestValidationError)(_bad_request)
    app.exception_handler(HTTPException)(_refusal)
    app.exception_handler(Exception)(_fault)


def _body(status: int, message: str) -> dict[str, object]:
    return {"status": status, "title": HTTPStatus(status).phrase, "detail": message}


def _respond(body: dict[str, Any]) -> Response:
    return Response(json.dumps(body), status_code=body["status"], media_type=MEDIA_TYPE)


async def _failure(request: Request, error: Exception) -> Response:
    answer = _respond(as_problem(error))
    if isinstance(error, Busy):
        answer.headers["Retry-After"] = str(error.seconds)
    return answer


async def _bad_request(request: Request, error: Exception) -> Response:
    """Name the first thing that is wrong with a request."""
    first = cast(RequestValidationError, error).errors()[0]
    if first["type"] == "json_invalid":
        return problem(400, strings.NO_JSON)
    field = ".".join(str(part) for part in first["loc"][1:]) or str(first["loc"][0])
    return problem(422, strings.BAD_FIELDS.format(field=field, reason=first["msg"]), field=field)


async def _refusal(request: Request, error: Exception) -> Response:
    refusal = cast(HTTPException, error)
    return problem(refusal.status_code, str(refusal.detail))


async def _fault(request: Request, error: Exception) -> Response:
    """Tell that the fault is ours; the server logs its traceback."""
    answer = problem(500, strings.FAULT_IN_API)
    answer.headers.update(HEADERS)  # this one is sent from outside the gate
    return answer

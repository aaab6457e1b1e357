"""What is kept, by address: one answer by itself, a conversation as a file."""

from collections.abc import Callable
from typing import Annotated, TypeVar

from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.responses import HTMLResponse, PlainTextResponse, Response

from index import Index, IndexFailure
from ui import strings
from ui.chats import Chats
from ui.errors import KeepingFailure, UnknownChat
from ui.export import to_html, to_markdown
from ui.freshness import warnings
from ui.keeping import turn_without_erased
from ui.shelf import Shelf
from ui.types import Turn

Found = TypeVar("Found")


def keeping_router(shelf: Shelf, user_of: Callable[[Request], str]) -> APIRouter:
    """Return the routes of saved answers and conversations.

    Args:
        shelf: The libraries.
        user_of: Tells who sent a request.
    """
    router = APIRouter(include_in_schema=False)

    @router.get("/answers/{library}/{turn_id}")
    def one_answer(library: str, turn_id: str) -> Response:
        """Return a frozen answer as a page; whoever has its address may read it."""
        index, chats = _opened(shelf, library)
        turn = _kept(lambda: chats.answer(turn_id))
        if turn is None:
            raise HTTPException(404, strings.NO_SUCH_ANSWER)
        turn = turn_without_erased(index, turn)
        return HTMLResponse(to_html(turn.question, (turn,), warnings((turn,), index)))

    @router.get("/chats/{library}/{chat_id}.{ending}")
    def one_chat(
        library: str, chat_id: str, ending: str, user: Annotated[str, Depends(user_of)]
    ) -> Response:
        """Return a conversation of one's own as a file."""
        index, chats = _opened(shelf, library)
        found: tuple[Turn, ...] = _kept(lambda: chats.load(user, chat_id))
        turns = tuple(turn_without_erased(index, turn) for turn in found)
        title = next((c.title for c in chats.list(user) if c.id == chat_id), strings.TITLE)
        told = warnings(turns, index)
        if ending == "md":
            written: Response = PlainTextResponse(
                to_markdown(title, turns, told), media_type="text/markdown; charset=utf-8"
            )
        elif ending == "html":
            written = HTMLResponse(to_html(title, turns, told))
        else:
            raise HTTPException(404, strings.NO_SUCH_ANSWER)
        written.headers["Content-Disposition"] = f'attachment; filename="footnote.{ending}"'
        return written

    return router


def _opened(shelf: Shelf, library: str) -> tuple[Index, Chats]:
    try:
        return shelf.open(library), _kept(lambda: shelf.chats(library))
    except IndexFailure as error:
        raise HTTPException(404, str(error)) from error


def _kept(load: Callable[[], Found]) -> Found:
    try:
        return load()
    except UnknownChat as error:
        raise HTTPException(404, str(error)) from error
    except KeepingFailure as error:
        raise HTTPException(503, str(error)) from error

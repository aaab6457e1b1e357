"""Whether the server lives, and whether it can answer: for whatever watches over it."""

import threading
from typing import Literal

from fastapi import APIRouter
from starlette.responses import JSONResponse, Response

from index import IndexFailure
from ui import strings
from ui.problems import problem
from ui.shelf import Shelf

Models = Literal["loading", "loaded", "failed"]


class Readiness:
    """How far the models are; set by whoever loads them."""

    def __init__(self) -> None:
        """Nothing is loaded yet."""
        self._lock = threading.Lock()
        self._models: Models = "loading"

    @property
    def models(self) -> Models:
        """How far the models are."""
        with self._lock:
            return self._models

    @models.setter
    def models(self, state: Models) -> None:
        with self._lock:
            self._models = state


def build_health(shelf: Shelf, readiness: Readiness) -> APIRouter:
    """Return the routes that anyone may ask; they name no folder and no library."""
    router = APIRouter(tags=["health"])

    @router.get("/healthz")
    async def tell_life() -> dict[str, str]:
        """Say that the process lives."""
        return {"status": "ok"}

    @router.get("/readyz", responses={503: {"description": "Not yet, with the reason."}})
    def tell_readiness() -> Response:
        """Say whether questions can be answered: the library opens and the models are loaded."""
        if readiness.models != "loaded":
            is_loading = readiness.models == "loading"
            return problem(503, strings.LOADING if is_loading else strings.NOT_LOADED)
        try:
            shelf.open().articles()
        except IndexFailure:
            return problem(503, strings.NO_LIBRARY_NOW)
        return JSONResponse({"status": "ready"})

    return router

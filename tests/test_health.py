"""Health is told to anyone, and tells nothing of the library."""

import pytest
from serving import application
from starlette.testclient import TestClient

from index import Index
from index.errors import BrokenLibrary
from ui import strings
from ui.health import Models, Readiness
from ui.settings import UiSettings
from ui.shelf import Shelf


class Broken(Shelf):
    def open(self, name: str | None = None) -> Index:
        raise BrokenLibrary(f"{self.names()[0]} in /secret/place is damaged")


@pytest.mark.parametrize(
    ("models", "kind", "status", "told"),
    [
        ("loading", Shelf, 503, strings.LOADING),
        ("failed", Shelf, 503, strings.NOT_LOADED),
        ("loaded", Broken, 503, strings.NO_LIBRARY_NOW),
        ("loaded", Shelf, 200, "ready"),
    ],
)
def test_readiness_is_told_with_the_reason_and_without_a_password(
    town: Index, models: Models, kind: type[Shelf], status: int, told: str
) -> None:
    readiness = Readiness()
    app, _ = application(
        town, UiSettings(auth="desk:secret"), shelf=kind(town), readiness=readiness
    )
    with TestClient(app, base_url="http://127.0.0.1") as client:
        assert client.get("/readyz").status_code == 503
        readiness.models = models
        answer = client.get("/readyz")
        assert answer.status_code == status
        assert told in answer.text
        assert "secret" not in answer.text
        assert "/secret/place" not in answer.text
        assert str(town.folder) not in answer.text
        assert client.get("/healthz").json() == {"status": "ok"}
        assert client.get("/api/articles").status_code == 401

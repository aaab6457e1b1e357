"""The API's documentation as a page that works without a network: Swagger UI from a package."""

import base64
import hashlib
import importlib.util
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.docs import get_swagger_ui_html
from fastapi.staticfiles import StaticFiles
from starlette.responses import HTMLResponse

FILES = "/docs/files"

ANSWER_TEXT = {"type": "string", "description": "The sentences with their footnote numbers."}
"""A property of answers, which the schema of their fields does not know."""


def add_docs(app: FastAPI) -> None:
    """Add /docs to an application, and complete the schema that it shows."""
    app.mount(FILES, StaticFiles(directory=_package_files()))
    bare_schema = app.openapi

    def schema() -> dict[str, Any]:
        whole = bare_schema()
        whole["components"]["schemas"]["Answer"]["properties"]["text"] = ANSWER_TEXT
        return whole

    app.openapi = schema  # type: ignore[method-assign]  # as FastAPI's documentation extends it

    @app.get("/docs", include_in_schema=False)
    def show_docs() -> HTMLResponse:
        page = get_swagger_ui_html(
            openapi_url=str(app.openapi_url),
            title=app.title,
            swagger_js_url=f"{FILES}/swagger-ui-bundle.js",
            swagger_css_url=f"{FILES}/swagger-ui.css",
            swagger_favicon_url=f"{FILES}/favicon.png",
        )
        page.headers["Content-Security-Policy"] = _policy(bytes(page.body).decode())
        return page


def _package_files() -> Path:
    """Return where `fastapi-offline` keeps Swagger UI; its own code is not used."""
    spec = importlib.util.find_spec("fastapi_offline")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("fastapi-offline is missing: run `make install`")
    return Path(spec.origin).parent / "static"


def _policy(html: str) -> str:
    """Return a policy under which the page's one script of its own runs, known by its hash."""
    script = html.rpartition("<script>")[2].partition("</script>")[0]
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    return (
        f"default-src 'none'; script-src 'self' 'sha256-{digest}'; style-src 'self' "
        "'unsafe-inline'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; "
        "form-action 'none'; frame-ancestors 'none'"
    )

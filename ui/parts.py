"""What every view of the page is made with: panels of HTML, and events that answer at once."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import gradio as gr

from index import IndexFailure
from ui.elements import render_problem

HERE = Path(__file__).parent


def panel(elem_id: str) -> gr.HTML:
    """Return an empty panel, whose buttons trigger events of Gradio's; see `panel.js`."""
    # The template stays Gradio's "${value}", which puts our HTML in as it is. A placeholder with
    # three braces would have article text read as a template, and run.
    return gr.HTML(
        elem_id=elem_id, html_template="${value}", apply_default_css=False,
        js_on_load="\n".join(
            (HERE / name).read_text(encoding="utf-8") for name in ("page.js", "panel.js")
        ),
    )


def at_once() -> dict[str, Any]:
    """Return the options of an event that answers at once and is no public endpoint."""
    return {"queue": False, "show_progress": "hidden", "api_visibility": "private"}


def user_of(request: gr.Request) -> str:
    """Return who sent a request: the name that the gate let in, else nobody in particular."""
    return request.username or ""


class Clicked:
    """What a button carried; it comes from the browser, so it may be anything."""

    def __init__(self, event: gr.EventData) -> None:
        """Read the data of an event; one that carries none, such as Enter, has none."""
        data = event._data
        self._data: dict[str, Any] = data if isinstance(data, dict) else {}

    def text(self, name: str) -> str:
        """Return what was carried under a name, or nothing."""
        value = self._data.get(name)
        return value if isinstance(value, str) else ""

    def number(self, name: str) -> int | None:
        """Return a whole number from 0, or None."""
        value = str(self._data.get(name))
        return int(value) if value.isascii() and value.isdigit() and len(value) < 10 else None

    def __contains__(self, name: str) -> bool:
        return name in self._data


def told(render: Callable[[], str]) -> str:
    """Return what `render` returns, or why it could not, as HTML."""
    try:
        return render()
    except IndexFailure as error:
        return render_problem(str(error))

"""What every view of the page is made with: panels of HTML, and events that answer at once."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import gradio as gr
from gradio.block_function import BlockFunction
from gradio.utils import get_upload_folder

from index import IndexFailure
from ui import strings
from ui.elements import render_problem

HERE = Path(__file__).parent

MOST_CARRIED = 4_000
"""Characters of a text that comes with a click; none of ours is longer."""


def panel(elem_id: str) -> gr.HTML:
    """Return an empty panel, whose buttons trigger events of Gradio's; see `panel.js`."""
    # The template stays Gradio's "${value}", which puts our HTML in as it is. A placeholder with
    # three braces would have article text read as a template, and run.
    return gr.HTML(
        elem_id=elem_id,
        html_template="${value}",
        apply_default_css=False,
        js_on_load="\n".join(
            (HERE / name).read_text(encoding="utf-8")
            for name in ("page.js", "files.js", "panel.js")
        ),
    )


def at_once() -> dict[str, Any]:
    """Return the options of an event that answers at once and is no public endpoint."""
    return {"queue": False, "show_progress": "hidden", "api_visibility": "private"}


def only_uploads(component: gr.File | gr.UploadButton) -> gr.File | gr.UploadButton:
    """Let a component take files that were uploaded through the page, and nothing else.

    What comes with an event names a path or an address, and may be forged. Gradio checks paths
    only where it launched the page itself, and fetches addresses.
    """
    move = component.async_move_resource_to_block_cache

    async def move_if_uploaded(path: str | Path | None) -> str | None:
        if path is not None and not _may_be_upload(Path(path).resolve()):
            raise ValueError("A file was named that nobody uploaded through the page.")
        moved: str | None = await move(path)
        return moved

    component.async_move_resource_to_block_cache = move_if_uploaded
    return component


def _may_be_upload(path: Path) -> bool:
    """Say whether a path is one of an upload: a folder would take along what others sent."""
    return path.is_relative_to(Path(get_upload_folder()).resolve()) and not path.is_dir()


def refuse_quietly(page: gr.Blocks) -> None:
    """Have what boxes cannot hold refused in words; Gradio would log a traceback for each.

    A text box that nobody touched holds nothing, which a browser sends as null.
    """
    read = page.preprocess_data

    async def read_or_refuse(event: BlockFunction, *given: Any, **more: Any) -> list[Any]:  # noqa: ANN401
        try:
            values: list[Any] = await read(event, *given, **more)
        except Exception as error:
            raise gr.Error(strings.NOT_OF_THE_PAGE, print_exception=False) from error
        if any(
            value is None and _needs_one(box)
            for value, box in zip(values, event.inputs, strict=True)
        ):
            raise gr.Error(strings.NOT_OF_THE_PAGE, print_exception=False)
        return [
            "" if value is None and isinstance(box, gr.Textbox) else value
            for value, box in zip(values, event.inputs, strict=True)
        ]

    page.preprocess_data = read_or_refuse


def _needs_one(box: Any) -> bool:  # noqa: ANN401 - any component
    """Say whether a box always holds something when the page sends it."""
    if isinstance(box, gr.Dropdown):
        return not box.multiselect
    return isinstance(box, gr.UploadButton)


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
        return value[:MOST_CARRIED] if isinstance(value, str) else ""

    def number(self, name: str) -> int | None:
        """Return a whole number from 0, or None."""
        value = str(self._data.get(name))
        return int(value) if value.isascii() and value.isdigit() and len(value) < 10 else None

    def __bool__(self) -> bool:
        """Say whether a button was clicked at all."""
        return bool(self._data)

    def __contains__(self, name: str) -> bool:
        return name in self._data


def told(render: Callable[[], str]) -> str:
    """Return what `render` returns, or why it could not, as HTML."""
    try:
        return render()
    except IndexFailure as error:
        return render_problem(str(error))

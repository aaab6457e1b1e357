"""A part of the articles' view: add files, a text, a page of the web; make another library."""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gradio as gr
from gradio.utils import get_upload_folder

from index import IndexFailure
from ui import strings
from ui.listing import Facts
from ui.parts import only_uploads, panel
from ui.render_added import render_added, render_refused
from ui.shelf import Shelf
from ui.temporary import sweep_empty
from ui.uploading import Entries, add_address, add_files, add_text

WRITERS_AT_ONCE = 4
"""Visitors whose uploads are taken at the same time; only one of them writes."""


@dataclass(frozen=True, kw_only=True)
class UploadView:
    """The components of the part."""

    whole: gr.Accordion
    files: gr.File
    text: gr.Textbox
    title: gr.Textbox
    outlet: gr.Textbox
    author: gr.Textbox
    published: gr.Textbox
    add_text: gr.Button
    address: gr.Textbox
    name: gr.Textbox
    """Of another library."""
    made: gr.State
    """The name of the library that was made last."""
    added: gr.HTML
    """What became of each."""

    @property
    def pasted(self) -> list[gr.Textbox]:
        """A text and what is known about it, in the order in which `_paste` reads them."""
        return [self.text, self.title, self.outlet, self.author, self.published]


def build_upload() -> UploadView:
    """Return the part, not yet wired."""
    with gr.Accordion(strings.ADD_ARTICLES, open=False, elem_id="adding") as whole:
        with gr.Tabs(elem_id="ways", overflow_behavior="wrap"):
            with gr.Tab(strings.ADD_FILES):
                files = only_uploads(
                    gr.File(
                        label=strings.FILES_LABEL,
                        file_count="multiple",
                        elem_id="files",
                        height=130,
                    )
                )
            with gr.Tab(strings.ADD_TEXT):
                text, title, outlet, author, published, add = _build_text()
            with gr.Tab(strings.ADD_ADDRESS):
                address = gr.Textbox(
                    label=strings.ADDRESS_LABEL,
                    placeholder=strings.ADDRESS_HINT,
                    submit_btn=strings.ADD,
                    max_lines=1,
                    elem_id="address",
                )
            with gr.Tab(strings.ADD_LIBRARY):
                name = gr.Textbox(
                    label=strings.LIBRARY_NAME,
                    info=strings.LIBRARY_APART,
                    submit_btn=strings.MAKE,
                    max_lines=1,
                    elem_id="library-name",
                )
        added = panel("added")
    return UploadView(
        whole=whole,
        files=files,
        text=text,
        title=title,
        outlet=outlet,
        author=author,
        published=published,
        add_text=add,
        address=address,
        name=name,
        made=gr.State(""),
        added=added,
    )


def _build_text() -> tuple[Any, ...]:
    with gr.Row():
        title = gr.Textbox(label=strings.FACT_LABELS["title"], max_lines=1, elem_id="text-title")
        outlet = gr.Textbox(label=strings.FACT_LABELS["source"], max_lines=1, min_width=120)
    with gr.Row():
        author = gr.Textbox(label=strings.FACT_LABELS["author"], max_lines=1, min_width=120)
        published = gr.Textbox(
            label=strings.FACT_LABELS["published"],
            placeholder=strings.DAY_HINT,
            max_lines=1,
            min_width=120,
            elem_id="text-published",
        )
    text = gr.Textbox(label=strings.TEXT_LABEL, lines=5, max_lines=12, elem_id="text")
    add = gr.Button(
        strings.ADD, variant="primary", size="sm", elem_id="add-text", scale=0, min_width=120
    )
    return text, title, outlet, author, published, add


def wire_upload(view: UploadView, shelf: Shelf, library: gr.Dropdown) -> list[Any]:
    """Let files, texts and addresses be added.

    Returns:
        The events after which the library may hold more than before.
    """
    options: dict[str, Any] = {
        "show_progress": "hidden",
        "api_visibility": "private",
        "concurrency_id": "writing",
        "concurrency_limit": WRITERS_AT_ONCE,
    }
    dropped = view.files.upload(
        _dropper(shelf), inputs=[view.files, library], outputs=[view.files, view.added], **options
    )
    # Whatever came of it, more can be dropped.
    ready = dropped.then(
        lambda: gr.File(interactive=True),
        outputs=view.files,
        queue=False,
        api_visibility="private",
        show_progress="hidden",
    )
    pasted = view.add_text.click(
        _paster(shelf),
        inputs=[*view.pasted, library],
        outputs=[*view.pasted, view.added],
        **options,
    )
    fetched = view.address.submit(
        _fetcher(shelf),
        inputs=[view.address, library],
        outputs=[view.address, view.added],
        **options,
    )
    return [ready, pasted, fetched]


def wire_new_library(view: UploadView, shelf: Shelf, library: gr.Dropdown) -> None:
    """Let a library be made and chosen; `view.made` changes then."""

    def make(name: str) -> tuple[Any, ...]:
        try:
            made = shelf.make(name).folder.name
        except IndexFailure as error:
            return (gr.skip(),) * 3 + (render_refused(str(error)),)
        return made, gr.Dropdown(choices=shelf.names(), value=made), "", ""

    # In the queue: Gradio tells only of states that change there.
    view.name.submit(
        make,
        inputs=view.name,
        outputs=[view.made, library, view.name, view.added],
        show_progress="hidden",
        api_visibility="private",
    )


def _dropper(shelf: Shelf) -> Any:  # noqa: ANN401 - a function that Gradio reads the signature of
    def drop(paths: list[str] | None, library: str) -> Iterator[tuple[Any, ...]]:
        """Add the files that were dropped, and leave no copy of them behind."""
        box = gr.File(value=None, interactive=False)
        sweep_empty(Path(get_upload_folder()))
        with tempfile.TemporaryDirectory(dir=get_upload_folder()) as folder:
            files = _taken(paths or (), Path(folder))
            try:
                for entries in add_files(shelf.open(library), files):
                    yield box, render_added(entries)
                    box = gr.skip()
            except IndexFailure as error:
                yield box, render_refused(str(error))

    return drop


def _taken(paths: Sequence[str], folder: Path) -> list[Path]:
    """Move files into a folder of their own, and return where they are.

    Gradio puts what two visitors upload, if it is the same, in the same place: whoever is done
    first must not take it from the other.
    """
    files = []
    for number, path in enumerate(map(Path, dict.fromkeys(paths))):
        own = folder / str(number) / path.name
        own.parent.mkdir()
        with suppress(FileNotFoundError):  # told when it is to be read
            path.rename(own)
        files.append(own)
    return files


def _paster(shelf: Shelf) -> Any:  # noqa: ANN401 - a function that Gradio reads the signature of
    def paste(
        text: str, title: str, outlet: str, author: str, published: str, library: str
    ) -> Iterator[tuple[Any, ...]]:
        """Add a text; the fields are emptied once it is in."""
        facts = Facts(title=title, source=outlet, author=author, published=published)
        for entries in add_text(shelf.open(library), text, facts):
            yield *_emptied(entries, 5), render_added(entries)

    return paste


def _fetcher(shelf: Shelf) -> Any:  # noqa: ANN401 - a function that Gradio reads the signature of
    def fetch(address: str, library: str) -> Iterator[tuple[Any, ...]]:
        """Add a page of the web; the field is emptied once it is in."""
        for entries in add_address(shelf.open(library), address):
            yield *_emptied(entries, 1), render_added(entries)

    return fetch


def _emptied(entries: Entries, count: int) -> tuple[Any, ...]:
    """Return what fields hold now: nothing once all is in, else what they held."""
    done = all(entry.state in {"added", "known"} for entry in entries)
    return ("" if done else gr.skip(),) * count

"""The third view: paste a draft, see it footnoted and flagged, sentence by sentence."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import gradio as gr

from index import IndexFailure
from ui import strings
from ui.drafting import DRAFT_FILES, CheckedDraft, check, read_draft
from ui.elements import render_problem
from ui.forgetting import articles_in
from ui.parts import at_once, only_uploads, panel, user_of
from ui.render_draft import render_draft
from ui.shelf import Shelf
from ui.turnstile import Turnstile
from ui.types import Visit


@dataclass(frozen=True, kw_only=True)
class DraftView:
    """The components of the view."""

    halt: gr.State
    draft: gr.State
    """The `CheckedDraft` that stands on the page, or None."""
    text: gr.Textbox
    file: gr.UploadButton
    check: gr.Button
    stop: gr.Button
    checked: gr.HTML


def build_draft() -> DraftView:
    """Return the view, not yet wired."""
    text = gr.Textbox(
        label=strings.DRAFT,
        placeholder=strings.DRAFT_HINT,
        lines=6,
        max_lines=12,
        elem_id="draft-text",
    )
    with gr.Row(elem_id="draft-tools"):
        start = gr.Button(strings.CHECK, variant="primary", size="sm", elem_id="check")
        stop = gr.Button(strings.STOP, size="sm", visible=False, elem_id="stop-check")
        file = only_uploads(
            gr.UploadButton(
                strings.OPEN_DRAFT, file_types=DRAFT_FILES, size="sm", elem_id="open-draft"
            )
        )
    return DraftView(
        halt=gr.State(Visit()),
        draft=gr.State(None),
        text=text,
        file=file,
        check=start,
        stop=stop,
        checked=panel("checked"),
    )


def wire_draft(view: DraftView, shelf: Shelf, library: gr.Dropdown, turnstile: Turnstile) -> None:
    """Let a draft be read from a file and checked, and the check be stopped."""
    library.change(_leave, inputs=view.halt, outputs=[view.draft, view.checked], **at_once())
    checking = view.check.click(
        _checker(shelf, turnstile),
        inputs=[view.text, view.halt, library],
        outputs=[view.draft, view.checked, view.check, view.stop],
        show_progress="hidden",
        api_visibility="private",
    )
    checking.then(_ready, outputs=[view.check, view.stop], **at_once())
    view.stop.click(_halt, inputs=view.halt, outputs=view.stop, **at_once())
    view.file.upload(
        _read,
        inputs=view.file,
        outputs=[view.text, view.checked],
        show_progress="hidden",
        api_visibility="private",
    )


def _checker(shelf: Shelf, turnstile: Turnstile) -> Any:  # noqa: ANN401 - a function that Gradio reads the signature of
    def run(text: str, halt: Visit, library: str, request: gr.Request) -> Iterator[tuple[Any, ...]]:
        """Stream a draft's check into the page."""
        begun = halt.turn_page()
        buttons = gr.Button(visible=False), gr.Button(value=strings.STOP, visible=True)
        for grown in check(shelf.open(library), text or "", turnstile, user_of(request)):
            draft: CheckedDraft = replace(grown, stopped=True) if _ends(halt, grown) else grown
            if halt.page != begun:  # another library was opened, or the draft's source erased
                yield (gr.skip(),) * 4
                return
            yield draft, render_draft(draft), *buttons
            buttons = gr.skip(), gr.skip()
            if draft.stopped:
                return

    return run


def _ends(halt: Visit, draft: CheckedDraft) -> bool:
    """Say whether the reader has stopped a check that is still under way."""
    return halt.stop_wanted and draft.is_open


def _halt(halt: Visit) -> gr.Button:
    """Ask for the check to end with the sentence that is being looked at."""
    halt.stop_wanted = True
    return gr.Button(value=strings.STOPPING)


def _leave(halt: Visit) -> tuple[None, str]:
    """Check no more, and show nothing: another library has been opened."""
    halt.turn_page()
    return None, ""


def forgetter(shelf: Shelf) -> Callable[..., tuple[Any, ...]]:
    """Return what clears a checked draft away whose sources were erased since."""

    def forget(draft: CheckedDraft | None, halt: Visit, library: str) -> tuple[Any, ...]:
        index = shelf.open(library)
        if draft is None or draft.answer is None:
            return gr.skip(), gr.skip()
        if not any(map(index.is_erased, articles_in(draft.answer))):
            return gr.skip(), gr.skip()
        return _leave(halt)

    return forget


def _ready() -> tuple[gr.Button, gr.Button]:
    return gr.Button(visible=True), gr.Button(visible=False)


def _read(path: str) -> tuple[Any, Any]:
    """Put a file's text into the box, and leave no copy of the file behind."""
    file = Path(path)
    try:
        return read_draft(file), gr.skip()
    except IndexFailure as error:
        return gr.skip(), render_problem(str(error))
    finally:
        file.unlink(missing_ok=True)

"""The page: what stands where, and what happens on a click."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import gradio as gr

from index import Index
from ui import strings
from ui.chat import Chat
from ui.render import render_masthead
from ui.turnstile import Turnstile
from ui.types import Halt, Turn

HERE = Path(__file__).parent

Turns = tuple[Turn, ...]


def build_page(index: Index, turnstile: Turnstile | None = None) -> gr.Blocks:
    """Build the page over an open library; `ui.app` serves it."""
    chat = Chat(index, turnstile)
    script = (HERE / "page.js").read_text(encoding="utf-8")
    with gr.Blocks(title=strings.TITLE, fill_width=True, analytics_enabled=False) as page:
        turns = gr.State(())
        masthead = gr.HTML(elem_id="masthead", apply_default_css=False)
        with gr.Row(elem_id="desk"):
            with gr.Column(scale=5, min_width=320, elem_id="talk"):
                conversation = _panel("conversation", script)
                question = _question_box()
                with gr.Accordion(strings.FILTERS, open=False, elem_id="filters"), gr.Row():
                    since = gr.Textbox(label=strings.SINCE, placeholder=strings.DAY_HINT)
                    until = gr.Textbox(label=strings.UNTIL, placeholder=strings.DAY_HINT)
                    outlets = gr.Dropdown(label=strings.OUTLETS, multiselect=True, choices=[])
                fresh = gr.Button(strings.NEW_CONVERSATION, size="sm", elem_id="fresh")
            with gr.Column(scale=4, min_width=320, elem_id="reading"):
                source = _panel("source", script)

        _wire_questions(chat, turns, conversation, question, [since, until, outlets])
        fresh.click(
            lambda: ((), chat.conversation(()), chat.library()),
            outputs=[turns, conversation, source], **_at_once(),
        )
        for panel in (conversation, source):
            panel.click(_opener(chat), outputs=source, **_at_once())
        page.load(
            lambda: (
                render_masthead(chat.facts()), chat.conversation(()), chat.library(),
                gr.Dropdown(choices=chat.outlets()),
            ),
            outputs=[masthead, conversation, source, outlets], **_at_once(),
        )
    # The turnstile decides who waits, and tells who must come again; Gradio's queue cannot.
    page.queue(default_concurrency_limit=None, api_open=False)
    return page


def _panel(name: str, script: str) -> gr.HTML:
    """Return an empty panel."""
    # The template stays Gradio's "${value}", which puts our HTML in as it is. A placeholder with
    # three braces would have article text read as a template, and run.
    return gr.HTML(
        elem_id=name, html_template="${value}", js_on_load=script, apply_default_css=False
    )


def _question_box() -> gr.Textbox:
    return gr.Textbox(
        label=strings.QUESTION, placeholder=strings.QUESTION_HINT, elem_id="question",
        submit_btn=strings.ASK, max_lines=4,
    )


def _at_once() -> dict[str, Any]:
    """Return the options of an event that answers at once and is no public endpoint."""
    return {"queue": False, "show_progress": "hidden", "api_visibility": "private"}


def _opener(chat: Chat) -> Callable[[gr.EventData], str]:
    def open_source(event: gr.EventData) -> str:
        """Show what was clicked; without an article, the list of all."""
        article_id = getattr(event, "article", None)
        if not isinstance(article_id, str):
            return chat.library()
        start, end = getattr(event, "start", 0), getattr(event, "end", 0)
        # The numbers come from the browser, so they may be anything.
        whole = isinstance(start, int) and isinstance(end, int) and start >= 0
        return chat.article(article_id, *((start, end) if whole else (0, 0)))

    return open_source


def _wire_questions(
    chat: Chat, turns: gr.State, conversation: gr.HTML, question: gr.Textbox, filters: list[Any]
) -> None:
    """Let Enter and the button ask, and the stop button stop."""
    # One for each visitor. Gradio's own way to cancel leaves the answer and the page at odds when
    # a sentence arrives at the same moment.
    halt = gr.State(Halt())

    def ask(
        asked: str, since: str, until: str, outlets: list[str] | None, earlier: Turns, halt: Halt
    ) -> Iterator[tuple[Any, ...]]:
        """Stream an answer into the conversation."""
        halt.wanted = False
        if not asked.strip():
            yield gr.skip(), gr.skip(), gr.skip()
            return
        box = gr.Textbox(value="", submit_btn=False, stop_btn=strings.STOP)
        for grown in chat.ask(asked, earlier, since=since, until=until, outlets=outlets or ()):
            shown = chat.stop(grown) if halt.wanted else grown
            yield shown, chat.conversation(shown), box
            box = gr.skip()
            if halt.wanted:
                return

    def stop(halt: Halt) -> gr.Textbox:
        """Ask for the answer to end with the sentence that is being written."""
        halt.wanted = True
        return gr.Textbox(stop_btn=strings.STOPPING)

    def fail(earlier: Turns) -> tuple[Any, ...]:
        """Tell the reader about a fault; Gradio logs its traceback."""
        failed = chat.fail(earlier)
        return failed, chat.conversation(failed), _ready()

    outputs = [turns, conversation, question]
    asking = question.submit(
        ask, inputs=[question, *filters, turns, halt], outputs=outputs,
        show_progress="hidden", api_visibility="private",
    )
    # Only then: Gradio ignores a question that is sent before the last one is wholly done.
    asking.success(_ready, outputs=question, **_at_once())
    asking.failure(fail, inputs=turns, outputs=outputs, **_at_once())
    question.stop(stop, inputs=halt, outputs=question, **_at_once())


def _ready() -> gr.Textbox:
    """Return the question box as it stands between two answers."""
    return gr.Textbox(submit_btn=strings.ASK, stop_btn=False)

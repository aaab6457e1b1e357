"""The first view: ask, read the answer as it grows, ask again."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import gradio as gr

from ui import strings
from ui.answering import asker, limits_of, show
from ui.asking import fail
from ui.elements import plain
from ui.parts import at_once, panel
from ui.render_turns import render_questions
from ui.shelf import Shelf
from ui.suggesting import Suggesting
from ui.turn_events import editor, rater, widener
from ui.turnstile import Turnstile
from ui.types import Conversation, Visit
from ui.wording import limits_in_words


@dataclass(frozen=True, kw_only=True)
class AskView:
    """The components of the view."""

    conversation: gr.State
    visit: gr.State
    past: gr.HTML
    """The turns that are done."""
    now: gr.HTML
    """The turn that grows, alone, so that nothing else is drawn again with each sentence."""
    next: gr.HTML
    """Questions that might be asked next."""
    question: gr.Textbox
    since: gr.Textbox
    until: gr.Textbox
    outlets: gr.Dropdown
    articles: gr.Dropdown
    filters: gr.Accordion
    fresh: gr.Button

    @property
    def limits(self) -> list[gr.Textbox | gr.Dropdown]:
        """The filters, in the order in which `limits_of` takes them."""
        return [self.since, self.until, self.outlets, self.articles]

    @property
    def shown(self) -> list[Any]:
        """What a conversation is shown in, in the order of `show`."""
        return [self.conversation, self.past, self.now]


def build_ask() -> AskView:
    """Return the view, not yet wired."""
    with gr.Column(elem_id="conversation"):
        past = panel("past")
        with gr.Column(elem_id="newest"):
            now, following = panel("now"), panel("next")
    question = gr.Textbox(
        label=strings.QUESTION,
        placeholder=strings.QUESTION_HINT,
        elem_id="question",
        submit_btn=strings.ASK,
        max_lines=4,
    )
    with gr.Row(elem_id="below"):
        with gr.Accordion(strings.FILTERS, open=False, elem_id="filters") as filters:
            with gr.Row():
                since = gr.Textbox(
                    label=strings.SINCE, placeholder=strings.DAY_HINT, elem_id="since"
                )
                until = gr.Textbox(
                    label=strings.UNTIL, placeholder=strings.DAY_HINT, elem_id="until"
                )
            with gr.Row():
                outlets = gr.Dropdown(
                    label=strings.OUTLETS, multiselect=True, choices=[], min_width=160
                )
                articles = gr.Dropdown(
                    label=strings.ARTICLES, multiselect=True, choices=[], min_width=160
                )
        fresh = gr.Button(strings.NEW_CONVERSATION, size="sm", elem_id="fresh")
    return AskView(
        conversation=gr.State(Conversation()),
        visit=gr.State(Visit()),
        past=past,
        now=now,
        next=following,
        question=question,
        since=since,
        until=until,
        outlets=outlets,
        articles=articles,
        filters=filters,
        fresh=fresh,
    )


def wire_ask(
    view: AskView,
    shelf: Shelf,
    library: gr.Dropdown,
    turnstile: Turnstile,
    suggesting: Suggesting,
) -> None:
    """Let Enter, a turn's buttons and suggested questions ask, and the stop button stop."""
    triggers = [
        view.question.submit,
        view.past.retry,
        view.now.retry,
        view.next.example_select,
    ]
    asking = gr.on(
        triggers,
        asker(shelf, turnstile),
        inputs=[view.question, *view.limits, view.conversation, view.visit, library],
        outputs=[*view.shown, view.next, view.question],
        show_progress="hidden",
        api_visibility="private",
        api_name="ask",
        # A question may be asked while one that was left behind comes to its end.
        trigger_mode="multiple",
    )
    done = asking.success(ready, inputs=view.visit, outputs=view.question, **at_once())
    suggest_after(done, view, shelf, library, suggesting)
    asking.failure(
        _failer(shelf),
        inputs=[view.conversation, view.visit, library],
        outputs=[*view.shown, view.question],
        **at_once(),
    )
    # While an answer is read, the limits take a line that says what they are.
    gr.on(triggers, lambda: gr.Accordion(open=False), outputs=view.filters, **at_once())
    # One listener for all four: two would race, and the label tell what was set before.
    gr.on(
        [each.change for each in view.limits],
        _name_limits,
        inputs=view.limits,
        outputs=view.filters,
        trigger_mode="always_last",
        **at_once(),
    )
    view.question.stop(_stop, inputs=view.visit, outputs=view.question, **at_once())
    for each in (view.past, view.now):
        each.edit(
            editor(shelf),
            inputs=[view.conversation, view.visit, library],
            outputs=[view.conversation, view.question],
            **at_once(),
        )
        changing = [view.conversation, view.visit, library]
        each.expand(widener(shelf), inputs=changing, outputs=view.shown, **at_once())
        each.like(rater(shelf), inputs=changing, outputs=view.shown, **at_once())
    cleared = view.fresh.click(
        begin_anew(shelf),
        inputs=[view.visit, library],
        outputs=[*view.shown, view.next, view.question],
        **at_once(),
    )
    suggest_after(cleared, view, shelf, library, suggesting)


def suggest_after(
    event: Any,  # noqa: ANN401 - what a listener of Gradio returns
    view: AskView,
    shelf: Shelf,
    library: gr.Dropdown,
    suggesting: Suggesting,
) -> None:
    """Have questions suggested once an event is through, unless something is asked meanwhile."""
    event.then(
        _suggester(shelf, suggesting),
        inputs=[view.conversation, view.visit, library],
        outputs=view.next,
        show_progress="hidden",
        api_visibility="private",
    )


def begin_anew(shelf: Shelf) -> Callable[[Visit, str], tuple[Any, ...]]:
    """Return what clears the page for a new conversation; an answer under way is dropped."""

    def begin(visit: Visit, library: str) -> tuple[Any, ...]:
        visit.turn_page()
        return (*show(Conversation(), shelf, library), "", ready(visit))

    return begin


def _suggester(shelf: Shelf, suggesting: Suggesting) -> Any:  # noqa: ANN401 - Gradio reads its signature
    def suggest(conversation: Conversation, visit: Visit, library: str) -> str:
        """Suggest what to ask first or next, unless something else was asked by now."""
        begun, last = visit.page, conversation.last
        if visit.answering:
            return ""
        if last is None:
            return render_questions(suggesting.first(shelf.open(library)), strings.ASK_FIRST)
        if last.answer is None or last.is_open:
            return ""
        questions = suggesting.after(last.answer, shelf.open(library))
        return render_questions(questions if visit.page == begun else (), strings.ASK_NEXT)

    return suggest


def _name_limits(
    since: str, until: str, outlets: list[str] | None, articles: list[str] | None
) -> gr.Accordion:
    """Return the filters under a label that says what is set."""
    told = limits_in_words(limits_of(since, until, outlets, articles))
    label = strings.FILTERS_SET.format(limits=" · ".join(told)) if told else strings.FILTERS
    return gr.Accordion(label=plain(label))


def _stop(visit: Visit) -> gr.Textbox:
    """Ask for the answer to end with the sentence that is being written."""
    visit.stop_wanted = True
    return gr.Textbox(stop_btn=strings.STOPPING)


def _failer(shelf: Shelf) -> Callable[..., tuple[Any, ...]]:
    """Return what tells the reader about a fault of ours; Gradio logs its traceback."""

    def tell(conversation: Conversation, visit: Visit, library: str) -> tuple[Any, ...]:
        if visit.answering:
            return (gr.skip(),) * 4
        return (*show(fail(conversation), shelf, library), ready(visit))

    return tell


def ready(visit: Visit) -> gr.Textbox:
    """Return the question box as it stands between two answers."""
    if visit.answering:
        return gr.skip()
    return gr.Textbox(label=strings.QUESTION, submit_btn=strings.ASK, stop_btn=False)

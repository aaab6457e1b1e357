"""The second view: the list of articles, what is done to them, and every mention of a phrase."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PurePath
from typing import Any

import gradio as gr

from index import Index, IndexFailure
from index.errors import BadValue
from index.uploads import Uploads
from ui import curating, strings
from ui.listing import Desk, Facts, list_articles
from ui.mentions import find_mentions
from ui.parts import Clicked, at_once, panel, told
from ui.render_articles import render_listing
from ui.render_mentions import render_mentions
from ui.render_source import render_closed
from ui.shelf import Shelf
from ui.view_upload import UploadView, build_upload, wire_upload

WRITING: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
"""Options of an event that changes articles: it may take a while, so it waits in the queue."""

TELL_ENTERED = "(desk, words, _, library) => [desk, words, page.entered(words), library]"
"""What the search takes along from the page: an event does not tell typing from Enter."""

Deed = Callable[[Index, Desk, Clicked], Desk]


@dataclass(frozen=True, kw_only=True)
class ArticlesView:
    """The components of the view."""

    desk: gr.State
    words: gr.Textbox
    entered: gr.Checkbox
    """Whether Enter was pressed on these words; never shown."""
    order: gr.Dropdown
    upload: UploadView
    listing: gr.HTML

    @property
    def shown(self) -> list[Any]:
        """What a desk is shown in, in the order of `show_desk`."""
        return [self.desk, self.listing]


LOOKS: dict[str, Deed] = {
    "submit": lambda _, desk, clicked: curating.find_mentions(desk, clicked.text("phrase")),
    "expand": lambda _, desk, __: curating.show_more(desk),
    "option_select": lambda _, desk, clicked: curating.tick(desk, clicked.text("article")),
    "release": lambda _, desk, __: curating.untick(desk),
    "edit": lambda _, desk, clicked: curating.open_facts(desk, clicked.text("article")),
    "collapse": lambda _, desk, __: curating.close_facts(desk),
    "tick": lambda _, desk, clicked: curating.show_removed(desk, "shown" in clicked),
}
"""What a button of the list does, by the event that it triggers; the articles stay as they are."""

CHANGES: dict[str, Deed] = {
    "apply": lambda index, desk, clicked: curating.correct(index, desk, _typed(clicked)),
    "retry": lambda index, desk, _: curating.take_back(index, desk),
    "delete": lambda index, desk, _: curating.remove(index, desk),
    "undo": lambda index, desk, clicked: curating.put_back(index, desk, clicked.text("article")),
}
"""The same, for what changes articles; erasing takes more."""


def build_articles() -> ArticlesView:
    """Return the view, not yet wired."""
    with gr.Row(elem_id="finding"):
        words = gr.Textbox(
            label=strings.SEARCH,
            placeholder=strings.SEARCH_HINT,
            elem_id="search",
            scale=3,
            min_width=220,
            max_lines=1,
        )
        order = gr.Dropdown(
            label=strings.ORDER,
            choices=[(name, key) for key, name in strings.ORDERS.items()],
            value="newest",
            elem_id="order",
            scale=1,
            min_width=150,
            filterable=False,
        )
    upload = build_upload()
    return ArticlesView(
        desk=gr.State(Desk()),
        words=words,
        entered=gr.Checkbox(visible=False),
        order=order,
        upload=upload,
        listing=panel("listing"),
    )


def wire_articles(
    view: ArticlesView, tab: gr.Tab, shelf: Shelf, library: gr.Dropdown, source: gr.HTML
) -> list[Any]:
    """Let the list be searched, sorted and worked on.

    Returns:
        The events after which the library may hold other articles than before.
    """
    _wire_looks(view, tab, shelf, library)
    writing = {"inputs": [view.desk, library], "outputs": view.shown, **WRITING}
    changed = [
        getattr(view.listing, name)(_doer(shelf, deed), **writing) for name, deed in CHANGES.items()
    ]
    erased = view.listing.clear(_eraser(shelf), **writing)
    # The article that stands open may be the one that was erased.
    erased.then(
        lambda desk: render_closed() if desk.said else gr.skip(),
        inputs=view.desk,
        outputs=source,
        **at_once(),
    )
    added = wire_upload(view.upload, shelf, library)
    for event in added:
        event.then(
            lambda desk, name: show_desk(shelf, name, desk),
            inputs=[view.desk, library],
            outputs=view.shown,
            **at_once(),
        )
    return [*changed, erased, *added]


def _wire_looks(view: ArticlesView, tab: gr.Tab, shelf: Shelf, library: gr.Dropdown) -> None:
    """Let the list be searched and sorted, and shown anew whenever the view is turned to."""
    # One listener for typing and Enter: two would race, and the list replace the mentions. And not
    # "input", which Gradio leaves out when words are pasted or dictated.
    gr.on(
        [view.words.change, view.words.submit],
        _searcher(shelf),
        inputs=[view.desk, view.words, view.entered, library],
        outputs=view.shown,
        js=TELL_ENTERED,
        trigger_mode="always_last",
        **at_once(),
    )
    view.order.input(
        lambda desk, order, name: show_desk(shelf, name, curating.sort(desk, order)),
        inputs=[view.desk, view.order, library],
        outputs=view.shown,
        **at_once(),
    )
    for name, deed in LOOKS.items():
        getattr(view.listing, name)(
            _doer(shelf, deed), inputs=[view.desk, library], outputs=view.shown, **at_once()
        )
    tab.select(
        lambda desk, name: show_desk(shelf, name, desk),
        inputs=[view.desk, library],
        outputs=view.shown,
        **at_once(),
    )


def show_desk(shelf: Shelf, name: str, desk: Desk) -> tuple[Desk, str]:
    """Return a desk, and as HTML what it shows of a library."""
    try:
        return desk, _render(shelf.open(name), desk)
    except BadValue as error:  # a phrase that cannot be looked for
        desk = replace(desk, phrase="", problem=str(error))
    except IndexFailure:
        pass
    return desk, told(lambda: _render(shelf.open(name), desk))


def enter_articles(shelf: Shelf, name: str) -> tuple[Any, ...]:
    """Return what the view shows when a library is opened, in the order of `entered`."""
    empty = not shelf.open(name).articles()
    desk, listing = show_desk(shelf, name, Desk(library=name))
    return desk, listing, "", "newest", gr.Accordion(open=empty), ""


def entered(view: ArticlesView) -> list[Any]:
    """Return the components that `enter_articles` fills."""
    return [*view.shown, view.words, view.order, view.upload.whole, view.upload.added]


def _render(index: Index, desk: Desk) -> str:
    if desk.phrase:
        return render_mentions(find_mentions(index, desk), desk)
    listing = list_articles(index, desk)
    if desk.opened is None:
        return render_listing(listing, desk)
    files = index.files(desk.opened)
    mine = Uploads(index).folder
    return render_listing(
        listing,
        desk,
        read=index.as_read(desk.opened),
        files=[PurePath(path).name for path in files],
        elsewhere=[path for path in files if not Path(path).is_relative_to(mine)],
    )


def _searcher(shelf: Shelf) -> Any:  # noqa: ANN401 - a function that Gradio reads
    def look_up(desk: Desk, words: str, entered: bool, library: str) -> tuple[Any, ...]:
        """Show the articles that have the words, or where Enter was pressed every mention."""
        wanted = curating.search(desk, words)
        if entered:
            wanted = curating.find_mentions(wanted, words)
        elif wanted.words == desk.words and not desk.phrase:  # they were emptied with the desk
            return (gr.skip(),) * 2
        return show_desk(shelf, library, wanted)

    return look_up


def _doer(shelf: Shelf, deed: Deed) -> Any:  # noqa: ANN401 - a function that Gradio reads
    def do(event: gr.EventData, desk: Desk, library: str) -> tuple[Desk, str]:
        """Do what a button of the list says, and show the list as it is then."""
        if desk.library != library:  # an event of the library before came late
            return show_desk(shelf, library, Desk(library=library))
        return show_desk(shelf, library, deed(shelf.open(library), desk, Clicked(event)))

    return do


def _eraser(shelf: Shelf) -> Any:  # noqa: ANN401 - a function that Gradio reads
    def erase(event: gr.EventData, desk: Desk, library: str) -> Iterator[tuple[Desk, str]]:
        """Ask whether an article is to go for good, or let it go, also out of what was saved."""
        if desk.library != library:
            yield show_desk(shelf, library, Desk(library=library))
            return
        index = shelf.open(library)
        sure = "sure" in Clicked(event)
        if sure and desk.erasing:  # in a large library it takes a while
            waiting = replace(desk.settled(), said=strings.ERASING)
            yield desk, show_desk(shelf, library, waiting)[1]
        desk = curating.erase(index, desk, lambda: shelf.chats(library).sweep(index), sure=sure)
        yield show_desk(shelf, library, desk)

    return erase


def _typed(clicked: Clicked) -> Facts:
    return Facts(**{name: clicked.text(name) for name in Facts.__dataclass_fields__})

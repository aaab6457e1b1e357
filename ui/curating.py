"""What a reader does to the articles of a library: find, correct, remove, put back, erase.

Each deed takes a desk and returns the next. What goes wrong becomes a message on the desk; nothing
is raised for it.
"""

from collections.abc import Callable
from dataclasses import replace

from index import Index, IndexFailure
from index.lock import patiently
from index.types import ArticleInfo
from index.uploads import Uploads
from ui import strings
from ui.errors import KeepingFailure
from ui.listing import PAGE_LENGTH, Desk, Facts, Order, facts_of

LONGEST_FACT = 500
"""Characters of a title, an outlet, an author, a phrase."""

PATIENCE = 3.0
"""Seconds that a small change waits for another writer to be done."""


def search(desk: Desk, words: str) -> Desk:
    """Look for articles by the words in their titles, outlets, authors and paths."""
    words = one_line(words)
    return replace(desk.settled(), words=words, phrase="", opened=None, most=PAGE_LENGTH)


def find_mentions(desk: Desk, phrase: str) -> Desk:
    """Show every mention of a phrase; the list, where there is none."""
    phrase = one_line(phrase)
    return replace(desk.settled(), phrase=phrase, opened=None, most=PAGE_LENGTH)


def sort(desk: Desk, order: Order) -> Desk:
    """Put the list, or the mentions, in another order."""
    return replace(desk.settled(), order=order, most=PAGE_LENGTH)


def show_more(desk: Desk) -> Desk:
    """Show more of the list, or of the mentions."""
    return replace(desk, most=desk.most + PAGE_LENGTH)


def tick(desk: Desk, article_id: str) -> Desk:
    """Choose an article to ask about, or choose it no more."""
    if article_id in desk.ticked:
        ticked = tuple(each for each in desk.ticked if each != article_id)
    else:
        ticked = (*desk.ticked, article_id) if article_id else desk.ticked
    return replace(desk, ticked=ticked)


def untick(desk: Desk) -> Desk:
    """Choose no article to ask about."""
    return replace(desk, ticked=())


def open_facts(desk: Desk, article_id: str) -> Desk:
    """Open an article's facts to be corrected."""
    return replace(desk.settled(), opened=article_id or None)


def close_facts(desk: Desk) -> Desk:
    """Close what is being corrected, as it is."""
    return replace(desk.settled(), opened=None)


def correct(index: Index, desk: Desk, typed: Facts) -> Desk:
    """Correct the facts of the opened article as they were typed; empty is for none."""
    article_id, desk = desk.opened or "", desk.settled()
    typed = Facts(**{name: one_line(value) for name, value in typed.to_dict().items()})

    def change() -> Desk:
        now = facts_of(index.article(article_id).info).to_dict()
        changed = {
            name: value or None
            for name, value in typed.to_dict().items()
            if value != one_line(now[name])
        }
        if not changed:
            return replace(desk, opened=None)
        corrected = index.correct(article_id, **changed)
        said = strings.CORRECTED.format(title=_title(corrected))
        return replace(desk, opened=None, said=said)

    return _attempt(change, replace(desk, typed=typed))


def take_back(index: Index, desk: Desk) -> Desk:
    """Show the opened article again as its file describes it."""
    article_id, desk = desk.opened or "", desk.settled()

    def change() -> Desk:
        said = strings.UNCORRECTED.format(title=_title(index.uncorrect(article_id)))
        return replace(desk, opened=None, said=said)

    return _attempt(change, desk)


def remove(index: Index, desk: Desk) -> Desk:
    """Take the opened article out of the library; it can be put back until the next deed."""
    article_id, desk = desk.opened or "", desk.settled()

    def change() -> Desk:
        title = _title(index.article(article_id).info)
        removed = Uploads(index, patience=PATIENCE).discard(article_id)
        said = strings.REMOVED.format(title=title)
        return replace(_without(desk, article_id), removed=removed, said=said)

    return _attempt(change, desk)


def show_removed(desk: Desk, shown: bool) -> Desk:
    """Show what was taken out of the library, or show it no more."""
    return replace(desk.settled(), shows_removed=shown)


def put_back(index: Index, desk: Desk, article_id: str = "") -> Desk:
    """Put back an article that was taken out; by default the one that was taken out last."""
    removed = desk.removed
    if article_id:
        taken_out = Uploads(index).discarded()
        removed = next((each for each in taken_out if each.article.id == article_id), None)
    if removed is None:  # it was put back meanwhile, in another tab
        return desk

    def change() -> Desk:
        Uploads(index, patience=PATIENCE).restore(removed)
        return replace(desk.settled(), said=strings.PUT_BACK)

    return _attempt(change, desk)


def erase(index: Index, desk: Desk, forget: Callable[[], object], *, sure: bool) -> Desk:
    """Delete the opened article for good; ask first, unless the reader has been asked.

    Args:
        index: The library.
        desk: What the reader has in hand.
        forget: Takes what was erased out of the saved conversations.
        sure: Whether the reader said so.
    """
    if not (sure and desk.erasing):
        return replace(desk.settled(), erasing=desk.opened is not None)
    article_id, desk = desk.opened or "", desk.settled()

    def change() -> Desk:
        title = _title(index.article(article_id).info)
        stay = Uploads(index, patience=PATIENCE).erase(article_id).elsewhere
        said = strings.ERASED_ELSEWHERE if stay else strings.ERASED
        said = said.format(title=title, paths=", ".join(stay))
        return replace(_without(desk, article_id), said=said)

    desk = _attempt(change, desk)
    if not desk.problem:
        try:
            forget()
        except (KeepingFailure, IndexFailure) as error:
            return replace(desk, problem=str(error))
    return desk


def one_line(text: str) -> str:
    """Return what was typed, which may be anything, as one line that can be stored."""
    usable = text.encode("utf-8", "ignore").decode("utf-8").replace("\x00", "")
    return " ".join(usable.split())[:LONGEST_FACT].rstrip()


def _attempt(change: Callable[[], Desk], before: Desk) -> Desk:
    """Return the desk after a change, or as it was, with the reason why it could not be made."""
    try:
        return patiently(change, PATIENCE)
    except IndexFailure as error:
        return replace(before, problem=str(error))


def _without(desk: Desk, article_id: str) -> Desk:
    ticked = tuple(each for each in desk.ticked if each != article_id)
    return replace(desk, opened=None, ticked=ticked)


def _title(info: ArticleInfo) -> str:
    return info.title or strings.UNTITLED

"""The list of articles as HTML, and one of them while it is corrected. Pure functions."""

from collections.abc import Sequence
from html import escape
from pathlib import PurePath

from index.types import ArticleInfo
from ui import strings
from ui.elements import button, flat, plain, render_date, render_notice, render_problem
from ui.listing import PAGE_LENGTH, Desk, Facts, Listing, Row, facts_of
from ui.render import target
from ui.render_removed import render_removed


def render_listing(
    listing: Listing,
    desk: Desk,
    *,
    read: ArticleInfo | None = None,
    files: Sequence[str] = (),
    elsewhere: Sequence[str] = (),
) -> str:
    """Return the list, with the opened article's fields below its row.

    Args:
        listing: What is shown.
        desk: What the reader has in hand.
        read: What the opened article's file says about it.
        files: Names of the opened article's files.
        elsewhere: Paths of those that stay on the disk when it is erased.
    """
    rows = []
    for place, row in enumerate(listing.rows):
        opened = row.info.id == desk.opened
        below = _below(row, desk, read, files, elsewhere) if opened else ""
        # The first of those that "show more" brought.
        is_new = place > 0 and place == desk.most - PAGE_LENGTH
        rows.append(_row(row, desk, below, focus=f"row {place}" if is_new else ""))
    list_html = f'<ul class="entries">{"".join(rows)}</ul>' if rows else _nothing(listing, desk)
    return (
        f'<div class="listing">{_head(listing, desk)}{render_said(desk)}{_mentions_offer(desk)}'
        f"{list_html}{render_more(len(listing.rows), listing.found)}"
        f"{render_removed(listing.removed, desk)}</div>"
    )


def render_said(desk: Desk) -> str:
    """Return what the last deed did, with a button that undoes it where it can be undone."""
    if desk.problem:
        return render_problem(desk.problem)
    if not desk.said:
        return ""
    undo = focused(button(escape(strings.UNDO), "step", "undo"), "undo") if desk.removed else ""
    return f'<p class="notice said" role="status">{escape(desk.said)} {undo}</p>'


def render_more(shown: int, found: int) -> str:
    """Return a button that shows more, where there is more."""
    if shown >= found:
        return ""
    words = strings.SHOW_MORE.format(
        count=min(PAGE_LENGTH, found - shown), shown=f"{shown:,}", found=f"{found:,}"
    )
    return f'<p class="more">{button(escape(words), "plain", "expand")}</p>'


def focused(html: str, name: str) -> str:
    """Return a button that takes the focus when it comes up under this name; see `page.js`."""
    return html.replace("<button", f'<button data-focus="{escape(name)}"', 1)


def count_articles(count: int) -> str:
    """Return in words how many articles there are."""
    return strings.ONE_ARTICLE if count == 1 else strings.MANY_ARTICLES.format(count=f"{count:,}")


def _head(listing: Listing, desk: Desk) -> str:
    """Return how many articles were found, and what can be done with those that are ticked."""
    if not listing.total:
        return ""
    told = count_articles(listing.total)
    if desk.words:
        told = strings.FOUND_OF.format(found=f"{listing.found:,}", total=told)
    chosen = ""
    if desk.ticked:
        count = count_articles(len(desk.ticked))
        chosen = (
            f'<span class="chosen">{escape(strings.TICKED.format(count=count))} '
            + button(escape(strings.ASK_ABOUT_TICKED), "plain", "select")
            + button(escape(strings.UNTICK), "step", "release")
            + "</span>"
        )
    found = f'<span class="found" role="status">{escape(told)}</span>'
    return f'<div class="head">{found}{chosen}</div>'


def _mentions_offer(desk: Desk) -> str:
    """Return a button that looks into the texts for what is looked for in the titles."""
    if not desk.words:
        return ""
    offer = escape(strings.FIND_MENTIONS.format(phrase=desk.words))
    return f'<p class="offer">{button(offer, "step", "submit", data={"phrase": desk.words})}</p>'


def _nothing(listing: Listing, desk: Desk) -> str:
    if listing.total:
        return render_notice(strings.NOTHING_FOUND.format(words=desk.words))
    return (
        f'<div class="welcome"><p><strong>{escape(strings.EMPTY_LIBRARY)}</strong> '
        f"{escape(strings.EMPTY_LIST_REMEDY)}</p></div>"
    )


def _row(row: Row, desk: Desk, below: str, focus: str) -> str:
    info = row.info
    title = flat(info.title or strings.UNTITLED)
    name = plain(info.title or strings.UNTITLED)
    ticked = "true" if info.id in desk.ticked else "false"
    # No input: what is ticked would stay with its place when the list is drawn in another order.
    tick = (
        f'<button type="button" class="tick" role="checkbox" aria-checked="{ticked}" '
        f'data-event="option_select" data-article="{escape(info.id)}" '
        f'aria-label="{escape(strings.TICK.format(title=name))}"></button>'
    )
    opener = button(title, "source-link", data=target(info.id, 0, 0))
    opener = focused(opener, focus) if focus else opener
    edit = button(
        escape(strings.CLOSE if below else strings.EDIT_FACTS),
        "step",
        "collapse" if below else "edit",
        label=(strings.CLOSE_OF if below else strings.EDIT_OF).format(title=name),
        data={"article": info.id},
    )
    return (
        f'<li class="entry{" open" if below else ""}"><div class="line">{tick}'
        f'<div class="what">{opener}<span class="facts">{_facts(row, desk)}</span></div>{edit}'
        f"</div>{below}</li>"
    )


def _facts(row: Row, desk: Desk) -> str:
    """Return outlet, author, date and length; the file's name, where words were looked for."""
    info = row.info
    facts = [flat(info.source) if info.source else escape(strings.UNKNOWN_OUTLET)]
    if info.author:
        facts.append(flat(info.author))
    facts.append(render_date(info.published))
    if info.words is not None:
        facts.append(escape(strings.WORDS.format(count=f"{info.words:,}")))
    if row.corrected:
        names = ", ".join(strings.FACT_NAMES.get(name, name) for name in row.corrected)
        tip = escape(strings.CORRECTED_TIP.format(names=names))
        facts.append(
            f'<span class="corrected" tabindex="0" role="note" data-tip="{tip}" '
            f'aria-label="{tip}">{escape(strings.CORRECTED_MARK)}</span>'
        )
    if desk.words and info.path:
        facts.append(flat(PurePath(info.path).name))
    return " · ".join(facts)


def _below(
    row: Row,
    desk: Desk,
    read: ArticleInfo | None,
    files: Sequence[str],
    elsewhere: Sequence[str],
) -> str:
    """Return what stands below the opened row: its fields, or whether it is to go for good."""
    if desk.erasing:
        return _erasing(row.info, elsewhere)
    typed = desk.typed or facts_of(row.info)
    as_read = facts_of(read) if read else Facts()
    fields = "".join(
        _field(name, value, as_read.to_dict()[name] if name in row.corrected else None)
        for name, value in typed.to_dict().items()
    )
    name = plain(row.info.title or strings.UNTITLED)
    back = button(escape(strings.AS_READ), "step", "retry") if row.corrected else ""
    held = strings.FILES.format(names=", ".join(files)) if files else ""
    return (
        f'<div class="fields editor" role="group" aria-label="{escape(name)}">{fields}'
        + (f'<p class="facts files">{flat(held)}</p>' if held else "")
        + f'<div class="tools">{button(escape(strings.SAVE), "plain main", "apply")}{back}'
        f'<span class="away">{button(escape(strings.REMOVE), "step", "delete")}'
        f"{button(escape(strings.ERASE), 'step', 'clear')}</span></div></div>"
    )


def _field(name: str, value: str, as_read: str | None) -> str:
    """Return a field with its label; below it what the file says, where that was corrected."""
    hint = f' placeholder="{escape(strings.DAY_HINT)}"' if name == "published" else ""
    before = ""
    if as_read is not None:
        told = strings.WAS_READ.format(value=plain(as_read) or strings.NOTHING_READ)
        before = f'<span class="facts">{escape(told)}</span>'
    return (
        f'<label class="field {name}"><span>{escape(strings.FACT_LABELS[name])}</span>'
        f'<input type="text" name="{name}" value="{escape(value)}"{hint} '
        f'autocomplete="off">{before}</label>'
    )


def _erasing(info: ArticleInfo, elsewhere: Sequence[str]) -> str:
    """Return the question whether an article is to go for good, and what would go and stay."""
    title = plain(info.title or strings.UNTITLED)
    stay = ""
    if elsewhere:
        names = "".join(f"<li>{flat(path)}</li>" for path in elsewhere)
        stay = f"<p>{escape(strings.ERASE_STAYS)}</p><ul>{names}</ul>"
    return (
        f'<div class="erasing" role="alertdialog" aria-label="{escape(strings.ERASE)}">'
        f"<p><strong>{escape(strings.ERASE_ASKS.format(title=title))}</strong> "
        f"{escape(strings.ERASE_GOES)}</p>{stay}"
        f'<div class="tools">{_really()}'
        f"{_keep(info.id)}</div></div>"
    )


def _really() -> str:
    return button(escape(strings.ERASE_YES), "plain main", "clear", data={"sure": 1})


def _keep(article_id: str) -> str:
    """Return the safe answer; it has the focus."""
    kept = button(escape(strings.ERASE_NO), "plain", "edit", data={"article": article_id})
    return focused(kept, "keep")

"""Every mention of a phrase as HTML, the phrase marked in its sentence. Pure functions."""

from html import escape

from ui import strings
from ui.elements import button, flat, render_facts
from ui.listing import Desk
from ui.mentions import Group, Mentions, Said
from ui.render import target
from ui.render_articles import count_articles, render_more, render_said


def render_mentions(mentions: Mentions, desk: Desk) -> str:
    """Return the sentences that have a phrase, beneath the article that each stands in.

    Args:
        mentions: What is shown.
        desk: What the reader has in hand; its phrase is what was looked for.
    """
    back = button(escape(strings.BACK_TO_LIST), "step", "submit", data={"phrase": ""})
    told = _count(mentions, desk.phrase)
    groups = "".join(map(_group, mentions.groups))
    return (
        f'<div class="listing"><div class="head"><span class="found" role="status">'
        f"{escape(told)}</span>{back}</div>{render_said(desk)}{groups}"
        f"{render_more(mentions.shown, mentions.sentences)}</div>"
    )


def _count(mentions: Mentions, phrase: str) -> str:
    articles = count_articles(mentions.articles)
    if not mentions.count:
        return strings.NO_MENTIONS.format(phrase=phrase)
    if mentions.count == 1:
        return strings.ONE_MENTION.format(phrase=phrase)
    wording = strings.MANY_MENTIONS if mentions.all_found else strings.TOO_MANY_MENTIONS
    return wording.format(count=f"{mentions.count:,}", phrase=phrase, articles=articles)


def _group(group: Group) -> str:
    info = group.info
    opener = button(flat(info.title or strings.UNTITLED), "source-link", data=target(info.id, 0, 0))
    rows = "".join(f"<li>{_said(info.id, said)}</li>" for said in group.said)
    return (
        f'<section class="mentions"><p class="what">{opener}'
        f'<span class="facts">{render_facts(info.source, info.published)}</span></p>'
        f"<ul>{rows}</ul></section>"
    )


def _said(article_id: str, said: Said) -> str:
    """Return a sentence as a button that opens its article at the first mention."""
    pieces, last = [], 0
    for start, end in said.spans:
        begin, stop = start - said.start, end - said.start
        pieces += [_piece(said.text[last:begin]), f"<mark>{_piece(said.text[begin:stop])}"]
        pieces.append("</mark>")
        last = stop
    pieces.append(_piece(said.text[last:]))
    start, end = said.spans[0]
    return button("".join(pieces), "passage mention", data=target(article_id, start, end))


def _piece(text: str) -> str:
    """Return a piece of a sentence, escaped, with the spaces at its ends kept."""
    before = " " if text[:1].isspace() else ""
    after = " " if text.strip() and text[-1:].isspace() else ""
    return f"{before}{flat(text)}{after}"

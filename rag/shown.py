"""The words of strangers as they are shown: without forged footnotes and terminal codes.

A quote stays verbatim in its citation. Only where it is shown does "[1]" become "(1)", so that a
number in square brackets, or raised after a full stop, is always a footnote of ours.
"""

import re
import unicodedata

UNSEEN = (
    r"[\s\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    r"\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\U000e0000-\U000e0fff]"
)
"""Blanks, of which a page shows one, and characters that it does not show."""

RAISED_DIGITS = "\u2070\u00b9\u00b2\u00b3\u2074-\u2079"
CIRCLED = "\u2460-\u249b\u24ea-\u24ff\u2776-\u2793"
"""Numbers in circles or brackets of their own."""

NUMBER = rf"[\d{RAISED_DIGITS}\u2080-\u2089{CIRCLED}]{{1,9}}"
OPENERS = "\\[\uff3b\u3010\u3014\u3016\u301a\u27e6\u2e22\u2772\u2045"
CLOSERS = "\\]\uff3d\u3011\u3015\u3017\u301b\u27e7\u2e23\u2773\u2046"
"""Square brackets, narrow, wide, and those that look alike."""

FORGED = re.compile(
    rf"[{OPENERS}]{UNSEEN}*((?:passages?{UNSEEN}+)?{NUMBER}"
    rf"(?:{UNSEEN}*(?:[,;\u2013-]|and\b|&){UNSEEN}*{NUMBER}){{0,20}}){UNSEEN}*[{CLOSERS}]",
    re.IGNORECASE,
)
"""A number in square brackets, as models and forgers write them."""

RAISED = re.compile(
    rf"(?:(?<=[.!?\u2026,;:\"\u201d\u2019)])|(?<=\w)(?={UNSEEN})){UNSEEN}{{0,40}}"
    rf"([{RAISED_DIGITS}{CIRCLED}]{{1,4}})"
)
"""A raised or circled number after a stop, a quotation or a blank; "m\u00b2" stays."""

CODES = re.compile(
    r"\x1b?\[(?:0|[1-9]\d|\d{1,3}(?:;\d{1,3}){1,5})m(?!illion|\])"
    r"|\x1b?\[\d{1,3}(?:;\d{1,3}){0,5}[A-HJKSTfmsu](?![A-Za-z\]])"
    r"|\x1b\[?[?\d;]{0,20}[A-Za-z]?"
)
"""Terminal codes; cleaning takes the escape character alone, so "[31m" is left of them."""


def shown(text: str) -> str:
    """Return a text in which nothing passes for a footnote or commands a terminal."""
    text = FORGED.sub(lambda match: f"({_plain(match.group(1))})", CODES.sub("", text))
    text = RAISED.sub(lambda match: f" ({_plain(match.group(1))})", text)
    return "".join(character for character in text if not _is_control(character))


def _plain(number: str) -> str:
    return unicodedata.normalize("NFKC", number)


def _is_control(character: str) -> bool:
    return unicodedata.category(character) == "Cc" and character not in "\n\t"

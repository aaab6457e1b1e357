"""The words of strangers as they are shown: without forged footnotes and terminal codes.

A quote stays verbatim in its citation. Only where it is shown does "[1]" become "(1)", so that a
number in square brackets, or raised after a full stop, is always a footnote of ours.
"""

import re
import unicodedata

FORGED = re.compile(
    r"[\[\uff3b\u3010]\s{0,3}((?:passages?\s)?\d{1,4}(?:\s?[,;–-]\s?\d{1,4}){0,20})\s{0,3}"
    r"[\]\uff3d\u3011]",
    re.IGNORECASE,
)
"""A number in square brackets, narrow or wide, as models and forgers write them."""

RAISED = re.compile(r"(?<=[.!?…\"”’])[⁰¹²³⁴-⁹]{1,4}")
"""A raised number after a full stop or quotation; "m²" stays."""

CODES = re.compile(
    r"\x1b?\[(?:0|[1-9]\d|\d{1,3}(?:;\d{1,3}){1,5})m(?!illion|\])"
    r"|\x1b?\[\d{1,3}(?:;\d{1,3}){0,5}[A-HJKSTfmsu](?![A-Za-z\]])"
    r"|\x1b\[?[?\d;]{0,20}[A-Za-z]?"
)
"""Terminal codes; cleaning takes the escape character alone, so "[31m" is left of them."""


def shown(text: str) -> str:
    """Return a text in which nothing passes for a footnote or commands a terminal."""
    text = FORGED.sub(lambda match: f"({match.group(1)})", CODES.sub("", text))
    text = RAISED.sub(lambda match: f" ({unicodedata.normalize('NFKC', match.group())})", text)
    return "".join(character for character in text if not _is_control(character))


def _is_control(character: str) -> bool:
    return unicodedata.category(character) == "Cc" and character not in "\n\t"

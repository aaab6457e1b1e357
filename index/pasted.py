"""Turn pasted text, and what is known about it, into a Markdown file that is read back the same."""

import json
import re

from index.clean import normalise
from index.dates import parse_date
from index.errors import BadValue

LONGEST_FACT = 500
"""Characters of a title, an outlet, an author or an address that is pasted along."""

_SPECIAL = re.compile(r"[\\`*_\[\]<>&|~]")
"""What Markdown could read as something else than itself, anywhere in a line."""

_AT_START = re.compile(r"([-+=#:]|\d{1,9}(?=[.)]))")
"""The same at the beginning of a line: a list, a heading, a rule, a table."""


def to_markdown(text: str, **facts: str | None) -> str:
    """Return a Markdown file whose article has the text, line by line, and the facts.

    Args:
        text: What was pasted.
        facts: title, source, author, published and url, as far as known.

    Raises:
        BadValue: the day is none, the address is not on the web, or a fact is too long.
    """
    body = "\n\n".join(map(_paragraph, normalise(text).split("\n\n")))
    # quoted as JSON, which YAML reads the same way, so that no fact can end its line
    lines = [
        f"{name}: {json.dumps(value, ensure_ascii=False)}"
        for name, given in facts.items()
        if (value := _fact(name, given))
    ]
    head = "\n".join(["---", *lines, "---", "", ""]) if lines else ""
    return f"{head}{body}\n"


def _fact(name: str, given: str | None) -> str | None:
    """Return a fact on one line; None where there is none."""
    value = " ".join(normalise(given or "").split())
    if len(value) > LONGEST_FACT:
        raise BadValue(f"{name} has {len(value)} characters; at most {LONGEST_FACT} are kept.")
    if value and name == "published":
        day = parse_date(value)
        if day is None:
            raise BadValue(f"{value!r} is no full date. Write year, month and day: 2025-10-28.")
        return day
    if value and name == "url" and not re.match(r"https?://\S+\Z", value, re.IGNORECASE):
        raise BadValue(f"{value!r} is no web address. Copy it from the browser, or leave it out.")
    return value or None


def _paragraph(paragraph: str) -> str:
    """Return a paragraph whose line breaks stay; a backslash at its end keeps one in Markdown."""
    return "\\\n".join(map(_line, paragraph.split("\n")))


def _line(line: str) -> str:
    plain = _SPECIAL.sub(r"\\\g<0>", line.strip())
    start = _AT_START.match(plain)
    if start is None:
        return plain
    mark = start[1]
    if mark.isdigit():
        return f"{mark}\\{plain[len(mark) :]}"
    return f"\\{plain}"

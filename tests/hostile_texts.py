"""Texts, Markdown and JSON Lines that were made to harm whoever reads them."""

import json
from collections.abc import Callable, Iterator

MEGA = 1_000_000
PROSE = "The council met again on Monday and voted for the new wall, which cost 3 million crowns. "

Content = bytes | Callable[[], bytes]
"""What a file holds; what takes a while to make is made when it is needed."""


def text_bombs() -> Iterator[tuple[str, Content]]:
    """Yield names and contents of plain texts."""
    yield "nul.txt", PROSE.encode() + b"\0" * 500 + PROSE.encode()
    yield "nul-late.txt", PROSE.encode() * 2_000 + b"\0" * 500
    yield "utf16-bare.txt", PROSE.encode("utf-16-le")
    yield "utf16-odd.txt", b"\xff\xfe" + PROSE.encode("utf-16-le") + b"x"
    yield "utf16-surrogates.txt", b"\xff\xfe" + b"\x00\xd8" * 5_000
    yield "utf32-cut.txt", b"\xff\xfe\0\0" + PROSE.encode("utf-32-le")[:-3]
    yield "utf32-wild.txt", b"\xff\xfe\0\0" + b"\xff\xff\xff\x7f" * 5_000
    yield "utf7.txt", b"+ADw-script+AD4-alert(1)+ADw-/script+AD4-" * 50
    yield "overlong.txt", b"\xc0\xaf\xe0\x80\xaf\xf0\x80\x80\xaf" * 500
    yield "surrogates.txt", b"\xed\xa0\x80\xed\xb0\x80" * 500
    yield "ebcdic.txt", PROSE.encode("cp500") * 20
    yield "mixed.txt", "Straße £5 ".encode("cp1252") * 99 + "漢字".encode("shift_jis") * 99
    yield "high.txt", bytes(range(128, 256)) * 400
    yield "escape.txt", b"\x1b[2J\x1b]0;owned\x07" * 100 + PROSE.encode()
    yield "line-10mb.txt", b"a" * (10 * MEGA)
    yield "line-10mb-words.txt", b"word " * (2 * MEGA)
    yield "line-10mb-wide.txt", "漢".encode() * (10 * MEGA // 3)
    yield "newlines.txt", b"\n" * (19 * MEGA)
    yield "returns.txt", b"\r" * (5 * MEGA) + PROSE.encode()
    yield "spaces.txt", b" " * (19 * MEGA) + b"A mill was sold."
    yield "too-large.txt", b"a" * (20 * MEGA + 1)
    yield "marks.txt", ("a" + "\u0301\u0323" * 500_000).encode()
    yield "zero-width.txt", ("\u200b\u200d\ufeff" * 200_000).encode()
    yield "overrides.txt", ("\u202e\u2066evil\u2069" * 500 + PROSE).encode()
    yield "private.txt", ("\ue000\U0010ffff" * 1_000).encode()
    yield "emoji.txt", ("👨‍👩‍👧‍👦" * 100_000).encode()
    for name, unit in {
        "stops": "a. ", "quotes": "“", "brackets": "([{", "hyphens": "- ", "digits": "12:30 / ",
        "dates": "3 March 2025 ", "by": "By Jane ", "shares": "share on facebook, ",
        "crumbs": "a > ", "listen": "listen to this ", "abbreviations": "U.S. ", "glued": "a.b ",
        "ellipses": "... ", "more": "more from ", "colons": "a: ", "dots": ".",
    }.items():  # fmt: skip
        yield f"{name}.txt", (unit * (2_200_000 // len(unit.encode()) + 1)).encode()
        yield f"{name}-lines.txt", ((unit * 8).strip() + "\n\n").encode() * 20_000


def markdown_bombs() -> Iterator[tuple[str, Content]]:
    """Yield names and contents of Markdown files."""
    for name, unit in {
        "quotes": ">", "quotes-spaced": "> ", "lists": "- ", "numbers": "1. ", "open": "[",
        "images": "![", "links": "[a](b", "nested-links": "[a](", "stars": "*", "pairs": "*a_",
        "bold": "**a ", "ticks": "`", "ticks-apart": "`a``b```", "lower": "<", "tags": "<a ",
        "comments": "<!--", "backslashes": "\\", "entities": "&amp;", "open-entities": "&#",
        "angles": "<http:", "pipes": "|a", "references": "[a]", "processing": "<?", "cdata":
        "<![CDATA[", "declarations": "<!A ", "tildes": "~~~\n", "hashes": "# a\n",
    }.items():  # fmt: skip
        yield f"{name}.md", (unit * (400_000 // len(unit))).encode()
    yield "indent.md", "".join(f"{' ' * n}- a\n" for n in range(2_000)).encode()
    yield "definitions.md", b"".join(b"[%d]: /a\n" % n for n in range(60_000)) + b"[1]"
    yield "columns.md", (b"|a" * 20_000 + b"\n" + b"|-" * 20_000 + b"\n") + b"|a\n" * 2_000
    yield "tables.md", b"|a|\n|-|\n" * 40_000
    yield "front-open.md", b"---\n" + b"a: b\n" * 200_000
    yield "front-huge.md", b"---\ntitle: " + b"a" * (5 * MEGA) + b"\n---\n" + PROSE.encode()
    yield "front-json.md", b'---\ntitle: "' + b"[" * 200_000 + b"\n---\n" + PROSE.encode()
    yield "front-bomb.md", (
        b"---\na: &a [x,x]\n"
        + b"".join(b"b%d: &b%d [*a,*a,*a]\n" % (n, n) for n in range(30))
        + b"---\n" + PROSE.encode()
    )  # fmt: skip
    yield "front-date.md", b"---\ndate: " + b"1/" * 100_000 + b"\n---\n" + PROSE.encode()


def json_bombs() -> Iterator[tuple[str, Content]]:
    """Yield names and contents of JSON Lines files."""

    def line(**fields: object) -> bytes:
        return json.dumps({"text": PROSE, **fields}).encode() + b"\n"

    yield "deep.jsonl", b'{"text": ' + b"[" * 500_000
    yield "deep-objects.jsonl", b'{"a":' * 200_000
    yield "deep-closed.jsonl", b'{"text":"a","x":' + b"[" * 900 + b"]" * 900 + b"}"
    yield "integer.jsonl", b'{"text": "a", "id": ' + b"9" * MEGA + b"}"
    yield "float.jsonl", b'{"text": "a", "id": 1e' + b"9" * MEGA + b"}"
    yield "infinite.jsonl", b'{"text": NaN, "id": Infinity}'
    yield "keys.jsonl", json.dumps({f"k{n}": n for n in range(300_000)}).encode()
    yield "same-keys.jsonl", b"{" + b'"text": "a",' * 200_000 + b'"text": "b"}'
    yield "line-10mb.jsonl", line(text="word " * (2 * MEGA))
    yield "line-30mb.jsonl", b'{"text": "' + b"a" * (30 * MEGA) + b'"}'
    yield "surrogates.jsonl", b'{"text": "\\ud800\\udc00\\udc00\\ud800 held on Monday."}'
    yield "controls.jsonl", line(text="a\0b\x1b[2J" * 99, title="\x1b]0;x\x07" * 99)
    yield "returns.jsonl", line().replace(b"\n", b"\r") * 5
    yield "utf16.jsonl", line().decode().encode("utf-16")
    yield "types.jsonl", line(text=["a"]) + line(text={"a": "b"})
    yield "titles.jsonl", line(title="Wall " * MEGA)
    yield "languages.jsonl", line(language="x" * MEGA, url="javascript:" + "a" * MEGA)
    yield "authors.jsonl", line(author="Jane, " * MEGA)
    yield "dates.jsonl", b"".join(line(date=f"{n} foo of {n}") for n in range(300))
    yield "date.jsonl", line(date="1 " * 200_000) + line(date="١٢" * 99_999) + line(date="-" * MEGA)
    yield "many.jsonl", b'{"text": "a"}\n' * 60_000
    yield "blank.jsonl", b"\n" * (10 * MEGA)
    yield "csv.jsonl", b"title,text\n" + b"Wall,It held.\n" * 500
    yield "array.jsonl", json.dumps([{"text": PROSE}] * 99).encode()

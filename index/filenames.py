"""Names of files that come from strangers, made safe for every system, and unique."""

import re
import unicodedata

from index.read import SUFFIXES

LONGEST_NAME = 120
"""Bytes in UTF-8; file systems allow 255, and other folders may put something before a name."""

NAMELESS = "article"

_RESERVED = frozenset(
    ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"]
    + [f"{port}{number}" for port in ("COM", "LPT") for number in "0123456789¹²³"]
)
"""Devices in Windows, whatever extension follows."""

_SEPARATORS = re.compile(r"[/\\]")
_UNSAFE = re.compile(r'[<>:"|?*]')
"""Not allowed in Windows; a library may be copied there, or lie on a disk that it shares."""


def safe_name(given: str) -> str:
    """Return a name for a file, in one folder, that keeps what can be kept of a given name.

    Folders, control and direction characters and leading dots go; the extension stays where it is
    one that is read.
    """
    name = _SEPARATORS.split(given.encode("utf-8", "replace").decode("utf-8"))[-1]
    # "C": control and format characters, among them those that turn the direction of writing
    name = "".join(c for c in name if c.isspace() or unicodedata.category(c)[0] != "C")
    name = unicodedata.normalize("NFC", name)  # last, for a letter may have lost what parted it
    stem, suffix = _split(_UNSAFE.sub("_", " ".join(name.split())).strip(". "))
    if stem.split(".")[0].rstrip().upper() in _RESERVED:
        stem = f"_{stem}"
    return _joined(stem, "", suffix)


def numbered(name: str, number: int) -> str:
    """Return a safe name with a number, as file managers number copies: "name (2).txt"."""
    stem, suffix = _split(name)
    return name if number == 1 else _joined(stem, f" ({number})", suffix)


def suffix_of(name: str) -> str:
    """Return the extension of a safe name with its dot, "" where it is none that is read."""
    return _split(name)[1]


def _split(name: str) -> tuple[str, str]:
    """Split a name before its extension, if it is one that is read."""
    stem, dot, end = name.rpartition(".")
    if f"{dot}{end}".lower() in SUFFIXES:
        return stem.strip(". ") or NAMELESS, dot + end
    if f".{name}".lower() in SUFFIXES:  # nothing but an extension
        return NAMELESS, f".{name}"
    return name or NAMELESS, ""


def _joined(stem: str, number: str, suffix: str) -> str:
    """Join the parts of a name, and shorten the first until the whole is short enough."""
    room = LONGEST_NAME - len((number + suffix).encode())
    short = stem.encode()[:room].decode("utf-8", "ignore").rstrip(". ")
    return f"{short or NAMELESS}{number}{suffix}"

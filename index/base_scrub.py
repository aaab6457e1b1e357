"""Blank what Chroma's graph files hold beyond their rows: pieces of this process's memory.

A graph is first written with room for a hundred rows, empty as it is: with whatever stood in this
memory before, be it an article that has been erased since, or a key.
"""

import struct
from pathlib import Path

from index.errors import BrokenLibrary

HEADER = struct.Struct("<iQQQQ")
"""How hnswlib's header.bin begins: its version, an offset, the rows that there is room for, those
that it holds, and the bytes of each."""

VERSION = 1
LENGTHS = 4
"""Bytes of a row in length.bin."""


def scrub(base: Path) -> None:
    """Blank the room for further rows in the graph files of a base that nobody has open.

    Raises:
        BrokenLibrary: a file is of another form than the pinned Chroma writes.
        OSError: it cannot be read or written.
    """
    for header in base.rglob("header.bin"):
        version, _, _, rows, size = HEADER.unpack_from(header.read_bytes())
        for name, row in (("data_level0.bin", size), ("length.bin", LENGTHS)):
            path = header.with_name(name)
            beyond = path.stat().st_size - rows * row
            if version != VERSION or beyond < 0 or beyond % row:
                raise BrokenLibrary(f"{path} is of a form that is not known; report this, please.")
            with path.open("rb+") as file:
                file.seek(rows * row)
                file.write(bytes(beyond))

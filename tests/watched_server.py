"""`python tests/watched_server.py`: `python -m ui`, which tells upon SIGUSR1 what it holds.

It then collects its garbage, gives the memory that is free back to the system, and writes one line
of JSON to the file that WATCHED names, so that what is left is held by somebody.
"""

import ctypes
import gc
import json
import os
import signal
import sys
import types
from collections import Counter
from contextlib import suppress
from pathlib import Path
from xml.etree import ElementTree

sys.path.insert(0, str(Path(__file__).parent.parent))

from ui.__main__ import _leave, main

HELD = (
    "SessionState",
    "Conversation",
    "Turn",
    "Answer",
    "Visit",
    "Event",
    "Task",
    "Queue",
    "Thread",
)
"""Kinds of objects that are counted: what a leak would most likely be made of."""


def tell(number: int, frame: types.FrameType | None) -> None:
    """Write down how much memory is in use, and how many objects of each kind there are."""
    gc.collect()
    kinds = Counter(type(each).__name__ for each in gc.get_objects())
    told: dict[str, float] = {name: kinds[name] for name in HELD}
    told |= {"objects": sum(kinds.values()), "blocks": sys.getallocatedblocks()}
    target = Path(os.environ["WATCHED"])
    with suppress(OSError, AttributeError):  # another C library than glibc
        told["in_use"] = in_use(target.with_suffix(".xml"))
    part = target.with_suffix(".part")
    part.write_text(json.dumps(told), encoding="utf-8")
    part.replace(target)


def in_use(path: Path) -> float:
    """Return the megabytes that the C library has given out, after it gave back what it could.

    Args:
        path: Where it may write its own account down.
    """
    library = ctypes.CDLL("libc.so.6")
    library.fopen.restype = ctypes.c_void_p
    library.malloc_trim(0)
    file = library.fopen(os.fsencode(path), b"w")
    library.malloc_info(0, ctypes.c_void_p(file))
    library.fclose(ctypes.c_void_p(file))
    account = ElementTree.parse(path).getroot()

    def size(name: str, kind: str) -> int:
        return sum(int(each.get("size", 0)) for each in account.findall(f"{name}[@type='{kind}']"))

    free = size("total", "fast") + size("total", "rest")
    return (size("system", "current") - free + size("total", "mmap")) / 1e6


if __name__ == "__main__":
    signal.signal(signal.SIGUSR1, tell)
    _leave(main())

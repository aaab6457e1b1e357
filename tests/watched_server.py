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
    """Write down how many objects of each kind there are."""
    gc.collect()
    with suppress(OSError, AttributeError):  # another C library than glibc
        ctypes.CDLL("libc.so.6").malloc_trim(0)
    kinds = Counter(type(each).__name__ for each in gc.get_objects())
    counts = {name: kinds[name] for name in HELD} | {"objects": sum(kinds.values())}
    most = dict(kinds.most_common(60)) if os.environ.get("WATCHED_KINDS") else {}
    target = Path(os.environ["WATCHED"])
    part = target.with_suffix(".part")
    part.write_text(json.dumps(counts | most), encoding="utf-8")
    part.replace(target)


if __name__ == "__main__":
    signal.signal(signal.SIGUSR1, tell)
    _leave(main())

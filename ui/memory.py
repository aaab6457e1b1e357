"""Keep what the server holds in memory from growing while it answers.

Glibc gives each thread that waits for another one's memory an arena of its own, up to eight for a
core, and what is freed in one is not used by the rest: over thousands of questions, answered by
threads that come and go, the free parts add up. With two arenas they hardly do.
"""

import ctypes

ARENAS = 2
"""One for each answer that is written at a time, as a rule."""

_M_ARENA_MAX = -8
"""The parameter's number in glibc's malloc.h."""


def share_arenas() -> bool:
    """Bound glibc's arenas; must be called before threads are started.

    Returns:
        Whether they are bounded: other C libraries have none, and need nothing.
    """
    try:
        return bool(ctypes.CDLL(None).mallopt(_M_ARENA_MAX, ARENAS))
    except (AttributeError, OSError, TypeError):  # no glibc; TypeError on Windows
        return False

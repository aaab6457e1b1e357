"""Answer anew where an article is erased while it is answered from.

Somebody may erase an article between the search that finds it and the sentence that quotes it. What
was said from it must not stay, so the answer begins again, from what is left.
"""

from collections.abc import Iterator
from functools import wraps

from index.errors import UnknownArticle
from rag.logs import P, Streams
from rag.types import Answer

TRIES = 3
"""Of ten thousand answers while articles came and went eleven met one that was gone. Three in a row
are a sign of something else, which is told."""


def anew_if_erased(stream: Streams[P]) -> Streams[P]:
    """Have a function that streams an answer begin again where an article is gone.

    Where `articles` were chosen, that one of them is gone is for whoever chose them to know.
    """

    @wraps(stream)
    def streaming(*arguments: P.args, **named: P.kwargs) -> Iterator[Answer]:
        for tried in range(1, TRIES + 1):
            try:
                yield from stream(*arguments, **named)
            except UnknownArticle:
                if tried == TRIES or named.get("articles"):
                    raise
            else:
                return

    return streaming

"""Answer anew where an article is erased while it is answered from.

Somebody may erase an article between the search that finds it and the sentence that quotes it. As
long as nothing is shown, the answer begins again, from what is left. After that it ends in words:
what was shown must not be followed by footnotes of another answer.
"""

import time
from collections.abc import Generator, Iterator
from contextlib import closing
from functools import wraps
from typing import cast

from index.errors import UnknownArticle
from rag.errors import ArticleErased
from rag.logs import P, Streams
from rag.prompts import ERASED_MEANWHILE
from rag.types import Answer

TRIES = 3
"""Of ten thousand answers while articles came and went eleven met one that was gone. Three in a row
are a sign of something else, which is told."""
ANEW_WITHIN = 5.0
"""Seconds after the question; later, a second answer might take longer than an answer may."""


def anew_if_erased(stream: Streams[P]) -> Streams[P]:
    """Have a function that streams an answer begin again where an article is gone.

    It raises `ArticleErased` once a sentence was shown, and `UnknownArticle` where trying again is
    of no use.
    """

    @wraps(stream)
    def streaming(*arguments: P.args, **named: P.kwargs) -> Iterator[Answer]:
        last_start = time.monotonic() + ANEW_WITHIN
        shown = False
        for tried in range(1, TRIES + 1):
            partials = cast(Generator[Answer, None, None], stream(*arguments, **named))
            try:
                with closing(partials):
                    for answer in partials:
                        shown = shown or bool(answer.sentences)
                        yield answer
            except UnknownArticle as error:
                if shown:
                    raise ArticleErased(ERASED_MEANWHILE) from error
                if tried == TRIES or time.monotonic() > last_start:
                    raise
            else:
                return

    return streaming

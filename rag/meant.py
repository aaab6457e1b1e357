"""Send a language model's server what is meant for it, and nothing that lies about for others.

The client of OpenAI takes keys, an organisation and whole headers from variables of its own, which
may be set for another server, and tells what kind of machine this is.
"""

from collections.abc import Callable

import httpx

from rag.settings import RagSettings

NO_KEY = "none"
"""Sent where no key is set: left out, the client would send the one in OPENAI_API_KEY."""

SENT = frozenset(
    {"accept", "accept-encoding", "authorization", "connection", "content-length", "content-type"}
    | {"host", "transfer-encoding", "user-agent"}
)
"""Headers that a request needs."""


def meant_for(settings: RagSettings) -> Callable[[httpx.Request], None]:
    """Return an event hook of `httpx` that lets a request keep what is meant for its server."""

    def trim(request: httpx.Request) -> None:
        for name in set(request.headers) - SENT:
            del request.headers[name]
        if not request.url.userinfo:  # which httpx has turned into a header by now
            request.headers["Authorization"] = f"Bearer {settings.key or NO_KEY}"

    return trim

"""Read no more of a server's answer than it can need: nobody is to fill this machine's memory."""

from collections.abc import Iterator

import httpx

MOST_BYTES = 4_000_000
"""Of one answer, as it travels; 2,000 tokens, each an event of its own, take some 600,000."""

HEADERS = {"Accept-Encoding": "identity"}
"""Sent along, since packed text could unpack to any size."""


def bound(response: httpx.Response) -> None:
    """Have a response break off where it grows too large, or is packed though nobody asked for it.

    An event hook of `httpx`, called before anything of the body is read.
    """
    packed = response.headers.get("content-encoding", "identity").lower() != "identity"
    assert isinstance(response.stream, httpx.SyncByteStream)  # noqa: S101 - tells mypy
    response.stream = _BoundedStream(response.stream, 0 if packed else MOST_BYTES)


class _BoundedStream(httpx.SyncByteStream):
    """A stream of bytes that fails once it has brought too many."""

    def __init__(self, stream: httpx.SyncByteStream, most: int) -> None:
        self._stream = stream
        self._most = most

    def __iter__(self) -> Iterator[bytes]:
        read = 0
        for part in self._stream:
            read += len(part)
            if read > self._most:
                raise httpx.ReadError("The answer is too large.")
            yield part

    def close(self) -> None:
        self._stream.close()

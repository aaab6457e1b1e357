"""Fetch one page from the public web, and never anything else.

Every connection passes through `guard.py`, which lets it go to public addresses alone. A redirect
is a new page, under the same rules.
"""

import time
import zlib
from collections.abc import Iterable, Iterator
from email.message import Message

import httpcore
import httpx

from index.addresses import SAVE_INSTEAD, SHOWN, read_address
from index.errors import FetchFailure
from index.guard import Guard, Resolve, resolve
from index.types import FetchedPage

SECONDS = 20.0
"""For all of it: finding the host, every redirect and the page, however slowly it drips."""

MOST_REDIRECTS = 5

MOST_BYTES = 5_000_000
"""Of a page, unpacked."""

MEDIA_TYPES = frozenset({"text/html", "application/xhtml+xml", "text/plain", "application/pdf"})

HEADERS = {
    "User-Agent": "Mozilla/5.0 (compatible; Footnote; one page at a reader's request)",
    "Accept": "text/html, application/xhtml+xml, text/plain;q=0.8, application/pdf;q=0.8",
    "Accept-Encoding": "gzip",
    "Connection": "close",
}

REDIRECTS = frozenset({301, 302, 303, 307, 308})


def fetch_page(url: str) -> FetchedPage:
    """Return a public web page: at most 5 MB, within 20 seconds, over at most 5 redirects.

    No proxy, cookie or password is used, whatever the environment says.

    Raises:
        FetchFailure: the address is not public or no web page, or its server fails.
    """
    return fetch(url, resolve, httpcore.SyncBackend(), SECONDS)


def fetch(
    url: str, resolver: Resolve, network: httpcore.NetworkBackend, seconds: float
) -> FetchedPage:
    """Fetch a page with a given resolver and network; see `fetch_page`.

    The check of addresses cannot be given: there is only one.
    """
    guard = Guard(resolver, network, time.monotonic() + seconds)
    address = read_address(url)
    try:
        for _ in range(MOST_REDIRECTS + 1):
            page = _get(address, guard)
            if isinstance(page, FetchedPage):
                return page
            address = read_address(page)
    except httpcore.TimeoutException as error:
        raise FetchFailure(
            f"{_shown(address)} did not answer within {seconds:.0f} seconds. Try again later."
        ) from error
    except (httpcore.NetworkError, httpcore.ProtocolError) as error:
        reason = str(error) or type(error).__name__
        raise FetchFailure(
            f"{_shown(address)} cannot be fetched ({reason}). Try again later, or save the page "
            "from the browser and add the file."
        ) from error
    raise FetchFailure(
        f"{url.strip()[:SHOWN]!r} leads on from page to page, more than {MOST_REDIRECTS} times. "
        + SAVE_INSTEAD
    )


def _get(url: httpx.URL, guard: Guard) -> FetchedPage | str:
    """Return a page, or the address to which it redirects."""
    # brackets around an IPv6 address are part of the header's form, not of the host
    host = url.raw_host.decode("ascii")
    headers = [*HEADERS.items(), ("Host", f"[{host}]" if ":" in host else host)]
    target = httpcore.URL(scheme=url.scheme, host=host, port=None, target=url.raw_path)
    with (
        httpcore.ConnectionPool(network_backend=guard) as pool,
        pool.stream("GET", target, headers=headers) as response,
    ):
        fields = {_text(name).lower(): _text(value) for name, value in response.headers}
        if response.status in REDIRECTS and fields.get("location"):
            return _joined(url, fields["location"])
        if response.status != 200:
            raise FetchFailure(
                f"{_shown(url)} answers with the status {response.status} instead of a page. Look "
                "at it in the browser; if it shows there, save it and add the file."
            )
        media_type, charset = _content_type(url, fields.get("content-type", ""))
        body = _whole(url, response.iter_stream(), fields.get("content-encoding", ""))
    return FetchedPage(url=str(url), body=body, media_type=media_type, charset=charset)


def _text(header: bytes) -> str:
    try:
        return header.decode("utf-8")
    except UnicodeDecodeError:
        return header.decode("latin-1")


def _joined(url: httpx.URL, location: str) -> str:
    """Return the address to which a page redirects."""
    try:
        return str(url.join(location))
    except (httpx.InvalidURL, ValueError) as error:
        raise FetchFailure(
            f"{_shown(url)} leads on to what is no address. {SAVE_INSTEAD}"
        ) from error


def _content_type(url: httpx.URL, header: str) -> tuple[str, str | None]:
    """Return the media type and the encoding that a server states."""
    media_type = header.split(";")[0].strip().lower()
    if media_type not in MEDIA_TYPES:
        raise FetchFailure(
            f"{_shown(url)} is no page, text or PDF, but {header[:SHOWN]!r}. {SAVE_INSTEAD}"
        )
    message = Message()
    message["Content-Type"] = header
    return media_type, message.get_content_charset()


def _whole(url: httpx.URL, chunks: Iterable[bytes], encoding: str) -> bytes:
    """Return a body unpacked, and stop reading as soon as it is too large."""
    packed = encoding.strip().lower()
    if packed not in {"", "identity", "gzip", "x-gzip"}:
        raise FetchFailure(
            f"{_shown(url)} is packed in a way that was not asked for ({packed[:SHOWN]!r}). "
            + SAVE_INSTEAD
        )
    body = bytearray()
    try:
        for chunk in _unpacked(chunks) if "gzip" in packed else chunks:
            body += chunk
            if len(body) > MOST_BYTES:
                raise FetchFailure(
                    f"{_shown(url)} is larger than {MOST_BYTES:,} bytes. Save its text and add the "
                    "file."
                )
    except zlib.error as error:
        raise FetchFailure(f"{_shown(url)} came damaged ({error}). Try again later.") from error
    return bytes(body)


def _unpacked(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Yield what gzip packed in pieces that are bounded, so that a small body cannot burst."""
    unpack = zlib.decompressobj(16 + zlib.MAX_WBITS)
    for chunk in chunks:
        while chunk:
            yield unpack.decompress(chunk, MOST_BYTES)
            chunk = unpack.unconsumed_tail
            if unpack.eof:
                return
    raise zlib.error("it breaks off")


def _shown(url: httpx.URL) -> str:
    return repr(str(url)[:SHOWN])

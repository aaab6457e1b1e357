"""Connect to public addresses alone, and before a deadline.

Every connection of a fetch passes through `Guard.connect_tcp`: it resolves the name, refuses unless
every address is public, and connects to the very address that was checked, so that a name cannot
lead elsewhere the second time.
"""

import queue
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable
from ipaddress import ip_address
from typing import Any

import httpcore

from index.addresses import SAVE_INSTEAD, IPAddress, is_public, literal
from index.errors import FetchFailure

SECONDS_TO_CONNECT = 5.0
"""For one address of a host; then the next is tried."""

MOST_ADDRESSES = 4
"""Of a host to which a connection is tried; all are checked."""

Resolve = Callable[[str, float], list[IPAddress]]
"""Returns the addresses of a host within so many seconds."""


class Guard(httpcore.NetworkBackend):
    """Connects to public addresses alone, before a deadline."""

    def __init__(
        self, resolver: Resolve, network: httpcore.NetworkBackend, deadline: float
    ) -> None:
        self._resolver = resolver
        self._network = network
        self._deadline = deadline

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to an address of a host, all of whose addresses are public."""
        itself = literal(host)
        addresses = [itself] if itself else self._resolver(host, seconds_left(self._deadline))
        if not addresses or not all(map(is_public, addresses)):
            raise FetchFailure(
                f"{host} is not fetched: it leads to an address inside a network, not to a public "
                f"one. {SAVE_INSTEAD}"
                if addresses
                else f"{host} is not found. Check the address, and that this machine is online."
            )
        problem: Exception | None = None
        for address in addresses[:MOST_ADDRESSES]:
            seconds = min(SECONDS_TO_CONNECT, seconds_left(self._deadline))
            try:
                stream = self._network.connect_tcp(str(address), port, seconds)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                problem = error
            else:
                return _TimedStream(stream, self._deadline)
        raise httpcore.ConnectError(str(problem)) from problem

    def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Iterable[Any] | None = None
    ) -> httpcore.NetworkStream:
        """Refuse: pages do not come from this machine."""
        raise httpcore.ConnectError("no page comes from a local socket")


class _TimedStream(httpcore.NetworkStream):
    """A connection whose every operation ends at one deadline, so that drops cannot add up."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: float) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Read what has come."""
        return self._stream.read(max_bytes, seconds_left(self._deadline))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Write all."""
        self._stream.write(buffer, seconds_left(self._deadline))

    def close(self) -> None:
        """Hang up."""
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        """Go on encrypted, with the host that its certificate names."""
        secure = self._stream.start_tls(ssl_context, server_hostname, seconds_left(self._deadline))
        return _TimedStream(secure, self._deadline)

    def get_extra_info(self, info: str) -> Any:  # noqa: ANN401 - as httpcore has it
        """Return what the connection knows of itself."""
        return self._stream.get_extra_info(info)


def resolve(host: str, seconds: float) -> list[IPAddress]:
    """Return the addresses of a host; none where it has none.

    The system's resolver knows no time limit, so it is waited for from outside.

    Raises:
        httpcore.ConnectTimeout: it takes longer.
    """
    answers: queue.Queue[list[IPAddress]] = queue.Queue()

    def ask() -> None:
        try:
            found = socket.getaddrinfo(host.encode("ascii"), None, type=socket.SOCK_STREAM)
        except OSError:
            found = []
        answers.put(list(dict.fromkeys(ip_address(entry[4][0]) for entry in found)))

    threading.Thread(target=ask, daemon=True).start()
    try:
        return answers.get(timeout=seconds)
    except queue.Empty:
        raise httpcore.ConnectTimeout(f"{host} is not found in time") from None


def seconds_left(deadline: float) -> float:
    """Return the seconds until a deadline.

    Raises:
        httpcore.ReadTimeout: it has passed.
    """
    seconds = deadline - time.monotonic()
    if seconds <= 0:
        raise httpcore.ReadTimeout("the time is up")
    return seconds

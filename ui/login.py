"""Whether a visitor may come in: HTTP Basic, with patience for mistakes and none for guessing."""

import base64
import binascii
import hashlib
import hmac
import ipaddress
import math
import os
import time
from collections import OrderedDict
from weakref import WeakValueDictionary

import anyio
from anyio import CapacityLimiter, Lock

from ui import strings
from ui.errors import NotAdmitted
from ui.passwords import Users

FREE_TRIES = 3
"""Wrong passwords from one address before an answer is delayed."""

FIRST_DELAY, LONGEST_DELAY = 0.5, 8.0
"""Seconds; the delay doubles with each further wrong password."""

MOST_TRIES = 10
"""Wrong passwords from one address after which none is looked at for a while."""

BLOCKED_SECONDS = 300.0
"""How long that is, from the last wrong password on; then the count begins anew."""

MOST_ADDRESSES = 10_000
"""Addresses whose wrong passwords are remembered."""


class Login:
    """Knows who may come in, and who guesses. Used from one event loop."""

    def __init__(self, users: Users) -> None:
        """Let nobody in yet."""
        self._users = users
        self._key = os.urandom(32)
        self._admitted: dict[bytes, str] = {}
        self._looks: WeakValueDictionary[bytes, Lock] = WeakValueDictionary()
        self._tries: OrderedDict[str, tuple[int, float]] = OrderedDict()
        self._hashing = CapacityLimiter(1)  # 32 MB each

    async def name_of(self, header: str | None, address: str) -> str:
        """Return the name of the visitor who sends an Authorization header.

        Args:
            header: The header's value, or None where there is none.
            address: Where the visitor comes from.

        Raises:
            NotAdmitted: there is no such user, the password is wrong, or too many were.
        """
        given = _read_header(header)
        if given is None:
            raise NotAdmitted(strings.LOGIN_NEEDED)
        mark = hmac.digest(self._key, "\0".join(given).encode("utf-8", "surrogatepass"), "sha256")
        # A browser asks for many things at once; that is one try, and no guessing.
        async with self._looks.setdefault(mark, Lock()):
            # Whoever came in once is never kept out by others who guess from the same address.
            if mark in self._admitted:
                return self._admitted[mark]
            delay = self._count(_network(address))
            admitted = await anyio.to_thread.run_sync(
                self._users.admits, *given, limiter=self._hashing
            )
            if admitted:
                self._tries.pop(_network(address), None)
                self._admitted[mark] = given[0]
                return given[0]
        await anyio.sleep(delay)
        raise NotAdmitted(strings.LOGIN_WRONG)

    def _count(self, network: str) -> float:
        """Count a try, before it is looked at, so that many at once are no way around the bound.

        Returns the seconds by which its answer is delayed if it is wrong.
        """
        now = time.monotonic()
        count, last = self._tries.get(network, (0, now))
        if now - last > BLOCKED_SECONDS:
            count = 0
        if count >= MOST_TRIES:
            left = math.ceil(BLOCKED_SECONDS - (now - last))
            raise NotAdmitted(strings.LOGIN_BLOCKED.format(seconds=left), retry_after=left)
        self._tries[network] = (count + 1, now)
        self._tries.move_to_end(network)
        if len(self._tries) > MOST_ADDRESSES:
            self._tries.popitem(last=False)
        if count < FREE_TRIES:
            return 0.0
        return min(FIRST_DELAY * 2.0 ** (count - FREE_TRIES), LONGEST_DELAY)


def _read_header(header: str | None) -> tuple[str, str] | None:
    """Return name and password out of an Authorization header, or None where it holds none."""
    scheme, _, value = (header or "").partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        text = base64.b64decode(value.strip(), validate=True).decode("utf-8")
    except (binascii.Error, UnicodeDecodeError):
        return None
    name, colon, password = text.partition(":")
    return (name, password) if colon else None


def _network(address: str) -> str:
    """Return an address, or of IPv6 the network that one household has to itself."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return hashlib.sha256(address.encode()).hexdigest()
    if parsed.version == 4:
        return str(parsed)
    return str(ipaddress.ip_network((parsed, 64), strict=False))

"""Which web addresses may be fetched: how they are spelled, and where they lead.

Somebody who is let into the page could otherwise have this machine ask its own services, its
neighbours' or its hosting provider's, which answer it alone.
"""

import re
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

import httpx

from index.errors import FetchFailure

IPAddress = IPv4Address | IPv6Address

LONGEST_ADDRESS = 2_000
"""Characters; browsers copy no longer ones in practice."""

SHOWN = 200
"""Characters of an address that an error repeats."""

SAVE_INSTEAD = "Save the page from the browser and add the file."

_SPECIAL_4 = tuple(
    IPv4Network(network)
    for network in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16",
        "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24",
        "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15",
        "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/3", "168.63.129.16/32",
    )
)  # fmt: skip
"""IANA's registry of special-purpose addresses, written out since `is_global` differs between
versions of Python; and last the inner service of a large host, on an address that looks public."""

_SPECIAL_6 = tuple(
    IPv6Network(network)
    for network in ("2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20")
)
"""The same for IPv6. 2001::/23 holds Teredo, 2002::/16 is 6to4: what they carry leads elsewhere."""

GLOBAL_UNICAST = IPv6Network("2000::/3")
"""All that IANA has given out of IPv6 for public use."""

NAT64 = IPv6Network("64:ff9b::/96")
"""Stands for the IPv4 address in its last 32 bits, in networks that have only IPv6."""

_LABEL = r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?"
_NAME = re.compile(rf"{_LABEL}(?:\.{_LABEL})*")
_NUMBER = re.compile(r"(?:0x[0-9a-f]*|\d+)")


def read_address(given: str) -> httpx.URL:
    """Return an address in its one canonical spelling, without the part after "#".

    Only http and https are fetched, each on its own port: another would make this machine knock
    on doors of servers that speak something else.

    Raises:
        FetchFailure: it is not the address of a public web page.
    """
    shown = repr(given.strip()[:SHOWN])
    if len(given) > LONGEST_ADDRESS:
        raise FetchFailure(
            f"{shown}… is longer than an address may be ({LONGEST_ADDRESS:,} characters). "
            "Copy it from the browser again."
        )
    try:
        url = httpx.URL(given.strip())
    except (httpx.InvalidURL, ValueError) as error:
        raise FetchFailure(
            f"{shown} is no web address ({error}). Copy it from the browser again."
        ) from error
    if url.scheme not in {"http", "https"} or not url.raw_host:
        raise FetchFailure(
            f"{shown} is no web address: it must begin with https:// or http:// and a name. "
            "Copy it from the browser."
        )
    if url.userinfo:
        raise FetchFailure(
            f"{shown} holds a user's name or password, which are not sent. {SAVE_INSTEAD}"
        )
    if url.port is not None:
        raise FetchFailure(
            f"{shown} names a port of its own; pages are fetched from the usual one alone. "
            + SAVE_INSTEAD
        )
    return url.copy_with(host=_host(url, shown), raw_path=url.raw_path, fragment=None)


def literal(host: str) -> IPAddress | None:
    """Return the address that a canonical host name is itself, or None for a name."""
    try:
        return ip_address(host)
    except ValueError:
        return None


def is_public(address: IPAddress) -> bool:
    """Say whether an address is one that everybody on the internet reaches."""
    if isinstance(address, IPv4Address):
        return address.is_global and not any(address in network for network in _SPECIAL_4)
    if address.ipv4_mapped is not None:
        return is_public(address.ipv4_mapped)
    if address in NAT64:
        return is_public(IPv4Address(int(address) & 0xFFFF_FFFF))
    return (
        address.scope_id is None
        and address in GLOBAL_UNICAST
        and address.is_global
        and not any(address in network for network in _SPECIAL_6)
    )


def _host(url: httpx.URL, shown: str) -> str:
    """Return a host as it is resolved: small ASCII letters, no dot at its end, or an IP address.

    Resolvers read "0x7f.1" or "2130706433" as an address too; such spellings only serve to hide.
    """
    host = url.raw_host.decode("ascii", "replace").removesuffix(".").lower()
    address = literal(host)
    is_odd = address is None and _NUMBER.fullmatch(host.rsplit(".", 1)[-1]) is not None
    named = len(host) <= 253 and _NAME.fullmatch(host) is not None
    if is_odd or not (named or address):
        raise FetchFailure(
            f"{shown} names no host that can be fetched from. Copy the address from the browser."
        )
    return host

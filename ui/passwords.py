"""Who may come in: names with their passwords, given plainly or as salted hashes."""

import base64
import binascii
import hashlib
import hmac
import os
from collections.abc import Mapping
from dataclasses import dataclass, field

HASH_PREFIX = "scrypt$"

COST, BLOCK, LANES = 2**15, 8, 3
"""One of the settings of scrypt that OWASP's cheat sheet on storing passwords recommends (2025):
32 MB and about a fifth of a second on one core."""

MEMORY = 160 * COST * BLOCK
"""Bytes that OpenSSL may take for it; the algorithm itself needs 128 times cost times block."""

SALT_BYTES, HASH_BYTES = 16, 32


@dataclass(frozen=True, kw_only=True)
class Users:
    """The visitors by name; what each is asked for never shows in a printout of it."""

    passwords: Mapping[str, str] = field(repr=False)

    @property
    def slow(self) -> bool:
        """Whether a look at a password costs a hash, which nobody must wait for twice."""
        return any(kept.startswith(HASH_PREFIX) for kept in self.passwords.values())

    def admits(self, name: str, password: str) -> bool:
        """Say whether a name and a password belong together.

        An unknown name takes as long as a known one, so that no name can be found out.
        """
        kept = self.passwords.get(name, "")
        if self.slow and not kept.startswith(HASH_PREFIX):
            matches(password, UNKNOWN_HASH)
        return matches(password, kept) and name in self.passwords


def read_users(text: str) -> Users:
    """Read "user:password", several separated by commas.

    Raises:
        ValueError: it is something else; the message repeats no password.
    """
    passwords: dict[str, str] = {}
    for part in text.split(","):
        name, _, password = part.strip().partition(":")
        if not name or not password:
            raise ValueError(
                "it must read user:password, several separated by commas; a password that holds a "
                "comma is given as a hash (`python -m ui --hash-password`)"
            )
        if name in passwords:
            raise ValueError(f"the user {name!r} is named twice")
        if password.startswith("scrypt"):
            try:
                _read_hash(password)
            except ValueError as error:
                raise ValueError(
                    f"the hash for {name!r} is cut: in a shell it needs 'single quotes', since "
                    "it holds dollar signs"
                ) from error
        passwords[name] = password
    return Users(passwords=passwords)


def hash_password(password: str) -> str:
    """Return a password's salted hash, as FOOTNOTE_AUTH takes it in the password's place."""
    salt = os.urandom(SALT_BYTES)
    return HASH_PREFIX + "$".join(map(_text, (salt, _scrypt(password, salt))))


def matches(password: str, kept: str) -> bool:
    """Say whether a password is the one that was kept, plainly or as a hash, in constant time."""
    if kept.startswith(HASH_PREFIX):
        salt, expected = _read_hash(kept)
        return hmac.compare_digest(_scrypt(password, salt), expected)
    given, wanted = (hashlib.sha256(_bytes(text)).digest() for text in (password, kept))
    return hmac.compare_digest(given, wanted)


def _read_hash(kept: str) -> tuple[bytes, bytes]:
    parts = kept.removeprefix(HASH_PREFIX).split("$")
    try:
        salt, digest = (base64.b64decode(part, validate=True) for part in parts)
    except binascii.Error as error:
        raise ValueError("no base64") from error
    if len(salt) != SALT_BYTES or len(digest) != HASH_BYTES:
        raise ValueError("too short")
    return salt, digest


def _scrypt(password: str, salt: bytes) -> bytes:
    return hashlib.scrypt(
        _bytes(password), salt=salt, n=COST, r=BLOCK, p=LANES, maxmem=MEMORY, dklen=HASH_BYTES
    )


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


UNKNOWN_HASH = HASH_PREFIX + "$".join(map(_text, (bytes(SALT_BYTES), bytes(HASH_BYTES))))
"""What is compared only to take the time that a comparison takes; no password has this hash."""

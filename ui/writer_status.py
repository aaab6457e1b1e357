"""What writes the answers, and whether it can be reached; never its key."""

import threading
import time
from dataclasses import dataclass, replace
from typing import Literal
from urllib.parse import urlsplit

import httpx

from index.types import Value
from rag.breaker import breaker_of
from rag.quiet import quiet
from rag.settings import RagSettings

PROBE_SECONDS = 2.0
"""How long a server may take to show that it is there."""

KEPT_SECONDS = 30.0
"""How long one look is believed."""

NOT_ALLOWED = frozenset({401, 403})

Reach = Literal["unknown", "reachable", "refused", "unreachable", "resting"]


@dataclass(frozen=True, kw_only=True)
class WriterStatus(Value):
    """What writes the answers, as far as is known at this moment."""

    writer: str
    """The model's name, or "quotes"."""
    host: str | None = None
    """Where it runs, such as "127.0.0.1:11434"; None for quotes."""
    reach: Reach = "reachable"
    """"refused": the server is there, and does not accept the key. "resting": it has
    failed so often that it is left alone for a while. Quotes are always reachable."""


class WriterWatch:
    """Looks from time to time whether the model's server is there, and never makes anyone wait."""

    def __init__(self, settings: RagSettings) -> None:
        """Look at nothing yet."""
        self._settings = settings
        self._lock = threading.Lock()
        self._looked = 0.0
        self._is_looking = False
        url = settings.llm_base_url
        self._status = WriterStatus(
            writer=settings.writer,
            host=_host(url) if url else None,
            reach="unknown" if url else "reachable",
        )

    def status(self) -> WriterStatus:
        """Return what is known now; a look that is too old is renewed in the background."""
        if self._settings.llm_base_url is None:
            return self._status
        if breaker_of(self._settings.llm_base_url).is_open:
            return replace(self._status, reach="resting")
        with self._lock:
            is_old = time.monotonic() - self._looked > KEPT_SECONDS or not self._looked
            begins = is_old and not self._is_looking
            self._is_looking = self._is_looking or begins
            known = self._status
        if begins:
            threading.Thread(target=self.look, daemon=True).start()
        return known

    def look(self) -> WriterStatus:
        """Ask the server now, for at most two seconds, and return what is known then."""
        reach = _reach_of(self._settings)
        with self._lock:
            self._status = replace(self._status, reach=reach)
            self._looked = time.monotonic()
            self._is_looking = False
            return self._status


def _reach_of(settings: RagSettings) -> Reach:
    key = settings.llm_api_key
    headers = {"Authorization": f"Bearer {key.get_secret_value()}"} if key else {}
    address = f"{(settings.llm_base_url or '').rstrip('/')}/models"
    try:
        with (
            quiet(),
            httpx.Client(timeout=PROBE_SECONDS, follow_redirects=False) as client,
            client.stream("GET", address, headers=headers) as response,  # its text is never read
        ):
            return "refused" if response.status_code in NOT_ALLOWED else "reachable"
    except (httpx.HTTPError, httpx.InvalidURL, UnicodeError):
        # Whatever the error says may hold the address with its password.
        return "unreachable"


def _host(url: str) -> str | None:
    """Return the host and the port of an address, without a name and password in it."""
    try:
        parts = urlsplit(url)
        return f"{parts.hostname}:{parts.port}" if parts.port else parts.hostname
    except ValueError:
        return None

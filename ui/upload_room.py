"""How much room there is for uploads: what waits already, and what is on its way."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from anyio import Lock

from ui.temporary import folder_size


class UploadRoom:
    """Admits uploads as long as all of them fit. Used from one event loop.

    What is on its way counts in full until its request has ended, besides what of it is in the
    folder by then: so many at once are refused too early rather than too late.
    """

    def __init__(self, folder: Path) -> None:
        """Start with nothing on its way; `folder` is where uploads wait."""
        self._folder = folder
        self._coming = 0
        self._admitting = Lock()

    @asynccontextmanager
    async def reserved(self, size: int, most: int) -> AsyncIterator[bool]:
        """Hold room for an upload while its request lasts, and say whether there is any.

        Args:
            size: Bytes that may come.
            most: Bytes of all uploads together.
        """
        # One at a time: between the look at the folder and the count no other may be let in. What
        # ends meanwhile may have come into the folder behind our back, so it counts.
        async with self._admitting:
            coming = self._coming + size
            fits = await folder_size(self._folder) + coming <= most
            if fits:
                self._coming += size
        try:
            yield fits
        finally:
            if fits:
                self._coming -= size

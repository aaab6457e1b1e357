"""Gradio's temporary folder: one for each server, bounded, and gone when it stops."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import anyio

ENVIRONMENT = {
    "GRADIO_ANALYTICS_ENABLED": "False",
    # Gradio would make a table of all questions so far after each, at the cost of the next one.
    "GRADIO_ANALYTICS_MAX_EVENTS": "1",
    "GRADIO_ANALYTICS_CACHE_FREQUENCY": "1000000000",
}
"""What Gradio reads when it is imported, so the import has to wait for it."""

SWEPT_EVERY, KEPT_FOR = 600, 3600
"""Seconds between two looks at the uploads, and seconds that one is kept."""


@contextmanager
def gradio_environment() -> Iterator[Path]:
    """Set Gradio's surroundings before it is imported, and give it a folder of its own."""
    with tempfile.TemporaryDirectory(prefix="footnote-", ignore_cleanup_errors=True) as folder:
        os.environ.update(ENVIRONMENT, GRADIO_TEMP_DIR=folder)
        yield Path(folder)


async def folder_size(folder: Path) -> int:
    """Return how many bytes the files beneath a folder take."""
    return await anyio.to_thread.run_sync(_folder_size, folder)


def _folder_size(folder: Path) -> int:
    size = 0
    for parent, _, names in os.walk(folder):
        for name in names:
            try:
                size += Path(parent, name).lstat().st_size
            except FileNotFoundError:
                continue  # it has just been taken away
    return size

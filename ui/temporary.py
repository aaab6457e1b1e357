"""Gradio's temporary folder: one for each server, bounded, and gone when it stops."""

import os
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import anyio

from index.scratch import scratch_folder

ENVIRONMENT = {
    "GRADIO_ANALYTICS_ENABLED": "False",
    # Gradio would make a table of all questions so far after each, at the cost of the next one.
    "GRADIO_ANALYTICS_MAX_EVENTS": "1",
    "GRADIO_ANALYTICS_CACHE_FREQUENCY": "1000000000",
}
"""What Gradio reads when it is imported, so the import has to wait for it."""

SWEPT_EVERY, KEPT_FOR = 600, 3600
"""Seconds between two looks at the uploads, and seconds that one is kept."""

EMPTY_FOR = 120.0
"""Seconds for which an empty folder or file of an upload stays: its content may be on its way."""


@contextmanager
def gradio_environment() -> Iterator[Path]:
    """Set Gradio's surroundings before it is imported, and give it a folder of its own."""
    with scratch_folder("page") as folder:
        os.environ.update(ENVIRONMENT, GRADIO_TEMP_DIR=str(folder))
        yield folder


def sweep_empty(folder: Path) -> None:
    """Take away the empty folders and files that uploads left when they were taken out.

    Gradio makes a folder for each, named after what is in it, and a file that nothing is written
    to; those that it has made only now are left.
    """
    for path in folder.iterdir():
        with suppress(OSError):  # it is not empty, or gone by now
            known = path.lstat()
            if time.time() - known.st_mtime <= EMPTY_FOR:
                continue
            if stat.S_ISDIR(known.st_mode):
                path.rmdir()
            elif not known.st_size:
                path.unlink()


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

"""Follow from an event loop what a generator yields in a thread of its own."""

import asyncio
import threading
from collections.abc import AsyncGenerator, Callable, Generator
from contextlib import closing
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class _End:
    """That nothing more will come, or why."""

    error: Exception | None = None


async def follow(
    begin: Callable[[threading.Event], Generator[T, None, None]], every: float
) -> AsyncGenerator[T | None, None]:
    """Yield what a generator yields, and None whenever nothing came for a while.

    Whoever closes this, or is cancelled, ends the generator at its next value: nobody works for a
    visitor who has left.

    Args:
        begin: Starts the generator; its argument is set when nobody follows any more.
        every: Seconds after which None is yielded.

    Raises:
        Exception: what the generator raises.
    """
    work = _Work(begin)
    # No pool: a thread of one would have to be waited for when the server stops.
    threading.Thread(target=work.run, daemon=True).start()
    try:
        while True:
            try:
                item = await asyncio.wait_for(work.channel.get(), every)
            except TimeoutError:
                yield None
                continue
            if not isinstance(item, _End):
                yield item
            elif item.error is not None:
                raise item.error
            else:
                return
    finally:
        work.gone.set()


class _Work(Generic[T]):
    """A generator that is worked through in a thread, for a loop that follows it."""

    def __init__(self, begin: Callable[[threading.Event], Generator[T, None, None]]) -> None:
        self.channel: asyncio.Queue[T | _End] = asyncio.Queue()
        self.gone = threading.Event()
        self._begin = begin
        self._loop = asyncio.get_running_loop()

    def run(self) -> None:
        try:
            with closing(self._begin(self.gone)) as values:
                for value in values:
                    self._put(value)
                    if self.gone.is_set():
                        return
            self._put(_End())
        except Exception as error:  # noqa: BLE001 - handed over to whoever follows
            self._put(_End(error))

    def _put(self, item: T | _End) -> None:
        if not self.gone.is_set() and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self.channel.put_nowait, item)

"""Break a change off at its n-th step: a write to a folder, or a transaction's begin or end."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from index import Index

STEPS = ("rename", "unlink", "fsync", "open", "mkdir")


def break_at(
    index: Index, number: int, stop: Callable[[], None], patch: pytest.MonkeyPatch
) -> list[str]:
    """Have `stop` called instead of the n-th step and of every later one; return those that ran."""
    ran: list[str] = []

    def step(name: str) -> None:
        if len(ran) + 1 >= number:
            stop()
        ran.append(name)

    def stepping(name: str) -> Callable[..., Any]:
        real = getattr(os, name)

        def run(*given: Any, **more: Any) -> Any:
            # only what names a file of an open folder, or writes one through, is ours
            if name in {"fsync", "mkdir"} or any("dir_fd" in key for key in more):
                step(name)
            return real(*given, **more)

        return run

    def stepping_transaction(transaction: Callable[..., Any]) -> Callable[..., Any]:
        @contextmanager
        def run() -> Iterator[Any]:
            step("begin")
            with transaction() as connection:
                yield connection
                step("commit")
            step("committed")

        return run

    for name in STEPS:
        patch.setattr(os, name, stepping(name))
    for holder in (index.catalogue, index._vectors.database):
        patch.setattr(holder, "transaction", stepping_transaction(holder.transaction))
    return ran

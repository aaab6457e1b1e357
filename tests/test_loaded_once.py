"""A model is loaded once, whoever asks for it at the same time."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from index.loaded_once import loaded_once


def test_threads_that_ask_at_once_get_one_and_the_same() -> None:
    both, loads = Barrier(2), []

    @loaded_once
    def load(name: str) -> object:
        loads.append(name)
        return object()

    def ask(name: str) -> object:
        both.wait(10)
        return load(name)

    with ThreadPoolExecutor(2) as threads:
        for name in map(str, range(200)):
            first, second = threads.map(ask, [name, name])
            assert first is second
    assert len(loads) == 200


def test_others_do_not_wait_for_one_another() -> None:
    both = Barrier(2)

    @loaded_once
    def load(name: str) -> str:
        both.wait(10)  # each is loading while the other is
        return name

    with ThreadPoolExecutor(2) as threads:
        assert list(threads.map(load, ["a", "b"])) == ["a", "b"]


def test_what_failed_is_tried_again() -> None:
    tries: list[int] = []

    @loaded_once
    def load() -> int:
        tries.append(len(tries))
        if len(tries) == 1:
            raise OSError
        return len(tries)

    with pytest.raises(OSError):  # noqa: PT011 - that it is raised at all
        load()
    assert load() == load() == 2

"""A server that keeps failing is left alone, and asked again once it may be back."""

import threading

import pytest

from rag.breaker import FAILURES_TO_OPEN, REST, Breaker, breaker_of


class Clock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.seconds = 1_000.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def breaker(clock: Clock) -> Breaker:
    return Breaker(clock)


def open_up(breaker: Breaker) -> None:
    for _ in range(FAILURES_TO_OPEN):
        assert breaker.admit()
        breaker.failed()


def test_it_opens_after_five_failures_in_a_row(breaker: Breaker) -> None:
    for _ in range(4):
        breaker.failed()
    breaker.succeeded()
    for _ in range(4):
        breaker.failed()
        assert breaker.admit()
        assert not breaker.is_open
    breaker.failed()
    assert breaker.is_open
    assert not breaker.admit()


def test_while_open_one_question_tries_in_each_rest(breaker: Breaker, clock: Clock) -> None:
    open_up(breaker)
    tries = 0
    for _ in range(600):
        clock.seconds += 1
        if breaker.admit():
            tries += 1
            breaker.failed()
    assert tries == 600 / REST


def test_it_closes_within_a_minute_of_the_servers_return(breaker: Breaker, clock: Clock) -> None:
    for back in range(0, 60, 7):
        open_up(breaker)
        returns = clock.seconds + back
        while breaker.is_open:
            clock.seconds += 1
            if breaker.admit():
                (breaker.succeeded if clock.seconds >= returns else breaker.failed)()
        assert clock.seconds - returns <= REST


def test_a_try_that_nobody_ends_keeps_no_other_from_trying(breaker: Breaker, clock: Clock) -> None:
    open_up(breaker)
    clock.seconds += REST
    assert breaker.admit()
    assert not breaker.admit()
    clock.seconds += REST
    assert breaker.admit()


def test_of_many_threads_one_tries(breaker: Breaker, clock: Clock) -> None:
    open_up(breaker)
    clock.seconds += REST
    admitted: list[bool] = []
    start = threading.Barrier(16)

    def ask() -> None:
        start.wait()
        admitted.append(breaker.admit())

    threads = [threading.Thread(target=ask) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(admitted) == 1


def test_each_server_has_one_of_its_own() -> None:
    open_up(breaker_of("http://127.0.0.1:1/v1"))
    assert breaker_of("http://127.0.0.1:1/v1").is_open
    assert not breaker_of("http://127.0.0.1:2/v1").is_open

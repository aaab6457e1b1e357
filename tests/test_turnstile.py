"""The turnstile lets a few through, in order, and tells the rest when to come again."""

import threading
import time

import pytest

from ui.errors import Busy, Left
from ui.turnstile import MOST_OF_ONE, Turnstile


def enter(
    turnstile: Turnstile, log: list[str], name: str, stay: threading.Event
) -> threading.Thread:
    def visit() -> None:
        with turnstile.admit():
            log.append(name)
            stay.wait(5)

    thread = threading.Thread(target=visit)
    thread.start()
    return thread


def wait_until(condition) -> None:
    end = time.monotonic() + 5
    while not condition() and time.monotonic() < end:
        time.sleep(0.005)
    assert condition()


def test_no_more_than_so_many_at_once_and_first_come_first_served() -> None:
    turnstile, log, stays = Turnstile(2), [], [threading.Event() for _ in range(6)]
    threads = []
    for number, stay in enumerate(stays):
        threads.append(enter(turnstile, log, str(number), stay))
        time.sleep(0.03)
    assert log == ["0", "1"]
    assert turnstile.expected_wait > 0
    for number, stay in enumerate(stays):
        stay.set()
        wait_until(lambda n=number: len(log) >= min(n + 3, 6))
    for thread in threads:
        thread.join(5)
    assert log == [str(number) for number in range(6)]
    assert turnstile.is_empty


def test_who_would_be_too_many_is_told_at_once_when_to_come_again() -> None:
    turnstile, log, stay = Turnstile(1, most_waiting=1), [], threading.Event()
    threads = [enter(turnstile, log, "in", stay)]
    wait_until(lambda: log == ["in"])
    threads.append(enter(turnstile, log, "waits", stay))
    wait_until(lambda: turnstile.expected_wait > 1.5)
    began = time.monotonic()
    with pytest.raises(Busy, match="again in about 2 s") as caught, turnstile.admit():
        pass
    assert time.monotonic() - began < 0.1
    assert caught.value.seconds == 2
    stay.set()
    for thread in threads:
        thread.join(5)


def test_long_waits_make_it_busy_before_the_line_is_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.turnstile.LONGEST_WAIT", 1.5)
    turnstile, log, stay = Turnstile(1, most_waiting=100), [], threading.Event()
    threads = [enter(turnstile, log, "in", stay)]
    wait_until(lambda: log == ["in"])
    threads.append(enter(turnstile, log, "waits", stay))
    wait_until(lambda: turnstile.expected_wait > 1.5)
    with pytest.raises(Busy), turnstile.admit():
        pass
    stay.set()
    for thread in threads:
        thread.join(5)
    with turnstile.admit():
        log.append("later")
    assert log == ["in", "waits", "later"]


def test_an_answer_that_fails_gives_its_place_back() -> None:
    turnstile = Turnstile(1)
    for _ in range(3):
        with pytest.raises(KeyError), turnstile.admit():
            raise KeyError
    assert turnstile.is_empty


def test_who_leaves_while_waiting_holds_up_nobody() -> None:
    turnstile, log, stay, gone = Turnstile(1), [], threading.Event(), threading.Event()
    thread = enter(turnstile, log, "in", stay)
    wait_until(lambda: log == ["in"])
    gone.set()
    with pytest.raises(Left), turnstile.admit(gone):
        pass
    stay.set()
    thread.join(5)
    assert turnstile.is_empty


def test_once_closed_nobody_comes_in_and_who_waits_is_told() -> None:
    turnstile, log, stay = Turnstile(1), [], threading.Event()
    told = []

    def wait() -> None:
        try:
            with turnstile.admit():
                pass
        except Busy as error:
            told.append(error)

    inside = enter(turnstile, log, "in", stay)
    wait_until(lambda: log == ["in"])
    waiting = threading.Thread(target=wait)
    waiting.start()
    wait_until(lambda: turnstile.expected_wait > 1.5)
    turnstile.close()
    waiting.join(5)
    assert told
    with pytest.raises(Busy), turnstile.admit():
        pass
    stay.set()
    inside.join(5)
    assert turnstile.is_empty


def test_the_place_of_a_generator_that_is_dropped_is_free_again() -> None:
    turnstile = Turnstile(1)

    def answer():
        with turnstile.admit():
            yield 1
            yield 2

    growing = answer()
    assert next(growing) == 1
    assert not turnstile.is_empty
    growing.close()
    assert turnstile.is_empty


def test_one_user_has_so_many_places_and_leaves_the_others_theirs() -> None:
    turnstile, log, stay = Turnstile(1), [], threading.Event()

    def ask() -> None:
        with turnstile.admit(user="ana"):
            log.append("ana")
            stay.wait(5)

    threads = [threading.Thread(target=ask) for _ in range(MOST_OF_ONE)]
    for thread in threads:
        thread.start()
    wait_until(lambda: turnstile.expected_wait >= MOST_OF_ONE)
    with pytest.raises(Busy, match="of yours"), turnstile.admit(user="ana"):
        pass
    bo = threading.Thread(target=lambda: _pass(turnstile, "bo", log))
    bo.start()
    stay.set()
    for thread in [*threads, bo]:
        thread.join(5)
    assert log.count("ana") == MOST_OF_ONE
    assert "bo" in log
    with turnstile.admit(user="ana"):  # her places are hers again
        pass
    assert turnstile.is_empty


def _pass(turnstile: Turnstile, user: str, log: list[str]) -> None:
    with turnstile.admit(user=user):
        log.append(user)

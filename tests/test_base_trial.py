"""Another process tries bases, one after the other, and is replaced where something was wrong."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from index import base_trial
from index.base import write_base
from index.base_trial import try_base

ROWS = np.eye(3, 384, dtype=np.float32)


@pytest.fixture
def base(tmp_path: Path) -> Path:
    return tmp_path / write_base(tmp_path, ["a", "b", "c"], ROWS).name


def process() -> int:
    """Return which process waits for the next base."""
    (idle,) = base_trial._idle
    return idle.pid


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_one_process_tries_one_base_after_the_other(base: Path) -> None:
    first = process()
    assert try_base(base, 3) == (None, ())
    assert process() == first
    assert try_base(base, 3) == (None, ())
    assert process() == first


def test_one_that_found_something_wrong_is_not_asked_again(base: Path) -> None:
    first = process()
    problem, lost = try_base(base, 4)
    assert "holds 3 passages, not 4" in str(problem)
    assert not lost
    assert not base_trial._idle
    assert not is_running(first)
    assert try_base(base, 3) == (None, ())


def test_one_that_somebody_killed_is_replaced_and_the_base_not_blamed(base: Path) -> None:
    first = process()
    os.kill(first, signal.SIGKILL)
    assert try_base(base, 3) == (None, ())
    assert process() != first


def test_one_that_a_base_crashes_is_told_of(base: Path) -> None:
    first = process()
    os.kill(first, signal.SIGSEGV)
    problem, _ = try_base(base, 3)
    assert problem == f"the reading process ended with {-signal.SIGSEGV}"
    assert try_base(base, 3) == (None, ())


def test_one_that_is_not_needed_for_a_while_ends() -> None:
    code = "import index.base_check as check; check.SECONDS_IDLE = 0.1; check.main()"
    with subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE) as idle:
        assert idle.wait(60) == 0

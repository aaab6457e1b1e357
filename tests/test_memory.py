"""What threads leave in memory is used again by others."""

import platform
import subprocess
import sys
from xml.etree import ElementTree

import pytest
from conftest import LACKING

from ui.memory import ARENAS

THREADS = 12
PROGRAM = f"""
import ctypes, threading
from ui.memory import share_arenas

SHARE
begun = threading.Barrier({THREADS})

def work():
    begun.wait()
    held = [bytes(50_000) for _ in range(200)]
    begun.wait()

threads = [threading.Thread(target=work) for _ in range({THREADS})]
for thread in threads: thread.start()
for thread in threads: thread.join()
library = ctypes.CDLL(None)
library.malloc_info(0, ctypes.c_void_p.in_dll(library, "stdout"))
library.fflush(None)
"""


def arenas(program: str) -> int:
    """Return how many arenas glibc has made by a program's end."""
    run = [sys.executable, "-c", program]
    said = subprocess.run(run, capture_output=True, text=True, check=True)
    return len(ElementTree.fromstring(said.stdout).findall("heap"))


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason=f"{LACKING} glibc")
def test_threads_share_arenas() -> None:
    assert arenas(PROGRAM.replace("SHARE", "assert share_arenas()")) <= ARENAS
    assert arenas(PROGRAM.replace("SHARE", "")) > ARENAS, "else the bound would do nothing"

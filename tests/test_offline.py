"""Without network and key articles are indexed, answered in quotes and served; nobody is asked.

Every command runs where no address can be reached, if this machine allows a network of its own, and
Python notes each attempt to connect or to look up a name (`offline_site/sitecustomize.py`).
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import LACKING

ROOT = Path(__file__).parent.parent
SITE = Path(__file__).parent / "offline_site"
ALONE = ["unshare", "--map-root-user", "--net"]

SERVE = """
import http.client, subprocess, sys, time
subprocess.run(["ip", "link", "set", "lo", "up"], check=False)
server = subprocess.Popen([sys.executable, "-m", "ui", "--library", sys.argv[1], "--port", "7861"])
try:
    for _ in range(1200):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", 7861, timeout=120)
            connection.request("GET", "/readyz")
            if connection.getresponse().status == 200:
                break
        except OSError:
            assert server.poll() is None
        time.sleep(0.1)
    connection = http.client.HTTPConnection("127.0.0.1", 7861, timeout=120)
    connection.request("GET", "/")
    page = connection.getresponse()
    assert page.status == 200 and b"Footnote" in page.read()
finally:
    server.terminate()
    server.wait(60)
print("served")
"""
"""Serves the page, and reads it from outside the server's process, which may connect."""


def is_alone_possible() -> bool:
    """Say whether this machine gives a process a network of its own, with a loopback."""
    try:
        command = [*ALONE, "ip", "link", "set", "lo", "up"]
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def home_of(attempts: Path) -> Path:
    """Return a home folder of its own for the commands of a test."""
    home = attempts.with_name("home")
    home.mkdir(exist_ok=True)
    return home


def run_offline(attempts: Path, *command: str) -> str:
    """Run Python with no network, no key and a home of its own; return what it printed."""
    wanted = {"PATH", "LANG", "LD_LIBRARY_PATH"}
    environment = {name: value for name, value in os.environ.items() if name in wanted}
    environment |= {
        "HOME": str(home_of(attempts)),
        "ATTEMPTS": str(attempts),
        "PYTHONPATH": str(SITE),
    }
    alone = ALONE if is_alone_possible() else []
    done = subprocess.run(
        [*alone, sys.executable, *command],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=280,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("strace"), reason=f"{LACKING} strace")
def test_native_code_makes_no_attempt_to_connect_either(
    tmp_path: Path, articles: Path, figure: Callable[[int, str], None]
) -> None:
    calls, library = tmp_path / "calls", str(tmp_path / "library")
    for command in (("index", "add", str(articles)), ("rag", "Who bought the paper mill?")):
        module, *arguments = command
        traced = ["strace", "-f", "-qq", "-e", "trace=connect,sendto,sendmsg", "-A", "-o", calls]
        subprocess.run(
            [*traced, sys.executable, "-m", module, "--library", library, *arguments],
            cwd=ROOT,
            env={**os.environ, "HOME": str(home_of(calls))},
            check=True,
            capture_output=True,
            timeout=280,
        )
    made = [line for line in calls.read_text().splitlines() if "AF_INET" in line]
    figure(24, f"system calls of indexing and answering: {len(made)} to connect")
    assert made == []


def noted(attempts: Path) -> list[str]:
    return attempts.read_text().splitlines() if attempts.exists() else []


def test_attempts_would_be_noted(tmp_path: Path) -> None:
    attempts = tmp_path / "attempts"
    for reach in (
        "import urllib.request; urllib.request.urlopen('http://192.0.2.1', timeout=0.1)",
        "import socket; socket.socket(2, 2).sendto(b'', ('192.0.2.1', 9))",
        "import socket; socket.getaddrinfo('example.invalid', 80)",
    ):
        run_offline(attempts, "-c", f"try: {reach}\nexcept OSError: pass")
    text = "\n".join(noted(attempts))
    for event in ("socket.connect", "urllib.Request", "socket.sendto", "socket.getaddrinfo"):
        assert event in text


def test_articles_are_indexed_and_answered_without_one_attempt_to_connect(
    tmp_path: Path, articles: Path, figure: Callable[[int, str], None]
) -> None:
    attempts, library = tmp_path / "attempts", str(tmp_path / "library")
    assert "3 added" in run_offline(
        attempts, "-m", "index", "--library", library, "add", str(articles)
    )
    question = "How much will the repairs of the ferry ramp cost?"
    said = run_offline(attempts, "-m", "rag", "--library", library, "--json", question)
    answer = json.loads(said)
    assert answer["writer"] == "quotes"
    assert any("3.4 million crowns" in sentence["text"] for sentence in answer["sentences"])
    assert noted(attempts) == []
    # what wants to tell somebody something later writes it down first
    assert [path for path in home_of(attempts).rglob("*") if path.is_file()] == []
    where = "in a network of its own" if is_alone_possible() else "with the machine's network"
    figure(24, f"indexing and answering {where}: {len(noted(attempts))} attempts to connect")


@pytest.mark.slow
def test_the_page_is_served_without_one_attempt_to_connect(
    tmp_path: Path, articles: Path, figure: Callable[[int, str], None]
) -> None:
    attempts, library = tmp_path / "attempts", str(tmp_path / "library")
    run_offline(attempts, "-m", "index", "--library", library, "add", str(articles))
    served = run_offline(attempts, "-c", SERVE, library)
    assert "served" in served
    # what asked for the page connects to it, and is noted too
    beyond = [line for line in noted(attempts) if "'127.0.0.1', 7861" not in line]
    figure(24, f"serving the page: {len(beyond)} attempts to connect")
    assert beyond == []

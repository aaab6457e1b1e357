"""Run the project's commands: as a user does, or quicker, in this process."""

import importlib
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

Run = Callable[..., "subprocess.CompletedProcess[str]"]


def run_apart(
    module: str, library: Path, *arguments: str | Path
) -> subprocess.CompletedProcess[str]:
    """Run a command in a process of its own, which has everything to load."""
    return subprocess.run(
        [sys.executable, "-m", module, "--library", str(library), *map(str, arguments)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "COLUMNS": "200"},
    )


def runner(module: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Run:
    """Return what runs a command in this process, which has loaded everything by then."""
    program = importlib.import_module(f"{module}.__main__")
    for console in (program.out, program.err):
        monkeypatch.setattr(console, "width", 200)

    def run(library: Path, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
        given = ["--library", str(library), *map(str, arguments)]
        monkeypatch.setattr(sys, "argv", [f"python -m {module}", *given])
        try:
            code = program.main()
        except SystemExit as stopped:  # by argparse
            code = int(str(stopped.code))
        return subprocess.CompletedProcess(given, code, *capfd.readouterr())

    return run

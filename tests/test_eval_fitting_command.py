"""A fit that took long is not lost to a file that cannot be written."""

import sys
from pathlib import Path
from typing import Any

import pytest

from eval.fitting_command import run_fitting


def fit_into(output: Path, weights: dict[str, Any], patch: pytest.MonkeyPatch) -> tuple[int, int]:
    """Return the exit code, and how often weights were fitted."""
    fits: list[Path] = []

    def make(data: Path) -> dict[str, Any]:
        fits.append(data)
        return weights

    patch.setattr(sys, "argv", ["fit", "--data", "sets", "--output", str(output)])
    return run_fitting("fit", "`fit`: fit it.", "sets/", Path("weights.json"), make), len(fits)


def test_weights_are_written_and_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    output = tmp_path / "weights.json"
    assert fit_into(output, {"bias": 0.5}, monkeypatch) == (0, 1)
    assert output.read_text(encoding="utf-8") == '{\n  "bias": 0.5\n}\n'
    assert '"bias": 0.5' in capsys.readouterr().out


def test_a_folder_that_is_not_there_is_told_before_the_fit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert fit_into(tmp_path / "none" / "weights.json", {}, monkeypatch) == (2, 0)
    assert fit_into(tmp_path, {}, monkeypatch) == (2, 0)
    assert "cannot be written" in capsys.readouterr().err


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_what_a_full_disk_does_not_take_is_shown(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert fit_into(Path("/dev/full"), {"bias": 0.5}, monkeypatch) == (2, 1)
    shown = capsys.readouterr()
    assert '"bias": 0.5' in shown.out
    assert "No space left" in shown.err

"""The help of the evaluation's smaller commands says what they do, and what each option is."""

import sys
from collections.abc import Callable

import pytest

from eval import (
    calibrate,
    calibrate_support,
    pairs,
    pile,
    planted,
    speed,
    train_entailment,
)

COMMANDS = {
    "calibrate": calibrate.main,
    "calibrate_support": calibrate_support.main,
    "train_entailment": train_entailment.main,
    "pairs": pairs.main,
    "pile": pile.main,
    "planted": planted.main,
    "speed": speed.main,
}


@pytest.mark.parametrize("name", COMMANDS)
def test_help_is_made_of_sentences(
    name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    command: Callable[[], int] = COMMANDS[name]
    monkeypatch.setattr(sys, "argv", [name, "--help"])
    monkeypatch.setenv("COLUMNS", "200")
    with pytest.raises(SystemExit) as ended:
        command()
    assert ended.value.code == 0
    shown = capsys.readouterr().out
    assert "`" not in shown
    assert "tests/" not in shown
    _, described, options = shown.split("\n\n", maxsplit=2)
    assert described[0].isupper()
    for option in options.split("\n  -")[1:]:
        assert len(option.split(maxsplit=2)) == 3, option

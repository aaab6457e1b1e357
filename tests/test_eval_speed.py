"""The timing runs whole, at a size that takes seconds, and prints every figure it promises."""

import pytest

from eval import speed
from eval.speed import made_up, main
from index.passages import cut_passages


def test_a_made_up_article_is_always_the_same_and_some_passages_long() -> None:
    assert made_up(3) == made_up(3) != made_up(4)
    assert 3 <= len(cut_passages(made_up(3))) <= 8


@pytest.mark.parametrize("is_whole", [False, pytest.param(True, marks=pytest.mark.slow)])
def test_every_figure_is_measured_and_printed_with_its_n(
    is_whole: bool, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    if not is_whole:  # it starts a process that loads everything
        monkeypatch.setattr(speed, "time_cold_start", lambda library, rounds: 5.0)
    assert main(["--passages", "8", "--questions", "2", "--files", "3", "--rounds", "1"]) == 0
    lines = [line.split() for line in capsys.readouterr().out.splitlines() if line.strip()]
    assert [line[-1] for line in lines[1:]] == ["1", "8", "2", "2", "files", "1"]
    seconds = float(lines[-1][-3])
    assert 0 < seconds < 60

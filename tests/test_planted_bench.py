"""Sentences with a planted error are made from a public set, and put to the check like others."""

from pathlib import Path

import pytest
from made_benches import clapnq_row, write_clapnq

from eval.benches import load_bench
from eval.planted import main
from eval.planted_bench import planted_cases

BRIDGE = (
    "The bridge at Lindgate was opened by Mara Quist in 1931 . It carries two tracks . The old "
    "ferry was sold to a museum . "
)
TOWER = "The tower in Varnholm was opened by Jonas Wede in 1938 . Its clock stopped twice . "
ASKED = "When was the bridge at Lindgate opened?"


@pytest.fixture
def bridges(tmp_path: Path) -> Path:
    rows = [
        clapnq_row(1, BRIDGE, "Lindgate bridge", BRIDGE[:58]),
        clapnq_row(2, TOWER, "Varnholm tower", "Its clock stopped twice ."),
    ]
    rows[0]["input"] = ASKED
    rows[0]["output"][0]["answer"] = "It was opened in 1931, by Mara Quist. It has two tracks."
    return write_clapnq(tmp_path, rows, [clapnq_row(3, "Buses run instead . ", "Buses")])


def test_one_fact_of_what_people_answered_is_another_articles(bridges: Path) -> None:
    bench = load_bench("clapnq", bridges)
    (made,) = planted_cases(bench, bench.cases)
    assert made.question == ASKED
    assert made.sound == "It was opened in 1931, by Mara Quist."
    assert made.planted in {
        "It was opened in 1938, by Mara Quist.",
        "It was opened in 1931, by Jonas Wede.",
    }
    assert made.evidence == [BRIDGE[:58]]


def test_without_the_check_the_error_is_shown_and_with_it_caught(
    bridges: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["--bench", "clapnq", "--data", str(bridges)]
    for extra, caught in ([], "1.00"), (["--no-check"], "0.00"):
        assert main([*command, *extra]) == 0
        rows = [line.split()[:3] for line in capsys.readouterr().out.splitlines()]
        assert ["all", "1", caught] in rows


@pytest.mark.parametrize(
    "named",
    [
        "",
        "--bench clapnq",
        "--cases a --articles b --bench clapnq",
        "--cases a --articles b --bench clapnq --data c",
    ],
)
def test_either_cases_or_a_set_are_named_and_all_of_them(
    named: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(named.split())
    assert "--bench and --data" in capsys.readouterr().err

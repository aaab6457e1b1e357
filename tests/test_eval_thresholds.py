"""What a run must reach stands in a file, and what it misses is told by name."""

from pathlib import Path

import pytest
from made_reports import report

from eval.compare import compare_reports
from eval.errors import BadData, MissingData
from eval.thresholds import Threshold, find_failures, load_thresholds


def written(folder: Path, text: str) -> Path:
    file = folder / "thresholds.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_a_file_of_thresholds(tmp_path: Path) -> None:
    text = '["recall@8"]\nat_least = 0.95\n["false answer"]\nat_most = 0.5\nmay_worsen = 0.02\n'
    assert load_thresholds(written(tmp_path, text)) == [
        Threshold(name="recall@8", at_least=0.95),
        Threshold(name="false answer", at_most=0.5, may_worsen=0.02),
    ]


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        (
            '\n["recal@8"]\nat_least = 1\n',
            "line 2: there is no figure 'recal@8'. Did you mean",
        ),
        ("[zzz]\n", "line 1: there is no figure 'zzz'. There are: "),
        ('["recall@8"]\nleast = 1\n', "line 1: least: Extra inputs are not permitted"),
        ('["recall@8"]\nat_least = "high"\n', "line 1: at_least: Input should be a valid number"),
        ('# "recall@8"\n["recall@8"]\nat_most = true\n', "line 2: at_most: Input should be"),
        ('["recall@8"]\nat_least = nan\n', "line 1: at_least: Input should be a finite"),
        ('["recall@8"]\nmay_worsen = -1\n', "line 1: may_worsen: Input should be greater"),
        ('"recall@8" = 1\n', "line 1: recall@8: Input should be"),
        ("[recall@8]\n", "is not TOML"),
    ],
)
def test_a_bad_file_names_the_line(tmp_path: Path, text: str, cause: str) -> None:
    with pytest.raises(BadData) as caught:
        load_thresholds(written(tmp_path, text))
    assert cause in str(caught.value)


def test_a_file_that_begins_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    path = written(tmp_path, '["recall@8"]\nat_least = 0.95\n')
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert load_thresholds(path) == [Threshold(name="recall@8", at_least=0.95)]


def test_a_missing_file_says_so(tmp_path: Path) -> None:
    with pytest.raises(MissingData, match="cannot be read"):
        load_thresholds(tmp_path / "none.toml")


def test_what_is_missed_is_told_with_its_figure() -> None:
    made = report({"recall@8": [1.0, 0.5], "false answer": [1.0, 1.0]})
    assert find_failures(made, None, [Threshold(name="recall@8", at_least=0.75)]) == []
    missed = [
        Threshold(name="recall@8", at_least=0.8),
        Threshold(name="false answer", at_most=0.5),
        Threshold(name="MRR", at_least=0.1),
    ]
    assert find_failures(made, None, missed) == [
        "recall@8 is 0.750, below 0.800",
        "false answer is 1.000, above 0.500",
        "MRR is undefined on these cases",
    ]


def test_a_fall_beyond_noise_fails_unless_it_is_allowed() -> None:
    before = report({"recall@8": [1.0] * 40, "false answer": [0.0, 1.0] * 20})
    after = report({"recall@8": [0.9] * 40, "false answer": [1.0, 0.0] * 20})
    compared = compare_reports(before, after)
    assert find_failures(after, compared, []) == [
        "recall@8 went from 1.000 to 0.900, worse beyond noise"
    ]
    assert find_failures(after, compared, [Threshold(name="recall@8", may_worsen=0.15)]) == []
    assert find_failures(after, compared, [Threshold(name="recall@8", may_worsen=0.05)]) != []


def test_what_a_model_graded_fails_no_run_unless_a_threshold_names_it() -> None:
    before = report({"faithfulness": [1.0] * 40})
    after = report({"faithfulness": [0.5] * 40})
    compared = compare_reports(before, after)
    assert find_failures(after, compared, []) == []
    assert find_failures(after, compared, [Threshold(name="faithfulness")]) != []


def test_a_figure_that_vanished_is_a_failure() -> None:
    before = report({"citation valid": [1.0] * 4, "recall@8": [1.0] * 4})
    after = report({"citation valid": [None] * 4, "recall@8": [1.0] * 4})
    assert find_failures(after, compare_reports(before, after), []) == [
        "citation valid is undefined, but not in the baseline"
    ]

"""Agreement of raters equals published worked examples."""

import json
import unicodedata
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from sklearn.metrics import cohen_kappa_score

from eval import label_command
from eval.agreement import agreement_to_text, cohen_kappa, compare_raters, krippendorff_alpha
from eval.labels import Label

NAN = float("nan")
KRIPPENDORFF_2011 = np.array(
    [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, NAN, NAN, NAN],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, NAN, 3],
        [NAN, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, NAN],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, NAN],
    ]
).T
"""Example C and D of "Computing Krippendorff's Alpha-Reliability": 12 units, 4 observers, gaps."""


def label(item: int, rater: str, mark: str, **fields: Any) -> Label:
    known: dict[str, Any] = {
        "key": f"k{item}",
        "kind": "support",
        "sentence": f"s{item}",
        "quote": "q",
        "article_id": "a",
        "question": f"q{item}",
        "date": "2026-01-01",
    }
    return Label(rater=rater, label=mark, **(known | fields))  # type: ignore[arg-type]


def test_alpha_equals_the_published_example() -> None:
    alpha = krippendorff_alpha(KRIPPENDORFF_2011)
    assert alpha is not None
    assert round(alpha, 3) == 0.815


def test_alpha_of_two_raters_by_hand() -> None:
    # Coincidences: full-full 2, partial-partial 2, full-none 1, none-full 1; so totals 3, 2 and 1.
    # From "none" to "full" there lie 1/2 + 2 + 3/2 = 4 labels, and so on for the other pairs.
    rows = np.array([[1.0, 1.0], [0.5, 0.5], [1.0, 0.0]])
    distance = {("n", "p"): 1.5**2, ("p", "f"): 2.5**2, ("n", "f"): 4.0**2}
    totals = {"n": 1, "p": 2, "f": 3}
    observed = 2 * distance["n", "f"]
    expected = sum(2 * totals[a] * totals[b] * d for (a, b), d in distance.items()) / (6 - 1)
    assert krippendorff_alpha(rows) == pytest.approx(1 - observed / expected)


def test_chance_and_perfect_agreement() -> None:
    random = np.random.default_rng(1)
    noise = random.choice([0.0, 0.5, 1.0], size=(4000, 2))
    assert abs(krippendorff_alpha(noise) or 1) < 0.05
    assert krippendorff_alpha(np.repeat(noise[:, :1], 2, axis=1)) == pytest.approx(1)
    assert krippendorff_alpha(np.ones((9, 2))) is None
    assert cohen_kappa(np.ones((9, 2))) is None


def test_kappa_equals_a_textbook_example() -> None:
    # 50 items: both yes 20, both no 15, 5 and 10 apart: 0.7 alike, 0.5 by chance.
    table = [(1.0, 1.0)] * 20 + [(1.0, 0.0)] * 5 + [(0.0, 1.0)] * 10 + [(0.0, 0.0)] * 15
    assert cohen_kappa(np.array(table)) == pytest.approx(0.4)


@pytest.mark.parametrize("seed", range(5))
def test_kappa_equals_that_of_scikit_learn(seed: int) -> None:
    random = np.random.default_rng(seed)
    codes = random.integers(0, 3, size=(50, 2))
    theirs = cohen_kappa_score(codes[:, 0], codes[:, 1])
    assert cohen_kappa(codes / 2) == pytest.approx(theirs)


def test_only_what_both_labelled_is_compared() -> None:
    labels = [label(i, "ana", "full") for i in range(6)]
    labels += [label(0, "ben", "full"), label(1, "ben", "none"), label(2, "ben", "skipped")]
    labels += [label(3, "ben", "none"), label(3, "ben", "undone"), label(9, "ben", "full")]
    agreement = compare_raters(labels, "ana", "ben")
    assert agreement is not None
    assert (agreement.n, agreement.differences, agreement.alike) == (2, 1, 0.5)
    assert compare_raters(labels, "ana", "cleo") is None


def test_the_text_names_the_raters_the_counts_and_the_intervals() -> None:
    labels = [label(i, "ana", "full" if i % 2 else "none") for i in range(20)]
    labels += [label(i, "ben", "full" if i % 2 or not i else "none") for i in range(20)]
    text = agreement_to_text(labels)
    assert "support: ana and ben" in text
    assert "labelled by both      20" in text
    assert "differences           1 " in text
    assert "alike                 0.95 (0.76 to 0.99)" in text
    assert "Cohen's kappa         0.90 (" in text
    assert "Only one rater" in agreement_to_text(labels[:20])


def test_a_rater_s_name_commands_no_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sly = "be\x1b[31mn\x1b]0;owned\x07\nsupport: forged\x9b2J"
    labels = [label(i, rater, "full") for i in range(3) for rater in ("ana", sly)]
    file = tmp_path / "labels.jsonl"
    lines = [json.dumps(each.to_dict()) for each in labels]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert label_command.main(["--agreement", str(file)]) == 0
    told = capsys.readouterr().out
    assert not {character for character in told if unicodedata.category(character) == "Cc"} - {"\n"}
    assert told.startswith("support: ana and ben")
    assert not any(line.startswith("support: forged") for line in told.splitlines())

"""Claims are put to the shipped check, and every figure stands beside its floor."""

import json
import re
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from eval import __main__ as command
from eval.check_claims import check_claims, claim_score, report_claims, score_claims
from eval.claim_floors import (
    ALL_UNSUPPORTED,
    OVERLAP,
    OVERLAP_AT,
    best_threshold,
    claim_floors,
    overlap,
)
from eval.compare import compare_reports
from eval.errors import BadData
from eval.report import read_json
from eval.types import Claim, ClaimOutcome, Report
from rag import check_support
from rag.support import fitted_threshold
from rag.types import Support

EVIDENCE = (
    "The harbour office closed the east ferry ramp on Monday.",
    "Repairs will cost 3.4 million crowns, the harbour master Jonas Wede said.",
)
THRESHOLD = fitted_threshold()


def claim(
    number: int, text: str = "So it is.", *, supported: bool = True, group: str | None = None
) -> Claim:
    return Claim(
        id=f"c{number}",
        group=group or f"g{number}",
        text=text,
        evidence=EVIDENCE,
        supported=supported,
    )


def outcome(number: int, verdict: str, score: float, *, supported: bool) -> ClaimOutcome:
    support = Support(verdict=verdict, score=score)  # type: ignore[arg-type]
    return ClaimOutcome(claim=claim(number, supported=supported), support=support)


def made(outcomes: list[ClaimOutcome], pairs: tuple = ()) -> Report:
    return report_claims(outcomes, pairs=pairs, others=[], settings={}, notes=["A note."])


SOUND = "Repairs will cost 3.4 million crowns."
WRONG = "Repairs will cost 5.4 million crowns."


def test_claims_are_checked_as_answers_are_in_order_and_with_progress() -> None:
    claims = [claim(0, SOUND), claim(1, WRONG, supported=False)]
    seen: list[tuple[int, int, str]] = []
    outcomes = check_claims(claims, by_sentence=False, progress=lambda *step: seen.append(step))
    assert [each.claim for each in outcomes] == claims
    assert [each.support for each in outcomes] == [
        check_support(each.text, EVIDENCE) for each in claims
    ]
    assert [each.support.verdict for each in outcomes] == ["supported", "unsupported"]
    assert seen == [(0, 2, SOUND), (1, 2, WRONG), (2, 2, "done")]


def test_a_text_is_supported_as_far_as_its_least_supported_sentence() -> None:
    both = claim(0, f"The harbour office closed the east ferry ramp on Monday. {WRONG}")
    (checked,) = check_claims([both], by_sentence=True)
    assert checked.support == check_support(WRONG, EVIDENCE)


def test_a_claim_without_evidence_is_unsupported() -> None:
    alone = Claim(id="a", group="a", text=SOUND, evidence=(), supported=False)
    (checked,) = check_claims([alone], by_sentence=True)
    assert checked.support.verdict == "unsupported"


def test_what_is_overruled_scores_nothing_though_its_chance_is_high() -> None:
    assert claim_score(Support(verdict="supported", score=0.9)) == 0.9
    assert claim_score(Support(verdict="partly", score=THRESHOLD * 0.9)) == THRESHOLD * 0.9
    assert claim_score(Support(verdict="unsupported", score=THRESHOLD * 0.1)) == THRESHOLD * 0.1
    assert claim_score(Support(verdict="unsupported", score=THRESHOLD * 0.9)) == 0.0


def test_figures_follow_the_definitions() -> None:
    report = made(
        [
            outcome(0, "supported", 0.9, supported=True),
            outcome(1, "partly", THRESHOLD * 0.9, supported=True),
            outcome(2, "supported", 0.95, supported=False),
            outcome(3, "unsupported", 0.01, supported=False),
            outcome(4, "unsupported", 0.02, supported=False),
        ]
    )
    values = {metric.name: metric.value for metric in report.metrics if metric.n}
    assert values == {
        "claim AUROC": pytest.approx(4 / 6),
        "claim balanced accuracy": pytest.approx((1 / 2 + 2 / 3) / 2),
        "unsupported claim accepted": pytest.approx(1 / 3),
        "sound claim withheld": pytest.approx(1 / 2),
        "unsupported F1": pytest.approx(2 / 3),
    }
    assert {metric.section for metric in report.metrics if metric.n} == {"claims"}
    assert report.metric("unsupported claim accepted").n == 3
    assert report.metric("sound claim withheld").n == 2
    assert report.notes == ("A note.",)


def test_figures_of_one_kind_of_claim_alone_are_undefined() -> None:
    report = made([outcome(n, "supported", 0.9, supported=True) for n in range(3)])
    assert report.metric("claim AUROC").value is None
    assert report.metric("claim balanced accuracy").value is None
    assert report.metric("unsupported claim accepted").value is None
    assert report.metric("sound claim withheld").value == 0.0


def test_a_pair_is_consistent_if_its_edited_claim_ranks_lower() -> None:
    outcomes = [
        outcome(0, "supported", 0.9, supported=True),
        outcome(1, "supported", 0.8, supported=False),
        outcome(2, "supported", 0.9, supported=True),
        outcome(3, "unsupported", 0.95, supported=False),
        outcome(4, "partly", 0.2, supported=True),
        outcome(5, "partly", 0.2, supported=False),
    ]
    pairs = [("c0", "c1"), ("c2", "c3"), ("c4", "c5"), ("c5", "c6")]
    found = {
        score.case_id: score.value
        for score in score_claims(outcomes, pairs)
        if score.metric == "pair consistency"
    }
    assert found == {"c1": 1.0, "c3": 1.0, "c5": 0.0}


def test_intervals_are_by_group() -> None:
    apart = [claim(n) for n in range(30)]
    together = [claim(n, group=f"g{n // 10}") for n in range(30)]
    widths = []
    for claims in (apart, together):
        outcomes = [
            ClaimOutcome(claim=each, support=Support(verdict="supported", score=0.9))
            for each in claims
        ]
        metric = made(outcomes).metric("sound claim withheld")
        assert metric.low is not None
        assert metric.high is not None
        widths.append((metric.groups, metric.high - metric.low))
    assert [groups for groups, _ in widths] == [30, 3]
    assert widths[1][1] > 2 * widths[0][1]


def test_overlap_is_the_share_of_words_that_the_evidence_has() -> None:
    assert overlap(claim(0, "The ramp costs crowns.")) == pytest.approx(2 / 3)
    assert overlap(claim(0, "…")) == 0.0


def test_the_best_threshold_splits_the_two_kinds() -> None:
    scores = np.array([0.1, 0.2, 0.6, 0.7])
    assert best_threshold(scores, np.array([False, False, True, True])) == 0.6
    assert best_threshold(scores, np.array([True] * 4)) is None
    assert best_threshold(scores[:0], np.array([], dtype=bool)) is None


WORDY, STRANGE = "The harbour office closed the ramp.", "Zebras paint violet walls."


def test_the_floors_threshold_comes_from_other_claims() -> None:
    claims = [claim(0, WORDY), claim(1, STRANGE, supported=False)]
    others = [claim(2, SOUND), claim(3, STRANGE, supported=False)]
    floors = {floor.metric: floor for floor in claim_floors(claims, others, [("c0", "c1")])}
    assert {name: floor.value for name, floor in floors.items()} == {
        "claim AUROC": 1.0,
        "claim balanced accuracy": 1.0,
        "unsupported claim accepted": 0.0,
        "sound claim withheld": 0.0,
        "unsupported F1": 1.0,
        "pair consistency": 1.0,
    }
    assert floors["claim AUROC"].method == OVERLAP
    assert floors["unsupported F1"].method == OVERLAP_AT
    # labels the other way round there move the threshold here: it is not chosen on what it judges
    turned = [claim(2, SOUND, supported=False), claim(3, STRANGE)]
    moved = {floor.metric: floor.value for floor in claim_floors(claims, turned, [])}
    assert moved["claim balanced accuracy"] == 0.5
    assert moved["claim AUROC"] == 1.0


def test_without_other_claims_the_floors_threshold_is_chosen_fold_by_fold() -> None:
    claims = [
        claim(n, WORDY if n % 2 else STRANGE, supported=bool(n % 2), group=f"g{n // 2}")
        for n in range(40)
    ]
    floors = {floor.metric: floor.value for floor in claim_floors(claims, [], [])}
    assert floors["claim balanced accuracy"] == 1.0
    alone = {floor.metric: floor for floor in claim_floors(claims[:2], [], [])}
    assert "claim balanced accuracy" not in alone
    assert alone["unsupported F1"].method == ALL_UNSUPPORTED


def test_two_runs_over_the_same_claims_can_be_compared() -> None:
    before = [outcome(n, "unsupported", 0.01, supported=True) for n in range(20)]
    after = [outcome(n, "supported", 0.9, supported=True) for n in range(20)]
    changes = {change.name: change for change in compare_reports(made(before), made(after)).changes}
    assert changes["sound claim withheld"].verdict == "better"
    assert changes["sound claim withheld"].n == 20
    other = [replace(each, claim=replace(each.claim, text="Other.")) for each in after]
    with pytest.raises(BadData, match="'c0' asks another question"):
        compare_reports(made(before), made(other))


def write_wice(folder: Path) -> Path:
    rows = [
        {"claim": text, "evidence": [*EVIDENCE], "label": label}
        for text, label in ((SOUND, "supported"), (WRONG, "not_supported"))
    ]
    content = "\n".join(json.dumps(row) for row in rows)
    (folder / "oracle_chunks_dev.jsonl").write_text(content, encoding="utf-8")
    return folder


def run(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    monkeypatch.setattr(sys, "argv", ["eval", *arguments])
    return command.main()


def test_the_command_prints_figures_floors_and_what_others_published(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    json_file = tmp_path / "run.json"
    folder = str(write_wice(tmp_path))
    options = ["--bench", "wice", "--data", folder, "--part", "all", "--json", str(json_file)]
    assert run(monkeypatch, *options) == 0
    shown = capsys.readouterr()
    assert re.search(r"claim balanced accuracy +1\.000 +2 ", shown.out)
    assert "false answer" not in shown.out
    assert "partially_supported) counts as unsupported" in shown.out
    assert re.search(r"Bespoke-MiniCheck-7B +\| balanced accuracy +\| 0\.830 +\| 1\.000", shown.out)
    assert "CAUTION" in shown.out
    assert "CAUTION" in shown.err
    kept = read_json(json_file)
    assert kept.settings["eval_part"] == "all"
    assert [each.claim.text for each in kept.claims] == [SOUND, WRONG]


def test_the_command_checks_the_responses_of_ragtruth(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    source = {"source_id": "1", "task_type": "Summary", "source_info": " ".join(EVIDENCE)}
    span = {"start": 0, "end": 1, "text": "x", "label_type": "Evident Conflict"}
    sound = {"split": "train", "quality": "good", "labels": [], "response": " ".join(EVIDENCE)}
    wrong = sound | {"labels": [span], "response": f"{EVIDENCE[0]} {WRONG}"}
    rows = [sound | {"id": "1", "source_id": "1"}, wrong | {"id": "2", "source_id": "1"}]
    (tmp_path / "source_info.jsonl").write_text(json.dumps(source), encoding="utf-8")
    content = "\n".join(json.dumps(row) for row in rows)
    (tmp_path / "response.jsonl").write_text(content, encoding="utf-8")
    assert run(monkeypatch, "--bench", "ragtruth", "--data", str(tmp_path)) == 0
    shown = capsys.readouterr().out
    assert re.search(r"unsupported F1 +1\.000 +2 +1 ", shown)
    assert re.search(r"Summary: Evident Conflict +\| 1 +\| no +\| 0\.000", shown)
    assert "the test split is not opened" in " ".join(shown.split())
    assert "LettuceDetect-large" in shown


def test_bad_rows_and_missing_files_end_with_exit_code_2(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("wice", "ragtruth", "multihop", "realtimeqa", "fitz_gov"):
        assert run(monkeypatch, "--bench", name, "--data", str(tmp_path)) == 2
        assert "--data" in capsys.readouterr().err
    (tmp_path / "oracle_chunks_dev.jsonl").write_text('{"claim": 1}', encoding="utf-8")
    assert run(monkeypatch, "--bench", "wice", "--data", str(tmp_path)) == 2
    assert "oracle_chunks_dev.jsonl: line 1 is not in the published shape" in (
        capsys.readouterr().err
    )


def test_an_empty_part_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = str(write_wice(tmp_path))
    parts = [
        run(monkeypatch, "--bench", "wice", "--data", folder, "--part", part)
        for part in ("fit", "calibrate", "report")
    ]
    assert 2 in parts
    assert "holds no claim of --part" in capsys.readouterr().err

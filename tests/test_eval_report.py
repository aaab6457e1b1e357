"""A report shows what was measured, and survives a round trip."""

import json
import re
import resource
import signal
from dataclasses import replace
from pathlib import Path

import pytest
from made_reports import JUDGED, report

from eval.errors import BadData, MissingData
from eval.figures import show_value
from eval.measures import MEASURES
from eval.provenance import commit, public_settings, versions
from eval.report import read_json, write_json
from index.settings import IndexSettings


def test_figures_follow_from_the_scores_and_none_is_not_zero() -> None:
    made = report(JUDGED)
    figures = {name: (made.metric(name).value, made.metric(name).n) for name in MEASURES}
    assert figures["recall@1"] == (0.75, 2)
    assert figures["false refusal"] == figures["false answer"] == (0.5, 2)
    assert figures["AUROC"] == (0.75, 4)  # .9 beats both, .4 beats one of two
    assert figures["refusal precision"] == figures["refusal recall"] == (0.5, 2)
    assert figures["Brier"] == (pytest.approx((0.01 + 0.36 + 0.01 + 0.36) / 4), 4)
    assert figures["first sentence p50"] == (0.25, 4)
    assert figures["first sentence p95"] == (pytest.approx(0.3 + 0.85 * 1.1), 4)
    assert figures["MRR"] == (None, 0)
    assert made.metric("MRR").low is None


def test_shares_of_cases_get_wilsons_interval() -> None:
    made = report({"citation valid": [1.0] * 10})
    assert made.metric("citation valid").low == pytest.approx(0.7225, abs=1e-4)


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [
        (None, "share", "–"),
        (0.12345, "share", "0.123"),
        (0.0421, "seconds", "42 ms"),
        (1.234, "seconds", "1.23 s"),
        (-0.05, "seconds", "-50 ms"),
        (41.6, "words", "42"),
    ],
)
def test_values_are_shown_in_their_unit(value: float | None, unit: str, shown: str) -> None:
    assert show_value(value, unit) == shown


def test_a_report_survives_a_round_trip(tmp_path: Path) -> None:
    made = report(JUDGED, "Où est “Holm”?")
    write_json(made, tmp_path / "run.json")
    assert read_json(tmp_path / "run.json") == made
    content = json.loads((tmp_path / "run.json").read_text(encoding="utf-8"))
    assert {m["name"]: m["value"] for m in content["metrics"]}["recall@1"] == 0.75


@pytest.mark.parametrize(
    "content",
    ["{", "[]", "{}", '{"format": 99}', '{"format": 1}', '{"format": 2}', "7", "[" * 100_000],
)
def test_what_is_no_report_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "run.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(BadData, match="--json"):
        read_json(path)


def test_of_many_bad_scores_the_first_is_told_and_the_others_are_counted(tmp_path: Path) -> None:
    path = tmp_path / "run.json"
    write_json(report({"MRR": [1.0] * 50}), path)
    path.write_text(path.read_text(encoding="utf-8").replace('"MRR"', "7"), encoding="utf-8")
    with pytest.raises(BadData) as raised:
        read_json(path)
    told = str(raised.value)
    assert "scores.0.metric: Input should be a valid string, and 49 more problems" in told
    assert "\n" not in told
    assert "compared" not in told


def test_a_report_that_cannot_be_read_or_written_says_so(tmp_path: Path) -> None:
    with pytest.raises(MissingData, match="cannot be read"):
        read_json(tmp_path / "none.json")
    with pytest.raises(MissingData, match="cannot be written"):
        write_json(report(JUDGED), tmp_path / "none" / "run.json")


def test_secrets_are_not_written_into_reports() -> None:
    class Settings(IndexSettings):
        llm_api_key: str | None = "sk-very-secret"
        llm_model: str = "m"

    shown = public_settings(Settings())
    assert shown["llm_api_key"] == "(set)"
    assert shown["llm_model"] == "m"
    assert shown["home"] == "library"
    address = Settings(llm_model="http://ana:pw@host:8/v1?key=k#f")
    assert public_settings(address)["llm_model"] == "http://host:8"
    assert public_settings(Settings(llm_api_key=None))["llm_api_key"] is None


def test_a_run_says_what_it_was_made_with() -> None:
    assert re.fullmatch(r"[0-9a-f]{40}\+?", commit() or "0" * 40)
    assert {"python", "machine", "torch", "chromadb"} <= set(versions())


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_scores_that_are_no_numbers_are_refused(tmp_path: Path, value: float) -> None:
    kept = tmp_path / "run.json"
    write_json(report({"MRR": [value]}), kept)
    with pytest.raises(BadData, match="'c0': 'MRR' is"):
        read_json(kept)


def test_a_score_that_stands_twice_is_refused(tmp_path: Path) -> None:
    made, kept = report({"MRR": [0.5]}), tmp_path / "run.json"
    write_json(replace(made, scores=made.scores * 2), kept)
    with pytest.raises(BadData, match="two scores of 'MRR'"):
        read_json(kept)


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    kept = tmp_path / "run.json"
    write_json(report({"MRR": [0.5]}), kept)
    before = kept.read_bytes()
    limit = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (len(before) // 2, limit[1]))
        with pytest.raises(MissingData, match="cannot be written"):
            write_json(report({"MRR": [0.5] * 50}), kept)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limit)
        signal.signal(signal.SIGXFSZ, handler)
    assert kept.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["run.json"]

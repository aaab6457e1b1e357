"""Errors planted in a model's sentences are caught, and sound sentences are left alone."""

import json
from pathlib import Path
from typing import Any

import pytest

from eval.errors import BadCases, MissingData
from eval.planted import (
    ALL,
    Outcome,
    caught_by_overlap,
    main,
    measure,
    spread,
    word_overlap,
)
from eval.planted_cases import Planted, load_planted
from eval.planted_trial import Witness
from index import Index
from rag.briefing import write_briefing
from rag.drafted import Drafted
from rag.repair import Failed, write_repair

SEEDS = Path(__file__).parent.parent / "seeds"
CASES = SEEDS / "planted.jsonl"

FEWEST_CAUGHT, MOST_TOUCHED = 0.75, 0.55
"""What the check reaches, with some room; wanted are .80 and .15. Tighten when it gets better."""

QUICK = 5
"""Cases, and so twice as many answers, that take a few seconds."""

KINDS = {
    "date", "fused", "lost-hedge", "name", "negation", "number", "opposite", "swapped-entity",
    "unit-or-scale", "wrong-speaker",
}  # fmt: skip
"""Four of them are of kinds for which the check has no rule."""

COST = Planted(
    article="ferry.txt",
    evidence=["Repairs will cost 3.4 million crowns, the harbour master Jonas Wede said."],
    question="How much will the repairs of the ferry ramp cost?",
    sound="Repairs of the ramp will cost 3.4 million crowns, harbour master Jonas Wede said.",
    planted="Repairs of the ramp will cost 4.3 million crowns, harbour master Jonas Wede said.",
    kind="number",
)
REFUSED = COST.model_copy(update={"question": "What is the capital of Mongolia?"})
ELSEWHERE = COST.model_copy(update={"evidence": ["Nobody has ever written this sentence down."]})


def outcome(sound: float, planted: float, *, kind: str = "number") -> Outcome:
    return Outcome(
        kind=kind, caught=True, touched=False, retrieved=True, sound_overlap=sound,
        planted_overlap=planted,
    )  # fmt: skip


def test_an_error_is_caught_and_the_sound_sentence_is_not_touched(town: Index) -> None:
    whole, put = measure([COST, REFUSED], town)
    assert (whole.caught, whole.touched, whole.retrieved) == (True, False, True)
    assert (put.caught, put.touched, put.retrieved) == (True, False, False)
    assert whole.sound_overlap > whole.planted_overlap


def test_what_no_article_holds_is_not_asked(town: Index) -> None:
    assert measure([ELSEWHERE], town) == []


def test_the_scripted_model_cites_what_it_finds_and_insists(town: Index) -> None:
    hits = town.search(COST.question)
    (number,) = [n for n, hit in enumerate(hits, start=1) if "3.4" in hit.passage.text]
    witness = Witness(COST.sound, COST.evidence)

    def said(messages: list[tuple[str, str]]) -> str:
        return witness([{"role": role, "content": content} for role, content in messages])

    assert said(write_briefing(COST.question, hits)) == f"{COST.sound} [{number}]"
    assert witness.cited == (number,)
    failed = Failed(drafted=Drafted(text=COST.sound, numbers=(number,)), reasons=("no",))
    again = said(write_repair(COST.question, hits, [failed]))
    assert again == f"1. {COST.sound} [{number}]"
    witness.evidence = [*COST.evidence, *ELSEWHERE.evidence]
    assert said(write_briefing(COST.question, hits)) == ""


def test_the_floor_catches_as_many_as_its_threshold_lets_it() -> None:
    outcomes = [outcome(0.2, 0.1), outcome(0.5, 0.5, kind="name"), outcome(0.5, 0.5), outcome(1, 1)]
    assert caught_by_overlap(outcomes, ALL, touched=0) == 0
    assert caught_by_overlap(outcomes, ALL, touched=1) == 0.25
    assert caught_by_overlap(outcomes, ALL, touched=2) == 0.5
    assert caught_by_overlap(outcomes, "name", touched=2) == 0.5
    assert caught_by_overlap(outcomes, ALL, touched=4) == 1
    assert word_overlap("The ferry sank.", ["A ferry came."]) == 0.5


def test_a_few_cases_are_taken_from_all_over_the_file() -> None:
    cases = [COST.model_copy(update={"kind": str(n)}) for n in range(10)]
    assert [case.kind for case in spread(cases, 4)] == ["0", "2", "5", "7"]
    assert spread(cases, 20) == spread(cases, None) == cases


def test_the_command_prints_every_kind_and_the_way_it_went(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "news").mkdir()
    text = f"{COST.evidence[0]} The harbour office closed the east ferry ramp on Monday.\n"
    (tmp_path / "news" / "ferry.txt").write_text(text, encoding="utf-8")
    cases = tmp_path / "cases.jsonl"
    cases.write_text("\n".join(c.model_dump_json() for c in (COST, ELSEWHERE)), encoding="utf-8")
    assert main(["--cases", str(cases), "--articles", str(tmp_path / "news")]) == 0
    printed = capsys.readouterr().out
    assert "2 cases: 1 the whole way, 0 put to the writer with their evidence, 1 not asked" in (
        printed
    )
    rows = [line.split()[:3] for line in printed.splitlines()]
    assert ["number", "1", "1.00"] in rows
    assert ["all", "1", "1.00"] in rows
    assert main(["--cases", str(tmp_path / "none"), "--articles", str(tmp_path)]) == 2


@pytest.mark.parametrize("change", [{"kind": ""}, {"evidence": []}, {"sounds": "x"}])
def test_a_bad_line_is_named(tmp_path: Path, change: dict[str, Any]) -> None:
    path = tmp_path / "cases.jsonl"
    line = json.dumps(COST.model_dump() | change)
    path.write_text(f"{COST.model_dump_json()}\n\n{line}\n", encoding="utf-8")
    with pytest.raises(BadCases, match="line 3"):
        load_planted(path)


def test_a_file_without_cases_is_named(tmp_path: Path) -> None:
    path = tmp_path / "cases.jsonl"
    path.write_text("\n", encoding="utf-8")
    with pytest.raises(MissingData, match="holds nothing"):
        load_planted(path)


def test_the_cases_are_of_ten_kinds_and_each_differs_by_its_error() -> None:
    cases = load_planted(CASES)
    assert len(cases) >= 150
    assert {case.kind for case in cases} == KINDS
    assert all(case.sound != case.planted for case in cases)
    assert len({case.sound for case in cases}) == len(cases)


def test_most_errors_of_a_quick_sample_are_caught(seeds: Index) -> None:
    cases = load_planted(CASES)
    sample = spread(cases, QUICK)
    outcomes = measure(sample, seeds)
    assert len(outcomes) == len(sample)
    caught = sum(outcome.caught for outcome in outcomes)
    shown = sum(not outcome.touched for outcome in outcomes)
    assert caught >= 0.6 * len(sample)
    assert caught + shown > len(sample)  # holding everything back would reach as much


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_most_planted_errors_are_caught(seeds: Index) -> None:
    cases = load_planted(CASES)
    outcomes = measure(cases, seeds)
    assert len(outcomes) >= 0.95 * len(cases)
    caught = sum(outcome.caught for outcome in outcomes) / len(outcomes)
    touched = sum(outcome.touched for outcome in outcomes)
    assert caught >= FEWEST_CAUGHT
    assert touched / len(outcomes) <= MOST_TOUCHED
    assert caught > caught_by_overlap(outcomes, ALL, touched)

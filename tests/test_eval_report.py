"""A report shows what was measured, survives a round trip, and lets no article speak HTML."""

import json
import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from eval.compare import changes_to_markdown, compare_reports
from eval.errors import BadData, MissingData
from eval.measures import MEASURES
from eval.page import to_page
from eval.plots import histogram, line_plot
from eval.provenance import commit, public_settings, versions
from eval.report import read_json, show_value, tags_to_markdown, to_markdown, write_json
from eval.types import Case, Floor, Outcome, Report, Score, Span
from index.settings import IndexSettings
from rag.types import Answer, Citation, Sentence, Support

ATTACK = "<script>alert(1)</script><img src=http://evil.example/x onerror=alert(2)>"


def answer(text: str) -> Answer:
    """An answer of one quoted sentence."""
    cited = Citation(
        number=1,
        article_id="a",
        title=None,
        source=None,
        url=None,
        published=None,
        start=0,
        end=len(text),
        quote=text,
    )
    said = Sentence(text=text, citations=(cited,), support=Support(verdict="quoted"))
    return Answer(question=text, asked=text, sentences=(said,))


def report(table: dict[str, list[float | None]], question: str = "Who?") -> Report:
    """A report over cases c0, c1, ... with the given values by metric."""
    scores = tuple(
        Score(case_id=f"c{i}", metric=metric, value=value, reason=None if value else "why")
        for metric, values in table.items()
        for i, value in enumerate(values)
    )
    cases = sorted({score.case_id for score in scores})
    return Report(
        settings={"embedder": "bundled"},
        versions={"python": "3.11"},
        commit="abc",
        scores=scores,
        outcomes=tuple(
            Outcome(
                case=Case(
                    id=case_id,
                    question=question,
                    history=(("a", "b"),),
                    spans=(Span(path="a.txt", quote=question),),
                    paths=(f"{case_id}.txt",),
                    answerable=True,
                    tags=("t",),
                ),
                answer=answer(question),
                first_sentence=0.1,
                whole_answer=0.2,
            )
            for case_id in cases
        ),
        floors=(Floor(metric="recall@1", value=0.001, method="random"),),
        notes=("A note.",),
    )


JUDGED = {
    "answerable": [1.0, 1.0, 0.0, 0.0],
    "refused": [0.0, 1.0, 1.0, 0.0],
    "answer score": [0.9, 0.4, 0.1, 0.6],
    "refusal precision": [None, 0.0, 1.0, None],
    "refusal recall": [None, None, 1.0, 0.0],
    "false refusal": [0.0, 1.0, None, None],
    "false answer": [None, None, 0.0, 1.0],
    "recall@1": [1.0, 0.5, None, None],
    "first sentence": [0.1, 0.2, 0.3, 1.4],
}


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


def test_the_table_has_every_figure_with_its_floor() -> None:
    made = report(JUDGED)
    shown = to_markdown(made)
    lines = [line for line in shown.splitlines() if line.startswith("|")]
    defined = {metric.section for metric in made.metrics if metric.n}
    assert "claims" not in defined
    assert len(lines) == 2 + sum(measure.section in defined for measure in MEASURES.values())
    assert len({len(line) for line in lines}) == 1
    recall = next(line for line in lines if "recall@1" in line)
    assert [cell.strip() for cell in recall.strip("|").split("|")] == [
        "recall@1",
        "0.750",
        "2",
        "0.500 to 1.000",
        "0.001 (1)",
    ]
    assert "| MRR " in shown
    assert "(1) random" in shown
    assert "A note." in shown


def test_figures_by_tag_are_those_of_its_cases() -> None:
    made = report(JUDGED)
    assert tags_to_markdown(made) == ""  # one tag tells nothing apart
    first, second, *others = made.outcomes
    near = [replace(o, case=replace(o.case, tags=("t", "near"))) for o in (second, others[1])]
    rows = tags_to_markdown(replace(made, outcomes=(first, near[0], others[0], near[1])))
    table = [[cell.strip() for cell in row.split("|")[1:-1]] for row in rows.splitlines()]
    assert table[0][:3] == ["tag", "cases", "recall@8"]
    assert table[2] == ["near", "2", "–", "–", "–", "1.000 (1)", "1.000 (1)"]
    assert table[3] == ["t", "4", "–", "–", "–", "0.500 (2)", "0.500 (2)"]


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


@pytest.mark.parametrize("content", ["{", "[]", "{}", '{"format": 99}', '{"format": 1}', "7"])
def test_what_is_no_report_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "run.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(BadData, match="--json"):
        read_json(path)


def test_a_report_that_cannot_be_read_or_written_says_so(tmp_path: Path) -> None:
    with pytest.raises(MissingData, match="cannot be read"):
        read_json(tmp_path / "none.json")
    with pytest.raises(MissingData, match="cannot be written"):
        write_json(report(JUDGED), tmp_path / "none" / "run.json")


def test_the_page_loads_nothing_and_escapes_everything() -> None:
    made = report(JUDGED, ATTACK)
    outcome = replace(made.outcomes[0], answer=Answer(question="?", asked="?", reason=ATTACK))
    case = replace(outcome.case, id=ATTACK, reference=ATTACK, tags=(ATTACK,))
    page = to_page(
        replace(
            made,
            outcomes=(replace(outcome, case=case), *made.outcomes[1:]),
            settings={ATTACK: ATTACK},
            commit=ATTACK,
            notes=(ATTACK,),
            floors=(Floor(metric="MRR", value=0.1, method=f'"{ATTACK}'),),
            scores=(*made.scores, Score(case_id="c1", metric=ATTACK, value=None, reason=ATTACK)),
        )
    )
    assert "<script" not in page
    assert "<img" not in page
    assert page.count("&lt;script&gt;") > 10
    assert "default-src 'none'" in page
    assert not re.search(r"""(src|href)\s*=|url\(|@import""", page.replace("img src=http", ""))


def test_the_page_marks_the_cases_that_failed() -> None:
    page = to_page(report(JUDGED))
    assert page.count('<details class="failed">') == 2
    assert page.count('<details class="passed">') == 2
    assert "<small>false refusal</small>" in page


def test_the_page_of_an_empty_run_has_no_plots() -> None:
    page = to_page(report({}))
    assert "<svg" not in page
    assert "0 cases" in page


def test_plots_are_sound_svg_and_draw_every_point() -> None:
    drawn = line_plot(
        {"a & b": [(0.0, 0.2), (1.0, 0.9)], "c": []}, x_label="<x>", y_label="y", dots=True
    )
    svg = ET.fromstring(drawn.split("</svg>")[0] + "</svg>")
    assert len(svg.findall("circle")) == 2
    assert "a &amp; b" in drawn
    bars = histogram({"all": [0.0, 0.5, 5.0]}, x_label="s", x_max=1.0)
    rects = ET.fromstring(bars.split("</svg>")[0] + "</svg>").findall("rect")
    assert len(rects) == 3  # 5.0 stands in the last bar
    assert {rect.get("height") for rect in rects} == {rects[0].get("height")}


@pytest.mark.parametrize(("longest", "end"), [(0.47, "0.5"), (1.0, "1"), (3.2, "5"), (0.0, "1")])
def test_scales_end_on_round_numbers(longest: float, end: str) -> None:
    drawn = histogram({"all": [longest]}, x_label="seconds", x_max=longest)
    ticks = re.findall(r'class="tick" [^>]*>([^<]*)<', drawn)
    assert ticks[-1] == end


def test_a_loss_beyond_noise_is_worse_and_a_small_one_is_noise() -> None:
    rng = np.random.default_rng(3)
    base = [float(x) for x in rng.random(80)]
    before = report({"MRR": base, "recall@1": base, "Brier": base, "first sentence": base})
    after = report(
        {
            "MRR": [x - 0.1 for x in base],
            "recall@1": [x + d for x, d in zip(base, rng.normal(0, 0.2, 80), strict=True)],
            "first sentence": [x + 1 for x in base],
        }
    )
    verdicts = {change.name: change for change in compare_reports(before, after)}
    assert verdicts["MRR"].verdict == "worse"
    assert verdicts["MRR"].low == pytest.approx(-0.1)
    assert verdicts["recall@1"].verdict == "noise"
    assert verdicts["first sentence p50"].verdict == "moved"
    assert "Brier" not in verdicts
    assert "worse" in changes_to_markdown([*verdicts.values()])
    turned = {change.name: change for change in compare_reports(after, before)}
    assert turned["MRR"].verdict == "better"


def test_less_is_better_where_it_is() -> None:
    before, after = report({"false answer": [0.0] * 30}), report({"false answer": [1.0] * 30})
    (change,) = compare_reports(before, after)
    assert change.verdict == "worse"
    assert change.n == 30


def test_only_runs_over_the_same_cases_are_compared() -> None:
    one = report({"MRR": [1.0]})
    with pytest.raises(BadData, match="share no case"):
        compare_reports(one, report({}))
    with pytest.raises(BadData, match="asks another question"):
        compare_reports(one, report({"MRR": [1.0]}, "Who else?"))


def test_secrets_are_not_written_into_reports() -> None:
    class Settings(IndexSettings):
        llm_api_key: str | None = "sk-very-secret"
        llm_model: str = "m"

    shown = public_settings(Settings())
    assert shown["llm_api_key"] == "(set)"
    assert shown["llm_model"] == "m"
    assert shown["home"] == "library"
    assert public_settings(Settings(llm_api_key=None))["llm_api_key"] is None


def test_a_run_says_what_it_was_made_with() -> None:
    assert re.fullmatch(r"[0-9a-f]{40}\+?", commit() or "0" * 40)
    assert {"python", "machine", "torch", "chromadb"} <= set(versions())

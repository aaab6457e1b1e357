"""Loaders read the published shapes (made-up rows here), and name the row that is not in them."""

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from made_benches import (
    FERRY,
    MILL,
    clapnq_row,
    quiz_row,
    write_clapnq,
    write_json,
    write_lines,
)
from made_benches import clapnq as clapnq
from made_benches import fitz_gov as fitz_gov
from made_benches import multihop as multihop
from made_benches import realtimeqa as realtimeqa
from made_benches import squad2 as squad2

from eval import __main__ as command
from eval.benches import (
    BENCHES,
    CLAIM_BENCHES,
    NAMES,
    choose_part,
    fitting_note,
    load_bench,
    load_claims,
    part_asked,
    sample_cases,
)
from eval.errors import BadData, BadOption, EvalFailure, MissingData
from eval.parts import part_of
from eval.published import published_for
from eval.types import Case, Span


def test_every_set_has_one_loader() -> None:
    assert {*NAMES} == {
        "clapnq", "squad2", "fitz_gov", "multihop", "realtimeqa", "wice", "bump", "ragtruth",
    }  # fmt: skip
    assert not BENCHES.keys() & CLAIM_BENCHES.keys()


def test_clapnq_passages_become_articles_and_a_shared_one_stands_once(clapnq: Path) -> None:
    articles, cases, _ = load_bench("clapnq", clapnq)
    assert [(a.path, a.title, a.text) for a in articles] == [
        ("clapnq/1", "Mill", MILL.strip()),
        ("clapnq/3", "Ferry ramp", FERRY.strip()),
    ]
    assert cases[0] == Case(
        id="clapnq-1",
        question="question 1",
        reference="Ninety flats.",
        spans=(
            Span(path="clapnq/1", quote="The mill was sold ."),
            Span(path="clapnq/1", quote="It will hold ninety flats ."),
        ),
        paths=("clapnq/1",),
        answerable=True,
        tags=("clapnq",),
        cluster="Mill",
    )
    assert cases[1].paths == ("clapnq/1",)
    assert cases[2] == Case(
        id="clapnq-3",
        question="question 3",
        paths=("clapnq/3",),
        answerable=False,
        tags=("clapnq",),
        cluster="Ferry ramp",
    )


def test_clapnq_is_read_by_its_authors_names_and_without_an_output(tmp_path: Path) -> None:
    unanswerable = clapnq_row(3, FERRY, "Ferry ramp") | {"output": [{"answer": None, "meta": None}]}
    answerable = [clapnq_row(1, MILL, "Mill", "Work begins in May .")]
    folder = write_clapnq(tmp_path, answerable, [unanswerable], prefix="clapnq_dev_")
    assert [case.answerable for case in load_bench("clapnq", folder).cases] == [True, False]


def test_squad2_gold_is_the_sentence_that_holds_the_answer(squad2: Path) -> None:
    (article,), (answerable, unanswerable), _ = load_bench("squad2", squad2)
    assert (article.path, article.title) == ("squad2/Brass_band/0", "Brass band")
    assert answerable.question == "Where is it from?"
    assert answerable.golds == ("Lindgate", "from Lindgate")
    assert [span.quote for span in answerable.spans] == ["The band, from Lindgate, plays in May."]
    assert not unanswerable.answerable
    assert (unanswerable.spans, unanswerable.golds) == ((), ())
    assert {answerable.group, unanswerable.group} == {"Brass band"}  # not the paragraph


def test_fitz_gov_asks_each_case_over_its_own_contexts(fitz_gov: Path) -> None:
    articles, cases, notes = load_bench("fitz_gov", fitz_gov)
    by_tag = {case.tags[0]: case for case in cases}
    assert {tag for tag, case in by_tag.items() if not case.answerable} == {
        "abstention", "grounding", "relevance",
    }  # fmt: skip
    assert [tag for tag, case in by_tag.items() if case.disputed] == ["dispute"]
    assert all(case.disputed is not None for case in cases)
    paths = {article.path: article.text for article in articles}
    assert [paths[path] for path in by_tag["dispute"].among] == [
        "The dispute mill opened in May.",
        "The dispute mill stayed shut in May.",
    ]
    assert len(paths) == 12
    assert "as its authors label it" in notes[0]


def test_multihop_facts_become_the_articles_own_words(multihop: Path) -> None:
    articles, cases, notes = load_bench("multihop", multihop)
    assert (articles[0].source, articles[0].published) == ("The Lindgate Post", "2023-09-28")
    inference, temporal, null = cases
    assert inference.spans == (
        Span(path="multihop/1", quote="The mill was\n\nsold."),
        Span(path="multihop/2", quote="The ferry is closed."),
    )
    assert inference.paths == ("multihop/1", "multihop/2")
    assert (inference.reference, inference.tags) == ("Norden Group", ("inference_query",))
    assert (temporal.spans, temporal.paths) == ((), ("multihop/1",))
    assert (null.answerable, null.reference, null.paths) == (False, None, ())
    assert any("1 of 3 facts" in note for note in notes)


def test_realtimeqa_asks_on_the_day_of_the_search(realtimeqa: Path) -> None:
    articles, cases, _ = load_bench("realtimeqa", realtimeqa)
    assert [(a.url, a.published) for a in articles] == [("https://news.example/mill", "2022-06-15")]
    assert [(case.reference, case.as_of, case.tags) for case in cases] == [
        ("“The Mill”", "2022-06-17", ("answer in a page",)),
        ("“The Band”", "2022-06-17", ("answer in no page",)),
        ("“The Ferry”", "2022-06-16", ("answer in no page",)),
    ]


def test_a_part_keeps_an_articles_questions_together(clapnq: Path) -> None:
    bench = load_bench("clapnq", clapnq)
    assert (part_of("Mill"), part_of("Ferry ramp")) == ("report", "fit")
    assert [case.id for case in choose_part(bench, "report")] == ["clapnq-1", "clapnq-2"]
    assert [case.id for case in choose_part(bench, "fit")] == ["clapnq-3"]
    assert choose_part(bench, "all") == bench.cases


def test_a_question_of_no_article_has_a_part_too(multihop: Path) -> None:
    bench = load_bench("multihop", multihop)
    parts = [choose_part(bench, part) for part in ("fit", "calibrate", "report")]
    assert sum(map(len, parts)) == len(bench.cases)


def test_what_was_fitted_on_is_not_reported_unless_asked_and_then_with_a_warning() -> None:
    unseen = {name: part_asked(name, None) for name in NAMES}
    assert {name for name, part in unseen.items() if part == "report"} == {"clapnq", "wice", "bump"}
    assert part_asked("wice", "all") == "all"
    for name in ("clapnq", "wice", "bump"):
        for part in ("all", "fit", "calibrate"):
            assert "CAUTION" in (fitting_note(name, part) or "")
        assert "CAUTION" not in (fitting_note(name, "report") or "")
    assert fitting_note("squad2", "all") is None
    assert fitting_note("multihop", "all") is None


def test_a_sample_is_the_same_every_time_and_grows_by_adding() -> None:
    cases = [Case(id=f"q{i}", question="?", answerable=i % 2 == 0) for i in range(100)]
    ten, twenty = sample_cases(cases, 10), sample_cases(cases, 20)
    assert len(ten) == 10
    assert sample_cases(cases[::-1], 10)[::-1] == ten
    assert [case for case in twenty if case in ten] == ten
    assert sample_cases(cases, None) == sample_cases(cases, 500) == cases


def test_errors_name_the_file_the_row_and_the_remedy(tmp_path: Path, clapnq: Path) -> None:
    with pytest.raises(BadOption, match="clapnq, squad2"):
        load_bench("clapqn", tmp_path)
    with pytest.raises(MissingData, match="--data"):
        load_bench("clapnq", tmp_path / "none")
    with pytest.raises(MissingData, match=r"half_dev\.json nor dev-v2\.0\.json"):
        load_bench("squad2", tmp_path)
    good = clapnq_row(1, MILL, "Mill", "Work begins in May .")
    write_clapnq(clapnq, [good, {"id": "2", "question": "renamed"}], [])
    with pytest.raises(BadData, match=r"answerable\.jsonl: line 2 .*lacks 'passages'"):
        load_bench("clapnq", clapnq)
    write_clapnq(clapnq, [good, clapnq_row(2, MILL, "Mill")], [])
    with pytest.raises(BadData, match=r"line 2 .*without selected sentences"):
        load_bench("clapnq", clapnq)
    write_clapnq(clapnq, [good, good], [clapnq_row(3, FERRY, "Ferry ramp")])
    with pytest.raises(BadData, match="'clapnq-1' stands twice"):
        load_bench("clapnq", clapnq)


@pytest.mark.parametrize("name", NAMES)
def test_every_set_tells_what_is_missing(name: str, tmp_path: Path) -> None:
    load = load_bench if name in BENCHES else load_claims
    for folder in (tmp_path, tmp_path / "none"):
        with pytest.raises(MissingData, match="--data"):
            load(name, folder)


@pytest.mark.parametrize(("name", "what"), [("clapnq", "question"), ("ragtruth", "claim")])
def test_empty_files_are_told_with_a_remedy_that_helps(
    name: str,
    what: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for file in ("answerable", "unanswerable", "source_info", "response"):
        (tmp_path / f"{file}.jsonl").touch()
    monkeypatch.setattr(sys, "argv", ["eval", "--bench", name, "--data", str(tmp_path)])
    assert command.main() == 2
    told = " ".join(capsys.readouterr().err.split())
    assert f"holds no {what} of {name} that is read" in told
    assert "Fetch the set again from its authors, or name another folder with --data." in told
    assert "Ask for --part" not in told


@pytest.mark.parametrize(
    ("content", "place"),
    [
        ("{oops", "the file"),
        ('{"data": [{"title": "A"}]}', "entry 1 of data"),
        ("[]", "the file"),
        ('{"data": {}}', "the file"),
    ],
)
def test_squad2_in_another_shape_is_refused(tmp_path: Path, content: str, place: str) -> None:
    (tmp_path / "half_dev.json").write_text(content, encoding="utf-8")
    with pytest.raises(BadData, match=place):
        load_bench("squad2", tmp_path)


def change_json(path: Path, change: Callable[[list], None]) -> None:
    content = json.loads(path.read_text(encoding="utf-8"))
    change(content["cases"] if isinstance(content, dict) else content)
    write_json(path, content)


def test_fitz_gov_of_another_version_is_refused(fitz_gov: Path) -> None:
    change_json(fitz_gov / "dispute.json", lambda cases: cases[0].update(expected_mode="abstain"))
    with pytest.raises(BadData, match=r"dispute\.json: case 1.*'abstain', not 'disputed'"):
        load_bench("fitz_gov", fitz_gov)
    (fitz_gov / "dispute.json").unlink()
    with pytest.raises(MissingData, match=r"dispute\.json"):
        load_bench("fitz_gov", fitz_gov)


@pytest.mark.parametrize(
    ("file", "change", "cause"),
    [
        ("corpus.json", {"published_at": "last week"}, r"row 1.*last week"),
        ("corpus.json", {"body": " "}, r"row 1.*'body' is empty"),
        ("MultiHopRAG.json", {"question_type": "riddle"}, r"row 1.*'riddle' is none of"),
        ("MultiHopRAG.json", {"evidence_list": []}, r"row 1.*without evidence"),
        (
            "MultiHopRAG.json",
            {"evidence_list": [{"title": "Gone", "fact": "So."}]},
            r"row 1.*corpus\.json has no article 'Gone'",
        ),
    ],
)
def test_multihop_rows_in_another_shape_are_refused(
    multihop: Path, file: str, change: dict, cause: str
) -> None:
    change_json(multihop / file, lambda rows: rows[0].update(change))
    with pytest.raises(BadData, match=cause):
        load_bench("multihop", multihop)


@pytest.mark.parametrize(
    ("change", "cause"),
    [
        ({"answer": ["7"]}, "line 1"),
        ({"answer": ["one"]}, "line 1"),
        ({"question_sentence": 7}, r"line 1.*is not text but int"),
    ],
)
def test_realtimeqa_rows_in_another_shape_are_refused(
    realtimeqa: Path, change: dict, cause: str
) -> None:
    write_lines(realtimeqa / "20220617_qa.jsonl", [quiz_row(0, "Which show?", "1") | change])
    with pytest.raises(BadData, match=rf"20220617_qa\.jsonl: {cause}"):
        load_bench("realtimeqa", realtimeqa)


SLOW = [pytest.param(name, marks=pytest.mark.slow) for name in ("squad2", "multihop")]


@pytest.mark.parametrize("name", ["fitz_gov", "realtimeqa", *SLOW])
def test_the_command_asks_every_set_of_questions(
    name: str,
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    folder = request.getfixturevalue(name)
    monkeypatch.setattr(sys, "argv", ["eval", "--bench", name, "--data", str(folder)])
    assert command.main() == 0
    shown = " ".join(capsys.readouterr().out.split())
    assert "false refusal" in shown
    assert "(1)" in shown
    assert "claim AUROC" not in shown
    assert ("Published by others" in shown) == bool(published_for(name))
    for note in load_bench(name, folder).notes:
        assert note in shown


def test_deep_nesting_is_refused_with_its_line(clapnq: Path) -> None:
    (clapnq / "answerable.jsonl").write_text("[" * 200_000, encoding="utf-8")
    with pytest.raises(BadData, match=r"answerable\.jsonl: line 1 is not in the published shape"):
        load_bench("clapnq", clapnq)


def test_a_file_that_is_not_utf8_is_refused_with_its_line(clapnq: Path) -> None:
    (clapnq / "answerable.jsonl").write_bytes(b'{"id": "1"}\n{"id": "\xff"}')
    with pytest.raises(EvalFailure, match="line 2 is not UTF-8"):
        load_bench("clapnq", clapnq)

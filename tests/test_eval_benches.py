"""Loaders read the published shapes (made-up rows here), and name the row that is not in them."""

import json
from pathlib import Path

import pytest

from eval.benches import choose_part, load_bench, sample_cases
from eval.errors import BadData, BadOption, MissingData
from eval.parts import part_of
from eval.types import Case, Span

MILL = "The mill was sold . It will hold ninety flats . Work begins in May . "
FERRY = "The ferry is closed . Buses run instead . "


def clapnq_row(number: int, text: str, title: str, *quotes: str) -> dict:
    output = [{"answer": "Ninety flats." if quotes else "", "selected_sentences": list(quotes)}]
    passage = {"title": title, "text": text, "sentences": text.split(" . ")}
    return {
        "id": str(number),
        "input": f"question {number}",
        "passages": [passage],
        "output": output,
    }


def write_clapnq(folder: Path, answerable: list, unanswerable: list) -> Path:
    for name, rows in (("answerable", answerable), ("unanswerable", unanswerable)):
        text = "\n".join(json.dumps(row) for row in rows)
        (folder / f"{name}.jsonl").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def clapnq(tmp_path: Path) -> Path:
    rows = [
        clapnq_row(1, MILL, "Mill", "The mill was sold .", "It will hold ninety flats ."),
        clapnq_row(2, MILL, "Mill", "Work begins in May ."),
    ]
    rows[0]["output"].append(rows[0]["output"][0])
    return write_clapnq(tmp_path, rows, [clapnq_row(3, FERRY, "Ferry ramp")])


@pytest.fixture
def squad2(tmp_path: Path) -> Path:
    context = "The band won. Its prize is 12,000 crowns. The band, from Lindgate, plays in May."
    answers = [
        {"text": "from Lindgate", "answer_start": context.index("from Lindgate")},
        {"text": "Lindgate", "answer_start": context.index("Lindgate")},
    ]
    qas = [
        {"id": "a", "question": " Where is it from?", "answers": answers, "is_impossible": False},
        {"id": "b", "question": "Who sang?", "answers": [], "is_impossible": True},
    ]
    data = [{"title": "Brass_band", "paragraphs": [{"context": context, "qas": qas}]}]
    content = json.dumps({"version": "v2.0", "data": data})
    (tmp_path / "half_dev.json").write_text(content, encoding="utf-8")
    return tmp_path


def test_clapnq_passages_become_articles_and_a_shared_one_stands_once(clapnq: Path) -> None:
    articles, cases = load_bench("clapnq", clapnq)
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
    )
    assert cases[1].paths == ("clapnq/1",)
    assert cases[2] == Case(
        id="clapnq-3",
        question="question 3",
        paths=("clapnq/3",),
        answerable=False,
        tags=("clapnq",),
    )


def test_squad2_gold_is_the_sentence_that_holds_the_answer(squad2: Path) -> None:
    (article,), (answerable, unanswerable) = load_bench("squad2", squad2)
    assert (article.path, article.title) == ("squad2/Brass_band/0", "Brass band")
    assert answerable.question == "Where is it from?"
    assert answerable.reference == "Lindgate"
    assert [span.quote for span in answerable.spans] == ["The band, from Lindgate, plays in May."]
    assert not unanswerable.answerable
    assert unanswerable.spans == ()


def test_a_part_keeps_an_articles_questions_together(clapnq: Path) -> None:
    bench = load_bench("clapnq", clapnq)
    assert (part_of("Mill"), part_of("Ferry ramp")) == ("report", "fit")
    assert [case.id for case in choose_part(bench, "report")] == ["clapnq-1", "clapnq-2"]
    assert [case.id for case in choose_part(bench, "fit")] == ["clapnq-3"]


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
    with pytest.raises(MissingData, match="half_dev"):
        load_bench("squad2", tmp_path)
    good = clapnq_row(1, MILL, "Mill", "Work begins in May .")
    write_clapnq(clapnq, [good, {"id": "2", "question": "renamed"}], [])
    with pytest.raises(BadData, match=r"answerable\.jsonl: line 2 .*KeyError"):
        load_bench("clapnq", clapnq)
    write_clapnq(clapnq, [good, clapnq_row(2, MILL, "Mill")], [])
    with pytest.raises(BadData, match=r"line 2 .*without selected sentences"):
        load_bench("clapnq", clapnq)


@pytest.mark.parametrize(
    ("content", "place"),
    [("{oops", "the file"), ('{"data": [{"title": "A"}]}', r"data\[0\]"), ("[]", "the file")],
)
def test_squad2_in_another_shape_is_refused(tmp_path: Path, content: str, place: str) -> None:
    (tmp_path / "half_dev.json").write_text(content, encoding="utf-8")
    with pytest.raises(BadData, match=place):
        load_bench("squad2", tmp_path)

"""Made-up rows in the shapes in which the authors of public sets publish theirs."""

import json
from pathlib import Path

import pytest

MILL = "The mill was sold . It will hold ninety flats . Work begins in May . "
FERRY = "The ferry is closed . Buses run instead . "


def write_lines(path: Path, rows: list) -> None:
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")


def write_json(path: Path, content: object) -> None:
    path.write_text(json.dumps(content), encoding="utf-8")


def clapnq_row(number: int, text: str, title: str, *quotes: str) -> dict:
    output = [{"answer": "Ninety flats." if quotes else "", "selected_sentences": list(quotes)}]
    passage = {"title": title, "text": text, "sentences": text.split(" . ")}
    return {
        "id": str(number),
        "input": f"question {number}",
        "passages": [passage],
        "output": output,
    }


def write_clapnq(folder: Path, answerable: list, unanswerable: list, prefix: str = "") -> Path:
    write_lines(folder / f"{prefix}answerable.jsonl", answerable)
    write_lines(folder / f"{prefix}unanswerable.jsonl", unanswerable)
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
    write_json(tmp_path / "half_dev.json", {"version": "v2.0", "data": data})
    return tmp_path


FITZ_MODES = {
    "abstention": "abstain",
    "dispute": "disputed",
    "grounding": "trustworthy",
    "relevance": "trustworthy",
    "trustworthy_direct": "trustworthy",
    "trustworthy_hedged": "trustworthy",
}


@pytest.fixture
def fitz_gov(tmp_path: Path) -> Path:
    for name, mode in FITZ_MODES.items():
        contexts = [f"The {name} mill opened in May.", f"The {name} mill stayed shut in May."]
        row = {"id": f"t_{name}", "query": "Did the mill open?", "contexts": contexts}
        content = {"category": name, "version": "3.0.1", "cases": [{**row, "expected_mode": mode}]}
        write_json(tmp_path / f"{name}.json", content)
    return tmp_path


def multihop_article(title: str, body: str) -> dict:
    return {
        "title": title,
        "author": "Ida Berg",
        "source": "The Lindgate Post",
        "category": "business",
        "published_at": "2023-09-28T12:00:00+00:00",
        "url": f"https://post.example/{title.lower()}",
        "body": body,
    }


MULTIHOP_CORPUS = [
    multihop_article("Mill", "The mill was\n\nsold. Ninety flats are planned."),
    multihop_article("Ferry", "The ferry is closed.   Buses run."),
]


def multihop_row(kind: str, *evidence: tuple[str, str]) -> dict:
    listed = [
        {"title": title, "url": f"https://post.example/{title.lower()}", "fact": fact}
        for title, fact in evidence
    ]
    answer = "Norden Group" if evidence else "Insufficient information."
    return {"query": f"{kind}?", "answer": answer, "question_type": kind, "evidence_list": listed}


@pytest.fixture
def multihop(tmp_path: Path) -> Path:
    write_json(tmp_path / "corpus.json", MULTIHOP_CORPUS)
    evidence = (("Mill", "The mill was sold."), ("Ferry", "The ferryis closed."))
    rows = [
        multihop_row("inference_query", *evidence),
        multihop_row("temporal_query", ("Mill", "Nobody wrote this.")),
        multihop_row("null_query"),
    ]
    write_json(tmp_path / "MultiHopRAG.json", rows)
    return tmp_path


def quiz_row(number: int, question: str, *answer: str) -> dict:
    return {
        "question_id": f"20220617_{number}",
        "question_date": "2022/06/16",
        "question_source": "CNN",
        "question_url": "https://quiz.example/",
        "question_sentence": question,
        "choices": ["“The Ferry”", "“The Mill”", "“The Band”"],
        "answer": list(answer),
        "evidence": "",
    }


def page_row(name: str, text: str | None) -> dict:
    page = {"url": f"https://news.example/{name}", "title": name}
    return (
        page if text is None else page | {"text": text, "authors": [], "publish_date": "2022/06/15"}
    )


def found_row(number: int, *pages: dict) -> dict:
    question = f"20220617_{number}"
    when = "2022/06/17/16:34"
    return {"question_id": question, "search_time": when, "search_result": list(pages)}


@pytest.fixture
def realtimeqa(tmp_path: Path) -> Path:
    questions = [
        quiz_row(0, "Which show is back for a second season?", "1"),
        quiz_row(1, "Which show was cancelled?", "2"),
        quiz_row(2, "He was in all of these except:", "0"),
        quiz_row(3, "Which show is new?", "0"),
    ]
    mill = page_row("mill", "The show The Mill is back for a second season, its makers said.")
    found = [
        found_row(0, mill, page_row("dead", None)),
        found_row(1, mill),
        found_row(2, mill),
    ]
    write_lines(tmp_path / "20220617_qa.jsonl", questions)
    write_lines(tmp_path / "20220617_gcs.jsonl", found)
    write_lines(tmp_path / "20220624_qa.jsonl", [quiz_row(9, "No pages were found", "0")])
    write_lines(tmp_path / "20220617_qa_nota.jsonl", [{"another": "shape"}])
    return tmp_path

"""The whole way: real articles, real models, real answers, real figures."""

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from eval import __main__ as command
from eval.errors import BadCases, CaseFailed
from eval.report import read_json
from eval.run import make_report, run_cases
from eval.types import Case, Outcome, Span
from index import Article, Index
from rag import stream
from rag.types import Answer

FERRY = (
    "The harbour office closed the east ferry ramp on Monday after divers found cracks in two of "
    "its six supports. Repairs will cost 3.4 million crowns, the harbour master Jonas Wede said. "
    "The ramp is to open again in November."
)
SCHOOL = (
    "The brass band of the Lindgate school won the county prize for young musicians. Its "
    "conductor, Mara Quist, said that the band had rehearsed three evenings a week since spring."
)
MILL = (
    "The old paper mill at Sorrel Bridge has a new owner. The Norden Group bought it from the "
    "town for 8.1 million crowns and plans ninety flats."
)
TEXTS = {"ferry.txt": FERRY, "school.txt": SCHOOL, "mill.txt": MILL}

CASES = [
    Case(
        id="repairs",
        question="How much will the repairs of the east ferry ramp cost?",
        reference="3.4 million crowns",
        spans=(Span(path="ferry.txt", quote="Repairs will cost 3.4 million crowns"),),
        paths=("ferry.txt",),
        answerable=True,
    ),
    Case(
        id="buyer",
        question="Who bought the old paper mill at Sorrel Bridge?",
        reference="the Norden Group",
        spans=(Span(path="mill.txt", quote="The Norden Group bought it from the town"),),
        paths=("mill.txt",),
        answerable=True,
    ),
    Case(
        id="conductor",
        question="Who is the conductor of the Lindgate school band?",
        reference="Mara Quist",
        spans=(Span(path="school.txt", quote="Its conductor, Mara Quist, said"),),
        paths=("school.txt",),
        answerable=True,
    ),
    Case(
        id="recipe",
        question="How long must sourdough bread stay in the oven?",
        answerable=False,
    ),
]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    articles = [
        Article(id=f"{i:016x}", key=path, path=path, text=text)
        for i, (path, text) in enumerate(TEXTS.items())
    ]
    with Index.open(tmp_path_factory.mktemp("run")) as index:
        index.add_articles(articles)
        yield index


@pytest.fixture
def news(tmp_path: Path) -> Path:
    """A folder of the three articles, and a file of cases beside it."""
    folder = tmp_path / "news"
    folder.mkdir()
    for name, text in TEXTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    lines = [json.dumps({**case.to_dict(), "history": []}) for case in CASES]
    (tmp_path / "cases.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return folder


def run(*arguments: object) -> int:
    """Run the command in this process, where the models are loaded already."""
    given = sys.argv
    sys.argv = ["eval", *map(str, arguments)]
    try:
        return command.main()
    finally:
        sys.argv = given


def test_real_answers_over_real_articles(library: Index) -> None:
    seen: list[tuple[int, int, str]] = []
    trials = run_cases(CASES, library, stream=stream, progress=lambda *step: seen.append(step))
    report = make_report(trials, library, {"set": "here"})
    assert [done for done, _, _ in seen] == [0, 1, 2, 3, 4]
    assert [trial.case.id for trial in trials] == [case.id for case in CASES]
    values = {metric.name: (metric.value, metric.n) for metric in report.metrics}
    assert values["recall@8"] == (1.0, 3)
    assert values["article@1"] == (1.0, 3)
    assert values["false answer"] == (0.0, 1)
    answered = [trial for trial in trials if not trial.answer.refused]
    assert answered
    assert values["citation valid"] == (1.0, len(answered))
    assert values["gold article cited"] == (1.0, len(answered))
    assert values["contains reference"] == (1.0, len(answered))
    assert 0 < values["first sentence p50"][0] <= values["whole answer p50"][0] < 30
    assert {score.metric for score in report.scores if score.case_id == "recipe"} == {
        score.metric for score in report.scores if score.case_id == "buyer"
    }


def test_two_runs_give_the_same_figures_but_for_the_time(library: Index) -> None:
    first, second = (
        make_report(run_cases(CASES, library, stream=stream), library, {}) for _ in range(2)
    )
    assert [_timeless(outcome) for outcome in first.outcomes] == [
        _timeless(outcome) for outcome in second.outcomes
    ]
    for one, other in zip(first.metrics, second.metrics, strict=True):
        assert one == other or one.unit == "seconds"


def _timeless(outcome: Outcome) -> Outcome:
    untimed = replace(outcome.answer, timings=None)
    return replace(outcome, answer=untimed, first_sentence=0.0, whole_answer=0.0)


def test_gold_that_does_not_fit_is_told_before_anything_is_asked(library: Index) -> None:
    case = Case(id="x", question="?", spans=(Span(path="mill.txt", quote="Nine"),), answerable=True)
    with pytest.raises(BadCases, match=r"mill\.txt does not hold 'Nine'"):
        run_cases([case], library, stream=stream)


def test_a_question_limited_to_articles_is_asked_over_them_alone(library: Index) -> None:
    ferry, band = CASES[0], replace(CASES[0], id="elsewhere", spans=(), among=("school.txt",))
    own = replace(ferry, among=("ferry.txt",))
    asked = run_cases([own, band], library, stream=stream)
    seen = [{hit.article.path for hit in trial.answer.hits} for trial in asked]
    assert seen == [{"ferry.txt"}, {"school.txt"}]
    assert [trial.answer.refused for trial in asked] == [False, True]


def test_a_case_limited_to_an_article_that_is_not_there_is_told(library: Index) -> None:
    case = Case(id="x", question="?", among=("gone.txt",), answerable=True)
    with pytest.raises(BadCases, match=r"'x': no article at gone\.txt"):
        run_cases([case], library, stream=stream)


def test_a_question_that_cannot_be_asked_names_its_case(library: Index) -> None:
    long = Case(id="long", question="why " * 10_000, answerable=False)
    with pytest.raises(CaseFailed, match="'long'"):
        run_cases([long], library, stream=stream)


def test_an_answer_that_never_completes_is_no_answer(library: Index) -> None:
    def broken(question: str, **given: object) -> Iterator[Answer]:
        yield Answer(question=question, asked=question, complete=False)

    with pytest.raises(CaseFailed, match="no complete answer"):
        run_cases(CASES, library, stream=broken)


def test_the_command_measures_writes_and_compares(
    news: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cases, kept, page = tmp_path / "cases.jsonl", tmp_path / "run.json", tmp_path / "run.html"
    library = tmp_path / "library"
    options = ("--cases", cases, "--library", library)
    assert run(*options, "--articles", news, "--json", kept, "--html", page) == 0
    assert "recall@8  " in capsys.readouterr().out
    report = read_json(kept)
    assert report.metric("recall@8").value == 1.0
    assert report.settings["eval_cases"] == str(cases)
    assert "Who bought the old paper mill" in page.read_text(encoding="utf-8")
    # the library was kept, so the articles need not be named again
    assert run(*options, "--baseline", kept) == 0
    assert "Against the baseline" in capsys.readouterr().out
    # an earlier run that ranked better than any can
    content = json.loads(kept.read_text(encoding="utf-8"))
    for score in content["scores"]:
        if score["metric"] == "MRR" and score["value"] is not None:
            score["value"] += 1
    kept.write_text(json.dumps(content), encoding="utf-8")
    assert run(*options, "--baseline", kept) == 1
    assert "MRR went from 2.000 to 1.000, worse beyond noise." in capsys.readouterr().err


def test_the_command_resumes_varies_and_holds_thresholds(
    news: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    library = tmp_path / "library"
    options = ("--cases", tmp_path / "cases.jsonl", "--library", library, "--limit", 2)
    answers, table = tmp_path / "answers.jsonl", tmp_path / "table.md"
    kept = ("--resume", answers)
    assert run(*options, "--articles", news, *kept, "--markdown", table) == 0
    asked = answers.read_bytes()
    assert asked.count(b"\n") == 3
    assert "| recall@8" in table.read_text(encoding="utf-8")
    assert run(*options, *kept) == 0
    assert answers.read_bytes() == asked
    thresholds = tmp_path / "thresholds.toml"
    thresholds.write_text('["recall@8"]\nat_least = 1.5\n', encoding="utf-8")
    assert run(*options, *kept, "--thresholds", thresholds) == 1
    assert "recall@8 is 1.000, below 1.500" in capsys.readouterr().err
    assert run(*options, "--vary", "rag.rerank=off,on", *kept) == 0
    shown = capsys.readouterr().out
    assert answers.read_bytes() == asked
    for name in ("off", "on"):
        assert (tmp_path / f"answers rag.rerank={name}.jsonl").read_bytes().count(b"\n") == 3
    assert "| rag.rerank=off " in shown
    assert "| rag.rerank=on " in shown
    assert "2 cases." in shown


def test_no_output_takes_the_place_of_an_article(
    news: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    options = ("--cases", tmp_path / "cases.jsonl", "--articles", news, "--limit", 1)
    article = next(news.glob("*.txt"))
    before = article.read_bytes()
    assert run(*options, "--html", article) == 2
    assert "would overwrite an article" in capsys.readouterr().err
    assert article.read_bytes() == before
    page = news / "report.html"
    for _ in range(2):  # an earlier page is no article
        assert run(*options, "--html", page) == 0
    page.unlink()


def test_a_limit_asks_fewer(news: Path, tmp_path: Path) -> None:
    kept = tmp_path / "two.json"
    assert (
        run("--cases", tmp_path / "cases.jsonl", "--articles", news, "--limit", 2, "--json", kept)
        == 0
    )
    assert len(read_json(kept).outcomes) == 2


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--cases", "none.jsonl", "--articles", "."], "none.jsonl cannot be read"),
        (["--cases", "none.jsonl"], "--cases needs --articles or --library"),
        (["--bench", "clapnq"], "needs --data"),
        (["--bench", "clapnq", "--data", "none"], "cannot be read"),
        (["--bench", "clapnq", "--data", ".", "--articles", "."], "leave --cases and --articles"),
        (["--part", "fit"], "name it with --bench"),
        (["--limit", "0"], "at least 1"),
        (["--at-once", "0"], "at least 1"),
        (["--library", "x"], "--library needs --cases"),
        (["--cases", "c", "--articles", "a", "--library", "./a"], "name one folder"),
        (["--json", "x", "--html", "x"], "--json and --html both name x"),
        (["--cases", "c", "--articles", "a", "--json", "c"], "--json c would overwrite --cases"),
        (["--html", "."], "--html . is a folder"),
        (["--bench", "clapnq", "--data", ".", "--library", "x"], "leave --library"),
        (["--vary", "rag.rerank=on", "--json", "x"], "--json is about one run"),
        (["--vary", "rag.speed=on"], "cannot be varied"),
        (["--thresholds", "none.toml"], "none.toml cannot be read"),
        (["--resume", "none/answers.jsonl"], "its folder is not there"),
        (["--baseline", "none.json"], "none.json cannot be read"),
        (["--json", "none/run.json"], "its folder is not there"),
    ],
)
def test_bad_input_ends_with_a_message_and_exit_code_2(
    arguments: list[str],
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(*arguments) == 2
    assert said in capsys.readouterr().err


def test_help_teaches_without_loading_a_model() -> None:
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "eval", "--help"],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
        cwd=Path(command.__file__).parent.parent,
    )
    assert "A case is one line of JSON" in done.stdout
    assert "--baseline" in done.stdout
    imported = {line.split("|")[-1].strip() for line in done.stderr.splitlines()}
    assert "argparse" in imported
    assert not imported & {"torch", "sklearn", "sentence_transformers"}

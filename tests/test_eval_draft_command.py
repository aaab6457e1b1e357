"""`python -m eval draft`: what it writes, what it refuses, and how a file is reviewed."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from made_news import write_news
from rich.console import Console

from eval import draft_command
from eval.cases import load_cases, read_case_lines
from eval.draft_articles import read_pile
from eval.draft_command import main
from eval.draft_file import change_line
from eval.draft_review import in_context, review_cases
from eval.errors import BadOption, NotReviewed
from eval.gold import locate_gold
from eval.types import Span
from index import Article, Index

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    return write_news(tmp_path / "articles")


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run the command; returns the exit code and what was shown."""

    def run(*arguments: object) -> tuple[int, str, str]:
        monkeypatch.setattr(draft_command, "out", Console(highlight=False, soft_wrap=True))
        code = main([str(argument) for argument in arguments])
        return code, *capsys.readouterr()

    return run


@pytest.fixture
def drafted(articles: Path, tmp_path: Path, run: Run) -> Path:
    path = tmp_path / "cases.jsonl"
    assert run("--articles", articles, "--out", path)[0] == 0
    return path


def keys(*typed: str) -> Callable[[str], str]:
    """Return what types these, one after the other, and then ends the input."""
    left = [*typed]

    def ask(prompt: str) -> str:
        if not left:
            raise EOFError
        return left.pop(0)

    return ask


def review(path: Path, *typed: str, articles: tuple[Article, ...] = ()) -> dict[str, int]:
    return review_cases(path, articles, Console(quiet=True), keys(*typed))


def test_drafting_says_what_there_is_and_what_comes_next(
    articles: Path, tmp_path: Path, run: Run
) -> None:
    path = tmp_path / "cases.jsonl"
    code, said, _ = run("--articles", articles, "--out", path)
    lines = read_case_lines(path)
    gold = [line for line in lines if line.case.answerable]
    assert code == 0
    assert f"{len(gold)} questions" in said
    assert f"draft --review {path} --articles {articles}" in said
    assert "No more than that could be drafted (30 were wanted)" in said
    assert not any(line.reviewed for line in lines)


def test_a_library_gives_the_same_cases_as_the_folder_that_it_was_made_of(
    articles: Path, tmp_path: Path, run: Run
) -> None:
    (articles / "north").mkdir()
    (articles / "bank.md").rename(articles / "north" / "bridge.txt")  # two files of one name
    with Index.open(tmp_path / "library") as index:
        index.sync([articles])
    assert run("--library", tmp_path / "library", "--out", tmp_path / "a.jsonl")[0] == 0
    assert run("--articles", articles, "--out", tmp_path / "b.jsonl")[0] == 0
    assert (tmp_path / "a.jsonl").read_bytes() == (tmp_path / "b.jsonl").read_bytes()
    cases = [line.case for line in read_case_lines(tmp_path / "a.jsonl")]
    with Index.open(tmp_path / "library") as index:
        gold = locate_gold(cases, index)
    assert all(gold[case.id].spans for case in cases if case.answerable)


def test_a_file_is_never_overwritten_unasked(drafted: Path, articles: Path, run: Run) -> None:
    drafted.write_text("my review\n", encoding="utf-8")
    code, _, said = run("--articles", articles, "--out", drafted)
    assert code == 2
    assert "--overwrite" in said
    assert drafted.read_text() == "my review\n"
    assert run("--articles", articles, "--out", drafted, "--overwrite")[0] == 0
    assert '"question"' in drafted.read_text()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--out", "x"], "--articles FOLDER"),
        (["--articles", "{there}"], "--out FILE"),
        (["--articles", "{there}", "--library", "l", "--out", "x"], "give one"),
        (["--articles", "{there}", "--out", "x", "--count", "0"], "--count must be at least 1"),
        (["--articles", "{away}", "--out", "{away}"], "is not there"),
        (["--library", "{away}", "--out", "{away}"], "There is no library"),
        (["--articles", "{empty}", "--out", "{away}"], "holds no article"),
        (["--articles", "{there}", "--out", "{away}/x/y"], "its folder is not there"),
        (["--articles", "{there}", "--out", "{empty}"], "is a folder"),
        (["--review", "{away}"], "cannot be read"),
        (["--review", "{away}", "--out", "x"], "leave --out"),
    ],
)
def test_bad_input_is_refused_with_a_remedy(
    arguments: list[str], said: str, articles: Path, tmp_path: Path, run: Run
) -> None:
    (tmp_path / "empty").mkdir()
    places = {"there": articles, "away": tmp_path / "away", "empty": tmp_path / "empty"}
    code, _, shown = run(*(argument.format(**places) for argument in arguments))
    assert code == 2
    assert said in shown
    assert "Traceback" not in shown
    assert not (tmp_path / "away").exists()


def test_articles_without_a_sentence_to_ask_about_are_refused(tmp_path: Path, run: Run) -> None:
    (tmp_path / "note.txt").write_text("It rained all day. They stayed at home.\n")
    code, _, said = run("--articles", tmp_path, "--out", tmp_path / "cases.jsonl")
    assert code == 2
    assert "No question could be drafted from the 1 articles" in said
    assert not (tmp_path / "cases.jsonl").exists()


def test_files_that_cannot_be_read_are_named_and_the_others_go_on(
    articles: Path, tmp_path: Path, run: Run
) -> None:
    (articles / "broken.pdf").write_bytes(b"no PDF")
    code, _, said = run("--articles", articles, "--out", tmp_path / "cases.jsonl")
    assert code == 0
    assert "broken.pdf" in said


def test_stopping_writes_nothing(
    articles: Path, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*arguments: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(draft_command, "draft_pairs", stop)
    code, _, said = run("--articles", articles, "--out", tmp_path / "cases.jsonl")
    assert code == 130
    assert "Nothing was written" in said
    assert [path.name for path in tmp_path.iterdir()] == ["articles"]


def test_each_decision_is_in_the_file_before_the_next_case(drafted: Path) -> None:
    before = read_case_lines(drafted)
    decided = review(drafted, "k", "nonsense", "e", "Who leads Brannt Bank?", "d", "s", "q")
    after = read_case_lines(drafted)
    assert [line.reviewed for line in after[:3]] == [True, True, False]
    assert after[0].case == before[0].case
    assert after[1].case.question == "Who leads Brannt Bank?"
    assert [line.case for line in after[2:]] == [line.case for line in before[3:]]
    assert decided["left"] == len(after) - 2


def test_a_review_goes_on_where_it_stopped_and_ends_in_cases(drafted: Path) -> None:
    review(drafted, "k")
    with pytest.raises(NotReviewed, match="--review"):
        load_cases(drafted)
    assert review(drafted, *["k"] * 99)["left"] == 0
    assert len(load_cases(drafted)) == len(read_case_lines(drafted))
    assert review(drafted)["left"] == 0


def test_stopped_by_ctrl_c_nothing_decided_is_lost(
    drafted: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    left = ["k"]

    def ask(console: Console, prompt: str) -> str:
        if not left:
            raise KeyboardInterrupt
        return left.pop()

    monkeypatch.setattr(Console, "input", ask)
    code, _, said = run("--review", drafted)
    assert code == 130
    assert "Every decision so far is in the file" in said
    assert [line.reviewed for line in read_case_lines(drafted)][:2] == [True, False]


def test_other_lines_stay_as_somebody_wrote_them(tmp_path: Path) -> None:
    mine = '{"id": "mine",   "question": "Who?", "answerable": true}\r\n\r\n'
    draft = '{"id": "d", "question": "Who is it?", "answerable": true, "reviewed": false}'
    path = tmp_path / "cases.jsonl"
    path.write_bytes(f"{mine}{draft}\r\n{mine.replace('mine', 'other')}".encode())
    review(path, "k")
    kept = draft.replace("false", "true")
    assert path.read_bytes() == f"{mine}{kept}\r\n{mine.replace('mine', 'other')}".encode()


def test_a_line_behind_a_byte_order_mark_can_be_reviewed(drafted: Path) -> None:
    drafted.write_bytes(b"\xef\xbb\xbf" + drafted.read_bytes())
    first, *others = read_case_lines(drafted)
    change_line(drafted, first, {"reviewed": True})
    changed, *kept = read_case_lines(drafted)
    assert (changed.case, changed.reviewed) == (first.case, True)
    assert kept == others


def test_a_line_that_was_changed_meanwhile_is_not_overwritten(drafted: Path) -> None:
    line = read_case_lines(drafted)[0]
    edited = drafted.read_text().replace(line.case.question, "Who was faster?")
    drafted.write_text(edited, encoding="utf-8")
    with pytest.raises(BadOption, match="changed by another program"):
        change_line(drafted, line, {"reviewed": True})
    assert drafted.read_text() == edited


def test_a_quote_is_shown_in_its_place_without_commands_to_the_terminal(articles: Path) -> None:
    pile = read_pile(articles, lambda done, total, label: None)
    quote = "Ada Lund was born in Port Sellin."
    text = in_context(Span(path="bridge.txt", quote=quote), pile.articles)
    assert "The bridge is to close" in text.plain
    assert [text.plain[span.start : span.end] for span in text.spans] == [quote]
    hostile = Article(id="a", key="a", path="a.txt", text="\x1b[31mRed\x07. It was red.")
    shown = in_context(Span(path="a.txt", quote="It was red."), [hostile]).plain
    assert shown == "Red. It was red."


def test_a_twin_is_shown_beside_what_it_was_made_of(tmp_path: Path) -> None:
    path = tmp_path / "cases.jsonl"
    rows = [
        {"id": "draft-1", "question": "Who built Tarn Mill?", "answerable": True},
        {
            "id": "draft-1-twin-Holm-for-Tarn",
            "question": "Who built Holm Mill?",
            "answerable": False,
            "reviewed": False,
        },
    ]
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    console = Console(record=True, quiet=False, width=100, file=(tmp_path / "out").open("w"))
    review_cases(path, (), console, keys("q"))
    shown = console.export_text()
    console.file.close()
    assert "Who built Holm Mill?" in shown
    assert "made of: Who built Tarn Mill?" in shown

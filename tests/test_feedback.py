"""Thumbs become cases that the evaluation reads, and nothing is made up that they do not tell."""

import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from made_answers import citation, hit, quoted, refused, sentence
from made_answers import turn as make_turn

from eval import __main__ as evaluation
from eval.cases import load_cases
from eval.gold import locate_gold
from eval.run import run_cases
from index import ArticleInfo, Index
from rag import answer, stream
from rag.types import Answer
from ui import feedback, strings
from ui.chats import Chats
from ui.errors import CannotSave
from ui.feedback import CASES_FILE, REVIEW_FILE, Feedback
from ui.keeping import rated
from ui.types import Conversation, Limits, Reason, Turn

ASKED = "2025-11-02T09:00:00+00:00"
PRIZE = "The prize is worth 12,000 crowns and pays for eleven new instruments."
BAND = "The brass band of the Lindgate school won the county prize for young musicians."


@pytest.fixture
def chats(tmp_path: Path, town: Index) -> Iterator[Chats]:
    opened = Chats(tmp_path)
    Feedback(opened, town)
    yield opened
    opened.close()


def article(index: Index, name: str) -> ArticleInfo:
    return next(info for info in index.articles() if (info.path or "").endswith(name))


def from_school(town: Index, *quotes: str, **fields) -> Answer:
    school = article(town, "school.md")
    cited = [
        citation(quote, number, school.id, published=school.published)
        for number, quote in enumerate(quotes, start=1)
    ]
    known = {
        "sentences": tuple(sentence(c.quote, c) for c in cited),
        "hits": tuple(hit(quote, school.id, published=school.published) for quote in quotes),
    }
    return quoted(**(known | fields))


def rate(chats: Chats, turn: Turn, *thumb, earlier: tuple[Turn, ...] = ()) -> Turn:
    turn = replace(turn, asked_at=turn.asked_at or ASKED)
    saved = chats.save("ann", None, [*earlier, turn])[1][-1]
    chats.rate("ann", saved.id, *thumb)
    return saved


def rows(chats: Chats, name: str = REVIEW_FILE) -> list[dict]:
    path = chats.folder / name
    if not path.exists():
        return []
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_a_thumb_up_is_a_case_with_the_cited_quotes_as_gold(chats: Chats, town: Index) -> None:
    first = make_turn("Who won?", from_school(town, BAND))
    turn = make_turn("What is it worth?", from_school(town, PRIZE, BAND))
    saved = rate(chats, turn, "up", earlier=(first,))
    (case,) = load_cases(chats.folder / CASES_FILE)
    assert (case.question, case.history) == ("What is it worth?", (("Who won?", f"{BAND}[1]"),))
    assert (case.as_of, case.answerable, case.reference) == ("2025-11-02", True, None)
    assert [(span.path, span.quote) for span in case.spans] == [
        ("school.md", PRIZE),
        ("school.md", BAND),
    ]
    assert case.tags == ("feedback", "thumb-up")
    assert {span.quote for span in locate_gold([case], town)[case.id].spans} == {PRIZE, BAND}
    written = (chats.folder / CASES_FILE).read_text(encoding="utf-8")
    assert saved.id not in written, "the id is the answer's link"
    assert "ann" not in written
    assert (chats.folder / CASES_FILE).stat().st_mode & 0o077 == 0


def test_a_thumb_up_for_a_refusal_is_a_question_without_an_answer(chats: Chats) -> None:
    rate(chats, make_turn("Who paid?", refused()), "up")
    (case,) = load_cases(chats.folder / CASES_FILE)
    assert (case.answerable, case.spans) == (False, ())


@pytest.mark.parametrize(
    ("reason", "on_answer", "on_refusal"),
    [
        (None, None, None),
        ("wrong", None, None),
        ("unsupported", None, None),
        ("other", None, None),
        ("incomplete", True, True),
        ("should-refuse", False, None),
        ("should-answer", None, True),
    ],
)
def test_a_thumb_down_tells_no_more_than_its_reason(
    chats: Chats, town: Index, reason: str | None, on_answer: bool | None, on_refusal: bool | None
) -> None:
    for given, expected in ((from_school(town, PRIZE), on_answer), (refused(), on_refusal)):
        saved = rate(chats, make_turn("What?", given), "down", reason, "So it is.")
        if expected is None:
            assert not (chats.folder / CASES_FILE).exists()
            (row,) = rows(chats)
            assert "answerable" not in row["case"]
            assert (row["reason"], row["note"], row["why"] != "") == (reason, "So it is.", True)
        else:
            (case,) = load_cases(chats.folder / CASES_FILE)
            assert (case.answerable, case.spans, case.reference) == (expected, (), None)
            assert case.tags == ("feedback", "thumb-down", reason)
            assert rows(chats) == []
        chats.rate("ann", saved.id, None)


def test_every_reason_has_words_and_a_decision() -> None:
    reasons = set(Reason.__args__)
    assert set(strings.THUMB_REASONS) == reasons
    assert set(feedback.ANSWERABLE_BY_REASON) < reasons


def test_a_changed_mind_leaves_one_row_and_none_leaves_no_file(chats: Chats, town: Index) -> None:
    saved = rate(chats, make_turn("What?", from_school(town, PRIZE)), "down", "wrong")
    assert len(rows(chats)) == 1
    chats.rate("ann", saved.id, "up")
    assert (len(rows(chats, CASES_FILE)), rows(chats)) == (1, [])
    chats.rate("ann", saved.id, None)
    assert [path.name for path in chats.folder.glob("feedback*")] == []


def test_a_deleted_conversation_takes_its_rows_along(chats: Chats, town: Index) -> None:
    rate(chats, make_turn("What?", from_school(town, PRIZE)), "up")
    rate(chats, make_turn("Kept?", refused()), "up")
    chats.delete("ann", next(c.id for c in chats.list("ann") if c.title == "What?"))
    assert [row["question"] for row in rows(chats, CASES_FILE)] == ["Kept?"]


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"limits": Limits(outlets=("Courier",))}, feedback.LIMITED),
        ({"limits": Limits(since="2025-01-01")}, feedback.LIMITED),
        ({"answer": quoted(writer="draft")}, feedback.NO_QUESTION),
        ({"answer": quoted(("No such words stand there at all.", "a" * 16))}, feedback.QUOTE_GONE),
        ({"answer": quoted()}, feedback.NOTHING_QUOTED),
    ],
)
def test_what_no_case_can_hold_is_left_for_review(chats: Chats, change: dict, why: str) -> None:
    rate(chats, replace(make_turn("What?", refused()), **change), "up")
    assert not (chats.folder / CASES_FILE).exists()
    assert [row["why"] for row in rows(chats)] == [why]


def test_the_day_of_asking_is_left_out_where_it_would_hide_what_was_seen(
    chats: Chats, town: Index
) -> None:
    for published in (None, "2025-11-03", "2025-11-02"):
        given = from_school(town, PRIZE)
        seen = replace(given, hits=(*given.hits, hit(published=published)))
        saved = rate(chats, make_turn("What?", seen), "up")
        (case,) = load_cases(chats.folder / CASES_FILE)
        assert case.as_of == ("2025-11-02" if published == "2025-11-02" else None)
        chats.rate("ann", saved.id, None)
    undated = refused(question="What happened yesterday?")
    undated = replace(undated, hits=(hit(published=None),))
    rate(chats, make_turn("What happened yesterday?", undated), "up")
    assert [row["why"] for row in rows(chats)] == [feedback.NEEDS_DAY]


def test_a_turn_that_failed_makes_no_case(chats: Chats) -> None:
    rate(chats, Turn(question="What?", problem="No model."), "up")
    assert list(chats.folder.glob("feedback*")) == []


def test_a_row_survives_whatever_was_typed(chats: Chats, town: Index) -> None:
    odd = "What\u2028is\0 it\ud800 \x1b[31m“worth”?\x85"
    rate(chats, make_turn(odd, from_school(town, PRIZE)), "up", earlier=(make_turn(odd),))
    (case,) = load_cases(chats.folder / CASES_FILE)
    (trial,) = run_cases([case], town, stream=stream)
    assert trial.answer.complete


def test_an_erased_source_leaves_the_files_and_the_case_becomes_none(
    chats: Chats, town: Index
) -> None:
    school = article(town, "school.md")
    follow = make_turn("And the ramp?", refused(question="And the ramp?"))
    first = make_turn("What?", from_school(town, PRIZE))
    rate(chats, first, "up")
    rate(chats, follow, "up", earlier=(first,))
    rate(chats, first, "down", "wrong", f"It says: {PRIZE}")
    assert len(rows(chats, CASES_FILE)) == 2
    assert "eleven new" in (chats.folder / REVIEW_FILE).read_text(encoding="utf-8")
    chats.forget([school.id])
    assert rows(chats, CASES_FILE) == []
    assert [row["why"] for row in rows(chats)] == [feedback.ERASED] * 3
    for path in chats.folder.iterdir():
        assert b"eleven new" not in path.read_bytes(), path


def test_what_was_erased_on_the_command_line_is_swept_at_the_next_start(
    index: Index, articles: Path
) -> None:
    index.sync([articles])
    school = article(index, "school.md")
    chats = Chats(index.folder)
    Feedback(chats, index)
    rate(chats, make_turn("What?", from_school(index, PRIZE)), "up")
    rate(chats, make_turn("Sale?", quoted(question="Sale?")), "up")
    (chats.folder / f"{CASES_FILE}.new").write_text(f"half a line, {PRIZE}")  # a kill while writing
    chats.close()
    index.erase(school.id)

    chats = Chats(index.folder)
    Feedback(chats, index)
    assert chats.sweep(index) == 1
    assert chats.sweep(index) == 0
    assert chats.load("ann", chats.list("ann")[0].id)[0].answer.sentences == ()
    index.close()
    for path in index.folder.rglob("*"):
        if path.is_file():
            assert b"eleven new" not in path.read_bytes(), path


def test_an_article_that_changed_makes_the_case_wait_unless_the_words_still_stand(
    index: Index, articles: Path
) -> None:
    index.sync([articles])
    chats = Chats(index.folder)
    kept = Feedback(chats, index)
    rate(chats, make_turn("What?", from_school(index, PRIZE)), "up")
    school = articles / "school.md"
    text = school.read_text(encoding="utf-8")
    school.write_text(text + "The prize was handed over on Sunday by the mayor.\n", "utf-8")
    index.sync([articles])
    kept.write()
    (case,) = load_cases(chats.folder / CASES_FILE)
    assert locate_gold([case], index)[case.id].spans
    school.write_text(text.replace("12,000", "14,000"), "utf-8")
    index.sync([articles])
    kept.write()
    assert [row["why"] for row in rows(chats)] == [feedback.QUOTE_GONE]
    assert rows(chats, CASES_FILE) == []


def test_a_file_that_cannot_be_written_is_told_and_the_thumb_stays(
    chats: Chats, town: Index
) -> None:
    (chats.folder / f"{CASES_FILE}.new").mkdir()
    with pytest.raises(CannotSave, match=r"That is saved, but.*feedback\.jsonl"):
        rate(chats, make_turn("What?", from_school(town, PRIZE)), "up")
    assert len(chats.rated()) == 1
    # The page shows both: the thumb, and what could not be done.
    (kept,) = chats.rated()
    shown = rated(lambda: chats, "ann", Conversation(turns=(kept.turn,)), 0, "down", "wrong", "")
    assert shown.trouble is not None
    assert "feedback" in shown.trouble
    assert (shown.turns[0].thumb, shown.turns[0].thumb_reason) == ("down", "wrong")
    assert chats.rated()[0].turn.thumb == "down"


def test_real_answers_with_thumbs_are_measured_by_the_evaluation(
    tmp_path: Path, town: Index, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    chats = Chats(tmp_path)
    Feedback(chats, town)
    chat_id: str | None = None
    turns: tuple[Turn, ...] = ()
    for question, thumb in (
        ("How much is the county prize worth?", "up"),
        ("Who won the chess championship of Lisbon?", "up"),
        ("How many flats does the Norden Group plan?", "up"),
        ("Which instruments does the prize pay for?", "down"),
    ):
        history = [(t.question, t.answer.text) for t in turns]
        new = make_turn(question, answer(question, index=town, history=history))
        chat_id, turns = chats.save("", chat_id, [*turns, new])
        chats.rate("", turns[-1].id, thumb)
    cases = load_cases(tmp_path / CASES_FILE)
    assert [case.answerable for case in cases] == [True, False, True]
    assert len(rows(chats)) == 1
    assert [len(case.history) for case in cases] == [0, 1, 2]
    arguments = ["--cases", str(tmp_path / CASES_FILE), "--articles", str(town.folder.parent)]
    monkeypatch.setattr(sys, "argv", ["eval", *arguments, "--json", str(tmp_path / "out.json")])
    assert evaluation.main() == 0
    assert "feedback" in capsys.readouterr().out
    scores = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))["scores"]
    cited = [s["value"] for s in scores if s["metric"] == "gold span cited"]
    assert cited == [1.0, None, 1.0]

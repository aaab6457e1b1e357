"""A run that is killed half-way goes on without asking anything again."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.errors import BadData, CaseFailed, MissingData
from eval.fallbacks import note_fallbacks
from eval.journal import Journal
from eval.run import run_cases
from eval.types import Case, Outcome
from index import Article, Index
from rag.prompts import INSTEAD, NOTHING_HELD
from rag.types import Answer

MADE_WITH = {"embedder": "bundled", "code": "abc"}


def outcome(number: int) -> Outcome:
    case = Case(id=f"c{number}", question=f"Größe {number}?", answerable=False, tags=("t",))
    answer = Answer(question=case.question, asked=case.question, refused=True, score=0.25)
    return Outcome(case=case, answer=answer, first_sentence=0.1, whole_answer=0.2)


CASES = [outcome(number).case for number in range(1_000)]


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Index]:
    with Index.open(tmp_path / "library") as index:
        index.add_articles([Article(id="0" * 16, key="a", path="a.txt", text="A ferry sails.")])
        yield index


class Asked:
    """Answers every question, and stops as a kill does when it was asked too often."""

    def __init__(self, stops_after: int | None = None) -> None:
        self.questions: list[str] = []
        self.stops_after = stops_after

    def __call__(self, question: str, **limits: Any) -> Iterator[Answer]:
        if self.stops_after is not None and len(self.questions) > self.stops_after:
            raise KeyboardInterrupt
        self.questions.append(question)
        yield Answer(question=question, asked=question, refused=True, score=0.25)


def test_a_thousand_cases_stopped_half_way_ask_nothing_again(
    tmp_path: Path, library: Index
) -> None:
    file = tmp_path / "answers.jsonl"
    first, second = Asked(stops_after=500), Asked()
    with pytest.raises(KeyboardInterrupt):
        run_cases(CASES, library, stream=first, journal=Journal(file, MADE_WITH))
    trials = run_cases(CASES, library, stream=second, journal=Journal(file, MADE_WITH))
    assert [trial.case for trial in trials] == CASES
    warm_up = 1
    assert len(first.questions) == 500 + warm_up
    assert len(second.questions) == 500 + warm_up
    assert not set(first.questions) & set(second.questions[warm_up:])
    third = Asked()
    assert len(run_cases(CASES, library, stream=third, journal=Journal(file, MADE_WITH))) == 1_000
    assert third.questions == []


def test_what_was_kept_comes_back_whole(tmp_path: Path) -> None:
    file = tmp_path / "answers.jsonl"
    journal = Journal(file, MADE_WITH)
    for number in range(3):
        journal.add(outcome(number))
    again = Journal(file, MADE_WITH)
    assert again.kept(CASES) == {f"c{number}": outcome(number) for number in range(3)}


def test_a_case_that_was_changed_is_asked_again(tmp_path: Path) -> None:
    file = tmp_path / "answers.jsonl"
    Journal(file, MADE_WITH).add(outcome(0))
    changed = Case(id="c0", question="Another?", answerable=False)
    assert Journal(file, MADE_WITH).kept([changed]) == {}


@given(cut=st.integers(0, 2_000))
def test_wherever_a_kill_cuts_the_file_the_whole_lines_count(
    tmp_path_factory: pytest.TempPathFactory, cut: int
) -> None:
    file = tmp_path_factory.mktemp("cut") / "answers.jsonl"
    journal = Journal(file, MADE_WITH)
    for number in range(2):
        journal.add(outcome(number))
    content = file.read_bytes()
    file.write_bytes(content[: min(cut, len(content))])
    whole = max(0, file.read_bytes().count(b"\n") - 1)
    again = Journal(file, MADE_WITH)
    assert len(again.kept(CASES)) == whole
    again.add(outcome(7))
    assert len(Journal(file, MADE_WITH).kept(CASES)) == whole + 1


def test_answers_made_with_something_else_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "answers.jsonl"
    Journal(file, MADE_WITH).add(outcome(0))
    with pytest.raises(BadData, match=r"other code.*delete this one"):
        Journal(file, MADE_WITH | {"code": "def"})


@pytest.mark.parametrize(
    "content",
    [
        b"[1, 2]",
        b'{"a": 1}\n',
        b'{"format": 1, "made_with": null}\n',
        b'{"format": 1, "made_with": [1]}\n',
        b"[" * 100_000 + b"\n",
        b"\xff\xfe\x00",
        b"notes\nmore\n",
    ],
)
def test_a_file_that_is_no_journal_is_left_as_it_is(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "precious.json"
    file.write_bytes(content)
    with pytest.raises(BadData, match="is no journal"):
        Journal(file, MADE_WITH)
    assert file.read_bytes() == content


def test_a_bad_line_is_named(tmp_path: Path) -> None:
    file = tmp_path / "answers.jsonl"
    Journal(file, MADE_WITH).add(outcome(0))
    file.write_bytes(file.read_bytes() + json.dumps({"case": 1}).encode() + b"\n")
    with pytest.raises(BadData, match=r"answers\.jsonl: line 3: "):
        Journal(file, MADE_WITH)


def test_a_journal_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    with pytest.raises(MissingData, match="cannot be used"):
        Journal(tmp_path / "nowhere" / "answers.jsonl", MADE_WITH)
    with pytest.raises(MissingData, match="cannot be used"):
        Journal(tmp_path, MADE_WITH)


def test_several_at_once_come_back_in_order(tmp_path: Path, library: Index) -> None:
    asked = Asked()
    trials = run_cases(CASES[:50], library, stream=asked, at_once=4)
    assert [trial.case for trial in trials] == CASES[:50]
    assert sorted(asked.questions[1:]) == sorted(case.question for case in CASES[:50])


def test_an_answer_that_fell_back_to_quotes_is_asked_again(tmp_path: Path, library: Index) -> None:
    file, reason = tmp_path / "answers.jsonl", "m could not be reached"

    def failing(question: str, **limits: Any) -> Iterator[Answer]:
        notice = f"{reason}, so the articles are quoted instead."
        yield Answer(question=question, asked=question, notices=(notice,))

    trials = run_cases(CASES[:2], library, stream=failing, journal=Journal(file, MADE_WITH))
    with pytest.raises(CaseFailed, match=f"wrote none of 2 answers: {reason}"):
        note_fallbacks([trial.outcome for trial in trials])
    again = Asked()
    fine = run_cases(CASES[:2], library, stream=again, journal=Journal(file, MADE_WITH))
    assert len(again.questions) == 3
    assert note_fallbacks([trial.outcome for trial in fine]) is None


def test_some_answers_that_fell_back_are_counted() -> None:
    kept = outcome(0)
    fallen = replace(
        kept,
        answer=replace(
            kept.answer,
            refused=False,
            notices=("m took too long, so the articles are quoted instead.",),
        ),
    )
    unsupported = replace(
        kept,
        answer=replace(
            kept.answer,
            refused=False,
            notices=(INSTEAD.format(model="m", reason=NOTHING_HELD),),
        ),
    )
    note = note_fallbacks([kept, fallen, unsupported])
    assert note is not None
    assert note.startswith("1 of 2 answers fell back to quotes")

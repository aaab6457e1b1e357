"""Thumbs as cases that `python -m eval` reads: what readers think, as questions to measure by.

A thumb tells little, and no more than that is written. Up: these quotes answer the question, or
its refusal was right. Down: whether the articles answer at all can be known from some reasons
("the articles do answer this"); gold quotes never. What makes no case goes into a second file, for
somebody who looks and decides. Neither file names a user or holds an answer's link.
"""

import hashlib
import json
import os
import threading
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any

from index import Index
from index.errors import UnknownArticle
from index.types import Value
from rag.period import read_when
from rag.types import Answer, Citation
from ui import strings
from ui.chats import Chats, Rated
from ui.errors import FeedbackNotWritten
from ui.turns import clean_text, history_of
from ui.types import Turn
from ui.wording import DRAFT_WRITER

CASES_FILE = "feedback.jsonl"
REVIEW_FILE = "feedback-review.jsonl"

ANSWERABLE_BY_REASON = {"incomplete": True, "should-answer": True, "should-refuse": False}
"""What a thumb down says of whether the articles answer. Of a wrong or unsupported answer nothing
is known: the right one may stand in the articles, or nowhere."""

UNDECIDED = "the thumb does not tell whether the articles answer the question"
CONTRADICTS = "the reason does not fit the answer, which {did}"
LIMITED = "it was asked within limits that a case cannot hold"
ERASED = "a source of the answer, or of one before it, was erased since"
NO_QUESTION = "it is a draft that was checked, no question"
NEEDS_DAY = "its words of time need the day of asking, which would hide articles that were seen"
QUOTE_GONE = "a quoted article has changed or left the library since"
NOTHING_QUOTED = "the answer quotes nothing"


@dataclass(frozen=True, kw_only=True)
class _NoCase(Value):
    """Why a rated answer makes no case."""

    why: str


class Feedback:
    """Keeps the two files in line with the thumbs in the saved conversations."""

    def __init__(self, chats: Chats, index: Index) -> None:
        """Write the files whenever a thumb changes, or an answer that has one goes.

        Args:
            chats: Where the thumbs are; the files stand beside it.
            index: The library that the answers come from.
        """
        self._chats, self._index = chats, index
        self._lock = threading.Lock()
        chats.watch(self.write)

    def write(self) -> None:
        """Write both files anew; each is replaced whole, and gone when it would be empty.

        Raises:
            FeedbackNotWritten: a file cannot be written.
        """
        cases: list[dict[str, Any]] = []
        review: list[dict[str, Any]] = []
        with self._lock:
            for rated in self._chats.rated():
                if rated.turn.answer is None:
                    continue
                made = _case(rated, rated.turn.answer, self._index)
                if isinstance(made, _NoCase):
                    review.append(_review(rated, rated.turn.answer, made, self._index))
                else:
                    cases.append(made)
            _replace(self._chats.folder / CASES_FILE, cases)
            _replace(self._chats.folder / REVIEW_FILE, review)


def _case(rated: Rated, answer: Answer, index: Index) -> dict[str, Any] | _NoCase:
    """Return the line that `eval/cases.py` reads, or why there is none."""
    turn = rated.turn
    if why := _hindrance(rated, answer):
        return _NoCase(why=why)
    answerable = _answerable(turn, answer)
    if isinstance(answerable, _NoCase):
        return answerable
    spans: list[dict[str, str]] = []
    if turn.thumb == "up" and not answer.refused:
        found = [_span(citation, index) for citation in answer.citations]
        if not found:
            return _NoCase(why=NOTHING_QUOTED)
        spans = [span for span in found if span]
        if len(spans) < len(found):
            return _NoCase(why=QUOTE_GONE)
    return _asked(rated, answer) | {"answerable": answerable, "spans": spans, "tags": _tags(turn)}


def _hindrance(rated: Rated, answer: Answer) -> str | None:
    """Return what keeps an answer from making a case, whatever its reader thinks of it."""
    said = {
        notice
        for turn in (*rated.earlier, rated.turn)
        if turn.answer is not None
        for notice in turn.answer.notices
    }
    if {strings.ERASED_SOME, strings.ERASED_ALL} & said:
        return ERASED
    if answer.writer == DRAFT_WRITER:
        return NO_QUESTION
    if rated.turn.limits.is_set:
        return LIMITED
    if not _as_of(rated.turn, answer) and _counts_from_today(answer.asked):
        return NEEDS_DAY
    return None


def _counts_from_today(question: str) -> bool:
    """Say whether a question has words, such as "yesterday", that another day changes."""
    return any(frame.clocked and not frame.newest for frame in read_when(question).frames)


def _answerable(turn: Turn, answer: Answer) -> bool | _NoCase:
    """Return whether the articles answer, by what the reader says; why that is not known, else."""
    if turn.thumb == "up":
        return not answer.refused
    answerable = ANSWERABLE_BY_REASON.get(turn.thumb_reason or "")
    if answerable is None:
        return _NoCase(why=UNDECIDED)
    if turn.thumb_reason == "should-refuse" and answer.refused:
        return _NoCase(why=CONTRADICTS.format(did="refuses"))
    if turn.thumb_reason == "should-answer" and not answer.refused:
        return _NoCase(why=CONTRADICTS.format(did="does not refuse"))
    return answerable


def _asked(rated: Rated, answer: Answer) -> dict[str, Any]:
    """Return the fields of a case that say what was asked, after what, and when."""
    return {
        # a hash, since the id itself is the answer's link
        "id": f"feedback-{hashlib.sha256(rated.turn.id.encode()).hexdigest()[:12]}",
        "question": _readable(rated.turn.question),
        "history": [[_readable(q), _readable(a)] for q, a in history_of(rated.earlier)],
        "as_of": _as_of(rated.turn, answer),
    }


def _as_of(turn: Turn, answer: Answer) -> str | None:
    """Return the day of asking; None where, asked as of it, articles that were seen are hidden.

    `as_of` leaves out articles without a date and those dated later, as no question does that is
    simply asked.
    """
    day = (turn.asked_at or "")[:10]
    days = [hit.article.published for hit in answer.hits]
    days += [citation.published for citation in answer.citations]
    return day if day and all(seen and seen[:10] <= day for seen in days) else None


def _span(citation: Citation, index: Index) -> dict[str, str] | None:
    """Return a quote and the name of the file that has it now; None where none has.

    The name alone, so that the case holds wherever the articles are kept: `eval` looks for the
    quote's words in every file of that name.
    """
    try:
        article = index.current(citation.article_id)
        if article is None:
            return None
        text, files = index.article(article.id).text, index.files(article.id)
    except UnknownArticle:
        return None
    quote = " ".join(citation.quote.split())
    if not files or not quote or quote not in " ".join(text.split()):
        return None
    return {"path": PurePath(files[0]).name, "quote": citation.quote}


def _tags(turn: Turn) -> list[str]:
    return ["feedback", f"thumb-{turn.thumb}", *filter(None, [turn.thumb_reason])]


def _review(rated: Rated, answer: Answer, problem: _NoCase, index: Index) -> dict[str, Any]:
    """Return what somebody needs who decides: the case so far, the answer, and what was said."""
    turn = rated.turn
    spans = (_span(citation, index) for citation in answer.citations)
    return {
        "case": _asked(rated, answer) | {"tags": _tags(turn)},
        "why": problem.why,
        "refused": answer.refused,
        "answer": _readable(answer.text),
        "spans": [span for span in spans if span],
        "limits": turn.limits.to_dict() if turn.limits.is_set else None,
        "thumb": turn.thumb,
        "reason": turn.thumb_reason,
        "note": turn.thumb_note,
    }


def _replace(path: Path, rows: Iterable[dict[str, Any]]) -> None:
    """Put lines of JSON in a file's place, whole or not at all."""
    lines = "".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows)
    content = clean_text(lines).encode()
    beside = path.with_name(f"{path.name}.new")
    try:
        beside.unlink(missing_ok=True)  # a kill may have left half a file
        if content == (path.read_bytes() if path.exists() else b""):
            return
        if not content:
            path.unlink()
            return
        with os.fdopen(os.open(beside, os.O_CREAT | os.O_WRONLY, 0o600), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError as error:
        reason = error.strerror or str(error)
        message = strings.FEEDBACK_NOT_WRITTEN.format(path=path, reason=reason)
        raise FeedbackNotWritten(message) from error


def _readable(text: str) -> str:
    """Return a text without control characters, which no history may hold."""
    return "".join(_letters(text))


def _letters(text: str) -> Iterator[str]:
    for character in clean_text(text):
        is_control = unicodedata.category(character) == "Cc" and character not in "\n\r\t"
        yield " " if is_control else character

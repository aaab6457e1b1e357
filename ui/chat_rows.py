"""The rows of saved conversations: turns written, read, replaced, and rid of erased words.

Every function works on an open connection; those that write belong in a transaction.
"""

import secrets
import sqlite3
import unicodedata
from collections.abc import Sequence, Set
from dataclasses import replace

from rag.history import MOST_TURNS as TURNS_OF_HISTORY
from ui import strings
from ui.errors import CannotSave, ChatFull, UnknownChat
from ui.forgetting import articles_in, forget_articles, forget_words, without_copied, words_from
from ui.turns import clean_text, turn_from_json, turn_to_json, utc_now
from ui.types import Turn

TOKEN_BYTES = 16

MOST_ANSWERS = 500
"""Answers of one conversation, those replaced by a retry or an edit among them."""

LARGEST_TURN = 2_000_000
"""Characters of JSON. A usual answer has some 20,000."""

LONGEST_TITLE = 80


def fold(text: str) -> str:
    """Return a text as it is searched: without case, accents and double spaces."""
    letters = unicodedata.normalize("NFKD", clean_text(text).casefold())
    return " ".join("".join(c for c in letters if not unicodedata.combining(c)).split())


def shorten(text: str) -> str:
    """Return a text as a title: one line, cut between words; "" for one without letters."""
    line = " ".join(
        "".join(c if unicodedata.category(c)[0] != "C" else " " for c in clean_text(text)).split()
    )
    if len(line) <= LONGEST_TITLE:
        return line
    start = line[: LONGEST_TITLE - 1].rsplit(" ", 1)[0].rstrip(" ,;:.–-")
    return strings.LONG_TITLE.format(start=start)


def is_own_chat(connection: sqlite3.Connection, user: str, chat_id: str) -> bool:
    """Say whether a conversation is there, and this user's."""
    query = "SELECT 1 FROM chats WHERE id = ? AND user = ?"
    return connection.execute(query, (clean_text(chat_id), clean_text(user))).fetchone() is not None


def check_own_chat(connection: sqlite3.Connection, user: str, chat_id: str) -> None:
    """Raise `UnknownChat` for a conversation that is not there or another user's."""
    if not is_own_chat(connection, user, chat_id):
        raise UnknownChat(strings.UNKNOWN_CHAT)


def new_chat(connection: sqlite3.Connection, user: str) -> str:
    """Add a conversation without turns, and return its id."""
    chat_id, now = secrets.token_urlsafe(TOKEN_BYTES), utc_now()
    connection.execute(
        "INSERT INTO chats (id, user, title, named, folded, created, changed) "
        "VALUES (?, ?, '', 0, '', ?, ?)",
        (chat_id, clean_text(user), now, now),
    )
    return chat_id


def touch(connection: sqlite3.Connection, chat_id: str, question: str) -> None:
    """Note that a conversation changed; its first question is its title unless it has one."""
    connection.execute("UPDATE chats SET changed = ? WHERE id = ?", (utc_now(), chat_id))
    if not connection.execute("SELECT named FROM chats WHERE id = ?", (chat_id,)).fetchone()[0]:
        set_title(connection, chat_id, shorten(question), named=False)


def set_title(connection: sqlite3.Connection, chat_id: str, title: str, *, named: bool) -> None:
    """Give a conversation a title; `named` says that it was given by hand."""
    shown = title or strings.UNTITLED_CHAT
    connection.execute(
        "UPDATE chats SET title = ?, folded = ?, named = ? WHERE id = ?",
        (shown, fold(shown), named, chat_id),
    )


def put_turns(connection: sqlite3.Connection, chat_id: str, turns: Sequence[Turn]) -> None:
    """Make these the turns of a conversation, in order; those that are known stay as they are."""
    rows = connection.execute("SELECT id, position FROM turns WHERE chat_id = ?", (chat_id,))
    places = {row["id"]: row["position"] for row in rows}
    new = sum(turn.id not in places for turn in turns)
    if len(places) + new > MOST_ANSWERS:
        raise ChatFull(strings.CHAT_FULL.format(most=MOST_ANSWERS))
    before: str | None = None
    kept = []
    for position, turn in enumerate(turns):
        if turn.id not in places:
            before = _add_turn(connection, chat_id, turn, position, before)
        else:
            before = turn.id
            if places[turn.id] != position:
                connection.execute(
                    "UPDATE turns SET position = ? WHERE id = ?", (position, turn.id)
                )
        kept.append(before)
    for replaced in places.keys() - set(kept):
        connection.execute("UPDATE turns SET position = NULL WHERE id = ?", (replaced,))


def turns_of(connection: sqlite3.Connection, chat_id: str) -> tuple[Turn, ...]:
    """Return the turns of a conversation, oldest first."""
    rows = connection.execute(
        "SELECT * FROM turns WHERE chat_id = ? AND position IS NOT NULL ORDER BY position",
        (chat_id,),
    )
    return tuple(turn_of(row) for row in rows.fetchall())


def turn_of(row: sqlite3.Row) -> Turn:
    """Return the turn that a row holds."""
    return replace(
        turn_from_json(row["body"]),
        id=row["id"],
        thumb=row["thumb"] if row["thumb"] in ("up", "down") else None,
        thumb_reason=row["reason"],
        thumb_note=row["note"],
    )


def turns_before(connection: sqlite3.Connection, row: sqlite3.Row) -> tuple[Turn, ...]:
    """Return the turns that stood before one when it was asked, as many as a history has."""
    turns: list[Turn] = []
    while row["follows"] and len(turns) < TURNS_OF_HISTORY:
        row = connection.execute("SELECT * FROM turns WHERE id = ?", (row["follows"],)).fetchone()
        turns.append(turn_of(row))
    return tuple(reversed(turns))


def chats_that_cite(connection: sqlite3.Connection, article_ids: Set[str]) -> list[str]:
    """Return the ids of the conversations in which an answer has words of an article."""
    found: dict[str, None] = {}
    for article_id in article_ids:
        rows = connection.execute(
            "SELECT DISTINCT chat_id FROM sources JOIN turns ON number = turn_number "
            "WHERE article_id = ?",
            (clean_text(article_id),),
        )
        found |= {row["chat_id"]: None for row in rows}
    return list(found)


def forget_in_chat(connection: sqlite3.Connection, chat_id: str, erased: Set[str]) -> int:
    """Take the words of erased articles out of a conversation; return how many answers had some."""
    rows = connection.execute(
        "SELECT * FROM turns WHERE chat_id = ? ORDER BY number", (chat_id,)
    ).fetchall()
    turns = {row["id"]: turn_of(row) for row in rows}
    runs = {
        run for t in turns.values() if t.answer is not None for run in words_from(t.answer, erased)
    }
    touched: set[str] = set()
    count = 0
    for row in rows:
        had_words = bool(_sources_of(connection, row["number"]) & erased)
        follows = row["follows"] in touched
        if had_words or follows:
            touched.add(row["id"])
        turn = turns[row["id"]]
        forgotten = _forget(turn, erased, runs, had_words=had_words, follows=follows)
        # a turn that this version cannot read is left alone unless it must be forgotten
        if had_words or forgotten != turn:
            _rewrite(connection, row["number"], forgotten)
        count += had_words
    title, named = connection.execute(
        "SELECT title, named FROM chats WHERE id = ?", (chat_id,)
    ).fetchone()
    shown = without_copied(title, runs) if named else _first_question(connection, chat_id)
    set_title(connection, chat_id, shown, named=bool(named))
    return count


def _add_turn(
    connection: sqlite3.Connection, chat_id: str, turn: Turn, position: int, follows: str | None
) -> str:
    turn = replace(turn, asked_at=turn.asked_at or utc_now())
    body = _body(turn)
    if len(body) > LARGEST_TURN:
        reason = strings.TURN_TOO_LARGE.format(size=len(body), most=LARGEST_TURN)
        raise CannotSave(strings.NOT_SAVED.format(reason=reason))
    turn_id = secrets.token_urlsafe(TOKEN_BYTES)
    number = connection.execute(
        "INSERT INTO turns (id, chat_id, position, follows, body, folded) "
        "VALUES (?, ?, ?, ?, ?, ?)",
        (turn_id, chat_id, position, follows, body, _folded(turn)),
    ).lastrowid
    _put_sources(connection, number or 0, turn)
    return turn_id


def _forget(
    turn: Turn, erased: Set[str], runs: Set[tuple[str, ...]], *, had_words: bool, follows: bool
) -> Turn:
    """Return a turn without words of erased articles; one that cannot be read loses all it has."""
    if turn.answer is not None:
        turn = replace(turn, answer=forget_articles(turn.answer, erased))
    elif had_words:
        turn = replace(turn, problem=strings.ERASED_ALL)
    return forget_words(turn, runs, follows=follows)


def _rewrite(connection: sqlite3.Connection, number: int, turn: Turn) -> None:
    """Store a turn in place of what it was, before words were taken out of it."""
    connection.execute(
        "UPDATE turns SET body = ?, folded = ?, note = ? WHERE number = ?",
        (_body(turn), _folded(turn), turn.thumb_note, number),
    )
    connection.execute("DELETE FROM sources WHERE turn_number = ?", (number,))
    _put_sources(connection, number, turn)


def _body(turn: Turn) -> str:
    """Return a turn as JSON, without what stands in columns of its own."""
    return turn_to_json(replace(turn, id="", thumb=None, thumb_reason=None, thumb_note=None))


def _folded(turn: Turn) -> str:
    return fold(f"{turn.question} {turn.answer.text if turn.answer else ''}")


def _put_sources(connection: sqlite3.Connection, number: int, turn: Turn) -> None:
    ids = articles_in(turn.answer) if turn.answer is not None else set()
    connection.executemany(
        "INSERT INTO sources VALUES (?, ?)", ((clean_text(i), number) for i in sorted(ids))
    )


def _sources_of(connection: sqlite3.Connection, number: int) -> set[str]:
    rows = connection.execute("SELECT article_id FROM sources WHERE turn_number = ?", (number,))
    return {row["article_id"] for row in rows}


def _first_question(connection: sqlite3.Connection, chat_id: str) -> str:
    turns = turns_of(connection, chat_id)
    return shorten(turns[0].question) if turns else ""

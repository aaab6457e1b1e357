"""Saved conversations: one SQLite file a library, in which every user sees their own alone.

A saved answer never changes: a retry or an edit puts a new turn in its place, and the old one
stays readable by its link until its conversation is deleted. Only an article that is erased for
good takes its words out of it.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import get_args

from index import Index
from index.types import Value
from ui import chat_rows as rows
from ui import strings
from ui.chat_file import ChatFile
from ui.errors import BadRating, UnknownChat
from ui.turns import clean_text
from ui.types import LONGEST_NOTE, ChatInfo, Reason, Thumb, Turn

MOST_LISTED = 500
MOST_SEARCH_WORDS = 10

LISTED = """
SELECT id, title, created, changed, (
    SELECT count(*) FROM turns WHERE chat_id = chats.id AND position IS NOT NULL) AS turns
FROM chats WHERE {conditions} ORDER BY changed DESC, number DESC LIMIT ?
"""
HOLDS_WORD = """(instr(chats.folded, ?) OR EXISTS (
    SELECT 1 FROM turns WHERE chat_id = chats.id AND position IS NOT NULL
    AND instr(turns.folded, ?)))"""


@dataclass(frozen=True, kw_only=True)
class Rated(Value):
    """A turn with a thumb, and the turns that were on the page when it was asked."""

    turn: Turn
    earlier: tuple[Turn, ...]


class Chats:
    """The conversations of a library's users; safe to share between threads.

    Every method but `answer` sees only what belongs to the user it is given. All raise
    `CannotSave` where the file cannot be used, and none of them when it is opened.
    """

    def __init__(self, folder: str | Path) -> None:
        """Open the conversations in a library's folder."""
        self.folder = Path(folder)
        self._file = ChatFile(self.folder)
        self._watchers: list[Callable[[], None]] = []

    @property
    def trouble(self) -> str | None:
        """What users should be told: that the file was damaged and was moved aside."""
        return self._file.trouble

    def watch(self, watcher: Callable[[], None]) -> None:
        """Have a function called whenever ratings, or rated answers, change or go."""
        self._watchers.append(watcher)

    def list(self, user: str, search: str = "") -> tuple[ChatInfo, ...]:
        """Return a user's conversations, the one changed last first; at most `MOST_LISTED`.

        Args:
            user: Whose.
            search: Words, of which each must be a part of the title, a question or an answer.
        """
        words = rows.fold(search).split()[:MOST_SEARCH_WORDS]
        conditions = " AND ".join(["user = ?", *[HOLDS_WORD] * len(words)])
        values = [clean_text(user), *(word for word in words for _ in range(2)), MOST_LISTED]
        with self._file.reading() as connection:
            found = connection.execute(LISTED.format(conditions=conditions), values).fetchall()
        return tuple(ChatInfo(**dict(row)) for row in found)

    def load(self, user: str, chat_id: str) -> tuple[Turn, ...]:
        """Return a conversation.

        Raises:
            UnknownChat: this user has none of this id.
        """
        with self._file.reading() as connection:
            rows.check_own_chat(connection, user, chat_id)
            return rows.turns_of(connection, chat_id)

    def save(
        self, user: str, chat_id: str | None, turns: Sequence[Turn]
    ) -> tuple[str, tuple[Turn, ...]]:
        """Make a saved conversation what is on the page, and return its id and turns.

        Turns that have an id are saved already and stay as they are. Those without are added; a
        saved turn that is no longer among them was replaced, and stays readable by its link. A
        turn whose answer is still growing is not saved yet.

        Args:
            user: Whose conversation it is.
            chat_id: Which; None for a new one.
            turns: All turns on the page, oldest first.

        Returns:
            The conversation's id ("" while nothing of it is complete), and its turns with ids, as
            they are saved: without the words of articles that were erased since.

        Raises:
            UnknownChat: this user has no such conversation, since it was deleted.
            ChatFull: it holds as many answers as one may.
            CannotSave: the file cannot be written.
        """
        done = [turn for turn in turns if not turn.is_open]
        growing = tuple(turn for turn in turns if turn.is_open)
        if not done:
            return chat_id or "", growing
        with self._file.writing(strings.NOT_SAVED) as connection:
            if not chat_id or (self.trouble and not rows.is_own_chat(connection, user, chat_id)):
                # what was in a damaged file is saved anew
                chat_id = rows.new_chat(connection, user)
            rows.check_own_chat(connection, user, chat_id)
            rows.put_turns(connection, chat_id, done)
            rows.touch(connection, chat_id, done[0].question)
            saved = rows.turns_of(connection, chat_id)
        return chat_id, saved + growing

    def rename(self, user: str, chat_id: str, title: str) -> None:
        """Give a conversation a title by hand; an empty one brings its first question back.

        Raises:
            UnknownChat: this user has none of this id.
        """
        with self._file.writing() as connection:
            rows.check_own_chat(connection, user, chat_id)
            named = rows.shorten(title)
            turns = rows.turns_of(connection, chat_id)
            shown = named or (rows.shorten(turns[0].question) if turns else "")
            rows.set_title(connection, chat_id, shown, named=bool(named))

    def delete(self, user: str, chat_id: str) -> None:
        """Delete a conversation with all its answers for good; their links end.

        Raises:
            UnknownChat: this user has none of this id.
        """
        with self._file.writing() as connection:
            rows.check_own_chat(connection, user, chat_id)
            connection.execute("DELETE FROM chats WHERE id = ?", (chat_id,))
        self._clean(rewrite=False)

    def rate(
        self,
        user: str,
        turn_id: str,
        thumb: Thumb | None,
        reason: str | None = None,
        note: str | None = None,
    ) -> None:
        """Store what a reader thinks of an answer of theirs, in place of what they thought before.

        Args:
            user: Who.
            turn_id: Of which answer.
            thumb: Up or down; None takes it back.
            reason: A `Reason`, for a thumb down.
            note: Words of the reader's own.

        Raises:
            BadRating: the thumb or the reason is none.
            UnknownChat: this user has no such answer.
        """
        if reason is not None and reason not in get_args(Reason):
            known = ", ".join(get_args(Reason))
            raise BadRating(strings.BAD_REASON.format(reason=reason, known=known))
        if thumb not in (*get_args(Thumb), None):
            raise BadRating(strings.BAD_THUMB.format(thumb=thumb))
        kept = clean_text(note or "").strip()[:LONGEST_NOTE] or None
        values = (thumb, reason if thumb == "down" else None, kept if thumb else None)
        with self._file.writing() as connection:
            changed = connection.execute(
                "UPDATE turns SET thumb = ?, reason = ?, note = ? WHERE id = ? "
                "AND chat_id IN (SELECT id FROM chats WHERE user = ?)",
                (*values, clean_text(turn_id), clean_text(user)),
            ).rowcount
            if not changed:
                raise UnknownChat(strings.UNKNOWN_TURN)
        self._tell()

    def answer(self, turn_id: str) -> Turn | None:
        """Return an answer by its link, whoever asks; None where there is none.

        What its owner thinks of it is not told.
        """
        with self._file.reading() as connection:
            row = connection.execute(
                "SELECT * FROM turns WHERE id = ?", (clean_text(turn_id),)
            ).fetchone()
        if row is None:
            return None
        return replace(rows.turn_of(row), thumb=None, thumb_reason=None, thumb_note=None)

    def rated(self) -> tuple[Rated, ...]:
        """Return every answer that has a thumb, of all users, in the order of asking."""
        with self._file.reading() as connection:
            found = connection.execute(
                "SELECT * FROM turns WHERE thumb IS NOT NULL ORDER BY number"
            ).fetchall()
            return tuple(
                Rated(turn=rows.turn_of(row), earlier=rows.turns_before(connection, row))
                for row in found
            )

    def cited_ids(self) -> set[str]:
        """Return the ids of all articles of which a saved answer has words."""
        with self._file.reading() as connection:
            found = connection.execute("SELECT DISTINCT article_id FROM sources").fetchall()
        return {row["article_id"] for row in found}

    def forget(self, article_ids: Iterable[str]) -> int:
        """Take the words of erased articles out of every conversation of every user, for good.

        Returns:
            How many answers had some.

        Raises:
            CannotSave: they could not be taken out; the message says what is left to do.
        """
        erased = set(article_ids)
        with self._file.writing() as connection:
            count = sum(
                rows.forget_in_chat(connection, chat_id, erased)
                for chat_id in rows.chats_that_cite(connection, erased)
            )
        self._clean(rewrite=True)
        return count

    def sweep(self, index: Index) -> int:
        """Forget what was erased from the library elsewhere; to be called at every start.

        Returns:
            How many answers had words of it.
        """
        erased = [article_id for article_id in self.cited_ids() if index.is_erased(article_id)]
        if erased:
            return self.forget(erased)
        self._tell()
        return 0

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def _clean(self, *, rewrite: bool) -> None:
        """Let no byte of what was deleted stay, here or with the watchers."""
        try:
            self._tell()
        finally:
            self._file.clean(rewrite=rewrite)

    def _tell(self) -> None:
        for watcher in self._watchers:
            watcher()

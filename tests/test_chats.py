"""Saved conversations: frozen answers, one user's alone, whole after any accident."""

import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from made_answers import DEARER, FERRY, MILL, A, B, citation, differing, hit, quoted, refused, turn

from ui import chat_rows, strings
from ui.chat_file import CHATS_FILE, ChatFile
from ui.chats import Chats
from ui.errors import BadRating, CannotSave, ChatFull, KeepingFailure, UnknownChat
from ui.turns import turn_to_json
from ui.types import Turn

ROOT = Path(__file__).parent.parent


@pytest.fixture
def chats(tmp_path: Path) -> Chats:
    return Chats(tmp_path)


def bytes_in(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def dump(folder: Path) -> list[str]:
    with closing(sqlite3.connect(folder / CHATS_FILE)) as connection:
        return list(connection.iterdump())


# What is saved


def test_a_conversation_is_saved_and_loaded_with_ids_and_the_time_of_asking(chats: Chats) -> None:
    chat_id, saved = chats.save("", None, [turn(), turn("Who bought the mill?")])
    assert len({one.id for one in saved} | {chat_id}) == 3
    assert min(len(one.id) for one in saved) >= 22
    assert all(one.asked_at and one.asked_at.endswith("+00:00") for one in saved)
    assert chats.load("", chat_id) == saved
    assert saved[0].answer == turn().answer
    asked = chats.save("", None, [turn(asked_at="2025-10-28T12:00:00+00:00")])[1]
    assert asked[0].asked_at == "2025-10-28T12:00:00+00:00"


def test_an_answer_is_saved_when_it_is_complete_stopped_or_failed_and_not_before(
    chats: Chats,
) -> None:
    growing = Turn(question="And?", answer=replace(turn().answer, complete=False))
    assert chats.save("", None, [growing]) == ("", (growing,))
    assert chats.list("") == ()
    stopped, failed = replace(growing, stopped=True), Turn(question="And?", problem="No model.")
    chat_id, saved = chats.save("", None, [turn(), stopped, failed, growing])
    assert saved[-1] == growing
    assert [one.id == "" for one in saved] == [False, False, False, True]
    assert chats.load("", chat_id) == saved[:3]
    assert (saved[1].stopped, saved[2].problem) == (True, "No model.")


def test_saving_again_adds_only_what_is_new(chats: Chats) -> None:
    chat_id, first = chats.save("", None, [turn()])
    same, second = chats.save("", chat_id, [*first, turn("Who bought the mill?")])
    assert same == chat_id
    assert second[:1] == first
    assert chats.save("", chat_id, second) == (chat_id, second)
    assert chats.list("")[0].turns == 2


def test_a_retry_replaces_the_turn_and_those_after_it_and_links_stay(chats: Chats) -> None:
    chat_id, old = chats.save("", None, [turn("One?"), turn("Two?"), turn("Three?")])
    _, new = chats.save("", chat_id, [old[0], turn("Two, edited?")])
    assert [one.question for one in chats.load("", chat_id)] == ["One?", "Two, edited?"]
    assert chats.list("")[0].turns == 2
    assert chats.answer(old[1].id) == old[1]
    assert chats.answer(old[2].id) == old[2]
    assert chats.list("", "three") == ()
    chats.save("", chat_id, [*new, turn("Four?")])
    assert [one.question for one in chats.load("", chat_id)][-1] == "Four?"


def test_a_saved_answer_does_not_change_whatever_the_page_sends(chats: Chats) -> None:
    chat_id, (saved,) = chats.save("", None, [turn()])
    forged = replace(saved, question="Else?", answer=refused(), thumb="up")
    assert chats.save("", chat_id, [forged])[1] == (saved,)


def test_an_id_that_the_page_makes_up_is_not_taken(chats: Chats) -> None:
    _, (theirs,) = chats.save("ann", None, [turn("Ann's?")])
    _, (mine,) = chats.save("ben", None, [replace(turn("Ben's?"), id=theirs.id)])
    assert mine.id != theirs.id
    assert chats.answer(theirs.id).question == "Ann's?"


def test_unsaved_tabs_of_one_conversation_lose_nothing(chats: Chats) -> None:
    chat_id, first = chats.save("", None, [turn("One?")])
    _, here = chats.save("", chat_id, [*first, turn("Here?")])
    _, there = chats.save("", chat_id, [*first, turn("There?")])
    assert chats.answer(here[1].id).question == "Here?"
    assert [one.question for one in chats.load("", chat_id)] == ["One?", "There?"]
    chats.save("", chat_id, here)
    assert chats.load("", chat_id) == here
    assert chats.answer(there[1].id).question == "There?"


def test_what_another_version_saved_and_this_one_cannot_read_is_told(chats: Chats) -> None:
    chat_id, (saved,) = chats.save("", None, [turn()])
    with sqlite3.connect(chats.folder / CHATS_FILE) as connection:
        connection.execute('UPDATE turns SET body = \'{"question": "Why?", "answer": 3}\'')
    connection.close()
    (read,) = chats.load("", chat_id)
    assert (read.id, read.question, read.problem) == (saved.id, "Why?", strings.UNREADABLE_TURN)
    chats.forget(["f" * 16])
    assert b'"answer": 3' in bytes_in(chats.folder)


# Listing


def test_the_conversation_changed_last_comes_first(chats: Chats) -> None:
    first, turns = chats.save("", None, [turn("One?")])
    second, _ = chats.save("", None, [turn("Two?")])
    assert [info.id for info in chats.list("")] == [second, first]
    chats.save("", first, [*turns, turn("More?")])
    assert [info.id for info in chats.list("")] == [first, second]
    info = chats.list("")[0]
    assert (info.title, info.turns) == ("One?", 2)
    assert info.created < info.changed


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("ferry", 1),
        ("FERRY ramp", 1),
        ("cost", 1),
        ("ferry norden", 0),
        ("zurich", 1),
        ("straße", 1),
        ("norden group", 1),
        ("%", 0),
        ("_", 0),
        ("'", 0),
        ("  ", 3),
        ("paid", 1),
        ("\ud800", 3),
        ("x " * 50, 0),
        ("\0", 0),
    ],
)
def test_search_finds_words_of_title_question_and_answer(
    chats: Chats, search: str, found: int
) -> None:
    chats.save("", None, [turn("What will it cost?", quoted((FERRY, A)))])
    chats.save("", None, [turn("Zürich?", quoted((MILL, B)))])
    chat_id, _ = chats.save("", None, [turn("Who?", refused())])
    chats.rename("", chat_id, "Who paid for the STRASSE")
    assert len(chats.list("", search)) == found


@pytest.mark.parametrize(
    ("question", "title"),
    [
        ("  Why\n\nso  late? ", "Why so late?"),
        ("\0\x1b\u202e ", "Untitled conversation"),
        ("\ud800?", "??"),
        ("word " * 40, "word " * 14 + "word …"),
        ("x" * 200, "x" * 79 + " …"),
    ],
)
def test_a_title_is_the_first_question_on_one_line(chats: Chats, question: str, title: str) -> None:
    chats.save("", None, [turn(question)])
    assert chats.list("")[0].title == title


def test_a_title_by_hand_stays_until_it_is_taken_back(chats: Chats) -> None:
    chat_id, _ = chats.save("", None, [turn("One?")])
    chats.rename("", chat_id, "  The ferry\nstory ")
    chats.save("", chat_id, [turn("Edited?")])
    assert chats.list("")[0].title == "The ferry story"
    chats.rename("", chat_id, " ")
    assert chats.list("")[0].title == "Edited?"
    chats.save("", chat_id, [turn("Edited again?")])
    assert chats.list("")[0].title == "Edited again?"


# Whose


def test_users_never_see_each_others_conversations(chats: Chats) -> None:
    chat_id, (saved,) = chats.save("ann", None, [turn("Ann's?")])
    before = dump(chats.folder)
    for other in ("", "ben", "Ann", "ann ", "ann' OR '1'='1", "%"):
        assert chats.list(other) == ()
        assert chats.list(other, "ann") == ()
        for act in (
            lambda user: chats.load(user, chat_id),
            lambda user: chats.save(user, chat_id, [turn()]),
            lambda user: chats.rename(user, chat_id, "Mine"),
            lambda user: chats.delete(user, chat_id),
            lambda user: chats.rate(user, saved.id, "up"),
        ):
            with pytest.raises(UnknownChat) as raised:
                act(other)
            assert "was deleted" not in str(raised.value)
    for chat in (chat_id, "never-was"):  # nobody learns which conversations there are
        with pytest.raises(UnknownChat, match="no such conversation of yours") as raised:
            chats.load("ben", chat)
        assert str(raised.value) == strings.UNKNOWN_CHAT
    assert chats.load("ann", chat_id) == (saved,)
    assert chats.list("ann")[0].title == "Ann's?"
    assert dump(chats.folder) == before


def test_whoever_has_the_link_reads_the_answer_but_not_what_its_owner_thinks(
    chats: Chats,
) -> None:
    _, (first, second) = chats.save("ann", None, [turn("One?"), turn("Two?")])
    chats.rate("ann", second.id, "down", "other", "The mayor told me so.")
    read = chats.answer(second.id)
    assert read == second
    assert "mayor" not in turn_to_json(read)
    assert first.question not in turn_to_json(read)
    for wrong in ("", "x", second.id[:-1], second.id.swapcase(), "\ud800", "%"):
        assert chats.answer(wrong) is None


# Thumbs


def test_a_thumb_is_stored_and_a_changed_mind_takes_its_place(chats: Chats) -> None:
    chat_id, (saved,) = chats.save("", None, [turn()])
    chats.rate("", saved.id, "down", "wrong", " It cost more. ")
    read = chats.load("", chat_id)[0]
    assert (read.thumb, read.thumb_reason, read.thumb_note) == ("down", "wrong", "It cost more.")
    chats.rate("", saved.id, "up", "wrong")
    read = chats.load("", chat_id)[0]
    assert (read.thumb, read.thumb_reason, read.thumb_note) == ("up", None, None)
    assert len(chats.rated()) == 1
    chats.rate("", saved.id, None, note="never mind")
    assert chats.load("", chat_id) == (saved,)
    assert chats.rated() == ()


@pytest.mark.parametrize(("thumb", "reason"), [("down", "ugly"), ("sideways", None), ("down", "")])
def test_a_thumb_or_reason_that_is_none_is_refused(
    chats: Chats, thumb: str, reason: str | None
) -> None:
    _, (saved,) = chats.save("", None, [turn()])
    with pytest.raises(BadRating):
        chats.rate("", saved.id, thumb, reason)
    assert chats.rated() == ()


def test_a_rated_answer_comes_with_what_stood_before_it_even_if_it_was_replaced(
    chats: Chats,
) -> None:
    chat_id, old = chats.save("", None, [turn("One?"), turn("Two?"), turn("Three?")])
    chats.save("", chat_id, [turn("Other one?"), turn("Other two?")])
    chats.rate("", old[2].id, "down")
    (rated,) = chats.rated()
    assert [one.question for one in rated.earlier] == ["One?", "Two?"]
    assert (rated.turn.question, rated.turn.thumb) == ("Three?", "down")


def test_watchers_are_told_of_thumbs_and_of_what_goes(chats: Chats) -> None:
    told: list[str] = []
    chats.watch(lambda: told.append("told"))
    chat_id, (saved,) = chats.save("", None, [turn()])
    assert told == []
    chats.rate("", saved.id, "up")
    chats.forget([A])
    chats.delete("", chat_id)
    assert len(told) == 3


# What goes for good


def test_a_deleted_conversation_leaves_no_byte_and_no_link(chats: Chats) -> None:
    chat_id, old = chats.save("", None, [turn("Secret one?"), turn("Secret two?")])
    chats.save("", chat_id, [old[0], turn("Secret three?")])
    other, kept = chats.save("", None, [turn("Kept?", quoted((MILL, B)))])
    chats.delete("", chat_id)
    assert [info.id for info in chats.list("")] == [other]
    assert chats.answer(old[1].id) is None
    left = bytes_in(chats.folder)
    assert b"Secret" not in left
    assert b"secret" not in left
    assert b"3.4 million" not in left
    assert chats.load("", other) == kept
    with pytest.raises(UnknownChat, match="deleted"):
        chats.save("", chat_id, old)


FORGOTTEN = [b"3.4 million", b"4.1 million", b"4,1", b"Title of aa", b"aa.txt", b"Wede", b"zyxwu"]


def test_an_erased_article_leaves_no_byte_in_any_conversation_of_anybody(chats: Chats) -> None:
    dearer = citation(DEARER, 2, A)
    wordy = quoted(
        (FERRY, A),
        (MILL, B),
        disagreements=(differing(citation(), dearer),),
        notices=("A newer article on this was not used: “Title of aa”, 1 May 2025.",),
    )
    followed = replace(quoted((MILL, B), question="And he?"), asked="And the harbour master Wede?")
    chat_id, saved = chats.save(
        "ann", None, [turn(f"Is it so? {FERRY}", wordy), turn("And he?", followed)]
    )
    chats.rename("ann", chat_id, f"{FERRY} zyxwu")
    chats.rate("ann", saved[0].id, "down", "wrong", f"It is not that {DEARER}")
    chats.save("ann", chat_id, [saved[0], turn("Refused?", refused((DEARER, A), (MILL, B)))])
    ben, mill = chats.save("ben", None, [turn("Mill?", quoted((MILL, B)))])
    for number in range(20):
        chats.save("ben", None, [turn(f"What will {number} cost?", quoted((FERRY, A)))])
    assert A in chats.cited_ids()

    assert chats.forget([A]) == 22
    left = bytes_in(chats.folder)
    for words in FORGOTTEN:
        assert words not in left, words
        assert words.lower() not in left, words
    assert A not in chats.cited_ids()
    turns = chats.load("ann", chat_id)
    assert turns[0].question == strings.ERASED_WORDS
    assert strings.ERASED_SOME in turns[0].answer.notices
    assert [one.text for one in turns[0].answer.sentences] == [MILL]
    assert chats.answer(saved[1].id).answer.asked == "And he?"
    assert chats.load("ben", ben) == mill
    assert chats.list("ben", "3.4") == ()
    assert len(chats.list("ben", "mill")) == 1


def test_what_cannot_be_read_is_forgotten_whole(chats: Chats) -> None:
    chat_id, _ = chats.save("", None, [turn(), turn("Mill?", quoted((MILL, B)))])
    with sqlite3.connect(chats.folder / CHATS_FILE) as connection:
        connection.execute("UPDATE turns SET body = '3.4 million' WHERE position = 0")
    connection.close()
    assert chats.forget([A]) == 1
    assert chats.load("", chat_id)[0].problem == strings.ERASED_ALL
    assert b"3.4 million" not in bytes_in(chats.folder)


def test_a_kill_between_forgetting_and_cleaning_is_made_good_at_the_next_start(
    chats: Chats, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(30):
        chats.save("", None, [turn(f"Cost {number}?")])
    with monkeypatch.context() as patched:
        patched.setattr(ChatFile, "clean", lambda self, *, rewrite: None)
        chats.forget([A])
    assert b"3.4 million" in bytes_in(chats.folder), "else this test shows nothing"
    again = Chats(chats.folder)
    assert b"3.4 million" not in bytes_in(chats.folder)
    assert again.cited_ids() == set()


def test_a_log_that_another_program_reads_is_told(
    chats: Chats, monkeypatch: pytest.MonkeyPatch
) -> None:
    chat_id, _ = chats.save("", None, [turn()])
    reader = sqlite3.connect(chats.folder / CHATS_FILE)
    reader.execute("BEGIN")
    reader.execute("SELECT * FROM turns").fetchall()
    monkeypatch.setattr("ui.chat_file.CLEANING_SECONDS", 0.1)
    monkeypatch.setattr("index.database.WAIT_SECONDS", 0.1)
    with pytest.raises(CannotSave, match="start Footnote again"):
        Chats(chats.folder).delete("", chat_id)
    reader.close()
    assert chats.list("") == ()
    Chats(chats.folder)
    assert b"3.4 million" not in bytes_in(chats.folder)


# Bounds and accidents


def test_a_conversation_holds_so_many_answers_and_says_so(
    chats: Chats, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chat_rows, "MOST_ANSWERS", 3)
    chat_id, saved = chats.save("", None, [turn(), turn(), turn()])
    with pytest.raises(ChatFull, match="Begin a new one"):
        chats.save("", chat_id, [*saved, turn()])
    with pytest.raises(ChatFull):
        chats.save("", chat_id, [turn()])
    assert chats.load("", chat_id) == saved
    with pytest.raises(ChatFull):
        chats.save("", None, [turn()] * 4)
    assert len(chats.list("")) == 1


def test_a_turn_that_is_too_large_is_not_saved_and_says_so(chats: Chats) -> None:
    huge = turn(answer=replace(turn().answer, hits=(hit("x" * chat_rows.LARGEST_TURN),)))
    with pytest.raises(CannotSave, match="too large"):
        chats.save("", None, [huge])
    assert chats.list("") == ()


def test_a_full_disk_is_told_and_what_was_saved_stays(chats: Chats) -> None:
    chat_id, saved = chats.save("", None, [turn()])
    with chats._file.writing() as connection:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(CannotSave, match="disk is full"):
        chats.save("", chat_id, [*saved, turn("Long?" * 5_000)])
    assert chats.load("", chat_id) == saved
    connection.execute("PRAGMA max_page_count = 1000000")
    assert len(chats.save("", chat_id, [*saved, turn("Long?" * 5_000)])[1]) == 2


@pytest.mark.parametrize("with_chats", [True, False])
def test_a_read_only_folder_can_be_read_and_says_why_nothing_is_saved(
    chats: Chats, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, with_chats: bool
) -> None:
    chat_id, saved = chats.save("", None, [turn()])
    chats.close()
    folder = tmp_path if with_chats else tmp_path / "bare"
    folder.mkdir(exist_ok=True)
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    monkeypatch.setattr(os, "access", lambda path, mode: mode != os.W_OK)
    opened = Chats(folder)
    assert opened.trouble is None
    assert len(opened.list("")) == with_chats
    assert opened.answer(saved[0].id) == (saved[0] if with_chats else None)
    with pytest.raises(CannotSave, match="library's folder cannot be written"):
        opened.save("", None, [turn()])
    for change in (
        lambda: opened.rate("", saved[0].id, "up"),
        lambda: opened.forget([A]),
        lambda: opened.delete("", chat_id),
    ):
        with pytest.raises(CannotSave, match="Nothing was changed"):
            change()
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def damage_all(content: bytes) -> bytes:
    return b"this is no database at all" * 100


def damage_inside(content: bytes) -> bytes:
    return content[:8192] + b"\x55" * (len(content) - 8192)


@pytest.mark.parametrize("damage", [damage_all, damage_inside])
def test_a_damaged_file_is_moved_aside_and_new_conversations_are_saved(
    chats: Chats, damage
) -> None:
    chats.save("", None, [turn()] * 5)
    chats.close()
    path = chats.folder / CHATS_FILE
    harmed = damage(path.read_bytes())
    path.write_bytes(harmed)
    opened = Chats(chats.folder)
    (aside,) = chats.folder.glob("chats.sqlite.damaged-*")
    assert str(aside) in opened.trouble
    assert aside.read_bytes() == harmed
    assert opened.list("") == ()
    assert opened.save("", None, [turn()])[1][0].id
    assert Chats(chats.folder).trouble is None
    opened.forget([A])
    assert list(chats.folder.glob("*damaged*")) == []
    assert b"3.4 million" not in bytes_in(chats.folder)


def test_damage_while_it_runs_is_told_once_and_the_conversation_is_saved_anew(
    chats: Chats,
) -> None:
    chat_id, saved = chats.save("", None, [turn("One?"), turn("Two?")])
    path = chats.folder / CHATS_FILE
    chats._file.clean(rewrite=False)
    path.write_bytes(damage_inside(path.read_bytes()))
    chats.close()
    with pytest.raises(CannotSave, match="moved to"):
        chats.save("", chat_id, [*saved, turn("Three?")])
    anew, turns = chats.save("", chat_id, [*saved, turn("Three?")])
    assert anew != chat_id
    assert [one.question for one in chats.load("", anew)] == ["One?", "Two?", "Three?"]
    assert len(turns) == 3


def test_a_file_of_a_newer_version_is_left_alone(chats: Chats) -> None:
    chats.save("", None, [turn()])
    chats.close()
    with sqlite3.connect(chats.folder / CHATS_FILE) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    opened = Chats(chats.folder)
    with pytest.raises(CannotSave, match="newer version"):
        opened.list("")
    assert list(chats.folder.glob("*damaged*")) == []


def test_nobody_else_on_the_machine_may_read_the_file(chats: Chats) -> None:
    chats.save("", None, [turn()])
    for path in chats.folder.glob(f"{CHATS_FILE}*"):
        assert path.stat().st_mode & 0o077 == 0, path


def test_many_threads_of_two_servers_save_and_read_at_once(chats: Chats) -> None:
    servers = [chats, Chats(chats.folder)]

    def converse(number: int) -> None:
        chats = servers[number % 2]
        user, chat_id, turns = f"user {number % 5}", None, ()
        for step in range(6):
            chat_id, turns = chats.save(user, chat_id, [*turns, turn(f"{number:02}-{step}?")])
            assert chats.load(user, chat_id) == turns
            chats.rate(user, turns[-1].id, "up")
        assert len(chats.list(user, f"{number:02}-5")) == 1

    with ThreadPoolExecutor(16) as pool:
        list(pool.map(converse, range(40)))
    assert sum(len(chats.list(f"user {number}")) for number in range(5)) == 40
    assert len(chats.rated()) == 240


def test_forgetting_while_others_save_leaves_nothing_behind_that_was_saved_before(
    chats: Chats,
) -> None:
    stop = threading.Event()
    failures: list[KeepingFailure] = []

    def save() -> None:
        while not stop.is_set():
            try:
                chats.save("", None, [turn("Mill?", quoted((MILL, B)))])
            except KeepingFailure as error:
                failures.append(error)

    chats.save("", None, [turn()])
    writers = [threading.Thread(target=save) for _ in range(4)]
    for writer in writers:
        writer.start()
    time.sleep(0.2)
    assert chats.forget([A]) == 1
    stop.set()
    for writer in writers:
        writer.join()
    assert failures == []
    assert b"3.4 million" not in bytes_in(chats.folder)


SAVER = """
import sys
from made_answers import turn
from ui.chats import Chats
chats, chat_id, turns = Chats(sys.argv[1]), None, ()
while True:
    turns = turns if len(turns) < 20 else ()
    chat_id, turns = chats.save("", chat_id if turns else None, [*turns, turn()])
    print(chat_id, turns[-1].id, flush=True)
"""


def kill_while_saving(folder: Path, times: int) -> None:
    told: list[str] = []
    paths = os.pathsep.join([str(ROOT), str(ROOT / "tests")])
    for round_ in range(times):
        process = subprocess.Popen(
            [sys.executable, "-c", SAVER, str(folder)],
            text=True,
            stdout=subprocess.PIPE,
            env=os.environ | {"PYTHONPATH": paths},
        )
        with process:
            told.append(process.stdout.readline())
            time.sleep(0.02 + 0.02 * round_)
            os.kill(process.pid, signal.SIGKILL)
            told += [line for line in process.stdout if line.endswith("\n")]
        chats = Chats(folder)
        assert chats.trouble is None
        ids = {chat_id for chat_id, _ in map(str.split, told)}
        kept = {(chat_id, one.id) for chat_id in ids for one in chats.load("", chat_id)}
        assert {tuple(line.split()) for line in told} <= kept
        chats.close()
    assert len(told) > times


def test_two_kills_while_saving_lose_nothing_that_was_saved(tmp_path: Path) -> None:
    kill_while_saving(tmp_path, 2)


@pytest.mark.slow
def test_thirty_kills_while_saving_lose_nothing_that_was_saved(tmp_path: Path) -> None:
    kill_while_saving(tmp_path, 30)

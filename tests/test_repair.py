"""What failed is written again once, else replaced by a quote, else held back and counted."""

from typing import Any

import pytest
from conftest import QUESTION
from model_server import USAGE, Reply

import rag.model
import rag.writer
from index import Index
from rag import answer
from rag.drafted import Drafted
from rag.prompts import REPAIR_INSTRUCTIONS
from rag.repair import read_repair

WRONG = "Repairs of the ramp will cost 4.3 million crowns, harbour master Jonas Wede said. [{n}]"
RIGHT = "Repairs of the ramp will cost 3.4 million crowns, harbour master Jonas Wede said. [{n}]"
OPENS = "The ramp is to open again on 14 November 2025. [{n}]"


@pytest.fixture(scope="module")
def number(town: Index) -> int:
    """The number under which the model sees the passage about the ferry."""
    hits = answer(QUESTION, index=town).hits
    (found,) = [n for n, hit in enumerate(hits, start=1) if "ferry ramp" in hit.passage.text]
    return found


def test_a_failed_sentence_is_written_again_behind_what_was_shown(ask: Any, number: int) -> None:
    first = Reply(text=f"{WRONG}\n{OPENS}".format(n=number))
    partials, server = ask(first, Reply(text=f"1. {RIGHT}".format(n=number)))
    given = partials[-1]
    assert [sentence.support.verdict for sentence in given.sentences] == ["supported"] * 2
    assert [sentence.text[:8] for sentence in given.sentences] == ["The ramp", "Repairs "]
    assert "3.4 million" in given.sentences[1].text
    assert given.withheld == 0
    assert given.notices == (
        "Sentences that scripted wrote again, since they were not supported at first: 1.",
    )
    assert given.usage == {name: 2 * count for name, count in USAGE.items()}
    _, repair = server.asked
    rules, asked = (message["content"] for message in repair["messages"])
    assert rules == REPAIR_INSTRUCTIONS
    assert f"1. {WRONG.format(n=number)}" in asked
    assert "Wrong: the source says 3.4 million crowns, not 4.3 million crowns" in asked
    assert asked.count("<<<PASSAGE") == 1
    assert f"<<<PASSAGE {number}>>>" in asked


def test_all_failed_sentences_are_asked_for_at_once_and_only_once(ask: Any, number: int) -> None:
    wrong = f"{WRONG}\nThe ramp is to open again on 15 November 2025. [{{n}}]".format(n=number)
    again = f"2. {OPENS}\n1. Repairs will cost 5 million crowns. [{{n}}]\n7. {RIGHT}\nSo it is."
    partials, server = ask(Reply(text=wrong), Reply(text=again.format(n=number)))
    given = partials[-1]
    assert len(server.asked) == 2
    assert given.sentences[0].text == OPENS.partition(" [")[0]
    assert "5 million" not in given.text
    assert RIGHT.partition(" [")[0] not in given.text  # there was no seventh
    assert {sentence.support.verdict for sentence in given.sentences[1:]} <= {"quoted"}
    assert "wrote again" in given.notices[0]


@pytest.mark.parametrize(
    "second",
    [
        Reply(status=500),
        Reply(text=""),
        Reply(text=f"1. {RIGHT}", cut_after=3),
        Reply(text="I am sorry."),
        Reply(text="1. Repairs will cost 3.4 million crowns. [77]"),
        Reply(text="<think>1. Repairs will cost 3.4 million crowns. [1]"),
    ],
)
def test_the_quote_stands_in_where_writing_again_fails(
    ask: Any, number: int, second: Reply, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("openai._base_client.INITIAL_RETRY_DELAY", 0.01)
    given = ask(Reply(text=WRONG.format(n=number)), second)[0][-1]
    assert {sentence.support.verdict for sentence in given.sentences} == {"quoted"}
    assert "3.4 million crowns" in given.text
    assert given.writer == "scripted"
    assert given.withheld == 0
    assert given.notices == (
        "Sentences that the closest quote replaces, since they were not supported: 1.",
    )


def test_what_no_quote_replaces_is_held_back_and_counted(ask: Any, number: int) -> None:
    sound = f"{RIGHT}\n{OPENS}\n".format(n=number)
    invented = f"The mayor of Varnholm resigned over the bill for the ramp. [{number}]\n"
    uncited = "That is a lot of money.\nIt is. [9]"
    given = ask(Reply(text=sound + invented + uncited), Reply(text=""))[0][-1]
    quotes = [each for each in given.sentences if each.support.verdict == "quoted"]
    assert "resigned" not in given.text
    assert given.withheld == 2 + (not quotes)


def test_a_sentence_that_cites_what_is_not_there_is_not_written_again(
    ask: Any, number: int
) -> None:
    partials, server = ask(Reply(text=f"{OPENS}\n{RIGHT}[9]\nSo it is.".format(n=number)))
    assert len(server.asked) == 1
    assert partials[-1].withheld == 2


def test_a_slow_second_answer_is_not_waited_for_beyond_the_whole_time(
    ask: Any, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rag.model, "LIMITS", rag.model.Limits(total=7))
    slow = Reply(text=f"1. {RIGHT}".format(n=number), pause_before=30)
    given = ask(Reply(text=WRONG.format(n=number)), slow)[0][-1]
    assert given.timings["write"] < 9
    assert "3.4 million crowns" in given.text
    assert given.writer == "scripted"


@pytest.mark.parametrize(("name", "value"), [("SHORTEST_REWRITE", 61.0), ("ENOUGH_SENTENCES", 1)])
def test_nothing_is_written_again_when_time_is_short_or_enough_is_said(
    ask: Any, number: int, name: str, value: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rag.writer, name, value)
    partials, server = ask(Reply(text=f"{OPENS}\n{WRONG}".format(n=number)))
    assert len(server.asked) == 1
    assert "4.3" not in partials[-1].text


def test_what_a_stream_that_breaks_off_had_wrong_is_counted(ask: Any, number: int) -> None:
    text = f"{WRONG}\n{OPENS}\n".format(n=number)
    partials, server = ask(Reply(text=text, finish="length"))
    assert len(server.asked) == 1
    assert partials[-1].withheld == 1


THOUGHTS = "First I look. Passage [1] and [9] speak of ramps.\nIt may cost 9 crowns. [{n}]\n"


@pytest.mark.parametrize(
    "reply",
    [
        Reply(text=f"<think>{THOUGHTS}</think>\n{RIGHT}"),
        Reply(text=f"{THOUGHTS}</think>\n{RIGHT}"),
        Reply(text=f"{THOUGHTS}</think>\n{RIGHT}", chunk=1000),
        Reply(text=RIGHT, thoughts=THOUGHTS),
        Reply(text=f"{RIGHT}\n<think>{THOUGHTS}"),
    ],
)
def test_thoughts_are_neither_shown_nor_counted(ask: Any, number: int, reply: Reply) -> None:
    text = reply.text.format(n=number)
    partials, server = ask(Reply(text=text, thoughts=reply.thoughts, chunk=reply.chunk))
    given = partials[-1]
    assert [sentence.text for sentence in given.sentences] == [RIGHT.partition(" [")[0]]
    assert (given.withheld, given.notices) == (0, ())
    assert len(server.asked) == 1


def test_endless_thoughts_are_not_waited_for(ask: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rag.model, "LIMITS", rag.model.Limits(total=0.5))
    given = ask(Reply(thoughts="Let me see. " * 100, pause_between=0.05))[0][-1]
    assert "took too long" in given.notices[0]
    assert given.writer == "quotes"


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        ("1. It closed. [1]", [(1, "It closed.", (1,))]),
        ("**2)** It closed. [1][2]", [(2, "It closed.", (1, 2))]),
        ("3: It closed. [1] It opens. [2]", [(3, "It closed.", (1,)), (3, "It opens.", (2,))]),
        ("It closed. [1]\n4. \n- It. [1]", []),
        ("", []),
    ],
)
def test_a_reply_is_read_by_its_numbers(reply: str, expected: list[Any]) -> None:
    found = read_repair(reply)
    assert [(each.number, each.drafted.text, each.drafted.numbers) for each in found] == expected
    assert all(isinstance(each.drafted, Drafted) for each in found)

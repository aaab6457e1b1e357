"""However a language model's server fails, quotes answer within a minute, and are said to."""

import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from conftest import QUESTION, check_always
from model_faults import NO_SUCH_NAME, QUICK, SLOW, served
from model_server import ModelServer, Reply

import rag.model
import rag.rewrite
from index import Index
from rag import Answer, answer, stream
from rag.breaker import FAILURES_TO_OPEN, REST, breaker_of
from rag.model import Limits
from rag.prompts import RESTING
from rag.settings import RagSettings, rag_settings
from ui.facts import writer_facts
from ui.writer_status import WriterWatch

MINUTE = 60.0
"""Seconds that an answer may take, whatever a server does."""

HASTE = 25
"""In the fast form all limits of time are so many times shorter."""

TALK = [("Who closed the ferry ramp?", "The harbour office of Varnholm closed it. [1]")]
FOLLOW_UP = "And how much will its repairs cost?"


@pytest.fixture(scope="module", autouse=True)
def _models(town: Index) -> None:
    """Load the models, so that their time is not counted."""
    answer(QUESTION, index=town)


@pytest.fixture
def fail(town: Index, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Ask while a server fails, and check that quotes stand instead; returns answer and seconds."""

    def fail(url: str, question: str = QUESTION, history: Any = ()) -> tuple[Answer, float]:
        monkeypatch.setenv("FOOTNOTE_LLM_BASE_URL", url)
        monkeypatch.setenv("FOOTNOTE_LLM_MODEL", "scripted")
        rag_settings.cache_clear()
        breaker_of.cache_clear()
        began = time.monotonic()
        partials = list(stream(question, index=town, history=history))
        seconds = time.monotonic() - began
        check_always(partials, town)
        given = partials[-1]
        assert {sentence.support.verdict for sentence in given.sentences} == {"quoted"}
        assert "3.4 million crowns" in given.text
        assert any("quote" in notice for notice in given.notices)
        return given, seconds

    yield fail
    rag_settings.cache_clear()


@pytest.fixture
def in_haste(monkeypatch: pytest.MonkeyPatch) -> float:
    """Shorten every limit of time, and return what a minute is then."""
    limits = rag.model.LIMITS.to_dict()
    shorter = Limits(**{name: seconds / HASTE for name, seconds in limits.items()})
    monkeypatch.setattr(rag.model, "LIMITS", shorter)
    for name in ("CONNECT", "FIRST", "IDLE", "TOTAL"):
        monkeypatch.setattr(rag.rewrite, name, getattr(rag.rewrite, name) / HASTE)
    monkeypatch.setattr("openai._base_client.INITIAL_RETRY_DELAY", 0.01)
    return MINUTE / HASTE


OURS = 6.0
"""Seconds that the fast form grants besides for reading and quoting, on a busy machine."""


FAST = ("429", "deep JSON", "half a UTF-16 pair", "no body", "10 MB in an event", "10 MB packed")
"""The faults of the fast form; `make torture` has them all."""


@pytest.mark.parametrize("name", FAST)
def test_quotes_stand_instead(name: str, fail: Any, in_haste: float) -> None:
    with served(QUICK[name]) as url:
        _, seconds = fail(url)
    assert seconds < in_haste + OURS


@pytest.mark.parametrize("name", ["silent", "pinging"])
def test_a_slow_server_is_left_and_quotes_stand_instead(
    name: str, fail: Any, in_haste: float
) -> None:
    with served(SLOW[name]) as url:
        given, seconds = fail(url)
    assert "took too long" in given.notices[0]
    assert seconds < in_haste + OURS


def test_where_no_server_is_quotes_stand_instead(fail: Any, in_haste: float) -> None:
    with served(None) as url:
        assert "could not be reached" in fail(url)[0].notices[0]
    assert "could not be reached" in fail(NO_SUCH_NAME)[0].notices[0]


def test_a_follow_up_waits_no_longer_than_another_question(fail: Any, in_haste: float) -> None:
    with served(SLOW["dripping"]) as url:
        _, alone = fail(url)
        _, following = fail(url, FOLLOW_UP, TALK)
    limit = rag.model.LIMITS.total
    assert alone >= limit
    assert limit <= following < limit + rag.rewrite.TOTAL + OURS


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_with_every_fault_an_answer_takes_a_minute_at_most(
    fail: Any, figure: Callable[[int, str], None]
) -> None:
    took: dict[str, float] = {}
    for name, reply in {"no server": None, **QUICK, **SLOW}.items():
        with served(reply) as url:
            took[name] = fail(url)[1]
    took["no such name"] = fail(NO_SUCH_NAME)[1]
    with served(SLOW["dripping"]) as url:
        took["dripping, a follow-up"] = fail(url, FOLLOW_UP, TALK)[1]
    longest = max(took, key=lambda name: took[name])
    figure(
        19,
        f"{len(took)} faults: quotes instead, said so, in all of them; "
        f"longest {took[longest]:.1f} s ({longest})",
    )
    assert {name: seconds for name, seconds in took.items() if seconds > MINUTE} == {}


class Clock:
    """A clock that a test sets."""

    seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


def test_a_dead_server_costs_later_questions_nothing_and_is_asked_again_when_back(
    fail: Any,
    town: Index,
    monkeypatch: pytest.MonkeyPatch,
    figure: Callable[[int, str], None],
) -> None:
    monkeypatch.setattr("openai._base_client.INITIAL_RETRY_DELAY", 0.001)
    clock = Clock()
    sound = Reply(text="Repairs of the ramp will cost 3.4 million crowns. [1]")
    with ModelServer(Reply(status=401)) as server:
        fail(server.url)
        breaker = breaker_of(server.url)
        monkeypatch.setattr(breaker, "_now", clock)
        watch = WriterWatch(RagSettings(llm_base_url=server.url, llm_model="scripted"))
        while not breaker.is_open:
            assert watch.status().reach != "resting"
            answer(QUESTION, index=town)
        assert len(server.asked) == FAILURES_TO_OPEN
        assert "several times" in writer_facts(watch.status())

        server.replies = [sound]
        given = answer(QUESTION, index=town)
        assert RESTING in given.notices[0]
        assert given.writer == "quotes"
        assert len(server.asked) == FAILURES_TO_OPEN

        clock.seconds += REST
        assert answer(QUESTION, index=town).writer == "scripted"
        assert not breaker.is_open
        assert watch.status().reach != "resting"
    figure(
        19,
        f"breaker: open after {FAILURES_TO_OPEN} failures, then 0 requests; "
        f"closed by the first question {REST:.0f} s after the last try",
    )


def test_a_reader_who_leaves_is_no_failure_of_the_server(
    town: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    with ModelServer(Reply(text="Repairs will cost 3.4 million crowns. [1]\nIt rained. [1]")) as up:
        monkeypatch.setenv("FOOTNOTE_LLM_BASE_URL", up.url)
        monkeypatch.setenv("FOOTNOTE_LLM_MODEL", "scripted")
        rag_settings.cache_clear()
        for _ in range(FAILURES_TO_OPEN + 1):
            partials = stream(QUESTION, index=town)
            assert next(partials) is not None
            partials.close()
        assert not breaker_of(up.url).is_open
    rag_settings.cache_clear()

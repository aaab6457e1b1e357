"""The settings of the index, read from `FOOTNOTE_` variables and from `.env`."""

import difflib
import os
from functools import cache
from pathlib import Path
from typing import Annotated, TypeVar
from urllib.parse import urlsplit

from dotenv import dotenv_values
from pydantic import AfterValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from index.errors import BadValue

PREFIX = "FOOTNOTE_"
CONFIG = SettingsConfigDict(
    env_prefix=PREFIX, env_file=".env", env_ignore_empty=True, extra="ignore", frozen=True
)
"""Shared by the settings of every layer: each reads its own names and leaves the others'."""

KNOWN_NAMES = frozenset(
    PREFIX + name
    for name in (
        "HOME",
        "EMBEDDER",
        "RERANKER",
        "QUERY_PROMPT",
        "LLM_BASE_URL",
        "LLM_MODEL",
        "LLM_API_KEY",
        "SUPPORT_MODEL",
        "SUPPORT_LABEL",
        "SUPPORT_THRESHOLD",
        "LOG_LEVEL",
        "HOST",
        "PORT",
        "AUTH",
        "MCP",
        "ANSWERS_AT_ONCE",
        "JUDGE_BASE_URL",
        "JUDGE_MODEL",
        "JUDGE_API_KEY",
    )
)
"""Every layer's names, kept here so that the lowest can refuse a misspelt one."""

BUNDLED = "bundled"


def _empty_is_unset(value: str | None) -> str | None:
    return (value or "").strip() or None


def _is_an_address(value: str | None) -> str | None:
    if not value:
        return None
    if not value.startswith(("http://", "https://")):
        raise ValueError("it must begin with http:// or https://")
    if not value.isprintable() or " " in value:
        raise ValueError("it must hold no blank")
    try:
        host, _ = urlsplit(value).hostname, urlsplit(value).port
    except ValueError as error:
        raise ValueError(f"it is no address: {error}") from error
    if not host:
        raise ValueError("it must name a host")
    return value


def _is_a_key(value: SecretStr | None) -> SecretStr | None:
    """Return a key without the blanks and line ends of the file that it was read from."""
    key = value.get_secret_value().strip() if value else ""
    if not key.isascii() or any(character <= " " for character in key):
        raise ValueError("it must be letters, digits and signs of ASCII, without blanks")
    return SecretStr(key) if key else None


Words = Annotated[str | None, AfterValidator(_empty_is_unset)]
"""A setting in words; blanks are as good as none."""

Address = Annotated[Words, AfterValidator(_is_an_address)]
"""A setting that names a server."""

Key = Annotated[SecretStr | None, AfterValidator(_is_a_key)]
"""A setting that is a secret of ours and a server's."""

Settings = TypeVar("Settings", bound=BaseSettings)


class IndexSettings(BaseSettings):
    """Where the library is, and which models read it."""

    model_config = CONFIG

    home: Path = Field(default=Path("library"), description="the folder of the library")
    embedder: str = Field(
        default=BUNDLED, description="the bundled bge-small, a hub name or a local folder"
    )
    reranker: str = Field(
        default=BUNDLED, description="the bundled MiniLM-L12, a hub name or a local folder"
    )
    query_prompt: str = Field(
        default="Represent this sentence for searching relevant passages: ",
        description="put before a question when it is embedded; the default is bge's",
    )


@cache
def index_settings() -> IndexSettings:
    """Read the settings once, and check the names of every layer's.

    Raises:
        BadValue: a value cannot be used.
    """
    refuse_misspelt_names()
    return read_settings(IndexSettings)


def read_settings(kind: type[Settings]) -> Settings:
    """Build one layer's settings, with an error that names the variable."""
    try:
        return kind()
    except ValidationError as error:
        first = error.errors()[0]
        name = PREFIX + "_".join(str(part) for part in first["loc"]).upper()
        # Not chained: a traceback would print the value, which may be an address with a password.
        raise BadValue(f"{name}: {first['msg']}. Correct it or unset it.") from None


def refuse_misspelt_names() -> None:
    """Refuse `FOOTNOTE_` names that no layer knows: a misspelt one would pass silently.

    Raises:
        BadValue: names the variable and the nearest known one.
    """
    try:
        given = {name.upper() for name in (*os.environ, *dotenv_values(".env"))}
    except UnicodeDecodeError as error:
        raise BadValue("The file .env is not in UTF-8. Save it as UTF-8.") from error
    for name in sorted(given - KNOWN_NAMES):
        if name.startswith(PREFIX):
            near = difflib.get_close_matches(name, KNOWN_NAMES, n=1)
            known = ", ".join(sorted(KNOWN_NAMES))
            hint = f"did you mean {near[0]}?" if near else f"these are: {known}"
            raise BadValue(f"{name} is no setting of Footnote; {hint}")

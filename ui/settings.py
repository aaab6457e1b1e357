"""The settings of the page, read from `FOOTNOTE_` variables and from `.env`."""

import ipaddress

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings

from index.errors import BadValue
from index.settings import CONFIG, PREFIX
from ui.passwords import Users, read_users


class UiSettings(BaseSettings):
    """Where the page is served, and to whom."""

    model_config = CONFIG

    host: str = Field(default="127.0.0.1", description="the address to serve on")
    port: int = Field(default=7860, ge=1, le=65535, description="the port to serve on")
    auth: SecretStr | None = Field(
        default=None, description="user:password, or several by commas, asked of visitors"
    )
    mcp: bool = Field(default=False, description="offer `answer` and `search` to programs by MCP")
    answers_at_once: int | None = Field(
        default=None, ge=1, le=32, description="answers that are worked on at the same time"
    )

    @field_validator("host")
    @classmethod
    def _is_no_ipv6_address(cls, value: str) -> str:
        if ":" in value:
            raise ValueError("Gradio serves on names and IPv4 addresses, such as 127.0.0.1")
        return value

    @field_validator("auth")
    @classmethod
    def _has_both_parts(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None:
            read_users(value.get_secret_value())
        return value

    @property
    def users(self) -> Users | None:
        """Who may come in, or None where anyone who reaches the page may."""
        return None if self.auth is None else read_users(self.auth.get_secret_value())

    @property
    def is_local(self) -> bool:
        """Whether only this machine can reach the page."""
        if self.host == "localhost":
            return True
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return False


def ui_settings(**given: str | int | None) -> UiSettings:
    """Read the settings; those given and not None, on the command line, come first.

    Raises:
        BadValue: a value cannot be used; the message names the option and the variable.
    """
    options = {name: value for name, value in given.items() if value is not None}
    try:
        return UiSettings(**options)  # type: ignore[arg-type]
    except ValidationError as error:
        first = error.errors(include_input=False)[0]
        name = str(first["loc"][0])
        option = name.replace("_", "-")
        message = f"--{option} or {PREFIX}{name.upper()}: {first['msg']}. Correct it."
        raise BadValue(message) from None

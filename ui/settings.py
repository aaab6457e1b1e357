"""The settings of the page, read from `FOOTNOTE_` variables and from `.env`."""

import ipaddress

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings

from index.errors import BadValue
from index.settings import CONFIG, PREFIX


class UiSettings(BaseSettings):
    """Where the page is served, and to whom."""

    model_config = CONFIG

    host: str = Field(default="127.0.0.1", description="the address to serve on")
    port: int = Field(default=7860, ge=1, le=65535, description="the port to serve on")
    auth: SecretStr | None = Field(default=None, description="user:password, asked of visitors")

    @field_validator("host")
    @classmethod
    def _is_no_ipv6_address(cls, value: str) -> str:
        if ":" in value:
            raise ValueError("Gradio serves on names and IPv4 addresses, such as 127.0.0.1")
        return value

    @field_validator("auth")
    @classmethod
    def _has_both_parts(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not all(value.get_secret_value().partition(":")):
            raise ValueError("it must read user:password")
        return value

    @property
    def credentials(self) -> tuple[str, str] | None:
        """User and password, or None where anyone who reaches the page may read it."""
        if self.auth is None:
            return None
        user, _, password = self.auth.get_secret_value().partition(":")
        return user, password

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
        message = f"--{name} or {PREFIX}{name.upper()}: {first['msg']}. Correct it."
        raise BadValue(message) from None

"""Where and to whom the page is served is checked, and a bad value named by option and variable."""

import pytest

from index.errors import BadValue
from ui.app import build_turnstile
from ui.settings import ui_settings
from ui.turnstile import AT_ONCE_IN_QUOTES


def test_variables_are_read_and_options_come_first(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not ui_settings().mcp
    assert ui_settings().users is None
    assert build_turnstile(ui_settings()).at_once == AT_ONCE_IN_QUOTES
    monkeypatch.setenv("FOOTNOTE_MCP", "1")
    monkeypatch.setenv("FOOTNOTE_ANSWERS_AT_ONCE", "3")
    monkeypatch.setenv("FOOTNOTE_AUTH", "desk:secret,ana:other")
    assert ui_settings().mcp
    assert build_turnstile(ui_settings()).at_once == 3
    assert build_turnstile(ui_settings(answers_at_once=4)).at_once == 4
    users = ui_settings().users
    assert users
    assert users.admits("ana", "other")


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"answers_at_once": 0}, "--answers-at-once or FOOTNOTE_ANSWERS_AT_ONCE"),
        ({"answers_at_once": 33}, "FOOTNOTE_ANSWERS_AT_ONCE"),
        ({"auth": "secret"}, "--auth or FOOTNOTE_AUTH"),
        ({"auth": "desk:secret,ana"}, "FOOTNOTE_AUTH"),
        ({"port": 0}, "--port or FOOTNOTE_PORT"),
        ({"host": "::1"}, "--host or FOOTNOTE_HOST"),
    ],
)
def test_a_bad_value_is_named_and_not_repeated(given: dict[str, str | int], words: str) -> None:
    with pytest.raises(BadValue, match=words) as caught:
        ui_settings(**given)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    ("host", "local"),
    [
        ("127.0.0.1", True),
        ("localhost", True),
        ("127.9.9.9", True),
        ("0.0.0.0", False),
        ("192.168.1.2", False),
        ("newsroom.example", False),
    ],
)
def test_only_this_machine_needs_no_password(host: str, local: bool) -> None:
    assert ui_settings(host=host).is_local == local

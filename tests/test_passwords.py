"""Passwords are kept as salted hashes or plainly, compared alike, and never repeated."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from ui.passwords import hash_password, matches, read_users
from ui.settings import UiSettings

ROOT = Path(__file__).parent.parent


def test_a_hash_matches_its_password_alone() -> None:
    kept = hash_password("geheim, ünd:lang")
    assert matches("geheim, ünd:lang", kept)
    assert not matches("geheim", kept)
    assert not matches(kept, kept)
    assert kept != hash_password("geheim, ünd:lang")


def test_several_users_with_either_kind_of_password() -> None:
    users = read_users(f"desk:secret, ana:{hash_password('other')}")
    assert users.admits("desk", "secret")
    assert users.admits("ana", "other")
    for name, password in [("desk", "other"), ("ana", "secret"), ("bo", "secret"), ("bo", "")]:
        assert not users.admits(name, password)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ("secret", "user:password"),
        ("desk:", "user:password"),
        ("desk:se,cret", "comma"),
        ("desk:secret,desk:other", "twice"),
        ("desk:scrypt+qeR==+zMI", "single quotes"),
        ("desk:scrypt$AAAA$AAAA", "single quotes"),
    ],
)
def test_what_cannot_be_used_is_told_without_the_password(given: str, words: str) -> None:
    with pytest.raises(ValueError, match=words) as caught:
        read_users(given)
    for part in ("secret", "cret", "qeR", "AAAA"):
        assert part not in str(caught.value)


def test_settings_show_no_password() -> None:
    settings = UiSettings(auth="desk:hushhush")
    assert settings.users
    assert "hushhush" not in f"{settings!r} {settings.users!r} {settings.model_dump_json()}"


def test_the_command_prints_a_hash_of_what_it_reads() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "ui", "--hash-password"],
        input="hushhush\n",
        text=True,
        check=False,
        capture_output=True,
        cwd=ROOT,
        env=os.environ,
    )
    assert done.returncode == 0, done.stderr
    assert matches("hushhush", done.stdout.strip())
    assert "hushhush" not in done.stdout + done.stderr

"""What is installed is pinned whole: each package by one version, and so all that each asks for."""

import re
from importlib.metadata import PackageNotFoundError, requires
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent

BROUGHT = {"pip", "wheel"}
"""What a new virtual environment brings, and `make lock` leaves out."""


def pinned() -> dict[str, str]:
    """Return the locked versions by name."""
    lines = (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    assert all(re.fullmatch(r"[\w.-]+==[\w.!+]+", line) for line in lines)
    found = dict(line.split("==") for line in lines)
    assert len(found) == len(lines)
    return {canonicalize_name(name): version for name, version in found.items()}


def needed(requirement: Requirement) -> list[Requirement]:
    """Return what a package asks for on this machine, with the extras that it is asked for with."""
    extras = requirement.extras or {""}
    return [
        asked
        for asked in map(Requirement, requires(requirement.name) or ())
        if asked.marker is None or any(asked.marker.evaluate({"extra": e}) for e in extras)
    ]


def test_the_lock_names_a_version_of_all_that_is_asked_for_by_anything_in_it() -> None:
    locked = pinned()
    lines = (ROOT / "requirements.in").read_text(encoding="utf-8").splitlines()
    waiting = [Requirement(line) for line in lines if line and not line.startswith("#")]
    seen: set[str] = set()
    while waiting:
        requirement = waiting.pop()
        name = canonicalize_name(requirement.name)
        if name in BROUGHT:
            continue
        assert name in locked, f"{name} is pinned nowhere: make lock"
        assert requirement.specifier.contains(locked[name], prereleases=True), str(requirement)
        if (key := f"{name}{sorted(requirement.extras)}") not in seen:
            seen.add(key)
            try:
                waiting += needed(requirement)
            except PackageNotFoundError:
                pytest.fail(f"{name} is not installed: make install")
    unasked = locked.keys() - {key.partition("[")[0] for key in seen}
    assert not unasked, f"nothing asks for {', '.join(sorted(unasked))}"

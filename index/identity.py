"""What names an embedder's vectors: it changes whenever the weights do.

Vectors of two models must never meet in one library. A model's name says too little: a hub's
`main` moves on, and a folder's weights can be trained further without a change in size.
"""

import hashlib
import threading
from dataclasses import dataclass
from pathlib import Path

from index.bundled import BUNDLED_FILES, NETWORK_FILE
from index.errors import BrokenModel
from index.settings import BUNDLED, index_settings

SHORT_NAMES_OWNER = "sentence-transformers"
"""Whose models sentence-transformers takes a hub name without an owner for."""

SHOWN_DIGITS = 12
"""Of a digest or a commit."""


def embedder_identity(name: str | None = None) -> str:
    """Return what names the embedder's vectors, without loading it.

    A hub model that this machine lacks has its bare name until it is fetched.

    Raises:
        BrokenModel: a path is named, and there is no such folder.
    """
    name = name or index_settings().embedder
    if name == BUNDLED:
        weights = BUNDLED_FILES["bge_small_en"][NETWORK_FILE]
        return f"bge-small-en-v1.5 int8, one by one, {weights[:SHOWN_DIGITS]}"
    folder = Path(name)
    if folder.is_dir():
        return f"{folder.resolve().name} {_digest_of(folder)[:SHOWN_DIGITS]}"
    if folder.is_absolute() or name.startswith("."):
        raise BrokenModel(f"The embedder {name!r} is no folder. Name one, or a hub model.")
    commit = hub_commit(name)
    return f"{name} {commit[:SHOWN_DIGITS]}" if commit else name


def is_settled(identity: str, name: str | None = None) -> bool:
    """Say whether an identity names weights, and not only a model that is still to be fetched."""
    return identity != (name or index_settings().embedder)


def hub_commit(name: str) -> str | None:
    """Return the commit of a hub model that this machine has; None where it has none."""
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HFValidationError, LocalEntryNotFoundError

    for full in (name, f"{SHORT_NAMES_OWNER}/{name}"):
        try:
            return Path(snapshot_download(full, local_files_only=True)).name
        except (LocalEntryNotFoundError, HFValidationError):
            continue
    return None


@dataclass(frozen=True)
class _State:
    """What tells at a glance whether a file was changed."""

    path: str
    size: int
    changed: int
    inode: int


_known: dict[tuple[_State, ...], str] = {}
_guard = threading.Lock()


def _digest_of(folder: Path) -> str:
    """Return a digest over a folder's files, read again only when one of them was changed.

    Hidden files are left out: tools keep notes there that do not matter to a model.
    """
    files = sorted(
        file
        for file in folder.rglob("*")
        if file.is_file() and not any(part[0] == "." for part in file.relative_to(folder).parts)
    )
    try:
        states = tuple(map(_state, files))
        with _guard:
            if states not in _known:
                _known[states] = _read_digest(folder, files)
            return _known[states]
    except OSError as error:
        raise BrokenModel(
            f"The embedder {str(folder)!r} cannot be read ({error.strerror}). Change its rights."
        ) from error


def _state(file: Path) -> _State:
    stat = file.stat()
    return _State(str(file), stat.st_size, stat.st_mtime_ns, stat.st_ino)


def _read_digest(folder: Path, files: list[Path]) -> str:
    digest = hashlib.sha256()
    for file in files:
        with file.open("rb") as opened:
            content = hashlib.file_digest(opened, "sha256").hexdigest()
        digest.update(f"{file.relative_to(folder)} {content}\n".encode())
    return digest.hexdigest()

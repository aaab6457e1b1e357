"""Copies of the package that carries the bundled weights, with one file altered in some way."""

import importlib.util
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from index.bundled import BUNDLED_FILES, PACKAGE

Alteration = Callable[[bytes], bytes | None]
"""What a file's content becomes; None where the file goes."""


def flipped(place: float) -> Alteration:
    """Flip one bit of the byte that stands at a share of the file's length."""

    def flip(content: bytes) -> bytes:
        altered = bytearray(content)
        altered[int(place * (len(content) - 1))] ^= 1
        return bytes(altered)

    return flip


def cut(share: float) -> Alteration:
    return lambda content: content[: int(len(content) * share)]


ALTERATIONS: dict[str, Alteration] = {
    "its first bit flipped": flipped(0.0),
    "a bit in the middle flipped": flipped(0.5),
    "its last byte's bit flipped": flipped(1.0),
    "cut by a byte": lambda content: content[:-1],
    "cut in half": cut(0.5),
    "empty": lambda content: b"",
    "a byte longer": lambda content: content + b"\0",
    "another text": lambda content: b"{}" * 5_000,
    "missing": lambda content: None,
}

FILES = [(model, file) for model, files in BUNDLED_FILES.items() for file in files]


def random_flips(seed: int, count: int) -> dict[str, Alteration]:
    chance = random.Random(seed)
    places = (chance.random() for _ in range(count))
    return {f"a bit at {place:.6f} flipped": flipped(place) for place in places}


def copy_package(parent: Path) -> Path:
    """Make a package of the same name whose files are links to the real ones; return it."""
    spec = importlib.util.find_spec(PACKAGE)
    assert spec is not None
    real = Path((spec.submodule_search_locations or [""])[0]) / "models" / "data"
    package = parent / PACKAGE
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("raise AssertionError('its code is never imported')\n")
    for model, file in FILES:
        link = package / "models" / "data" / model / file
        link.parent.mkdir(parents=True, exist_ok=True)
        link.symlink_to(real / model / file)
    return package


@contextmanager
def altered(package: Path, model: str, file: str, alteration: Alteration) -> Iterator[None]:
    """Have one file of a copied package altered while the block runs."""
    link = package / "models" / "data" / model / file
    real = link.readlink()
    content = alteration(link.read_bytes())
    link.unlink()
    if content is not None:
        link.write_bytes(content)
    try:
        yield
    finally:
        link.unlink(missing_ok=True)
        link.symlink_to(real)
